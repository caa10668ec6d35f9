#include "app/gateway/rateheaders.h"
#include "app/types/clock.h"
#include "tests/support/testmain.h"

#include <QtTest>

namespace rateheaders_test {

using namespace std::chrono_literals;

/// X-RateLimit-*: what is believed of them.
class TestRateHeaders : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void forms_data()
    {
        QTest::addColumn<QByteArray>("limit");
        QTest::addColumn<QByteArray>("remaining");
        QTest::addColumn<QByteArray>("reset");
        QTest::addColumn<QList<int>>("read"); // -1: nothing
        const auto row = [](const char *name, const char *limit, const char *remaining, const char *reset, int a, int b,
                            int c) {
            QTest::newRow(name) << QByteArray(limit) << QByteArray(remaining) << QByteArray(reset) << QList{a, b, c};
        };
        // now is 1778673600
        row("none", "", "", "", -1, -1, -1);
        row("all", "100", "37", "1778673630", 100, 37, 30);
        row("with blanks", " 100 ", " 37", "1778673630 ", 100, 37, 30);
        row("nothing left", "100", "0", "1778673630", 100, 0, 30);
        row("remaining alone", "", "37", "", -1, 37, -1);
        row("more remains than there is", "100", "101", "", 100, -1, -1);
        row("no limit at all", "0", "0", "", -1, 0, -1);
        row("negative", "-1", "-1", "-1", -1, -1, -1);
        row("fractions", "1e2", "37.0", "1778673630.5", -1, -1, -1);
        row("words", "many", "some", "soon", -1, -1, -1);
        row("several", "100, 1000", "37, 900", "1, 2", -1, -1, -1);
        row("beyond any number", "99999999999999999999", "99999999999999999999", "99999999999999999999", -1, -1, -1);
        row("beyond a count", "5000000000", "5000000000", "", -1, -1, -1);
        row("reset in the past", "", "", "1778670000", -1, -1, 1);
        row("reset in seconds from now", "", "", "30", -1, -1, 1);
        row("reset far away", "", "", "999999999999999", -1, -1, 3600);
        row("reset in milliseconds", "", "", "1778673630000", -1, -1, 3600);
        row("bytes", "\xff\x01", "\xff", "\xff", -1, -1, -1);
    }
    void forms()
    {
        QFETCH(QByteArray, limit);
        QFETCH(QByteArray, remaining);
        QFETCH(QByteArray, reset);
        const QDateTime now(QDate(2026, 5, 13), QTime(12, 0), utcZone);
        const RateHeaders headers = RateHeaders::read(limit, remaining, reset, now);
        const int seconds = headers.untilReset ? int(headers.untilReset->count() / 1000) : -1;
        const QList<int> read{headers.limit.value_or(-1), headers.remaining.value_or(-1), seconds};
        QTEST(read, "read");
    }
};

}

STOPDESK_TEST(rateheaders, TestRateHeaders, QCoreApplication)
#include "tst_rateheaders.moc"
