#include "tests/app/session/pollday.h"
#include "tests/support/testmain.h"

#include <QTest>

namespace pollday_test {

using namespace std::chrono_literals;

/// A simulated day at 5,000 running conversations, against a service that enforces its limits (promises 34 and 35).
class TestPollDay : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aDayOfWatchingStaysWithinTheLimitsAndLeavesRoomForStops()
    {
        PollDay day(5000, 20260513);
        const PollDay::Figures figures = day.run(24, [](int hour) { return hour >= 8 && hour < 18; });
        QCOMPARE(figures.refused, 0);
        QVERIFY2(figures.mostPerMinute <= 90, qPrintable(QString::number(figures.mostPerMinute)));
        QVERIFY2(figures.mostPerHour <= 900, qPrintable(QString::number(figures.mostPerHour)));
        QVERIFY2(figures.mostPollsPerMinute <= 60, qPrintable(QString::number(figures.mostPollsPerMinute)));
        QVERIFY2(figures.mostPollsPerHour <= 650, qPrintable(QString::number(figures.mostPollsPerHour)));
        QVERIFY(figures.stopWaits.size() > 40);
        QVERIFY2(std::ranges::max(figures.stopWaits) <= 1, "a stop waited behind a day of polling");
        QVERIFY(figures.requestsPerPass.size() > 12); // it does read the whole list, again and again
    }

    void aDayThatNobodyLooksKeepsTheDaysLimit()
    {
        PollDay day(5000, 7);
        const PollDay::Figures figures = day.run(24, [](int) { return false; });
        QVERIFY2(figures.requests <= 5000, qPrintable(QString::number(figures.requests)));
        QVERIFY(figures.requests > 24 * 12); // it does look
    }
};

}

STOPDESK_TEST(pollday, TestPollDay, QCoreApplication)
#include "tst_pollday.moc"
