#include "tests/support/faultconnection.h"

#include <sys/socket.h>

FaultConnection::FaultConnection(FaultScript &script, QTcpSocket *socket, int number, QObject *parent)
    : QObject(parent)
    , m_script(script)
    , m_socket(socket)
    , m_number(number)
{
    m_socket->setParent(this);
    connect(m_socket, &QTcpSocket::readyRead, this, &FaultConnection::readRequests);
    connect(m_socket, &QTcpSocket::bytesWritten, this, &FaultConnection::fill);
    connect(m_socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    connect(&m_drip, &QTimer::timeout, this, &FaultConnection::dripOne);
}

void FaultConnection::close()
{
    m_busy = true;
    m_drip.stop();
    m_socket->disconnectFromHost();
}

void FaultConnection::cut()
{
    m_busy = true;
    m_drip.stop();
    m_socket->flush();
    m_socket->abort();
    deleteLater();
}

void FaultConnection::reset()
{
    const linger atOnce{1, 0};
    const int descriptor = static_cast<int>(m_socket->socketDescriptor());
    ::setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    cut();
}

void FaultConnection::goDeaf()
{
    m_deaf = true;
    m_drip.stop();
}

void FaultConnection::readRequests()
{
    if (m_deaf) {
        return;
    }
    if (m_busy && m_current.when == Reaction::When::BeforeReading) {
        return;
    }
    if (m_unread.isEmpty() && !m_busy) {
        if (const auto early = m_script.takeBeforeReading()) {
            react(*early);
            return;
        }
    }
    if (m_unread.isEmpty()) {
        m_arrived = std::chrono::steady_clock::now();
    }
    const QByteArray bytes = m_socket->readAll();
    m_script.countBytes(bytes);
    m_unread += bytes;
    while (!m_busy) {
        auto delivery = takeRequest(m_unread);
        if (!delivery) {
            return;
        }
        delivery->arrived = m_arrived;
        delivery->connection = m_number;
        react(m_script.deliver(*delivery));
    }
}

void FaultConnection::react(const Reaction &reaction)
{
    m_busy = true;
    m_current = reaction;
    if (reaction.delay.count() > 0) {
        QTimer::singleShot(reaction.delay, this, &FaultConnection::speak);
    } else {
        speak();
    }
}

void FaultConnection::speak()
{
    if (m_deaf) {
        return;
    }
    m_socket->write(m_current.atOnce);
    if (!m_current.dripped.isEmpty()) {
        m_drip.start(m_current.pace);
    } else if (m_current.filler > 0) {
        fill();
    } else {
        end();
    }
}

void FaultConnection::dripOne()
{
    m_socket->write(m_current.dripped.left(1));
    m_current.dripped.remove(0, 1);
    if (m_current.dripped.isEmpty()) {
        m_drip.stop();
        end();
    }
}

// Never more than a few blocks ahead of the reader, so that a flood costs the test no memory.
void FaultConnection::fill()
{
    constexpr qint64 block = 256 * 1024;
    while (m_current.filler > 0 && m_socket->bytesToWrite() < 2 * block) {
        const qint64 size = qMin(block, m_current.filler);
        m_current.filler -= size;
        m_socket->write(QByteArray(size, 'x'));
        if (m_current.filler == 0) {
            end();
        }
    }
}

void FaultConnection::end()
{
    switch (m_current.then) {
    case Reaction::Then::KeepOpen:
        m_busy = m_current.when == Reaction::When::BeforeReading;
        if (!m_unread.isEmpty()) {
            QTimer::singleShot(0, this, &FaultConnection::readRequests);
        }
        return;
    case Reaction::Then::Close:
        close();
        return;
    case Reaction::Then::Cut:
        cut();
        return;
    case Reaction::Then::Reset:
        reset();
        return;
    }
}
