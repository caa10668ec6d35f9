#include "app/credentials/keychaintasks.h"

#include "app/credentials/secretservice.h"

#include <qt6keychain/keychain.h>

#include <QAbstractEventDispatcher>
#include <QCoreApplication>
#include <QLibrary>
#include <QPointer>

#include <algorithm>
#include <iterator>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = KeyringLook::State;

namespace {

const auto serviceName = "org.stopdesk.Stopdesk"_L1;
constexpr Duration lookPatience = 5s;
constexpr qsizetype maximumText = 300;

Failure failure(FailureKind kind, const QString &text = {})
{
    Failure made;
    made.kind = kind;
    made.text = text.simplified().left(maximumText);
    return made;
}

/// libsecret keeps its session with a provider that was restarted, and every secret fails from then on until it
/// is told to forget that session (seen with 0.20.5; QtKeychain has no word for it).
void forgetProviderSession()
{
    QLibrary library(u"secret-1"_s, 0);
    if (const auto forget = reinterpret_cast<void (*)()>(library.resolve("secret_service_disconnect")))
        forget();
}

/// What a job's error means by itself, or together with a keyring that is there and open.
FailureKind kindOf(QKeychain::Error error)
{
    switch (error) {
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return FailureKind::KeychainRefused;
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return FailureKind::KeychainMissing;
    case QKeychain::NoError:
    case QKeychain::EntryNotFound:
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::OtherError:
        return FailureKind::KeychainFailed;
    }
    return FailureKind::KeychainFailed;
}

FailureKind kindOf(QKeychain::Error error, const KeyringLook &look)
{
    switch (look.state) {
    case State::NoBus:
    case State::NoService:
    case State::NoCollection:
        return FailureKind::KeychainMissing;
    case State::Silent:
        return FailureKind::KeychainSilent;
    case State::Failed:
        return FailureKind::KeychainFailed;
    case State::Locked:
        return FailureKind::KeychainLocked;
    case State::Elsewhere:
        return kindOf(error);
    case State::Unlocked:
        break;
    }
    if (!QLibrary(u"secret-1"_s, 0).load())
        return FailureKind::KeychainMissing;
    return look.isLocked() ? FailureKind::KeychainLocked : kindOf(error);
}

/// Whether what the Secret Service answers would not be heard: libsecret calls back from GLib's event loop.
bool isDeaf()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
    return !isKdeSession() && !QAbstractEventDispatcher::instance()->inherits("QEventDispatcherGlib");
#else
    return false;
#endif
}

/// What all tasks do alike: run jobs of QtKeychain, look into the keyring, answer once.
template <class T> class Ask : public KeychainTask {
public:
    Ask(QObject *store, QObject *asker, KeychainAnswer<T> answer)
        : KeychainTask(store), m_asker(asker), m_answer(std::move(answer))
    {
    }

    bool hasBegun() const override { return m_begun; }
    void begin() override
    {
        m_begun = true;
        if (isDeaf()) // it would wait for ever
            return failed(QCoreApplication::translate("KeychainStore", "Qt runs without GLib's event loop (QT_NO_GLIB), "
                                                                       "which the Secret Service needs."));
        work();
    }
    void expire() override
    {
        if (!std::exchange(m_expired, true))
            reply(tl::unexpected(failure(m_begun ? FailureKind::KeychainSilent : FailureKind::KeychainBusy)));
    }

protected:
    virtual void work() = 0;

    template <class Job> Job *job(const QString &name) const
    {
        auto *made = new Job(serviceName);
        made->setKey(name);
        return made;
    }

    template <class Job, class Then> void run(Job *job, Then then)
    {
        connect(job, &QKeychain::Job::finished, this, [job, then] { then(*job); });
        job->start();
    }

    template <class Then> void write(const QString &name, const Secret &secret, Then then)
    {
        auto *made = job<QKeychain::WritePasswordJob>(name);
        made->setBinaryData(secret.reveal());
        run(made, then);
    }

    template <class Then> void look(const QString &name, Then then)
    {
        lookIntoKeyring(serviceName, name, lookPatience, this, then);
    }

    void settle(const Result<T> &result)
    {
        reply(result);
        ended();
    }

    void fail(FailureKind kind, const QString &text) { settle(tl::unexpected(failure(kind, text))); }
    void failed(const QString &text) { fail(FailureKind::KeychainFailed, text); }

private:
    void reply(const Result<T> &result)
    {
        if (m_asker)
            QMetaObject::invokeMethod(m_asker, [answer = m_answer, result] { answer(result); }, Qt::QueuedConnection);
    }

    const QPointer<QObject> m_asker;
    const KeychainAnswer<T> m_answer;
    bool m_begun = false;
    bool m_expired = false;
};

