#include "app/types/stop.h"
#include "tests/support/testmain.h"

#include <QTest>

namespace stopended_test {

/// What a state of a stop means for those who only hear of it.
class TestStopEnded : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onlyWhatNeedsNothingMoreHasEnded()
    {
        using enum StopState;
        for (const StopState state : {InLine, Sending, Accepted, Stopped, StoppedQueueKept, NoLongerRunning, WasNotRunning,
                                      NotKnown, NextStarted, StillRunning, SubTasksStillRunning, Refused, NotSent,
                                      Unconfirmed}) {
            StopReport report;
            report.state = state;
            const bool isOver = state == Stopped || state == NoLongerRunning || state == WasNotRunning;
            QVERIFY2(hasEnded(report) == isOver, qPrintable(QString::number(int(state))));
            if (isOver)
                QVERIFY(isKnownByReading(state));
            report.startedAgain = StartedAgain{};
            QVERIFY(!hasEnded(report));
        }
    }

    void whatWasNotReadIsNotKnown()
    {
        using enum StopState;
        for (const StopState state : {InLine, Sending, Accepted, Refused, NotSent, Unconfirmed})
            QVERIFY(!isKnownByReading(state));
        for (const StopState state : {Stopped, StoppedQueueKept, NoLongerRunning, WasNotRunning, NotKnown, NextStarted,
                                      StillRunning, SubTasksStillRunning})
            QVERIFY(isKnownByReading(state));
    }
};

}

STOPDESK_TEST(stopended, TestStopEnded, QCoreApplication)
#include "tst_stopended.moc"
