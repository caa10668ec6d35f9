#include "app/gateway/headwatch.h"

#include <QNetworkAccessManager>
#include <QTimerEvent>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>

#ifdef Q_OS_LINUX
#include <linux/tcp.h>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

/// A connection to a service, as the kernel tells of it.
struct HeadWatch::Inflow {
    bool flows() const { return fresh >= 8 * 1024; } ///< more than a handshake or a stop's answer has

    int descriptor = -1;
    quint64 inode = 0;
    quint64 read = 0; ///< bytes that Qt has taken since it was made
    int unread = 0;   ///< bytes that wait in the kernel
    qint64 fresh = 0; ///< taken since the last look
};

namespace {

#ifdef Q_OS_LINUX
quint16 peerPort(int descriptor)
{
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    if (::getpeername(descriptor, reinterpret_cast<sockaddr *>(&peer), &size) != 0)
        return 0;
    if (peer.ss_family == AF_INET)
        return ntohs(reinterpret_cast<const sockaddr_in &>(peer).sin_port);
    return peer.ss_family == AF_INET6 ? ntohs(reinterpret_cast<const sockaddr_in6 &>(peer).sin6_port) : 0;
}

std::optional<quint64> inodeOf(int descriptor)
{
    struct stat facts{};
    return ::fstat(descriptor, &facts) == 0 ? std::optional<quint64>(facts.st_ino) : std::nullopt;
}

/// Bytes that came since it was made; nothing for what is no TCP connection.
std::optional<quint64> arrivedOver(int descriptor)
{
    tcp_info facts{};
    socklen_t size = sizeof facts;
    const bool isTold = ::getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &facts, &size) == 0
        && size >= offsetof(tcp_info, tcpi_bytes_received) + sizeof facts.tcpi_bytes_received;
    return isTold ? std::optional<quint64>(facts.tcpi_bytes_received) : std::nullopt;
}

/// Dissolves the connection, and what waits in it is gone: after a mere `shutdown` Qt's thread would read that to its
/// end, and what still comes. Qt may have closed it meanwhile and opened another under the same number.
void dissolve(int descriptor, quint64 inode)
{
    const int held = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    if (held < 0)
        return;
    sockaddr nobody{};
    nobody.sa_family = AF_UNSPEC;
    if (inodeOf(held) == inode)
        ::connect(held, &nobody, sizeof nobody);
    ::close(held);
}
#else
void dissolve(int, quint64) { }
#endif

}

HeadWatch::Call::Call(std::shared_ptr<HeadWatch> watch, const Ports &ports) : m_watch(std::move(watch))
{
    if (!m_watch)
        return;
    ++m_watch->m_calls;
    m_watch->begin(ports);
}

HeadWatch::Call::~Call()
{
    if (!m_watch)
        return;
    --m_watch->m_calls;
    m_watch->m_given -= m_isGiven ? 1 : 0;
    m_watch->m_taken += mostOfHead;
}

void HeadWatch::Call::noteGiven(qint64 bytes)
{
    if (!m_watch)
        return;
    m_watch->m_taken += bytes;
    m_watch->m_given += std::exchange(m_isGiven, true) ? 0 : 1;
}

/// Whatever still flows then would keep the program from ending.
HeadWatch::~HeadWatch()
{
    for (const Inflow &inflow : m_ending.empty() ? QList<Inflow>() : inflows())
        dissolve(inflow.descriptor, inflow.inode);
}

void HeadWatch::begin(const Ports &ports)
{
    m_ports.unite(ports);
    m_ports.remove(0);
    if (m_timer.isActive())
        return;
    m_isFirstLook = true;
    m_timer.start(int(look.count()), this);
}

void HeadWatch::end(std::unique_ptr<QNetworkAccessManager> manager)
{
    if (isIdle())
        return;
    m_ending.push_back(std::move(manager));
    begin({});
}

/// A thread of Qt that is busy with a connection leaves bytes of it unread.
bool HeadWatch::isIdle() const
{
    return std::ranges::all_of(inflows(), [](const Inflow &inflow) { return inflow.unread == 0; });
}

QList<HeadWatch::Inflow> HeadWatch::inflows() const
{
    QList<Inflow> all;
#ifdef Q_OS_LINUX
    std::error_code error;
    for (const auto &entry : std::filesystem::directory_iterator("/proc/self/fd", error)) {
        const std::string name = entry.path().filename();
        Inflow inflow;
        std::from_chars(name.data(), name.data() + name.size(), inflow.descriptor);
        if (!m_ports.contains(peerPort(inflow.descriptor)))
            continue;
        const bool isTold = ::ioctl(inflow.descriptor, FIONREAD, &inflow.unread) == 0;
        const auto arrived = arrivedOver(inflow.descriptor); // after it: never less
        const auto inode = inodeOf(inflow.descriptor);
        if (!isTold || !arrived || !inode)
            continue;
        inflow.read = *arrived - quint64(inflow.unread);
        inflow.inode = *inode;
        inflow.fresh = qint64(inflow.read - m_read.value(*inode, 0));
        all.append(inflow);
    }
#endif
    return all;
}

void HeadWatch::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId())
        return QObject::timerEvent(event);
    const QList<Inflow> all = inflows();
    if (!std::exchange(m_isFirstLook, false))
        judge(all);
    m_read.clear();
    for (const Inflow &inflow : all)
        m_read.insert(inflow.inode, inflow.read);
    m_taken = 0;
    if (isIdle())
        m_ending.clear();
    if (m_calls == 0 && m_ending.empty() && !m_isFlowing)
        m_timer.stop();
}

/// Which connection belongs to which call Qt does not tell: the sum over all of them has to do, and ended is what flows.
/// What a connection brought that has closed since went with it.
void HeadWatch::judge(const QList<Inflow> &all)
{
    QSet<quint64> closed(m_read.keyBegin(), m_read.keyEnd());
    qint64 fresh = 0;
    m_isFlowing = false;
    for (const Inflow &inflow : all) {
        m_isFlowing = m_isFlowing || inflow.flows() || inflow.unread > 0;
        fresh += inflow.fresh;
        closed.remove(inflow.inode);
    }
    const bool isCounted = m_isFlowing && closed.isEmpty();
    m_unclaimed = isCounted ? std::max<qint64>(0, m_unclaimed + fresh - m_taken) : 0;
    m_looksWithTooMuch = m_unclaimed > mostUnclaimed + m_given * mostOnTheWay ? m_looksWithTooMuch + 1 : 0;
    if (m_looksWithTooMuch < patience)
        return;
    for (const Inflow &inflow : all) {
        if (inflow.flows())
            dissolve(inflow.descriptor, inflow.inode);
    }
    m_unclaimed = m_looksWithTooMuch = 0;
}
