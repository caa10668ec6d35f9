#include "app/gateway/httpchannel.h"
#include "app/gateway/tlstrust.h"
#include "tests/support/fakeclock.h"
#include "tests/support/faultserver.h"
#include "tests/support/testmain.h"

#include <QTemporaryDir>
#include <QtTest>

namespace tlstrust_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Transport = FaultServer::Transport;
using Certificate = FaultServer::Certificate;

Failure failureWith(FailureKind kind, const QString &text = {})
{
    return {kind, Reached::NeverLeft, 0, {}, text, {}, {}};
}

/// Whom a connection believes, on the real network stack, and what is said of whom it does not.
class TestTlsTrust : public QObject {
    Q_OBJECT

private:
    static Connection connectionTo(const QUrl &address, const QString &file = FaultServer::authorityFile())
    {
        Connection connection;
        connection.address = address;
        connection.authorityFile = file;
        return connection;
    }

    std::shared_ptr<HttpChannel> channelTo(const Connection &connection)
    {
        return std::make_shared<HttpChannel>(connection, Secret::fromStored("canary-key"),
                                             std::make_shared<RequestBudget>(1000, 10000, m_clock), m_clock,
                                             [] { return std::make_unique<QNetworkAccessManager>(); });
    }

    /// What became of one request; nothing after 10 s.
    std::optional<Result<HttpAnswer>> outcomeOf(const std::shared_ptr<HttpChannel> &channel, const HttpRequest &request)
    {
        std::optional<Result<HttpAnswer>> outcome;
        QObject asker;
        channel->send(request, &asker, [&outcome](const Result<HttpAnswer> &answer) { outcome = answer; });
        m_clock.advance(1ms);
        (void)QTest::qWaitFor([&outcome] { return outcome.has_value(); }, 10000);
        return outcome;
    }

    Failure failureOf(const std::shared_ptr<HttpChannel> &channel, const HttpRequest &request = {.path = {u"read"_s}})
    {
        const auto outcome = outcomeOf(channel, request);
        return outcome && !*outcome ? outcome->error() : failureWith(FailureKind::Cancelled, u"no failure"_s);
    }

    QString written(const QByteArray &bytes)
    {
        QFile file(m_folder.filePath(u"any"_s));
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(bytes) != bytes.size())
            qFatal("cannot write %s", qPrintable(file.fileName()));
        return file.fileName();
    }

    static HttpRequest stop() { return {.verb = "POST", .path = {u"stop"_s}, .body = "{}", .lane = Lane::Stop}; }

    QTemporaryDir m_folder;
    FakeClock m_clock;

