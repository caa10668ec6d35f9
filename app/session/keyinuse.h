#pragma once

#include "app/credentials/secretstore.h"
#include "app/credentials/sessionsecrets.h"
#include "app/types/clock.h"

#include <memory>

/// The key of the connection in use: from this run's memory, else from the keychain, which may take its time.
class KeyInUse final : public QObject {
    Q_OBJECT

public:
    enum class State { None, Reading, Known, Missing, Failed };

    KeyInUse(SecretStore &store, SessionSecrets &sessionSecrets, Clock &clock);

    void read(const Connection &connection); ///< `found` may come before this has returned
    void refuse(const Failure &failure);     ///< the service does not take it
    State state() const { return m_state; }
    const std::optional<Failure> &failure() const { return m_failure; }
    bool isSlow() const; ///< the keychain needs longer than 1 s

Q_SIGNALS:
    void found(const Secret &secret);
    void failed(const Failure &failure); ///< the keychain, after `changed`
    void changed();                      ///< state, failure or slow

private:
    void take(const Result<std::optional<Secret>> &answer);
    void know(const Secret &secret);
    void set(State state, const std::optional<Failure> &failure = std::nullopt);

    SecretStore &m_store;
    SessionSecrets &m_sessionSecrets;
    Clock &m_clock;
    std::unique_ptr<QObject> m_asker;
    State m_state = State::None;
    std::optional<Failure> m_failure;
    QDateTime m_askedAt;
};
