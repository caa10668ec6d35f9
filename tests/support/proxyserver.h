#pragma once

#include <QTcpServer>

/// A proxy on the loopback address that tunnels: each CONNECT leads to one port of this machine, whatever host it names.
/// Other requests are refused. Lives on the test's thread.
class ProxyServer final : public QTcpServer {
    Q_OBJECT

public:
    /// `credentials`: "user:password" that a client must have; empty: none.
    explicit ProxyServer(quint16 target, const QByteArray &credentials = {});

    int tunnels() const { return m_tunnels; }   ///< that were let through
    int challenges() const { return m_challenges; } ///< answered 407
    const QList<QByteArray> &asked() const { return m_asked; } ///< "CONNECT host:port", each as often as it came

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void read(QTcpSocket *client);
    void tunnel(QTcpSocket *client);

    quint16 m_target;
    QByteArray m_credentials;
    QList<QByteArray> m_asked;
    int m_tunnels = 0;
    int m_challenges = 0;
};
