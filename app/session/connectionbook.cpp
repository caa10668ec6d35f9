#include "app/session/connectionbook.h"

#include <QPointer>
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
    if (const std::optional<Secret> known = m_sessionSecrets.find(connection.id))
        QTimer::singleShot(0, asker, [known, answer = std::move(answer)] { answer(known); });
    else
        m_store.read(connection, asker, std::move(answer));
}

void ConnectionBook::save(const Connection &connection, const std::optional<Secret> &key, QObject *asker,
                          KeychainAnswer<Filed> answer)
{
    if (!key) {
        QTimer::singleShot(0, asker, [filed = file(connection), answer = std::move(answer)] { answer(filed); });
        return;
    }
    const int number = m_last[connection.id] = ++m_count;
    m_store.write(connection, *key, this,
                  [this, connection, number, asker = QPointer(asker),
                   answer = std::move(answer)](const Result<Done> &written) {
                      takeWritten(connection, number, written, asker, answer);
                  });
}

/// Called again where the keychain was silent at first: only then is it known whether the key is there.
void ConnectionBook::takeWritten(const Connection &connection, int number, const Result<Done> &written, QObject *asker,
                                 const KeychainAnswer<Filed> &answer)
{
    const ConnectionId id = connection.id;
    const bool isAwaited = endsLast(id, number, written) && asker;
    const bool mayBeThere = written || written.error().kind == FailureKind::KeychainFailed;
    const std::optional<Connection> before = m_list.find(id);
    const bool isSameHost = before && before->address.host() == connection.address.host();
    // Of a connection that is kept, and not with a key in memory alone, this key stands where another stood.
    const bool replaces = isSameHost && !m_sessionSecrets.find(id) && number > m_abandoned.value(id);
    const bool isLeftToLater = m_last.contains(id);
    if (mayBeThere && !isLeftToLater && !replaces && !(written && isAwaited))
        takeBack(connection);
    if (written && replaces && !isLeftToLater && !isAwaited)
        Q_EMIT keyReplaced(connection);
    if (!isAwaited)
        return;
    if (!written)
        return answer(tl::unexpected(written.error()));
    m_sessionSecrets.forget(id);
    if (!before || isSameHost)
        return answer(file(connection));
    removeKeyOfOldHost(*before, connection, asker, answer);
}

/// Whether that one is the last that was decided. It is no more under way, unless the keychain was only silent.
bool ConnectionBook::endsLast(const ConnectionId &id, int number, const Result<Done> &ended)
{
    if (m_last.value(id) != number)
        return false;
    if (ended || ended.error().kind != FailureKind::KeychainSilent)
        m_last.remove(id);
    return true;
}

void ConnectionBook::takeBack(const Connection &connection)
{
    m_store.remove(connection, this, [this, connection](const Result<Done> &removed) {
        removed ? Q_EMIT keyTakenBack(connection) : Q_EMIT keyLeftBehind(connection, removed.error());
    });
}

/// Keys are kept by host, so that one never reaches another host: the key of the address before is left over.
void ConnectionBook::removeKeyOfOldHost(const Connection &before, const Connection &connection, QObject *asker,
                                        const KeychainAnswer<Filed> &answer)
{
    m_store.remove(before, this, [before, filed = file(connection), asker = QPointer(asker),
                                  answer](const Result<Done> &removed) {
        Filed told = filed;
        if (!removed && told.trouble.isEmpty())
            told.trouble = tr("The key for %1 may still be in the system keychain.").arg(before.address.host());
        if (asker)
            answer(told);
    });
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
    m_sessionSecrets.keep(connection.id, key);
    return file(connection);
}

void ConnectionBook::remove(const Connection &connection, QObject *asker, KeychainAnswer<Filed> answer)
{
    abandonSaves(connection.id);
    const int number = m_last[connection.id] = ++m_count;
    m_store.remove(
        connection, this,
        [this, connection, number, asker = QPointer(asker), answer = std::move(answer)](const Result<Done> &removed) {
            if (endsLast(connection.id, number, removed) && asker)
                answer(removed ? Result<Filed>(removeLeavingKey(connection)) : tl::unexpected(removed.error()));
            else if (removed && m_list.find(connection.id) && !m_last.contains(connection.id))
                Q_EMIT keyGone(connection); // it was kept, and is not being given another
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
