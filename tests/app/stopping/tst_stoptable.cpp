#include "app/stopping/stoptable.h"
#include "tests/support/testmain.h"

#include <QtTest>

namespace stoptable_test {

/// The one table of states: what it must never allow.
class TestStopTable : public QObject {
    Q_OBJECT

private:
    static QList<StopState> states()
    {
        QList<StopState> all;
        for (int i = 0; i <= int(StopState::Unconfirmed); ++i)
            all.append(StopState(i));
        return all;
    }
    static QList<StopEvent> events()
    {
        QList<StopEvent> all;
        for (int i = 0; i <= int(StopEvent::TimeUpUnread); ++i)
            all.append(StopEvent(i));
        return all;
    }

private Q_SLOTS:
    void nothingIsSentTwice()
    {
        for (const StopState from : states()) {
            if (from != StopState::InLine)
                QVERIFY(nextState(from, StopEvent::Leaves) != StopState::Sending);
        }
    }

    void onlyAReadMakesItStopped()
    {
        for (const StopEvent event : events()) {
            for (const StopState from : states()) {
                if (nextState(from, event) == StopState::Stopped)
                    QCOMPARE(event, StopEvent::SeenStopped);
            }
        }
    }

    void refusedAndNotSentAreFinal()
    {
        for (const StopEvent event : events()) {
            for (const StopState end : {StopState::Refused, StopState::NotSent, StopState::NotKnown})
                QVERIFY(!nextState(end, event));
        }
    }

    void whatLeftIsNeverNotSentByCancelling()
    {
        for (const StopState from : states()) {
            if (from != StopState::InLine)
                QVERIFY(!nextState(from, StopEvent::Cancelled));
        }
    }

    void everyOpenStateHasAWayOn()
    {
        for (const StopState from : states()) {
            const bool goesOn = std::ranges::any_of(events(), [from](StopEvent e) { return nextState(from, e).has_value(); });
            if (isOpen(from))
                QVERIFY(goesOn);
        }
    }
};

}

STOPDESK_TEST(stoptable, TestStopTable, QCoreApplication)
#include "tst_stoptable.moc"
