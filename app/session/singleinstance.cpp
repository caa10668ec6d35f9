#include "app/session/singleinstance.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QLocalSocket>
#include <QThread>
#include <QTimer>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

// What goes over the socket, a line each way. A wish that a later version adds is refused by an earlier one.
constexpr auto raiseWish = "raise\n";
constexpr auto taken = "taken\n";
constexpr auto refused = "unknown\n";

constexpr unsigned long pauseLength = 20; // ms, between two tries
constexpr qsizetype longestPath = 100; // bytes: a socket's path ends at 107

/// In the folder; where its path is too long for a socket, among the temporary files, under a name made of the folder.
QString socketFor(const QString &folder)
{
    const QString here = QDir(folder).absoluteFilePath(u"instance.socket"_s);
    if (QFile::encodeName(here).size() <= longestPath)
        return here;
    const QByteArray hash = QCryptographicHash::hash(here.toUtf8(), QCryptographicHash::Sha256).toHex().left(24);
    return QDir::tempPath() + u"/stopdesk-"_s + QString::fromLatin1(hash);
}

}

SingleInstance::SingleInstance(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_socket(socketFor(folder))
    , m_lock(QDir(folder).absoluteFilePath(u"instance.lock"_s))
{
    m_lock.setStaleLockTime(0); // by its process alone, however old it is
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *client = m_server.nextPendingConnection())
            serve(client);
    });
}

/// Nobody there, all the time, is a lock that the system keeps for a process that has ended: it is tried to be removed,
/// which the system refuses while its owner lives.
SingleInstance::Start SingleInstance::start()
{
    const QDeadlineTimer end(patience);
    Told told = Told::NobodyThere;
    while (!end.hasExpired() && (told == Told::NobodyThere)) {
        if (m_lock.tryLock(0)) {
            listen();
            return Start::First;
        }
        if (m_lock.error() != QLockFile::LockFailedError)
            return Start::Alone;
        told = tell(end);
        if (told == Told::NobodyThere)
            QThread::msleep(pauseLength);
    }
    if (told == Told::NobodyThere && m_lock.removeStaleLockFile() && m_lock.tryLock(0)) {
        listen();
        return Start::First;
    }
    return told == Told::Taken ? Start::HandedOver : Start::Alone;
}

void SingleInstance::release()
{
    m_server.close();
    m_lock.unlock();
}

/// Who has the lock may take away the socket that one before left.
void SingleInstance::listen()
{
    QLocalServer::removeServer(m_socket);
    m_server.listen(m_socket);
}

SingleInstance::Told SingleInstance::tell(const QDeadlineTimer &end) const
{
    QLocalSocket first;
    first.connectToServer(m_socket);
    if (!first.waitForConnected(int(end.remainingTime())))
        return Told::NobodyThere;
    first.write(raiseWish);
    while (!first.canReadLine()) {
        if (!first.waitForReadyRead(int(end.remainingTime())))
            return first.state() == QLocalSocket::ConnectedState ? Told::NoAnswer : Told::NobodyThere;
    }
    return first.readLine(longestLine) == taken ? Told::Taken : Told::Refused;
}

void SingleInstance::serve(QLocalSocket *client)
{
    client->setReadBufferSize(longestLine);
    connect(client, &QLocalSocket::disconnected, client, &QObject::deleteLater);
    connect(client, &QLocalSocket::readyRead, this, [this, client] { read(client); });
    QTimer::singleShot(patience, client, &QLocalSocket::abort);
    read(client);
}

void SingleInstance::read(QLocalSocket *client)
{
    if (!client->canReadLine() && client->bytesAvailable() < longestLine)
        return;
    const bool isKnown = client->readLine(longestLine) == raiseWish;
    client->disconnect(this);
    client->write(isKnown ? taken : refused);
    client->disconnectFromServer();
    if (isKnown)
        Q_EMIT raiseWanted();
    else
        std::fputs(qPrintable(QCoreApplication::translate(
                       "SingleInstance", "Another program asked this Stopdesk for something that it does not know.\n")),
                   stderr);
}
