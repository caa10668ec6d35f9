#include "app/credentials/keychainstore.h"

#include "app/credentials/keychaintasks.h"
#include "app/credentials/secretservice.h"

#include <QTimer>

using namespace Qt::StringLiterals;

namespace {

KeychainEntry entryOf(const Connection &connection)
{
    return {KeychainStore::entryName(connection),
            u"stopdesk/%1/%2"_s.arg(connection.address.host(QUrl::FullyEncoded), connection.id.value)};
}

QStringList namesOf(const Connection &connection)
{
    const KeychainEntry entry = entryOf(connection);
    return {entry.name, entry.formerName};
}

}

KeychainStore::KeychainStore(Duration deadline, QObject *parent) : QObject(parent), m_deadline(deadline) { }

KeychainStore::~KeychainStore() = default;

void KeychainStore::read(const Connection &connection, QObject *asker, KeychainAnswer<std::optional<Secret>> answer)
{
    enqueue(keychain::readTask(entryOf(connection), this, asker, std::move(answer)));
}

void KeychainStore::write(const Connection &connection, const Secret &secret, QObject *asker,
                          KeychainAnswer<Done> answer)
{
    enqueue(keychain::writeTask(entryOf(connection), secret, this, asker, std::move(answer)));
}

void KeychainStore::remove(const Connection &connection, QObject *asker, KeychainAnswer<Done> answer)
{
    enqueue(keychain::removeTask(namesOf(connection), std::nullopt, this, asker, std::move(answer)));
}

void KeychainStore::removeAll(const Connection &connection, QObject *asker, KeychainAnswer<Done> answer)
{
    enqueue(keychain::removeTask(namesOf(connection), u'/' + connection.id.value, this, asker, std::move(answer)));
}

void KeychainStore::removeEverything(const QList<Connection> &known, QObject *asker, KeychainAnswer<Done> answer)
{
    QStringList names;
    for (const Connection &connection : known)
        names += namesOf(connection);
    enqueue(keychain::removeTask(names, QString(), this, asker, std::move(answer)));
}

QString KeychainStore::entryName(const Connection &connection)
{
    return u"stopdesk/%1/%2"_s.arg(originOf(connection.address).toString(QUrl::FullyEncoded), connection.id.value);
}

QString KeychainStore::name() const
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
    m_line.append(task);
    if (m_isHung)
        return giveUp(task);
    QTimer::singleShot(m_deadline, task, [this, task] {
        m_isHung = true;
        for (KeychainTask *waiting : QList(m_line)) // the first began no later than this one
            giveUp(waiting);
    });
    if (m_line.size() == 1)
        beginFirst();
}

void KeychainStore::giveUp(KeychainTask *task)
{
    task->expire();
    if (task->hasBegun() || task->isWorthBeginningLate())
        return;
    m_line.removeOne(task);
    task->deleteLater();
}

void KeychainStore::leaveLine(KeychainTask *task)
{
    m_isHung = false;
    m_line.removeOne(task);
    task->deleteLater();
    beginFirst();
}

void KeychainStore::beginFirst()
{
    if (!m_line.isEmpty())
        m_line.first()->begin();
}