class ReadTask final : public Ask<std::optional<Secret>> {
public:
    ReadTask(const KeychainEntry &entry, QObject *store, QObject *asker, KeychainAnswer<std::optional<Secret>> answer)
        : Ask(store, asker, std::move(answer)), m_entry(entry)
    {
    }

private:
    bool isWorthBeginningLate() const override { return true; }
    void work() override { readFrom(m_entry.name); }

    void readFrom(const QString &name)
    {
        run(job<QKeychain::ReadPasswordJob>(name), [this, name](const QKeychain::ReadPasswordJob &read) {
            if (read.error() != QKeychain::NoError)
                return doubt(name, read.error(), read.errorString());
            const Secret found = Secret::fromStored(read.binaryData());
            if (found.isEmpty() || name == m_entry.name)
                settle(found.isEmpty() ? std::nullopt : std::optional(found));
            else
                move(found);
        });
    }

    /// "Not found" is also what a locked keyring says, so it is believed only after a look into an open one.
    void doubt(const QString &name, QKeychain::Error error, const QString &text)
    {
        look(name, [this, name, error, text](const KeyringLook &seen) {
            const bool notFound = error == QKeychain::EntryNotFound;
            if (notFound && (seen.provesAbsence() || seen.state == State::Elsewhere))
                return name == m_entry.name ? readFrom(m_entry.formerName) : settle(std::nullopt);
            if (!m_isSecondTry && isWorthAnotherTry(error, seen))
                return tryAgain(name);
            fail(kindOf(error, seen), notFound ? seen.text : text);
        });
    }

    /// The former entry goes only once the key was read back under the present name. Until then it is read there.
    void move(const Secret &secret)
    {
        write(m_entry.name, secret, [this, secret](const QKeychain::WritePasswordJob &written) {
            if (written.error() != QKeychain::NoError)
                return settle(secret);
            run(job<QKeychain::ReadPasswordJob>(m_entry.name), [this, secret](const QKeychain::ReadPasswordJob &read) {
                if (read.error() != QKeychain::NoError || read.binaryData() != secret.reveal())
                    return settle(secret);
                run(job<QKeychain::DeletePasswordJob>(m_entry.formerName), [this, secret](const auto &) { settle(secret); });
            });
        });
    }

    /// The keyring is open: it was unlocked meanwhile, or only the session with it is stale.
    static bool isWorthAnotherTry(QKeychain::Error error, const KeyringLook &seen)
    {
        return seen.state == State::Unlocked && !seen.isLocked()
            && (error == QKeychain::OtherError || error == QKeychain::EntryNotFound);
    }

    void tryAgain(const QString &name)
    {
        m_isSecondTry = true;
        forgetProviderSession();
        readFrom(name);
    }

    const KeychainEntry m_entry;
    bool m_isSecondTry = false;
};

class WriteTask final : public Ask<Done> {
public:
    WriteTask(const KeychainEntry &entry, const Secret &secret, QObject *store, QObject *asker, KeychainAnswer<Done> answer)
        : Ask(store, asker, std::move(answer)), m_entry(entry), m_secret(secret)
    {
    }

private:
    void work() override
    {
        if (m_secret.isEmpty()) // which KWallet would take as "delete"
            return failed(QCoreApplication::translate("KeychainStore", "An empty key is not stored."));
        write(m_entry.name, m_secret, [this](const QKeychain::WritePasswordJob &written) {
            written.error() == QKeychain::NoError ? readBack() : explain(written);
        });
    }

    void readBack()
    {
        run(job<QKeychain::ReadPasswordJob>(m_entry.name), [this](const QKeychain::ReadPasswordJob &read) {
            if (read.error() != QKeychain::NoError)
                return explain(read);
            if (read.binaryData() != m_secret.reveal())
                return failed(QCoreApplication::translate("KeychainStore", "The keychain gave back something else than the key."));
            // Else the one before would be found where this one is not.
            run(job<QKeychain::DeletePasswordJob>(m_entry.formerName), [this](const auto &) { settle(Done{}); });
        });
    }

