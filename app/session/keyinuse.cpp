#include "app/session/keyinuse.h"

using namespace std::chrono_literals;

namespace {

constexpr Duration patience = 1s;

}

KeyInUse::KeyInUse(SecretStore &store, SessionSecrets &sessionSecrets, Clock &clock)
    : m_store(store), m_sessionSecrets(sessionSecrets), m_clock(clock)
{
}

void KeyInUse::read(const Connection &connection)
{
    if (const auto known = m_sessionSecrets.find(connection))
        return know(*known);
    if (connection.isDemo)
        return set(State::Missing); // the keychain knows nothing of a demo
    m_askedAt = m_clock.now();
    m_asker = std::make_unique<QObject>();
    set(State::Reading);
    m_clock.after(patience, m_asker.get(), [this] {
        if (m_state == State::Reading)
            Q_EMIT changed();
    });
    m_store.read(connection, m_asker.get(), [this](const Result<std::optional<Secret>> &answer) { take(answer); });
}

void KeyInUse::take(const Result<std::optional<Secret>> &answer)
{
    if (answer && answer->has_value())
        return know(**answer);
    set(answer ? State::Missing : State::Failed, answer ? std::nullopt : std::optional(answer.error()));
    if (!answer)
        Q_EMIT failed(answer.error());
}

void KeyInUse::know(const Secret &secret)
{
    m_state = State::Known;
    m_failure.reset();
    Q_EMIT found(secret);
    Q_EMIT changed();
}

void KeyInUse::refuse(const Failure &failure)
{
    set(State::Failed, failure);
}

bool KeyInUse::isSlow() const
{
    return m_state == State::Reading && m_askedAt.msecsTo(m_clock.now()) >= patience.count();
}

void KeyInUse::set(State state, const std::optional<Failure> &failure)
{
    m_state = state;
    m_failure = failure;
    Q_EMIT changed();
}
