#include "app/session/singleinstance.h"

#include "app/types/foldertrouble.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QSysInfo>
#include <QThread>
#include <QTimer>

#include <cstdio>
#include <optional>

using namespace Qt::StringLiterals;

namespace {

// What goes over the socket, a line each way. A wish that a later version adds is refused by an earlier one.
constexpr auto whereWish = "where\n";
constexpr auto raiseWish = "raise\n";
constexpr auto taken = "taken\n";
constexpr auto refused = "unknown\n";
constexpr auto placeWord = "at "; // then its number and its display

constexpr unsigned long pauseLength = 20; // ms, between two tries

QByteArray placeLine(const QString &display)
{
    const QByteArray line = placeWord + QByteArray::number(QCoreApplication::applicationPid()) + ' ' + display.toUtf8();
    return line.left(SingleInstance::longestLine - 1) + '\n';
}

std::optional<RunningInstance> placeIn(const QByteArray &line)
{
    if (!line.startsWith(placeWord) || !line.endsWith('\n'))
        return {};
    const QString text = QString::fromUtf8(line.chopped(1));
    return RunningInstance{text.section(u' ', 1, 1).toLongLong(), {}, text.section(u' ', 2)};
}

RunningInstance ownerOf(const QLockFile &lock)
{
    RunningInstance owner;
    QString program;
    lock.getLockInfo(&owner.process, &owner.computer, &program);
    if (owner.computer == QSysInfo::machineHostName())
        owner.computer.clear();
    return owner;
}

}

SingleInstance::SingleInstance(const QString &folder, const QString &display, QObject *parent)
    : QObject(parent)
    , m_folder(QDir(folder).absolutePath())
    , m_display(display)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *client = m_server.nextPendingConnection())
            serve(client);
    });
}

/// A file among those of this login, under a name made of the folder.
QString SingleInstance::nearby(const QString &name)
{
    if (m_nearby.isEmpty()) {
        const QByteArray hash = QCryptographicHash::hash(m_folder.toUtf8(), QCryptographicHash::Sha256).toHex().left(24);
        m_nearby = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation) + u"/stopdesk-"_s
            + QString::fromLatin1(hash) + u'.';
    }
    return m_nearby + name;
}

/// Nobody there, all the time, is a lock that the system keeps for a process that has ended: it is tried to be removed,
/// which the system refuses while its owner lives.
SingleInstance::Start SingleInstance::start()
{
    const QDeadlineTimer end(patience);
    Told told = Told::NobodyThere;
    chooseLock();
    if (m_lock->fileName() != QDir(m_folder).filePath(u"instance.lock"_s))
        told = tell(end); // it may have started when the folder still took its lock
    while (!end.hasExpired() && (told == Told::NobodyThere)) {
        if (m_lock->tryLock(0)) {
            listen();
            return Start::First;
        }
        if (m_lock->error() != QLockFile::LockFailedError)
            return Start::Unchecked;
        told = tell(end);
        if (told == Told::NobodyThere)
            QThread::msleep(pauseLength);
    }
    if (told == Told::NobodyThere && m_lock->removeStaleLockFile() && m_lock->tryLock(0)) {
        listen();
        return Start::First;
    }
    return startOf(told);
}

SingleInstance::Start SingleInstance::startOf(Told told)
{
    if (told == Told::Taken)
        return Start::HandedOver;
    if (told == Told::Elsewhere)
        return Start::Elsewhere;
    m_other = ownerOf(*m_lock);
    return Start::Beside;
}

bool SingleInstance::raise()
{
    QByteArray answer;
    return say(raiseWish, QDeadlineTimer(patience), answer) == Told::Taken;
}

bool SingleInstance::isRunning()
{
    QByteArray answer;
    say(whereWish, QDeadlineTimer(patience), answer);
    const std::optional<RunningInstance> place = placeIn(answer);
    m_other = place.value_or(RunningInstance());
    return place.has_value();
}

void SingleInstance::release()
{
    m_server.close();
    if (m_lock)
        m_lock->unlock();
}

void SingleInstance::chooseLock()
{
    const bool canHold = folderTrouble(m_folder) == FolderTrouble::None;
    m_lock = std::make_unique<QLockFile>(canHold ? QDir(m_folder).filePath(u"instance.lock"_s) : nearby(u"lock"_s));
    m_lock->setStaleLockTime(0); // by its process alone, however old it is
}

/// Who has the lock may take away the socket that one before left. Not every folder that takes a lock takes a socket,
/// and none does whose path is too long.
void SingleInstance::listen()
{
    const auto listensAt = [this](const QString &socket) {
        QLocalServer::removeServer(socket);
        return m_server.listen(socket);
    };
    if (!listensAt(QDir(m_folder).filePath(u"instance.socket"_s)))
        listensAt(nearby(u"socket"_s));
}

/// Asks where the first is, and brings it to the front where that is seen from here.
SingleInstance::Told SingleInstance::tell(const QDeadlineTimer &end)
{
    QByteArray answer;
    const Told told = say(whereWish, end, answer);
    const std::optional<RunningInstance> place = placeIn(answer);
    if (!place)
        return told;
    m_other = *place;
    return place->display == m_display ? say(raiseWish, end, answer) : Told::Elsewhere;
}

SingleInstance::Told SingleInstance::say(const QByteArray &wish, const QDeadlineTimer &end, QByteArray &answer)
{
    QLocalSocket first;
    first.connectToServer(QDir(m_folder).filePath(u"instance.socket"_s));
    if (!first.waitForConnected(int(end.remainingTime()))) {
        first.connectToServer(nearby(u"socket"_s));
        if (!first.waitForConnected(int(end.remainingTime())))
            return Told::NobodyThere;
    }
    first.write(wish);
    while (!first.canReadLine()) {
        if (!first.waitForReadyRead(int(end.remainingTime())))
            return first.state() == QLocalSocket::ConnectedState ? Told::NoAnswer : Told::NobodyThere;
    }
    answer = first.readLine(longestLine + 1);
    return answer == taken ? Told::Taken : Told::Refused;
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
    const QByteArray wish = client->readLine(longestLine);
    const bool isRaise = wish == raiseWish;
    const bool isKnown = isRaise || wish == whereWish;
    client->disconnect(this);
    client->write(isRaise ? QByteArray(taken) : isKnown ? placeLine(m_display) : QByteArray(refused));
    client->disconnectFromServer();
    if (isRaise)
        Q_EMIT raiseWanted();
    else if (!isKnown)
        std::fputs(qPrintable(QCoreApplication::translate(
                       "SingleInstance", "Another program asked this Stopdesk for something that it does not know.\n")),
                   stderr);
}