    void explain(const QKeychain::Job &job)
    {
        look(m_entry.name, [this, error = job.error(), text = job.errorString()](const KeyringLook &seen) {
            if (error == QKeychain::OtherError && seen.state == State::Unlocked)
                forgetProviderSession(); // so that the person's next try works
            fail(kindOf(error, seen), text);
        });
    }

    const KeychainEntry m_entry;
    const Secret m_secret;
};

/// Removes what it knows by name, then what a look finds, then looks whether something is left.
class RemoveTask final : public Ask<Done> {
public:
    RemoveTask(const QStringList &names, const std::optional<QString> &ending, QObject *store, QObject *asker,
               KeychainAnswer<Done> answer)
        : Ask(store, asker, std::move(answer)), m_names(names), m_ending(ending)
    {
    }

private:
    bool isMeant(const QString &name) const
    {
        return m_names.contains(name) || (m_ending && name.endsWith(*m_ending));
    }

    void work() override { removeAll(m_names); }

    void removeAll(QStringList names)
    {
        if (names.isEmpty())
            return list();
        auto *first = job<QKeychain::DeletePasswordJob>(names.takeFirst());
        run(first, [this, names](const QKeychain::DeletePasswordJob &removed) {
            // Whoever has refused once is not asked again for each of the others.
            if (kindOf(removed.error()) == FailureKind::KeychainRefused)
                return fail(FailureKind::KeychainRefused, removed.errorString());
            if (removed.error() != QKeychain::NoError && removed.error() != QKeychain::EntryNotFound && !m_error) {
                m_error = removed.error();
                m_text = removed.errorString();
            }
            removeAll(names);
        });
    }

    void list()
    {
        listKeyring(serviceName, lookPatience, this, [this](const KeyringLook &seen) {
            QStringList left;
            std::ranges::copy_if(seen.names, std::back_inserter(left),
                                 [this](const QString &name) { return isMeant(name); });
            if (left.isEmpty() || std::exchange(m_isSecondRound, true))
                judge(seen, left);
            else
                removeAll(left);
        });
    }

    /// Removing from a locked keyring reports success and removes nothing: only what was seen counts.
    void judge(const KeyringLook &seen, const QStringList &left)
    {
        if (seen.isLocked())
            return fail(FailureKind::KeychainLocked,
                        QCoreApplication::translate("KeychainStore", "The keyring is locked. The key was not removed."));
        if (m_error)
            return fail(kindOf(*m_error, seen), m_text);
        if (seen.state == State::Elsewhere)
            return readBack(m_names);
        if (seen.state != State::Unlocked)
            return fail(kindOf(QKeychain::NoError, seen), seen.text);
        left.isEmpty() ? settle(Done{}) : isLeft();
    }

    void readBack(QStringList names)
    {
        if (names.isEmpty())
            return settle(Done{});
        auto *first = job<QKeychain::ReadPasswordJob>(names.takeFirst());
        run(first, [this, names](const QKeychain::ReadPasswordJob &read) {
            if (read.error() == QKeychain::EntryNotFound)
                return readBack(names);
            if (read.error() == QKeychain::NoError)
                return isLeft();
            fail(kindOf(read.error()), read.errorString());
        });
    }

    void isLeft() { failed(QCoreApplication::translate("KeychainStore", "The key is still in the keyring.")); }

    const QStringList m_names;
    const std::optional<QString> m_ending;
    std::optional<QKeychain::Error> m_error; ///< the first
    QString m_text; ///< of it
    bool m_isSecondRound = false;
};

}

KeychainTask *keychain::readTask(const KeychainEntry &entry, QObject *store, QObject *asker,
                                 KeychainAnswer<std::optional<Secret>> answer)
{
    return new ReadTask(entry, store, asker, std::move(answer));
}

KeychainTask *keychain::writeTask(const KeychainEntry &entry, const Secret &secret, QObject *store, QObject *asker,
                                  KeychainAnswer<Done> answer)
{
    return new WriteTask(entry, secret, store, asker, std::move(answer));
}

KeychainTask *keychain::removeTask(const QStringList &names, const std::optional<QString> &ending, QObject *store,
                                   QObject *asker, KeychainAnswer<Done> answer)
{
    return new RemoveTask(names, ending, store, asker, std::move(answer));
}