private Q_SLOTS:
    void theConnectionsOwnFileIsBelieved_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"authority.pem", "authority.der", "authority.trusted", "authority.p7b", "authority.p7c"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void theConnectionsOwnFileIsBelieved()
    {
        QFETCH(QString, name);
        const FaultServer server(Transport::Tls);
        const QString file = written(FaultServer::certificateFile(name));
        const auto outcome = outcomeOf(channelTo(connectionTo(server.url(), file)), stop());
        QVERIFY(outcome && outcome->has_value());
    }

    void itCountsBesideTheSystems()
    {
        const QList<QSslCertificate> systems = QSslConfiguration::systemCaCertificates();
        if (systems.isEmpty())
            QSKIP("This system has no authorities.");
        const TlsTrust trust(connectionTo(QUrl(u"https://service.test"_s)));
        const QList<QSslCertificate> all = trust.configuration().caCertificates();
        QVERIFY(all.contains(FaultServer::authority()));
        for (const QSslCertificate &one : systems)
            QVERIFY(all.contains(one));
    }

    void eachDoubtHasItsWords_data()
    {
        QTest::addColumn<Certificate>("certificate");
        QTest::addColumn<QByteArray>("file"); ///< the connection's own; null: none
        QTest::addColumn<FailureKind>("kind");
        QTest::addColumn<QString>("words");
        const QByteArray own = FaultServer::certificateFile(u"authority.pem"_s);
        const QByteArray other = FaultServer::certificateFile(u"self-signed.pem"_s);
        const QString neither = u" signed it, whom neither the system nor the connection's own file trusts"_s;
        const QString clock = u", and this computer's clock shows 13 May 2026 12:00 UTC"_s;
        QTest::newRow("ended") << Certificate::Expired << own << FailureKind::CertificateDate
                               << u"it ended on 2 Jan 2020 00:00 UTC"_s + clock;
        QTest::newRow("not yet") << Certificate::NotYet << own << FailureKind::CertificateDate
                                 << u"it begins on 1 Jan 2090 00:00 UTC"_s + clock;
        QTest::newRow("another host") << Certificate::WrongHost << own << FailureKind::Tls
                                      << u"it is for elsewhere.example, not for 127.0.0.1"_s;
        QTest::newRow("common name alone") << Certificate::CommonName << own << FailureKind::Tls
                                           << u"it is for elsewhere.example, not for 127.0.0.1"_s;
        QTest::newRow("signed by itself") << Certificate::SelfSigned << own << FailureKind::Tls << u"localhost"_s + neither;
        QTest::newRow("an unknown authority") << Certificate::Good << QByteArray() << FailureKind::Tls
                                              << u"Stopdesk test authority signed it, whom the system does not trust"_s;
        QTest::newRow("another authority") << Certificate::Good << other << FailureKind::Tls
                                           << u"Stopdesk test authority"_s + neither;
        QTest::newRow("an empty file") << Certificate::Good << ""_ba << FailureKind::Tls
                                       << u"Stopdesk test authority"_s + neither
                + u"; of that file: There is no certificate in this file. Choose the file of the certificate authority: "
                  "PEM, DER or PKCS#7."_s;
        QTest::newRow("a date and a stranger")
            << Certificate::Expired << QByteArray() << FailureKind::Tls
            << u"Stopdesk test authority signed it, whom the system does not trust; it ended on 2 Jan 2020 00:00 UTC"_s
                + clock;
    }
    void eachDoubtHasItsWords()
    {
        QFETCH(Certificate, certificate);
        QFETCH(QByteArray, file);
        const FaultServer server(Transport::Tls, certificate);
        const auto channel = channelTo(connectionTo(server.url(), file.isNull() ? QString() : written(file)));
        for (const HttpRequest &request : {stop(), HttpRequest{.path = {u"read"_s}}}) {
            const Failure failure = failureOf(channel, request);
            QTEST(failure.text, "words");
            QTEST(failure.kind, "kind");
            QCOMPARE(failure.reached, Reached::NeverLeft);
        }
        QVERIFY(server.received().isEmpty());
    }

    void aServiceWhoseClockAgreesLeavesOursOut()
    {
        const QSslCertificate ended(FaultServer::certificateFile(u"expired.pem"_s));
        const QDateTime now = m_clock.now();
        const TlsTrust trust(connectionTo(QUrl(u"https://service.test"_s)));
        const auto said = [&](const std::optional<QDateTime> &serviceNow) {
            const QList<QSslError> errors{{QSslError::CertificateExpired, ended}};
            return trust.explain(failureWith(FailureKind::Tls), errors, now, serviceNow).text;
        };
        QCOMPARE(said(now), u"it ended on 2 Jan 2020 00:00 UTC"_s);
        QCOMPARE(said(QDateTime({2020, 1, 1}, {12, 0}, utcZone)),
                 u"it ended on 2 Jan 2020 00:00 UTC, and this computer's clock shows 13 May 2026 12:00 UTC, the service's "
                 "1 Jan 2020 12:00 UTC"_s);
    }

    void whatIsNoHandshakeIsLeftAsItIs()
    {
        const Failure broken = failureWith(FailureKind::ConnectionLost, u"why"_s);
        const QSslCertificate ended(FaultServer::certificateFile(u"expired.pem"_s));
        const TlsTrust trust(connectionTo(QUrl(u"https://service.test"_s)));
        QCOMPARE(trust.explain(broken, {{QSslError::CertificateExpired, ended}}, m_clock.now(), {}), broken);
    }

    /// Also where its connection stood already, and for all that wait for one.
    void aCommonNameIsNotEnoughForAnythingToBeSent()
    {
        const FaultServer server(Transport::Tls, Certificate::CommonName);
        const auto channel = channelTo(connectionTo(server.url()));
        for (int round = 0; round < 3; ++round) {
            const int before = server.connections();
            channel->prewarm();
            QTRY_VERIFY(server.connections() > before);
            QVERIFY(!QTest::qWaitFor([&] { return !server.received().isEmpty(); }, 50));
            QList<Failure> ended;
            const auto end = [&ended](const Result<HttpAnswer> &answer) {
                ended.append(answer ? Failure() : answer.error());
            };
            for (int i = 0; i < 12; ++i)
                channel->send(i % 2 ? stop() : HttpRequest{.path = {u"read"_s}}, this, end);
            QVERIFY(QTest::qWaitFor([&] {
                m_clock.advance(1ms);
                return ended.size() == 12;
            }, 20000));
            for (const Failure &failure : std::as_const(ended)) {
                QCOMPARE(failure.kind, FailureKind::Tls);
                QCOMPARE(failure.reached, Reached::NeverLeft);
            }
        }
        QCOMPARE(server.received(), QByteArray());
    }
};

}

STOPDESK_TEST(tlstrust, TestTlsTrust, QCoreApplication)
#include "tst_tlstrust.moc"
