#include "app/credentials/keychainstore.h"

#include "app/credentials/secretservice.h"

#include <qt6keychain/keychain.h>

#include <QLibrary>
#include <QPointer>
#include <QTimer>

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

}

/// One ask, from its place in the line to the end of its last job. It may have answered before (at the deadline),
/// but never leaves while a job runs: jobs are not deleted under their backend, and the keychain serves one at a
/// time.
class KeychainTask : public QObject {
public:
    KeychainTask(const Connection &connection, QObject *store)
        : QObject(store), m_entry(KeychainStore::entryName(connection))
    {
    }

    std::function<void()> ended; ///< set by the store; called once

    bool hasBegun() const { return m_begun; }
    void begin()
    {
        m_begun = true;
        work();
    }
    /// Answers that nothing came in time, unless an answer was given.
    virtual void expire() = 0;

protected:
    virtual void work() = 0;
    virtual bool hasAnswered() const = 0;

    template <class Job> Job *job() const
    {
        auto *made = new Job(serviceName);
        made->setKey(m_entry);
        return made;
    }

    template <class Job, class Then> void run(Job *job, Then then)
    {
        connect(job, &QKeychain::Job::finished, this, [this, job, then] {
            hasAnswered() ? ended() : then(*job);
        });
        job->start();
    }

    template <class Then> void look(Then then)
    {
        lookIntoKeyring(serviceName, m_entry, lookPatience, this, [this, then](const KeyringLook &look) {
            hasAnswered() ? ended() : then(look);
        });
    }

private:
    const QString m_entry;
    bool m_begun = false;
};

namespace {

/// The half of a task that knows what its answer is made of.
template <class T> class Ask : public KeychainTask {
public:
    Ask(const Connection &connection, QObject *store, QObject *asker, Answer<T> answer)
        : KeychainTask(connection, store), m_asker(asker), m_answer(std::move(answer))
    {
    }

    void expire() override { reply(tl::unexpected(failure(FailureKind::KeychainSilent))); }

protected:
    bool hasAnswered() const override { return !m_answer; }

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
        const Answer<T> answer = std::exchange(m_answer, {});
        if (answer && m_asker)
            QMetaObject::invokeMethod(m_asker, [answer, result] { answer(result); }, Qt::QueuedConnection);
    }

    const QPointer<QObject> m_asker;
    Answer<T> m_answer;
};

class ReadTask final : public Ask<std::optional<Secret>> {
    using Ask::Ask;

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
    WriteTask(const Connection &connection, const Secret &secret, QObject *store, QObject *asker,
              Answer<Done> answer)
        : Ask(connection, store, asker, std::move(answer)), m_secret(secret)
    {
    }

private:
    void work() override
    {
        if (m_secret.isEmpty()) // which KWallet would take as "delete"
            return failed(KeychainStore::tr("An empty key is not stored."));
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
                return failed(KeychainStore::tr("The keychain gave back something else than the key."));
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
                        KeychainStore::tr("The keyring is locked. The key was not removed."));
        if (error != QKeychain::NoError && error != QKeychain::EntryNotFound)
            return fail(kindOf(error, seen), text);
        if (seen.provesAbsence())
            return settle(Done{});
        if (seen.state == State::Elsewhere)
            return readBack();
        if (seen.unlockedItems > 0)
            return failed(KeychainStore::tr("The key is still in the keyring."));
        fail(kindOf(error, seen), seen.text);
    }

    void readBack()
    {
        run(job<QKeychain::ReadPasswordJob>(), [this](const QKeychain::ReadPasswordJob &read) {
            if (read.error() == QKeychain::EntryNotFound)
                return settle(Done{});
            if (read.error() == QKeychain::NoError)
                return failed(KeychainStore::tr("The key is still in the keyring."));
            fail(kindOf(read.error()), read.errorString());
        });
    }
};

}

KeychainStore::KeychainStore(Duration deadline, QObject *parent) : QObject(parent), m_deadline(deadline) { }

KeychainStore::~KeychainStore() = default;

void KeychainStore::read(const Connection &connection, QObject *asker, Answer<std::optional<Secret>> answer)
{
    enqueue(new ReadTask(connection, this, asker, std::move(answer)));
}

void KeychainStore::write(const Connection &connection, const Secret &secret, QObject *asker,
                          Answer<Done> answer)
{
    enqueue(new WriteTask(connection, secret, this, asker, std::move(answer)));
}

void KeychainStore::remove(const Connection &connection, QObject *asker, Answer<Done> answer)
{
    enqueue(new RemoveTask(connection, this, asker, std::move(answer)));
}

QString KeychainStore::entryName(const Connection &connection)
{
    return u"stopdesk/%1/%2"_s.arg(connection.address.host(QUrl::FullyEncoded), connection.id.value);
}

QString KeychainStore::backendName()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
    return isKdeSession() ? u"KWallet"_s : u"Secret Service"_s;
#else
    return u"Keychain"_s;
#endif
}

void KeychainStore::enqueue(KeychainTask *task)
{
    task->ended = [this, task] { leaveLine(task); };
    QTimer::singleShot(m_deadline, task, [this, task] {
        task->expire();
        if (!task->hasBegun())
            leaveLine(task);
    });
    m_line.append(task);
    if (m_line.size() == 1)
        beginFirst();
}

void KeychainStore::leaveLine(KeychainTask *task)
{
    m_line.removeOne(task);
    task->deleteLater();
    beginFirst();
}

/// Also called when one further back left; the first may be at work already.
void KeychainStore::beginFirst()
{
    if (!m_line.isEmpty() && !m_line.first()->hasBegun())
        m_line.first()->begin();
}
