#include "app/types/stopability.h"
#include "tests/support/testmain.h"

#include <QTest>

namespace stopability_test {

using namespace Qt::StringLiterals;

/// Why the button is there or not: the first reason counts.
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
        QTest::addColumn<Stopability>("expected");
        for (const RowState live : {RowState::NotRead, RowState::NotStarted, RowState::Running,
                                    RowState::WaitingForPerson, RowState::Unknown, RowState::NoLongerListed}) {
            QTest::addRow("live %d", int(live)) << live << Stopability::Can;
        }
        for (const RowState ended : {RowState::Completed, RowState::Failed, RowState::StoppedByPerson,
                                     RowState::EndedByService, RowState::Ended}) {
            QTest::addRow("ended %d", int(ended)) << ended << Stopability::Ended;
        }
    }
    void byState()
    {
        QFETCH(RowState, state);
        QFETCH(Stopability, expected);
        QCOMPARE(stopability(conversation(state), {}), expected);
    }

    void theFirstReasonCounts()
    {
        Conversation made = conversation(RowState::Ended);
        made.agent = {};
        Circumstances all{.readOnly = true, .keyKnown = false, .stopOpen = true};
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

    void provenByOurStopItHasEndedWhateverTheListStillSays()
    {
        const Conversation running = conversation(RowState::Running);
        QCOMPARE(stopability(running, {.provenOver = true}), Stopability::Ended);
        QCOMPARE(stopability(running, {.readOnly = true, .provenOver = true}), Stopability::ReadOnly);
    }

    void aLockedDesktopDisarmsWhatCouldBeStoppedAndHidesNoOutcome()
    {
        QCOMPARE(stopability(conversation(RowState::Running), {.isLocked = true}), Stopability::Locked);
        QCOMPARE(stopability(conversation(RowState::Completed), {.isLocked = true}), Stopability::Ended);
        QCOMPARE(stopability(conversation(RowState::Running), {.stopOpen = true, .isLocked = true}),
                 Stopability::StopOpen);
    }
};

}

STOPDESK_TEST(stopability, TestStopability, QCoreApplication)
#include "tst_stopability.moc"
