#pragma once

#include "app/credentials/secretstore.h"

#include <QHash>
#include <QPointer>

/// A keychain by script. Keeps the contract of `KeychainAnswer`: every answer comes later, only to a living asker, and
/// once, or twice where a deadline passed first. As in the real one nothing happens before its turn. It can fail, keep
/// everybody waiting, or report success and keep nothing. A key is of one origin, as in the real one. `asked` counts
/// every ask.
class MemorySecretStore final : public SecretStore {
public:
    struct Asked {
        int read = 0;
        int write = 0;
        int remove = 0;
    };

    QString name() const override { return serviceName; }

    void read(const Connection &connection, QObject *asker, KeychainAnswer<std::optional<Secret>> answer) override
    {
        ++asked.read;
        serve<std::optional<Secret>>(true, asker, std::move(answer), [this, connection] { return find(connection); });
    }

    void write(const Connection &connection, const Secret &secret, QObject *asker, KeychainAnswer<Done> answer) override
    {
        ++asked.write;
        serve<Done>(false, asker, std::move(answer), [this, connection, secret]() -> Result<Done> {
            if (!m_failure && !m_forgetful)
                keep(connection, secret);
            if (!m_isUnread)
                return Done{};
            Failure failure;
            failure.kind = FailureKind::KeychainFailed;
            return tl::unexpected(failure);
        });
    }

    void remove(const Connection &connection, QObject *asker, KeychainAnswer<Done> answer) override
    {
        ++asked.remove;
        serve<Done>(false, asker, std::move(answer), [this, connection] {
            if (!m_failure && !m_forgetful)
                kept.remove(entry(connection));
            return Done{};
        });
    }

    void removeAll(const Connection &connection, QObject *asker, KeychainAnswer<Done> answer) override
    {
        ++asked.remove;
        serve<Done>(false, asker, std::move(answer), [this, connection] {
            if (!m_failure && !m_forgetful)
                kept.removeIf([ending = u'/' + connection.id.value](const auto &each) { return each.key().endsWith(ending); });
            return Done{};
        });
    }

    void removeEverything(const QList<Connection> &, QObject *asker, KeychainAnswer<Done> answer) override
    {
        ++asked.remove;
        serve<Done>(false, asker, std::move(answer), [this] {
            if (!m_failure && !m_forgetful)
                kept.clear();
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
    /// What is written from now on is kept, but cannot be read back: the write fails.
    void failAtReadingBack() { m_isUnread = true; }
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

    void keep(const Connection &connection, const Secret &secret) { kept.insert(entry(connection), secret); }
    std::optional<Secret> find(const Connection &connection) const
    {
        const auto found = kept.constFind(entry(connection));
        return found == kept.cend() ? std::nullopt : std::optional(*found);
    }

    QHash<QString, Secret> kept; ///< what a keychain would hold now, by entry
    Asked asked;
    QString serviceName = QStringLiteral("Secret Service"); ///< another one: the person has changed the desktop

private:
    static QString entry(const Connection &connection)
    {
        return originOf(connection.address).toString() + u'/' + connection.id.value;
    }

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
            const Result<T> value = work();
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

    std::optional<Failure> m_failure;
    bool m_isUnread = false;
    bool m_forgetful = false;
    bool m_hanging = false;
    bool m_isHung = false; ///< and past its deadline
    QList<Waiting> m_waiting;
};
