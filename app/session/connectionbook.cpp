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

void ConnectionBook::save(const Connection &connection, const std::optional<Secret> &key, QObject *asker,
                          Answer<Filed> answer)
{
    if (!key) {
        QTimer::singleShot(0, asker, [filed = file(connection), answer = std::move(answer)] { answer(filed); });
        return;
    }
    m_sessionOnly.remove(connection.id);
    m_store.write(connection, *key, this,
                  [this, connection, asker = QPointer(asker), answer = std::move(answer)](const Result<Done> &written) {
                      takeWritten(connection, written, asker, answer);
                  });
}

void ConnectionBook::takeWritten(const Connection &connection, const Result<Done> &written, QObject *asker,
                                 const Answer<Filed> &answer)
{
    const bool unwanted = m_sessionOnly.contains(connection.id) || (!asker && !m_list.find(connection.id));
    if (unwanted && written)
        m_store.remove(connection, this, [](const Result<Done> &) {});
    if (unwanted || !asker)
        return;
    if (!written)
        return answer(tl::unexpected(written.error()));
    m_sessionSecrets.forget(connection.id);
    const std::optional<Connection> before = m_list.find(connection.id);
    if (!before || before->address.host() == connection.address.host())
        return answer(file(connection));
    removeKeyOfOldHost(*before, connection, asker, answer);
}

/// Keys are kept by host, so that one never reaches another host: the key of the address before is left over.
void ConnectionBook::removeKeyOfOldHost(const Connection &before, const Connection &connection, QObject *asker,
                                        const Answer<Filed> &answer)
{
    m_store.remove(before, this, [this, before, connection, asker = QPointer(asker), answer](const Result<Done> &removed) {
        Filed filed = file(connection);
        if (!removed && filed.trouble.isEmpty())
            filed.trouble = tr("The key for %1 may still be in the system keychain.").arg(before.address.host());
        if (asker)
            answer(filed);
    });
}

Filed ConnectionBook::keepForSession(const Connection &connection, const Secret &key)
{
    m_sessionOnly.insert(connection.id);
    m_sessionSecrets.keep(connection.id, key);
    return file(connection);
}

void ConnectionBook::remove(const Connection &connection, QObject *asker, Answer<Filed> answer)
{
    m_store.remove(
        connection, this,
        [this, connection, asker = QPointer(asker), answer = std::move(answer)](const Result<Done> &removed) {
            if (removed) {
                const Filed filed = removeLeavingKey(connection);
                if (asker)
                    answer(filed);
            } else if (asker) {
                answer(tl::unexpected(removed.error()));
            }
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
