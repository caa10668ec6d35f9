#pragma once

#include "app/credentials/secretstore.h"

#include <QHash>
#include <QPointer>

/// A keychain by script. Keeps the contract of `Answer`: every answer comes later, once, and only to a living asker.
/// It can fail, keep everybody waiting, or report success and keep nothing. `asked` counts every ask.
class MemorySecretStore final : public SecretStore {
public:
    struct Asked {
        int read = 0;
        int write = 0;
        int remove = 0;
    };

    void read(const Connection &connection, QObject *asker, Answer<std::optional<Secret>> answer) override
    {
        ++asked.read;
        const auto found = kept.constFind(connection.id);
        using Value = std::optional<Secret>;
        reply<Value>(found == kept.cend() ? Value() : Value(*found), asker, std::move(answer));
    }

    void write(const Connection &connection, const Secret &secret, QObject *asker, Answer<Done> answer) override
    {
        ++asked.write;
        if (!m_failure && !m_forgetful) {
            kept.insert(connection.id, secret);
            m_hosts.insert(connection.id, connection.address.host());
        }
        reply<Done>(Done{}, asker, std::move(answer));
    }

    void remove(const Connection &connection, QObject *asker, Answer<Done> answer) override
    {
        ++asked.remove;
        const QString host = connection.address.host();
        if (!m_failure && !m_forgetful && m_hosts.value(connection.id, host) == host)
            kept.remove(connection.id);
        reply<Done>(Done{}, asker, std::move(answer));
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
    void answerAll()
    {
        m_hanging = false;
        for (const auto &give : std::exchange(m_waiting, {}))
            give();
    }

    QHash<ConnectionId, Secret> kept; ///< what a keychain would hold now
    Asked asked;

private:
    QHash<ConnectionId, QString> m_hosts; ///< the real store keeps a key by host, too
    template <class T> void reply(const Result<T> &value, QObject *asker, Answer<T> answer)
    {
        const Result<T> result = m_failure ? Result<T>(tl::unexpected(*m_failure)) : value;
        const auto give = [context = QPointer(asker), result, answer = std::move(answer)] {
            if (context)
                QMetaObject::invokeMethod(context, [answer, result] { answer(result); }, Qt::QueuedConnection);
        };
        if (m_hanging)
            m_waiting.append(give);
        else
            give();
    }

    std::optional<Failure> m_failure;
    bool m_forgetful = false;
    bool m_hanging = false;
    QList<std::function<void()>> m_waiting;
};
