#include "app/demo/httpconnection.h"

#include "app/demo/httpserver.h"

#include <QSslSocket>

#include <sys/socket.h>

namespace demo {

HttpConnection::HttpConnection(HttpServer &server, QTcpSocket *socket, int number)
    : QObject(&server)
    , m_server(server)
    , m_socket(socket)
    , m_number(number)
{
    m_socket->setParent(this);
    connect(m_socket, &QTcpSocket::readyRead, this, &HttpConnection::read);
    connect(m_socket, &QTcpSocket::bytesWritten, this, &HttpConnection::fill);
    if (const auto *encrypted = qobject_cast<QSslSocket *>(m_socket))
        connect(encrypted, &QSslSocket::encryptedBytesWritten, this, &HttpConnection::fill);
    connect(m_socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    connect(&m_drip, &QTimer::timeout, this, &HttpConnection::dripOne);
}

void HttpConnection::close()
{
    m_isBusy = true;
    m_drip.stop();
    m_socket->disconnectFromHost();
}

void HttpConnection::cut()
{
    m_isBusy = true;
    m_drip.stop();
    m_socket->flush();
    m_socket->abort();
    deleteLater();
}

void HttpConnection::reset()
{
    const linger atOnce{1, 0};
    const int descriptor = static_cast<int>(m_socket->socketDescriptor());
    ::setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    cut();
}

void HttpConnection::goDeaf()
{
    m_isDeaf = true;
    m_drip.stop();
}

void HttpConnection::read()
{
    if (m_isDeaf || (m_isBusy && m_current.when == Reaction::When::BeforeReading)) {
        return;
    }
    if (m_unread.isEmpty() && !m_isBusy) {
        if (const auto early = m_server.reactBeforeReading()) {
            react(*early);
            return;
        }
    }
    if (m_unread.isEmpty()) {
        m_arrived = std::chrono::steady_clock::now();
    }
    const QByteArray bytes = m_socket->readAll();
    m_server.noteBytes(bytes);
    m_unread += bytes;
    takeRequests();
    // Neither chunks nor what is sent ahead of an answer may grow without end.
    constexpr qsizetype mostUnread = 512 * 1024;
    if (m_unread.size() > mostUnread) {
        close();
    }
}

void HttpConnection::takeRequests()
{
    while (!m_isBusy && !m_isDeaf) {
        int refusal = 0;
        auto request = takeRequest(m_unread, refusal);
        if (!request) {
            if (refusal != 0) {
                refuse(refusal);
            }
            return;
        }
        request->arrived = m_arrived;
        request->connection = m_number;
        Reaction reaction = m_server.reactTo(*request);
        if (reaction.then == Reaction::Then::AsAsked) {
            reaction.then = request->keepsOpen ? Reaction::Then::KeepOpen : Reaction::Then::Close;
        }
        react(reaction);
    }
}

// Closed a moment later: to close over bytes that still come is an RST, which takes the answer along.
void HttpConnection::refuse(int status)
{
    using namespace std::chrono_literals;
    m_isBusy = true;
    m_socket->write(Reaction::answer(status, {}, {{"Connection", "close"}}).atOnce);
    QTimer::singleShot(500ms, this, &HttpConnection::close);
}

void HttpConnection::react(const Reaction &reaction)
{
    m_isBusy = true;
    m_current = reaction;
    if (reaction.delay.count() > 0) {
        QTimer::singleShot(reaction.delay, this, &HttpConnection::speak);
    } else {
        speak();
    }
}

void HttpConnection::speak()
{
    if (m_isDeaf) {
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

void HttpConnection::dripOne()
{
    m_socket->write(m_current.dripped.left(1));
    m_current.dripped.remove(0, 1);
    if (m_current.dripped.isEmpty()) {
        m_drip.stop();
        end();
    }
}

/// Over TLS Qt encrypts all that it is given at once, and keeps that apart.
qint64 HttpConnection::unsent() const
{
    const auto *encrypted = qobject_cast<const QSslSocket *>(m_socket);
    return m_socket->bytesToWrite() + (encrypted ? encrypted->encryptedBytesToWrite() : 0);
}

// Never more than a few blocks ahead of the reader, so that a flood costs the test no memory, and ends with him.
void HttpConnection::fill()
{
    constexpr qint64 block = 256 * 1024;
    while (m_current.filler > 0 && unsent() < 2 * block) {
        const qint64 size = qMin(block, m_current.filler);
        if (m_socket->write(QByteArray(size, 'x')) < 0) {
            return;
        }
        m_current.filler -= size;
        if (m_current.filler == 0) {
            end();
        }
    }
}

void HttpConnection::end()
{
    switch (m_current.then) {
    case Reaction::Then::AsAsked:
    case Reaction::Then::KeepOpen:
        m_isBusy = m_current.when == Reaction::When::BeforeReading;
        if (!m_unread.isEmpty()) {
            QTimer::singleShot(0, this, &HttpConnection::takeRequests);
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

}
