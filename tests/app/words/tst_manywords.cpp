#include "app/types/clock.h"
#include "app/words/words.h"
#include "tests/support/testmain.h"

#include <QtTest>

#include <ctime>

namespace manywords_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The words for many stops at once: how long they take, what waits, whose they are.
class TestManyWords : public QObject {
    Q_OBJECT

    static SendForecast taking(int stops, Duration total)
    {
        return {stops, total, QDateTime(), stops, {}};
    }
    static QDateTime at(int hour, int minute, int second)
    {
        return QDateTime(QDate(2026, 5, 13), QTime(hour, minute, second), utcZone);
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TZ", "XYZ-2"); // two hours east of UTC, the same in summer and winter
        tzset();
        QLocale::setDefault(QLocale::c());
    }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void howLongTheyTake_data()
    {
        QTest::addColumn<SendForecast>("forecast");
        QTest::addColumn<QString>("text");
        QTest::newRow("one") << taking(1, 0ms) << u"1 stop takes a few seconds."_s;
        QTest::newRow("twelve") << taking(12, 1650ms) << u"12 stops take a few seconds."_s;
        QTest::newRow("rounded up") << taking(90, 33s) << u"90 stops take about 40 s."_s;
        QTest::newRow("minutes") << taking(200, 131s) << u"200 stops take about 2 min 20 s."_s;
        QTest::newRow("whole minutes") << taking(150, 60s + 1ms) << u"150 stops take about 1 min 10 s."_s;
        QTest::newRow("to the minute") << taking(150, 115s) << u"150 stops take about 2 min."_s;
        QTest::newRow("a long time") << taking(3000, 45min + 20s) << u"3000 stops take about 45 min."_s;
        QTest::newRow("one that has to wait") << taking(1, 45s) << u"1 stop takes about 50 s."_s;
        QTest::newRow("more than the hour has left")
            << SendForecast{1000, 70min, at(12, 57, 12), 640, at(12, 20, 31)}
            << u"Only 640 can be sent before 14:20; the other 360 follow by 14:58."_s;
        QTest::newRow("nothing left of the hour")
            << SendForecast{12, 20min, at(12, 21, 0), 0, at(12, 20, 0)}
            << u"None can be sent before 14:20: the requests of this hour are used up. The last follows by 14:21."_s;
    }
    void howLongTheyTake()
    {
        QFETCH(SendForecast, forecast);
        QTEST(words::sendingTime(forecast), "text");
    }

    void whatWaitsIsSaidAsFarAsItIsKnown()
    {
        QCOMPARE(words::waitingInAll({0, 0, 12}), u"not known"_s);
        QCOMPARE(words::waitingInAll({7, 5, 12}), u"at least 7, known for 5 of 12"_s);
        QCOMPARE(words::waitingInAll({0, 5, 12}), u"none so far, known for 5 of 12"_s);
        QCOMPARE(words::waitingInAll({7, 12, 12}), u"7"_s);
    }

    void whatBecomesOfTheQueues_data()
    {
        QTest::addColumn<WaitingSum>("sum");
        QTest::addColumn<QString>("kept");
        QTest::addColumn<QString>("cleared");
        QTest::newRow("not known")
            << WaitingSum{0, 0, 12}
            << u"Waiting messages, if there are any, stay; the first of each conversation may start at once."_s
            << u"All waiting messages will be discarded."_s;
        QTest::newRow("none that is known")
            << WaitingSum{0, 3, 12}
            << u"Waiting messages, if there are any, stay; the first of each conversation may start at once."_s
            << u"All waiting messages will be discarded."_s;
        QTest::newRow("some")
            << WaitingSum{7, 5, 12}
            << u"The waiting messages (at least 7) stay; the first of each conversation may start at once."_s
            << u"All waiting messages will be discarded, at least 7."_s;
        QTest::newRow("all known")
            << WaitingSum{7, 12, 12}
            << u"The waiting messages (7) stay; the first of each conversation may start at once."_s
            << u"7 waiting messages will be discarded."_s;
        QTest::newRow("none") << WaitingSum{0, 12, 12} << u"No messages wait."_s
                              << u"No messages wait. There is nothing to discard."_s;
    }
    void whatBecomesOfTheQueues()
    {
        QFETCH(WaitingSum, sum);
        QTEST(words::queueChoice(sum, ClearQueue::No), "kept");
        QTEST(words::queueChoice(sum, ClearQueue::Yes), "cleared");
    }

    void theFirstThreeAgentsAreNamed()
    {
        QCOMPARE(words::agentShares({{u"Sales outreach"_s, 6}}), u"Sales outreach 6"_s);
        QCOMPARE(words::agentShares({{u"Sales %2 <b>"_s, 6}, {u"Billing"_s, 4}, {u"Returns"_s, 2}, {u"X"_s, 2}, {u"Y"_s, 1}}),
                 u"Sales %2 <b> 6, Billing 4, Returns 2, others 3"_s);
    }
};

}

STOPDESK_TEST(manywords, TestManyWords, QCoreApplication)
#include "tst_manywords.moc"
