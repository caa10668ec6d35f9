#include "app/session/singleinstance.h"

#include "app/types/foldertrouble.h"
#include "app/types/lockowner.h"
#include "app/types/ownfiles.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <optional>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#include <unistd.h>
#endif

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

/// Whether the program at the other end is of this account, as far as the system says.
bool isOwn(const QLocalSocket &socket)
{
#if defined(Q_OS_LINUX)
    ucred peer{};
    socklen_t length = sizeof peer;
    return ::getsockopt(int(socket.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0
        && peer.uid == ::geteuid();
#elif defined(Q_OS_UNIX)
    uid_t user = 0;
    gid_t group = 0;
    return ::getpeereid(int(socket.socketDescriptor()), &user, &group) == 0 && user == ::geteuid();
#else
    Q_UNUSED(socket)
    return true; // the server's pipe is closed to others there
#endif
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

QString SingleInstance::lockFile() const
{
    return QDir(m_folder).filePath(u"instance.lock"_s);
}

/// A file among those of this login, under a name made of the folder. Empty: this login has no place for files.
QString SingleInstance::nearby(const QString &name)
{
    if (!m_nearby) {
        const QByteArray hash = QCryptographicHash::hash(m_folder.toUtf8(), QCryptographicHash::Sha256).toHex().left(24);
        const QString place = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
        m_nearby = place.isEmpty() ? QString() : place + u"/stopdesk-"_s + QString::fromLatin1(hash) + u'.';
    }
    return m_nearby->isEmpty() ? QString() : *m_nearby + name;
}

/// Where a first one listens, the better place first: no other account can make anything there, and its path is short
/// enough. In the folder is where it cannot, and where earlier versions did.
QStringList SingleInstance::sockets()
{
    QStringList files{QDir(m_folder).filePath(u"instance.socket"_s)};
    if (const QString file = nearby(u"socket"_s); !file.isEmpty())
        files.prepend(file);
    return files;
}

/// Whoever runs is asked before a lock is taken: the disk may have been another when it started, and its lock elsewhere.
/// Nobody there, all the time, is a lock that the system keeps for a process that has ended: it is tried to be removed,
/// which the system refuses while its owner lives.
SingleInstance::Start SingleInstance::start()
{
    const QDeadlineTimer end(patience);
    Told told = tell(end);
    if (told == Told::NobodyThere && !chooseLock())
        return Start::Unchecked;
    while (!end.hasExpired() && (told == Told::NobodyThere)) {
        if (m_lock->tryLock(0))
            return begin();
        if (m_lock->error() != QLockFile::LockFailedError && !lockNearby())
            return Start::Unchecked;
        told = tell(end);
        if (told == Told::NobodyThere)
            QThread::msleep(pauseLength);
    }
    if (told == Told::NobodyThere && removeLeftLock(*m_lock) && m_lock->tryLock(0))
        return begin();
    return startOf(told);
}

SingleInstance::Start SingleInstance::startOf(Told told)
{
    if (told == Told::Taken)
        return Start::HandedOver;
    if (told == Told::Elsewhere)
        return Start::Elsewhere;
    m_other = owner();
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
    const bool isEarlierVersion = answer == refused; // which does not know the question
    m_other = place ? *place : isEarlierVersion ? owner() : RunningInstance();
    return place || isEarlierVersion;
}

void SingleInstance::release()
{
    m_server.close();
    if (m_lock)
        m_lock->unlock();
}

/// Whose lock is in the way, of the two that there may be.
RunningInstance SingleInstance::owner()
{
    for (const QString &file : {m_lock ? m_lock->fileName() : QString(), lockFile(), nearby(u"lock"_s)}) {
        if (const RunningInstance found = lockOwner(file); found != RunningInstance())
            return found;
    }
    return {};
}

bool SingleInstance::chooseLock()
{
    m_lock.reset();
    if (folderTrouble(m_folder) != FolderTrouble::None)
        return lockNearby();
    setLock(lockFile());
    return true;
}

/// False: it is there already, or there is no such place.
bool SingleInstance::lockNearby()
{
    const QString file = nearby(u"lock"_s);
    if (file.isEmpty() || (m_lock && m_lock->fileName() == file))
        return false;
    setLock(file);
    return true;
}

void SingleInstance::setLock(const QString &file)
{
    dropPipe(file);
    m_lock = std::make_unique<QLockFile>(file);
    m_lock->setStaleLockTime(0); // by its process alone, however old it is
}

/// Who has the lock may take away the socket that one before left. Not every folder that takes a lock takes a socket,
/// and none does whose path is too long.
SingleInstance::Start SingleInstance::begin()
{
    const bool isHeard = std::ranges::any_of(sockets(), [this](const QString &socket) {
        QLocalServer::removeServer(socket);
        return m_server.listen(socket);
    });
    return isHeard ? Start::First : Start::Unheard;
}

/// Asks where the first is, and brings it to the front where that is seen from here.
SingleInstance::Told SingleInstance::tell(const QDeadlineTimer &end)
{
    QByteArray answer;
    const Told told = say(whereWish, end, answer);
    const std::optional<RunningInstance> place = placeIn(answer);
    if (!place) // an earlier version knows no wish but one
        return answer == refused ? say(raiseWish, end, answer) : told;
    m_other = *place;
    return place->display == m_display ? say(raiseWish, end, answer) : Told::Elsewhere;
}

/// Whoever else listens at such a place is nobody, and is told nothing.
bool SingleInstance::reach(QLocalSocket &first, const QDeadlineTimer &end)
{
    return std::ranges::any_of(sockets(), [&first, &end](const QString &socket) {
        first.abort(); // the one before
        first.connectToServer(socket);
        return first.waitForConnected(int(end.remainingTime())) && isOwn(first);
    });
}

SingleInstance::Told SingleInstance::say(const QByteArray &wish, const QDeadlineTimer &end, QByteArray &answer)
{
    QLocalSocket first;
    if (!reach(first, end))
        return Told::NobodyThere;
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
    if (!isOwn(*client))
        return client->abort();
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
