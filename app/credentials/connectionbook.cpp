#include "app/credentials/connectionbook.h"

#include <QTimer>

ConnectionBook::ConnectionBook(ConnectionList &list, SecretStore &store, SessionSecrets &sessionSecrets,
                               QObject *parent)
    : QObject(parent)
    , m_list(list)
    , m_store(store)
    , m_sessionSecrets(sessionSecrets)
{
}

void ConnectionBook::readKey(const Connection &connection, QObject *asker,
                             KeychainAnswer<std::optional<Secret>> answer)
{
    if (const std::optional<Secret> known = m_sessionSecrets.find(connection))
        QTimer::singleShot(0, asker, [known, answer = std::move(answer)] { answer(known); });
    else
        m_store.read(connection, asker, std::move(answer));
}

void ConnectionBook::save(const Connection &connection, const std::optional<Secret> &key, QObject *asker,
                          KeychainAnswer<Filed> answer, bool hasFailed)
{
    if (!key) {
        QTimer::singleShot(0, asker, [filed = file(connection), answer = std::move(answer)] { answer(filed); });
        return;
    }
    const ConnectionId id = connection.id;
    const Save save{connection, ++m_count, keptAt(connection) && !m_sessionSecrets.find(connection), hasFailed, asker, std::move(answer)};
    m_last[id] = save.number;
    ++m_pending;
    m_store.write(connection, *key, this, [this, save](const Result<Done> &written) { takeWritten(save, written); });
}

/// Whether the list has it at the same origin, which is where its key is looked for.
bool ConnectionBook::keptAt(const Connection &connection) const
{
    const std::optional<Connection> kept = m_list.find(connection.id);
    return kept && originOf(kept->address) == originOf(connection.address);
}

/// Called again where the keychain was silent at first: only then is it known whether the key is there.
void ConnectionBook::takeWritten(const Save &save, const Result<Done> &written)
{
    const ConnectionId id = save.connection.id;
    const bool isAwaited = endsLast(id, save.number, written) && save.asker;
    const bool isLeftToLater = m_last.contains(id);
    const bool mayBeThere = written || written.error().kind == FailureKind::KeychainFailed;
    // Of a connection that is kept, and not with a key in memory alone, this key stands where another stood.
    const bool replaces = keptAt(save.connection) && !m_sessionSecrets.find(save.connection) && save.number > m_abandoned.value(id);
    if (mayBeThere && !isLeftToLater && !replaces && !(written && isAwaited))
        takeBack(save.connection, save.hadKey);
    if (written && !isLeftToLater && !isAwaited && replaces) {
        setFailing(id, save.hasFailed);
        Q_EMIT keyReplaced(*m_list.find(id));
    }
    if (!isAwaited)
        return;
    if (!written)
        return save.answer(tl::unexpected(written.error()));
    m_sessionSecrets.forget(id);
    // Keys are kept by origin, so that one never reaches another one: the key of the address before is left over.
    if (const std::optional<Connection> before = m_list.find(id); before && !keptAt(save.connection))
        takeBack(*before, false);
    Q_EMIT entrySettled(save.connection);
    Connection kept = save.connection;
    kept.keychain = m_store.name();
    save.answer(file(kept));
}

/// Whether that one is the last that was decided. It is no more under way, unless the keychain was only silent.
bool ConnectionBook::endsLast(const ConnectionId &id, int number, const Result<Done> &ended)
{
    noteEnd(ended);
    if (m_last.value(id) != number)
        return false;
    if (ended || ended.error().kind != FailureKind::KeychainSilent)
        m_last.remove(id);
    return true;
}

void ConnectionBook::takeBack(const Connection &connection, bool hadKey)
{
    ++m_pending;
    m_store.remove(connection, this, [this, connection, hadKey](const Result<Done> &removed) {
        noteEnd(removed);
        if (!removed)
            Q_EMIT keyLeftBehind(connection, removed.error());
        else
            Q_EMIT entrySettled(connection);
        if (removed && hadKey && m_list.find(connection.id))
            Q_EMIT keyGone(*m_list.find(connection.id)); // the one that stood there before was lost with it
    });
}

void ConnectionBook::noteEnd(const Result<Done> &ended)
{
    m_pending -= ended || ended.error().kind != FailureKind::KeychainSilent ? 1 : 0;
}

void ConnectionBook::setFailing(const ConnectionId &id, bool failing)
{
    if (failing)
        m_failing.insert(id);
    else
        m_failing.remove(id);
}

void ConnectionBook::abandonSaves(const ConnectionId &id)
{
    m_last.remove(id);
    m_abandoned[id] = m_count;
}

Filed ConnectionBook::keepForSession(const Connection &connection, const Secret &key)
{
    abandonSaves(connection.id);
    m_sessionSecrets.keep(connection, key);
    return file(connection);
}

void ConnectionBook::remove(const Connection &connection, QObject *asker, KeychainAnswer<Filed> answer)
{
    abandonSaves(connection.id);
    const bool hadKey = !m_sessionSecrets.find(connection);
    const int number = m_last[connection.id] = ++m_count;
    ++m_pending;
    m_store.removeAll(
        connection, this,
        [this, connection, number, hadKey, asker = QPointer(asker),
         answer = std::move(answer)](const Result<Done> &removed) {
            const bool isLast = endsLast(connection.id, number, removed);
            if (removed)
                Q_EMIT entrySettled(connection);
            if (isLast && asker)
                answer(removed ? Result<Filed>(removeLeavingKey(connection)) : tl::unexpected(removed.error()));
            else if (removed && m_list.find(connection.id) && !m_last.contains(connection.id) && hadKey)
                Q_EMIT keyGone(*m_list.find(connection.id)); // it was kept, and is not being given another
        });
}

void ConnectionBook::removeEveryKey(QObject *asker, KeychainAnswer<Done> answer)
{
    for (const Connection &connection : m_list.all())
        abandonSaves(connection.id);
    m_store.removeEverything(m_list.all(), asker, [this, answer = std::move(answer)](const Result<Done> &removed) {
        for (const Connection &connection : removed ? m_list.all() : QList<Connection>())
            m_sessionSecrets.forget(connection.id);
        answer(removed);
    });
}

Filed ConnectionBook::removeLeavingKey(const Connection &connection)
{
    m_sessionSecrets.forget(connection.id);
    const ConnectionList::Kept kept = m_list.remove(connection.id);
    return {kept ? QString() : kept.error()};
}

Filed ConnectionBook::file(const Connection &connection)
{
    const ConnectionList::Kept kept = m_list.save(connection);
    return {kept ? QString() : kept.error()};
}
