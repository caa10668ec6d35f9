#include "app/gateway/httpfailure.h"
#include "app/types/clock.h"
#include "tests/support/testmain.h"

#include <QtTest>

namespace httpfailure_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The two tables: statuses and transport errors.
class TestHttpFailure : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void statuses_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<FailureKind>("kind");
        const QList<QPair<FailureKind, QList<int>>> all{
            {FailureKind::Redirected, {300, 301, 302, 303, 304, 305, 307, 308, 399}},
            {FailureKind::BadRequest, {400, 402, 405, 406, 411, 413, 415, 423, 424, 425, 428, 431, 451, 499}},
            {FailureKind::KeyRefused, {401}},
            {FailureKind::Forbidden, {403}},
            {FailureKind::NotFound, {404, 410}},
            {FailureKind::ServerTimeout, {408, 504}},
            {FailureKind::Conflict, {409}},
            {FailureKind::Invalid, {422}},
            {FailureKind::TooMany, {429}},
            {FailureKind::ServerError, {500, 501, 502, 503, 505, 507, 520, 599, 999}},
            {FailureKind::Proxy, {407}},
            {FailureKind::Unreachable, {511}},
        };
        for (const auto &[kind, statuses] : all) {
            for (const int status : statuses)
                QTest::addRow("%d", status) << status << kind;
        }
    }
    void statuses()
    {
        QFETCH(int, status);
        QTEST(httpfailure::kindOf(status), "kind");
    }

    void waits_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("seconds"); // -1: none
        QTest::newRow("none") << QByteArray() << -1;
        QTest::newRow("blank") << QByteArray("  ") << -1;
        QTest::newRow("seconds") << QByteArray("30") << 30;
        QTest::newRow("with blanks") << QByteArray(" 30 ") << 30;
        QTest::newRow("zero") << QByteArray("0") << 1;
        QTest::newRow("negative") << QByteArray("-5") << 1;
        QTest::newRow("absurd") << QByteArray("99999999") << 3600;
        QTest::newRow("beyond any number") << QByteArray("9").repeated(400) << -1;
        QTest::newRow("a fraction") << QByteArray("2.5") << 2;
        QTest::newRow("a date") << QByteArray("Wed, 13 May 2026 12:00:40 GMT") << 40;
        QTest::newRow("a date in the past") << QByteArray("Wed, 13 May 2026 11:00:00 GMT") << 1;
        QTest::newRow("a date far away") << QByteArray("Thu, 13 May 2027 12:00:00 GMT") << 3600;
        QTest::newRow("another form of date") << QByteArray("2026-05-13T12:00:40Z") << -1;
        QTest::newRow("garbage") << QByteArray("soon") << -1;
        QTest::newRow("not a number") << QByteArray("nan") << -1;
        QTest::newRow("endless") << QByteArray("inf") << -1;
        QTest::newRow("several") << QByteArray("5, 7") << -1;
        QTest::newRow("bytes") << QByteArray("\xff\0\x01", 3) << -1;
    }
    void waits()
    {
        QFETCH(QByteArray, header);
        QFETCH(int, seconds);
        const QDateTime now(QDate(2026, 5, 13), QTime(12, 0), utcZone);
        const auto wait = httpfailure::retryAfter(header, now);
        QCOMPARE(wait ? int(std::chrono::floor<std::chrono::seconds>(*wait).count()) : -1, seconds);
    }

    void brokenWays_data()
    {
        using E = QNetworkReply::NetworkError;
        QTest::addColumn<QNetworkReply::NetworkError>("error");
        QTest::addColumn<FailureKind>("kind");
        QTest::addColumn<Reached>("bodyTaken");
        QTest::addColumn<Reached>("bodyNotTaken");
        const Reached may = Reached::MayHaveArrived;
        const Reached never = Reached::NeverLeft;
        QTest::newRow("refused") << E::ConnectionRefusedError << FailureKind::ConnectionRefused << may << never;
        QTest::newRow("name") << E::HostNotFoundError << FailureKind::NameNotFound << may << never;
        QTest::newRow("handshake") << E::SslHandshakeFailedError << FailureKind::Tls << may << never;
        QTest::newRow("proxy refused") << E::ProxyConnectionRefusedError << FailureKind::Proxy << may << never;
        QTest::newRow("proxy name") << E::ProxyNotFoundError << FailureKind::Proxy << may << never;
        QTest::newRow("proxy closed") << E::ProxyConnectionClosedError << FailureKind::Proxy << may << never;
        QTest::newRow("silence") << E::OperationCanceledError << FailureKind::TimedOut << may << never;
        QTest::newRow("closed") << E::RemoteHostClosedError << FailureKind::ConnectionLost << may << never;
        QTest::newRow("cannot be sent again") << E::ContentReSendError << FailureKind::ConnectionLost << may << never;
        QTest::newRow("no network") << E::UnknownNetworkError << FailureKind::Unreachable << may << never;
        QTest::newRow("not HTTP") << E::ProtocolFailure << FailureKind::Unreadable << may << never;
    }
    void brokenWays()
    {
        QFETCH(QNetworkReply::NetworkError, error);
        const Failure sent = httpfailure::fromTransport(error, u"why"_s, 0, httpfailure::BodyTaken::Yes);
        const Failure unsent = httpfailure::fromTransport(error, u"why"_s, 0, httpfailure::BodyTaken::No);
        QTEST(sent.kind, "kind");
        QTEST(sent.reached, "bodyTaken");
        QTEST(unsent.reached, "bodyNotTaken");
        QCOMPARE(sent.text, u"why"_s);
    }

    /// A request without a body shows nothing of how far it came: only what cannot have been sent counts as not sent.
    void withoutABodyOnlyTheKindOfErrorTells()
    {
        const auto reached = [](QNetworkReply::NetworkError error) {
            return httpfailure::fromTransport(error, {}, 0, httpfailure::BodyTaken::NoBody).reached;
        };
        QCOMPARE(reached(QNetworkReply::ConnectionRefusedError), Reached::NeverLeft);
        QCOMPARE(reached(QNetworkReply::SslHandshakeFailedError), Reached::NeverLeft);
        QCOMPARE(reached(QNetworkReply::RemoteHostClosedError), Reached::MayHaveArrived);
        QCOMPARE(reached(QNetworkReply::OperationCanceledError), Reached::MayHaveArrived);
    }
};

}

STOPDESK_TEST(httpfailure, TestHttpFailure, QCoreApplication)
#include "tst_httpfailure.moc"
