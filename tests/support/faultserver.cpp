#include "tests/support/faultserver.h"

#include <QFile>
#include <QSslKey>
#include <QSslSocket>

using namespace Qt::StringLiterals;

namespace {

QString nameOf(FaultServer::Certificate certificate)
{
    switch (certificate) {
    case FaultServer::Certificate::Good:
        return u"good"_s;
    case FaultServer::Certificate::Expired:
        return u"expired"_s;
    case FaultServer::Certificate::NotYet:
        return u"not-yet"_s;
    case FaultServer::Certificate::WrongHost:
        return u"wrong-host"_s;
    case FaultServer::Certificate::CommonName:
        return u"common-name"_s;
    case FaultServer::Certificate::SelfSigned:
        return u"self-signed"_s;
    }
    Q_UNREACHABLE();
}

QSslConfiguration tlsWith(FaultServer::Certificate certificate)
{
    const QString name = nameOf(certificate);
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(QSslCertificate(FaultServer::certificateFile(name + u".pem"_s)));
    configuration.setPrivateKey(QSslKey(FaultServer::certificateFile(name + u".key"_s), QSsl::Ec));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    return configuration;
}

} // namespace

FaultServer::FaultServer(Transport transport, Certificate certificate)
    : m_transport(transport)
    , m_script(transport == Transport::Tls ? new FaultScript(tlsWith(certificate)) : new FaultScript)
{
    m_script->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_script, &QObject::deleteLater);
    m_thread.start();
    QMetaObject::invokeMethod(m_script, [this] {
        if (!m_script->listen(QHostAddress::LocalHost)) {
            qFatal("The fault server cannot listen: %s", qPrintable(m_script->errorString()));
        }
        m_port = m_script->serverPort();
    }, Qt::BlockingQueuedConnection);
}

FaultServer::~FaultServer()
{
    m_thread.quit();
    m_thread.wait();
}

QUrl FaultServer::url() const
{
    QUrl url;
    url.setScheme(m_transport == Transport::Tls ? u"https"_s : u"http"_s);
    url.setHost(u"127.0.0.1"_s);
    url.setPort(m_port);
    return url;
}

void FaultServer::answerWith(const Reaction &reaction)
{
    m_script->setDefault(reaction);
}

void FaultServer::next(const QList<Reaction> &reactions)
{
    m_script->queue(reactions);
}

void FaultServer::onPath(const QByteArray &contains, const QList<Reaction> &reactions)
{
    m_script->setForPath(contains, reactions);
}

void FaultServer::onPath(const QByteArray &contains, const Reaction &reaction)
{
    onPath(contains, QList<Reaction>{reaction});
}

void FaultServer::reset()
{
    m_script->reset();
}

void FaultServer::closeConnections()
{
    QMetaObject::invokeMethod(m_script, &FaultScript::closeConnections, Qt::BlockingQueuedConnection);
}

void FaultServer::stopListening()
{
    QMetaObject::invokeMethod(m_script, [this] {
        m_script->close();
        m_script->closeConnections();
    }, Qt::BlockingQueuedConnection);
}

void FaultServer::blackHole()
{
    QMetaObject::invokeMethod(m_script, &FaultScript::blackHole, Qt::BlockingQueuedConnection);
}

QList<Delivery> FaultServer::deliveries() const
{
    return m_script->deliveries();
}

QByteArray FaultServer::received() const
{
    return m_script->received();
}

int FaultServer::connections() const
{
    return m_script->connections();
}

QSslCertificate FaultServer::authority()
{
    return QSslCertificate(certificateFile(u"authority.pem"_s));
}

QString FaultServer::authorityFile()
{
    return QStringLiteral(STOPDESK_TEST_CERTIFICATES "/authority.pem");
}

QByteArray FaultServer::certificateFile(const QString &name)
{
    QFile file(QStringLiteral(STOPDESK_TEST_CERTIFICATES "/") + name);
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("No such test certificate: %s", qPrintable(file.fileName()));
    }
    return file.readAll();
}
