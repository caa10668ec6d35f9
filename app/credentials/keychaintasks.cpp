#include "app/credentials/keychaintasks.h"

#include "app/credentials/secretservice.h"

#include <qt6keychain/keychain.h>

#include <QCoreApplication>
#include <QLibrary>
#include <QPointer>

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

/// What all tasks do alike: run jobs of QtKeychain, look into the keyring, answer once.
template <class T> class Ask : public KeychainTask {
public:
    Ask(const QString &entry, QObject *store, QObject *asker, KeychainAnswer<T> answer)
        : KeychainTask(store), m_entry(entry), m_asker(asker), m_answer(std::move(answer))
    {
    }

    bool hasBegun() const override { return m_begun; }
    void begin() override
    {
        m_begun = true;
        work();
    }
    void expire() override
    {
        if (!std::exchange(m_expired, true))
            reply(tl::unexpected(failure(m_begun ? FailureKind::KeychainSilent : FailureKind::KeychainBusy)));
    }

protected:
    virtual void work() = 0;

    template <class Job> Job *job() const
    {
        auto *made = new Job(serviceName);
        made->setKey(m_entry);
        return made;
    }

    template <class Job, class Then> void run(Job *job, Then then)
    {
        connect(job, &QKeychain::Job::finished, this, [job, then] { then(*job); });
        job->start();
    }

    template <class Then> void look(Then then)
    {
        lookIntoKeyring(serviceName, m_entry, lookPatience, this, then);
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

    const QString m_entry;
    const QPointer<QObject> m_asker;
    const KeychainAnswer<T> m_answer;
    bool m_begun = false;
    bool m_expired = false;
};

class ReadTask final : public Ask<std::optional<Secret>> {
    using Ask::Ask;

    bool isWorthBeginningLate() const override { return true; }
    void work() override
    {
        run(job<QKeychain::ReadPasswordJob>(), [this](const QKeychain::ReadPasswordJob &read) {
            if (read.error() != QKeychain::NoError)
                return doubt(read.error(), read.errorString());
            const QByteArray bytes = read.binaryData();
            settle(bytes.isEmpty() ? std::nullopt : std::optional(Secret::fromStored(bytes)));
        });
    }

    /// "Not found" is also what a locked keyring says, so it is believed only after a look into an open one.
    void doubt(QKeychain::Error error, const QString &text)
    {
        look([this, error, text](const KeyringLook &seen) {
            const bool notFound = error == QKeychain::EntryNotFound;
            if (notFound && (seen.provesAbsence() || seen.state == State::Elsewhere))
                return settle(std::nullopt);
            if (!m_isSecondTry && isWorthAnotherTry(error, seen))
                return tryAgain();
            fail(kindOf(error, seen), notFound ? seen.text : text);
        });
    }

    /// The keyring is open: it was unlocked meanwhile, or only the session with it is stale.
    static bool isWorthAnotherTry(QKeychain::Error error, const KeyringLook &seen)
    {
        return seen.state == State::Unlocked && !seen.isLocked()
            && (error == QKeychain::OtherError || error == QKeychain::EntryNotFound);
    }

    void tryAgain()
    {
        m_isSecondTry = true;
        forgetProviderSession();
        work();
    }

    bool m_isSecondTry = false;
};

class WriteTask final : public Ask<Done> {
public:
    WriteTask(const QString &entry, const Secret &secret, QObject *store, QObject *asker, KeychainAnswer<Done> answer)
        : Ask(entry, store, asker, std::move(answer)), m_secret(secret)
    {
    }

private:
    void work() override
    {
        if (m_secret.isEmpty()) // which KWallet would take as "delete"
            return failed(QCoreApplication::translate("KeychainStore", "An empty key is not stored."));
        auto *write = job<QKeychain::WritePasswordJob>();
        write->setBinaryData(m_secret.reveal());
        run(write, [this](const QKeychain::WritePasswordJob &written) {
            written.error() == QKeychain::NoError ? readBack() : explain(written);
        });
    }

    void readBack()
    {
        run(job<QKeychain::ReadPasswordJob>(), [this](const QKeychain::ReadPasswordJob &read) {
            if (read.error() != QKeychain::NoError)
                return explain(read);
            if (read.binaryData() != m_secret.reveal())
                return failed(QCoreApplication::translate("KeychainStore", "The keychain gave back something else than the key."));
            settle(Done{});
        });
    }

    void explain(const QKeychain::Job &job)
    {
        look([this, error = job.error(), text = job.errorString()](const KeyringLook &seen) {
            if (error == QKeychain::OtherError && seen.state == State::Unlocked)
                forgetProviderSession(); // so that the person's next try works
            fail(kindOf(error, seen), text);
        });
    }

    const Secret m_secret;
};

class RemoveTask final : public Ask<Done> {
    using Ask::Ask;

    void work() override
    {
        run(job<QKeychain::DeletePasswordJob>(), [this](const QKeychain::DeletePasswordJob &removed) {
            look([this, error = removed.error(), text = removed.errorString()](const KeyringLook &seen) {
                judge(error, text, seen);
            });
        });
    }

    /// Removing from a locked keyring reports success and removes nothing: only what was seen counts.
    void judge(QKeychain::Error error, const QString &text, const KeyringLook &seen)
    {
        if (seen.isLocked())
            return fail(FailureKind::KeychainLocked,
                        QCoreApplication::translate("KeychainStore", "The keyring is locked. The key was not removed."));
        if (error != QKeychain::NoError && error != QKeychain::EntryNotFound)
            return fail(kindOf(error, seen), text);
        if (seen.provesAbsence())
            return settle(Done{});
        if (seen.state == State::Elsewhere)
            return readBack();
        if (seen.unlockedItems > 0)
            return failed(QCoreApplication::translate("KeychainStore", "The key is still in the keyring."));
        fail(kindOf(error, seen), seen.text);
    }

    void readBack()
    {
        run(job<QKeychain::ReadPasswordJob>(), [this](const QKeychain::ReadPasswordJob &read) {
            if (read.error() == QKeychain::EntryNotFound)
                return settle(Done{});
            if (read.error() == QKeychain::NoError)
                return failed(QCoreApplication::translate("KeychainStore", "The key is still in the keyring."));
            fail(kindOf(read.error()), read.errorString());
        });
    }
};

}

KeychainTask *keychain::readTask(const QString &entry, QObject *store, QObject *asker,
                                 KeychainAnswer<std::optional<Secret>> answer)
{
    return new ReadTask(entry, store, asker, std::move(answer));
}

KeychainTask *keychain::writeTask(const QString &entry, const Secret &secret, QObject *store, QObject *asker,
                                  KeychainAnswer<Done> answer)
{
    return new WriteTask(entry, secret, store, asker, std::move(answer));
}

KeychainTask *keychain::removeTask(const QString &entry, QObject *store, QObject *asker, KeychainAnswer<Done> answer)
{
    return new RemoveTask(entry, store, asker, std::move(answer));
}
