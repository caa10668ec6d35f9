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

Notice keyNotice(const Session &session, const QDateTime &now)
{
    const QDateTime end = session.tokenEnd();
    const QString name = words::plain(session.connection()->name, 60);
    const QString forSession = Notice::tr("Use a key for this session…");
    switch (session.keyState()) {
    case Session::KeyState::Reading:
        if (!session.isWaitingForKeychain())
            return {};
        return {Severity::Info, Notice::tr("Waiting for your system keyring. It may ask you for its password."),
                forSession};
    case Session::KeyState::Missing:
        return {Severity::Warning, noKey(*session.connection(), session.keychain()), Notice::tr("Enter the key…")};
    case Session::KeyState::Failed:
        if (session.keyFailure() && session.keyFailure()->kind == FailureKind::KeyRefused) {
            const QString refused =
                Notice::tr("The service refused the key of %1. Nothing is read until it is replaced.").arg(name);
            return {Severity::Error, end.isValid() && end <= now ? words::tokenEnd(end, now) + u' ' + refused : refused,
                    Notice::tr("Enter the key…")};
        }
        return {Severity::Warning,
                session.keyFailure() ? words::sentence(*session.keyFailure(), Subject::Keychain)
                                     : Notice::tr("The key could not be read."),
                forSession};
    case Session::KeyState::Known:
    case Session::KeyState::None: break;
    }
    return {};
}

/// Before a stop fails for it.
Notice tokenNotice(const Session &session, const QDateTime &now, const QList<Notice::Lasting> &closed)
{
    const QDateTime end = session.tokenEnd();
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

Notice noticeOf(Session &session, const QDateTime &now, const QString &notKept, Notice::Lasting shown,
                const QList<Notice::Lasting> &closed)
{
    const Notice key = session.connection() ? keyNotice(session, now) : Notice();
    if (!key.text.isEmpty())
        return key;
    const Notice token = tokenNotice(session, now, closed);
    if (!token.text.isEmpty())
        return token;
    if (session.connection() && !notKept.isEmpty())
        return {Severity::Warning, notKept};
    if (const std::optional<Failure> &trouble = session.decisions().journalTrouble())
        return {Severity::Error, words::sentence(*trouble, Subject::Journal)};
    if (session.decisions().isJournalShared() && !closed.contains(Notice::Lasting::SharedJournal))
        return {Severity::Info,
                Notice::tr("Another Stopdesk is open. It looks up what earlier runs left open; both write into the same "
                           "journal."),
                {}, Notice::Lasting::SharedJournal};
    const Duration ahead = session.serviceAhead();
    const Duration least = shown == Notice::Lasting::ServiceClock ? stillDifferent : leastDifference;
    const bool isTold = std::chrono::abs(ahead) >= least && !closed.contains(Notice::Lasting::ServiceClock);
    return isTold ? clockNotice(ahead) : Notice();
}
