#include "app/types/stopability.h"
#include "tests/support/testmain.h"

#include <QTest>

namespace stopability_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Why the button is there or not: the first reason counts, and old data never takes it away.
class TestStopability : public QObject {
    Q_OBJECT

private:
    static Conversation conversation(RowState state)
    {
        Conversation made;
        made.id = {u"c1"_s};
        made.agent = {u"a1"_s};
        made.state = state;
        return made;
    }

private Q_SLOTS:
    void byState_data()
    {
        QTest::addColumn<RowState>("state");
        QTest::addColumn<Duration>("age");
        QTest::addColumn<Stopability>("expected");
        for (const RowState live : {RowState::NotRead, RowState::NotStarted, RowState::Running,
                                    RowState::WaitingForPerson, RowState::Unknown, RowState::NoLongerListed}) {
            QTest::addRow("live %d", int(live)) << live << Duration(0) << Stopability::Can;
        }
        for (const RowState ended : {RowState::Completed, RowState::Failed, RowState::StoppedByPerson,
                                     RowState::EndedByService, RowState::Ended}) {
            QTest::addRow("ended %d, fresh", int(ended)) << ended << Duration(14'999ms) << Stopability::Ended;
            QTest::addRow("ended %d, 15 s old", int(ended)) << ended << Duration(15s) << Stopability::Can;
        }
    }
    void byState()
    {
        QFETCH(RowState, state);
        QFETCH(Duration, age);
        QFETCH(Stopability, expected);
        QCOMPARE(stopability(conversation(state), {.dataAge = age}), expected);
    }

    void theFirstReasonCounts()
    {
        Conversation made = conversation(RowState::Ended);
        made.agent = {};
        Circumstances all{.readOnly = true, .keyKnown = false, .stopOpen = true, .dataAge = 0ms};
        QCOMPARE(stopability({}, all), Stopability::NothingChosen);
        QCOMPARE(stopability(made, all), Stopability::ReadOnly);
        all.readOnly = false;
        QCOMPARE(stopability(made, all), Stopability::NoKey);
        all.keyKnown = true;
        QCOMPARE(stopability(made, all), Stopability::StopOpen);
        all.stopOpen = false;
        QCOMPARE(stopability(made, all), Stopability::NoAgent);
        made.agent = {u"a1"_s};
        QCOMPARE(stopability(made, all), Stopability::Ended);
        all.dataAge = 1h;
        QCOMPARE(stopability(made, all), Stopability::Can);
    }

    void aSubTaskIsStoppedByItselfAndNeedsNoAgent()
    {
        Conversation subTask = conversation(RowState::Running);
        subTask.parent = {u"c1"_s};
        QCOMPARE(stopability(subTask, {}), Stopability::Can);
        subTask.agent = {};
        QCOMPARE(stopability(subTask, {}), Stopability::Can);
        subTask.state = RowState::Completed;
        QCOMPARE(stopability(subTask, {}), Stopability::Ended);
    }

    void ageLiftsNoOtherReason()
    {
        const Conversation running = conversation(RowState::Running);
        QCOMPARE(stopability(running, {.readOnly = true, .dataAge = 1h}), Stopability::ReadOnly);
        QCOMPARE(stopability(running, {.stopOpen = true, .dataAge = 1h}), Stopability::StopOpen);
    }
};

}

STOPDESK_TEST(stopability, TestStopability, QCoreApplication)
#include "tst_stopability.moc"
