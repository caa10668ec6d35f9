#pragma once

#include <QTcpServer>

/// A proxy on the loopback address: each CONNECT, and each request that is not encrypted, leads to one port of this
/// machine, whatever host it names. Lives on the test's thread.
class ProxyServer final : public QTcpServer {
    Q_OBJECT

public:
    /// `credentials`: "user:password" that a client must have; empty: none.
    explicit ProxyServer(quint16 target, const QByteArray &credentials = {});

    int tunnels() const { return m_tunnels; }   ///< that were let through
    int challenges() const { return m_challenges; } ///< answered 407
    /// "CONNECT host:port", "GET http://host/path": each as often as it came.
    const QList<QByteArray> &asked() const { return m_asked; }

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void read(QTcpSocket *client);
    void tunnel(QTcpSocket *client, const QByteArray &toTarget, const QByteArray &toClient);

    quint16 m_target;
    QByteArray m_credentials;
    QList<QByteArray> m_asked;
    int m_tunnels = 0;
    int m_challenges = 0;
};
