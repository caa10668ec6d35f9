#pragma once

#include "app/credentials/secretstore.h"

#include <QHash>
#include <QPointer>

/// A keychain by script. Keeps the contract of `KeychainAnswer`: every answer comes later, only to a living asker, and
/// once, or twice where a deadline passed first. As in the real one nothing happens before its turn. It can fail, keep
/// everybody waiting, or report success and keep nothing. `asked` counts every ask.
class MemorySecretStore final : public SecretStore {
public:
    struct Asked {
        int read = 0;
        int write = 0;
        int remove = 0;
    };

    void read(const Connection &connection, QObject *asker, KeychainAnswer<std::optional<Secret>> answer) override
    {
        ++asked.read;
        using Value = std::optional<Secret>;
        serve<Value>(true, asker, std::move(answer), [this, id = connection.id] {
            const auto found = kept.constFind(id);
            return found == kept.cend() ? Value() : Value(*found);
        });
    }

    void write(const Connection &connection, const Secret &secret, QObject *asker, KeychainAnswer<Done> answer) override
    {
        ++asked.write;
        serve<Done>(false, asker, std::move(answer), [this, connection, secret] {
            if (!m_failure && !m_forgetful) {
                kept.insert(connection.id, secret);
                m_hosts.insert(connection.id, connection.address.host());
            }
            return Done{};
        });
    }

    void remove(const Connection &connection, QObject *asker, KeychainAnswer<Done> answer) override
    {
        ++asked.remove;
        serve<Done>(false, asker, std::move(answer), [this, connection] {
            const QString host = connection.address.host();
            if (!m_failure && !m_forgetful && m_hosts.value(connection.id, host) == host)
                kept.remove(connection.id);
            return Done{};
        });
    }

    /// Every ask from now on fails so and changes nothing, until `recover()`.
    void failWith(FailureKind kind, const QString &text = {})
    {
        m_failure = Failure();
        m_failure->kind = kind;
        m_failure->text = text;
    }
    void recover() { m_failure.reset(); }

    /// Writes and removes report success and do nothing.
    void pretend(bool forgetful) { m_forgetful = forgetful; }

    /// Asks from now on get no answer, as from a keychain with an open prompt, until `answerAll()`.
    void hang() { m_hanging = true; }
    int waiting() const { return int(m_waiting.size()); }
    /// The deadline passes: the first hears that the keychain is silent, the others that it is busy, as from now on all.
    void passDeadline()
    {
        m_isHung = true;
        for (qsizetype i = 0; i < m_waiting.size(); ++i)
            m_waiting[i].giveUp(i == 0 ? FailureKind::KeychainSilent : FailureKind::KeychainBusy);
        dropGivenUp();
    }
    void answerAll()
    {
        m_hanging = m_isHung = false;
        for (const Waiting &one : std::exchange(m_waiting, {}))
            one.end();
    }

    QHash<ConnectionId, Secret> kept; ///< what a keychain would hold now
    Asked asked;

private:
    struct Waiting {
        std::function<void()> end;
        std::function<void(FailureKind)> giveUp;
        bool isRead = false;
    };

    template <class T, class Work> void serve(bool isRead, QObject *asker, KeychainAnswer<T> answer, Work work)
    {
        const auto reply = [context = QPointer(asker), answer = std::move(answer)](const Result<T> &result) {
            if (context)
                QMetaObject::invokeMethod(context, [answer, result] { answer(result); }, Qt::QueuedConnection);
        };
        const auto end = [this, reply, work] {
            const T value = work();
            reply(m_failure ? Result<T>(tl::unexpected(*m_failure)) : value);
        };
        const auto giveUp = [reply](FailureKind kind) {
            Failure failure;
            failure.kind = kind;
            reply(tl::unexpected(failure));
        };
        if (!m_hanging)
            return end();
        m_waiting.append({end, giveUp, isRead});
        if (m_isHung) {
            giveUp(FailureKind::KeychainBusy);
            dropGivenUp();
        }
    }
    /// Behind the first only what reads stays in line.
    void dropGivenUp()
    {
        for (qsizetype i = m_waiting.size() - 1; i > 0; --i) {
            if (!m_waiting[i].isRead)
                m_waiting.removeAt(i);
        }
    }

    QHash<ConnectionId, QString> m_hosts; ///< the real store keeps a key by host, too
    std::optional<Failure> m_failure;
    bool m_forgetful = false;
    bool m_hanging = false;
    bool m_isHung = false; ///< and past its deadline
    QList<Waiting> m_waiting;
};
