#pragma once

#include "tests/support/faultscript.h"

#include <QSslCertificate>
#include <QThread>

/// A server that misbehaves on purpose: the demo's HttpServer, which is independent of Qt's HTTP code, on a thread
/// of its own. It counts deliveries: whole requests that reached it, whatever the client made of them. Speaks
/// HTTP/1.1 on 127.0.0.1.
///
/// What is done with a request: the newest matching onPath() rule, else the head of the queue, else the
/// default (200 and "{}"). A reaction before reading is taken from queue or default when a connection is
/// accepted.
class FaultServer {
    Q_DISABLE_COPY_MOVE(FaultServer)

public:
    enum class Transport { Plain, Tls };
    /// Each but SelfSigned is signed by authority(); Good is for 127.0.0.1 and localhost, CommonName is so in its common
    /// name alone and names another host as it should.
    enum class Certificate { Good, Expired, NotYet, WrongHost, CommonName, SelfSigned };

    explicit FaultServer(Transport transport = Transport::Plain, Certificate certificate = Certificate::Good);
    ~FaultServer();

    /// http(s)://127.0.0.1:PORT, without a path.
    QUrl url() const;

    void answerWith(const Reaction &reaction);
    void next(const QList<Reaction> &reactions);
    /// For requests whose "METHOD /path?query" contains the text. Of several reactions the last one stays.
    void onPath(const QByteArray &contains, const QList<Reaction> &reactions);
    void onPath(const QByteArray &contains, const Reaction &reaction);
    /// Forgets script and counts. Open connections stay.
    void reset();

    /// Closes all connections, as an idle limit does; returns when that is done.
    void closeConnections();
    /// Closes them and stops listening: from now on connecting is refused.
    void stopListening();

    /// From now on nothing that comes over the connections of now is read or answered, as when the way between has
    /// changed without a word. Connections made later work.
    void blackHole();

    QList<Delivery> deliveries() const;
    /// Everything that was read, decrypted, also of requests that never became whole.
    QByteArray received() const;
    int connections() const;

    /// The test authority, made in the build folder; also as a PEM file.
    static QSslCertificate authority();
    static QString authorityFile();
    /// Of the folder with that and the other files that certificates.sh makes.
    static QByteArray certificateFile(const QString &name);

private:
    Transport m_transport;
    QThread m_thread;
    FaultScript *m_script;
    quint16 m_port = 0;
};
