#include "ui/notice.h"

#include "app/words/failurewords.h"
#include "app/words/words.h"

using namespace Qt::StringLiterals;

using Severity = NoticeBar::Severity;

namespace {

constexpr Duration leastDifference = std::chrono::minutes(1);  ///< of two clocks, to be worth a word
constexpr Duration tokenWarning = std::chrono::minutes(15);    ///< before a token ends
constexpr Duration stillDifferent = std::chrono::seconds(45); ///< less than that takes it back

/// Of another desktop's keychain it may still be in, and of what address.
QString noKey(const Connection &connection, const QString &keychain)
{
    const QString none = Notice::tr("Your system keychain holds no key for %1 at %2.")
                             .arg(words::plain(connection.name, 60), words::plain(connection.address.authority(), 80));
    const bool isElsewhere = !connection.keychain.isEmpty() && connection.keychain != keychain;
    return isElsewhere ? none + u' '
            + Notice::tr("It was stored while using %1; this desktop uses %2.").arg(words::plain(connection.keychain, 40), keychain)
                       : none;
}

Notice keyNotice(const ServiceLink &link, const QDateTime &now)
{
    const QDateTime end = link.tokenEnd();
    const QString name = words::plain(link.connection()->name, 60);
    const QString forSession = Notice::tr("Use a key for this session…");
    switch (link.keyState()) {
    case ServiceLink::KeyState::Reading:
        if (!link.isWaitingForKeychain())
            return {};
        return {Severity::Info, Notice::tr("Waiting for your system keyring. It may ask you for its password."),
                forSession};
    case ServiceLink::KeyState::Missing:
        return {Severity::Warning, noKey(*link.connection(), link.keychain()), Notice::tr("Enter the key…")};
    case ServiceLink::KeyState::Failed:
        if (link.keyFailure() && link.keyFailure()->kind == FailureKind::KeyRefused) {
            const QString refused =
                Notice::tr("The service refused the key of %1. Nothing is read until it is replaced.").arg(name);
            return {Severity::Error, end.isValid() && end <= now ? words::tokenEnd(end, now) + u' ' + refused : refused,
                    Notice::tr("Enter the key…")};
        }
        return {Severity::Warning,
                link.keyFailure() ? words::sentence(*link.keyFailure(), Subject::Keychain)
                                     : Notice::tr("The key could not be read."),
                forSession};
    case ServiceLink::KeyState::Known:
    case ServiceLink::KeyState::None: break;
    }
    return {};
}

/// Before a stop fails for it.
Notice tokenNotice(const ServiceLink &link, const QDateTime &now, const QList<Notice::Lasting> &closed)
{
    const QDateTime end = link.tokenEnd();
    if (!end.isValid() || now.addMSecs(tokenWarning.count()) < end)
        return {};
    const auto lasting = end <= now ? Notice::Lasting::TokenEnded : Notice::Lasting::TokenEnds;
    if (closed.contains(lasting))
        return {};
    return {Severity::Warning, Notice::tr("%1 Stops and reads fail from then on.").arg(words::tokenEnd(end, now)),
            Notice::tr("Enter the key…"), lasting};
}

/// Whose clock is wrong is not known, nor the difference to the second.
Notice clockNotice(Duration ahead)
{
    return {Severity::Info,
            Notice::tr("The service's clock and this computer's differ by %1. Times are shown by this computer's clock.")
                .arg(words::roughly(std::chrono::round<std::chrono::minutes>(std::chrono::abs(ahead)))),
            {}, Notice::Lasting::ServiceClock};
}

}

Notice noticeOf(const ServiceLink &link, const StopService &stops, const QDateTime &now, const QString &notKept,
                Notice::Lasting shown, const QList<Notice::Lasting> &closed)
{
    const Notice key = link.connection() ? keyNotice(link, now) : Notice();
    if (!key.text.isEmpty())
        return key;
    const Notice token = tokenNotice(link, now, closed);
    if (!token.text.isEmpty())
        return token;
    if (link.connection() && !notKept.isEmpty())
        return {Severity::Warning, notKept};
    if (const std::optional<Failure> &trouble = stops.journalTrouble())
        return {Severity::Error, words::sentence(*trouble, Subject::Journal)};
    if (stops.isJournalShared() && !closed.contains(Notice::Lasting::SharedJournal))
        return {Severity::Info,
                Notice::tr("Another Stopdesk is open. It looks up what earlier runs left open; both write into the same "
                           "journal."),
                {}, Notice::Lasting::SharedJournal};
    const Duration ahead = link.serviceAhead();
    const Duration least = shown == Notice::Lasting::ServiceClock ? stillDifferent : leastDifference;
    const bool isTold = std::chrono::abs(ahead) >= least && !closed.contains(Notice::Lasting::ServiceClock);
    return isTold ? clockNotice(ahead) : Notice();
}
