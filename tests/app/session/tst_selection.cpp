#include "app/session/selection.h"
#include "app/types/clock.h"
#include "tests/app/session/sessioninhand.h"
#include "tests/support/testmain.h"

#include <QSignalSpy>

namespace selection_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

const QDateTime noon = QDateTime(QDate(2026, 5, 13), QTime(12, 0), utcZone);

Conversation conversation(const QString &id, RowState state = RowState::Running)
{
    Conversation made;
    made.id = {id};
    made.agent = {u"a1"_s};
    made.title = u"Title "_s + id;
    made.state = state;
    made.stateWord = u"executing"_s;
    made.person.id = u"u1"_s;
    return made;
}

QList<ConversationId> idsOf(const QStringList &ids)
{
    QList<ConversationId> made;
    for (const QString &id : ids)
        made.append({id});
    return made;
}

/// What is known of several conversations that are chosen together.
class SelectionTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ConversationListModel> m_model;
    std::unique_ptr<SessionInHand> m_in;

    SelectionFacts facts(const QStringList &ids, const Circumstances &circumstances = {})
    {
        return factsOf(idsOf(ids), *m_model, circumstances);
    }
    void list(const QList<Conversation> &rows, const QDateTime &at = noon) { m_model->merge(rows, {true, {}, {}}, at); }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_model = std::make_unique<ConversationListModel>();
        m_in = std::make_unique<SessionInHand>();
    }

    void onlyWhatMayRunIsStopped()
    {
        Conversation subTask = conversation(u"s1"_s);
        subTask.parent = {u"c1"_s};
        Conversation nobodys = conversation(u"n1"_s);
        nobodys.agent = {};
        list({conversation(u"c1"_s), conversation(u"c2"_s, RowState::Completed), conversation(u"c3"_s, RowState::Failed),
              conversation(u"c4"_s, RowState::WaitingForPerson), conversation(u"c5"_s, RowState::NotStarted),
              conversation(u"c6"_s, RowState::Unknown), conversation(u"c7"_s), subTask, nobodys});
        StopReport open;
        open.target.conversation = {u"c7"_s};
        open.state = StopState::Accepted;
        m_model->setStop(open);

        const SelectionFacts found =
            facts({u"c6"_s, u"c5"_s, u"c4"_s, u"c3"_s, u"c2"_s, u"c1"_s, u"c7"_s, u"s1"_s, u"n1"_s, u"not listed"_s},
                  {}); // what ended stays ended
        QCOMPARE(found.chosen, 10);
        QCOMPARE(found.stoppable, idsOf({u"c6"_s, u"c5"_s, u"c4"_s, u"c1"_s})); // in the order chosen
        QCOMPARE(found.notRunning, 3);
        QCOMPARE(found.underWay, 1);
        QCOMPARE(found.subTasks, 1);
        QCOMPARE(found.withoutAgent, 1);
        QCOMPARE(found.stopability, Stopability::Can);
    }

    void aRowThatIsGoneIsNotRunning()
    {
        list({conversation(u"c1"_s), conversation(u"c2"_s)});
        m_model->hold({{u"c1"_s}, {u"c2"_s}});
        list({conversation(u"c2"_s)}, noon.addSecs(10));
        const SelectionFacts found = facts({u"c1"_s, u"c2"_s});
        QCOMPARE(found.stoppable, idsOf({u"c2"_s}));
        QCOMPARE(found.notRunning, 1);
    }

    void oneWhoseStopHasEndedCanBeStoppedAgain()
    {
        list({conversation(u"c1"_s), conversation(u"c2"_s)});
        StopReport refused;
        refused.target.conversation = {u"c1"_s};
        refused.state = StopState::Refused;
        m_model->setStop(refused);
        QCOMPARE(facts({u"c1"_s, u"c2"_s}).stoppable.size(), 2);
    }

    void whyNoneCanBeStoppedIsSaidOnce()
    {
        list({conversation(u"c1"_s), conversation(u"c2"_s, RowState::Completed), conversation(u"c3"_s, RowState::Failed)});
        QCOMPARE(facts({u"c1"_s, u"c2"_s}, {true, true, false, {}}).stopability, Stopability::ReadOnly);
        QCOMPARE(facts({u"c1"_s, u"c2"_s}, {true, true, false, {}}).stoppable.size(), 1); // the count is still told
        QCOMPARE(facts({u"c1"_s, u"c2"_s}, {false, false, false, {}}).stopability, Stopability::NoKey);
        QCOMPARE(facts({u"c1"_s, u"c2"_s}, {.isLocked = true}).stopability, Stopability::Locked);
        QCOMPARE(facts({u"c2"_s, u"c3"_s}, {.isLocked = true}).stopability, Stopability::Ended);
        QCOMPARE(facts({u"c2"_s, u"c3"_s}).stopability, Stopability::Ended);
        QCOMPARE(facts({}).stopability, Stopability::NothingChosen);
    }

    void agentsAndPersonsAreCountedLargestFirst()
    {
        m_model->setAgentNames([](const AgentId &agent) { return u"Agent "_s + agent.value; });
        QList<Conversation> rows;
        for (int number = 0; number < 6; ++number) {
            rows << conversation(u"c%1"_s.arg(number));
            rows.last().agent = {number < 2 ? u"b"_s : u"a"_s};
            rows.last().person = {number == 5 ? u"u2"_s : u"u1"_s, number == 0 ? u"dana@acme.example"_s : QString(), {}};
        }
        rows << conversation(u"ended"_s, RowState::Completed);
        list(rows);
        const SelectionFacts found = facts({u"c0"_s, u"c1"_s, u"c2"_s, u"c3"_s, u"c4"_s, u"c5"_s, u"ended"_s});
        QCOMPARE(found.agents, (QList<AgentShare>{{u"Agent a"_s, 4}, {u"Agent b"_s, 2}}));
        QCOMPARE(found.persons, (QList<AgentShare>{{u"dana@acme.example"_s, 5}, {u"u2"_s, 1}}));
    }

    void theLongestRunningIsTheOneThatStartedFirst()
    {
        list({conversation(u"c1"_s), conversation(u"c2"_s), conversation(u"c3"_s, RowState::WaitingForPerson)});
        QCOMPARE(facts({u"c1"_s, u"c2"_s}).longestSince, noon);
        QVERIFY(facts({u"c1"_s, u"c2"_s}).longestOnlySeen);
        Record record;
        record.id = {u"c2"_s};
        record.agent = {u"a1"_s};
        record.state = RowState::Running;
        record.stateWord = u"executing"_s;
        record.startedAt = noon.addSecs(-600);
        m_model->learn(record, noon);
        const SelectionFacts found = facts({u"c1"_s, u"c2"_s, u"c3"_s});
        QCOMPARE(found.longest, ConversationId{u"c2"_s});
        QCOMPARE(found.longestSince, noon.addSecs(-600));
        QVERIFY(!found.longestOnlySeen);
        QCOMPARE(facts({u"c3"_s}).longestSince, std::nullopt);
    }

    void waitingMessagesAreToldAsFarAsTheyWereRead()
    {
        list({conversation(u"c1"_s), conversation(u"c2"_s), conversation(u"c3"_s)});
        for (const auto &[id, waiting] : {std::pair(u"c1"_s, 4), std::pair(u"c2"_s, 3)}) {
            RunState state;
            state.conversation = {id};
            state.isRunning = true;
            state.queueDepth = waiting;
            state.readAt = noon;
            m_model->learn(state);
        }
        QCOMPARE(facts({u"c1"_s, u"c2"_s, u"c3"_s}).waiting, (WaitingSum{7, 2, 3}));
    }

    void oneAloneIsNoSelection()
    {
        m_in->open(u"acme"_s);
        Selection selection(m_in->console.connector, m_in->lock, m_in->clock);
        selection.choose(idsOf({u"c1"_s}));
        QVERIFY(!selection.isMany());
        selection.choose(idsOf({u"c1"_s, u"c2"_s}));
        QVERIFY(selection.isMany());
        QCOMPARE(selection.facts().stoppable.size(), 2);
        selection.choose({});
        QVERIFY(!selection.isMany());
        QCOMPARE(selection.facts().chosen, 0);
    }

    void itsTargetsAreThoseThatCanBeStoppedInTheOrderShown()
    {
        m_in->open(u"acme"_s);
        Selection selection(m_in->console.connector, m_in->lock, m_in->clock);
        selection.choose(idsOf({u"c2"_s, u"elsewhere"_s, u"c1"_s}));
        const QList<StopTarget> targets = selection.targets();
        QCOMPARE(targets.size(), 2);
        QCOMPARE(targets.first().conversation.value, u"c2"_s);
        QCOMPARE(targets.first().connection.value, u"acme"_s);
        QCOMPARE(targets.last().conversation.value, u"c1"_s);
    }

    void itCountsAnewAFewTimesASecondAtMost()
    {
        m_in->open(u"acme"_s);
        Selection selection(m_in->console.connector, m_in->lock, m_in->clock);
        selection.choose(idsOf({u"c1"_s, u"c2"_s}));
        QSignalSpy counted(&selection, &Selection::changed);
        for (int change = 0; change < 20; ++change)
            Q_EMIT m_in->console.link().conversations().toldAll();
        QCOMPARE(counted.count(), 0);
        m_in->clock.advance(Selection::pause);
        QCOMPARE(counted.count(), 1);
        m_in->network.always(running, page({row("c1")}));
        m_in->console.link().refresh();
        m_in->pass(1s);
        QCOMPARE(selection.facts().stoppable, idsOf({u"c1"_s}));
    }
};

}

STOPDESK_TEST(selection, SelectionTest, QCoreApplication)

#include "tst_selection.moc"
