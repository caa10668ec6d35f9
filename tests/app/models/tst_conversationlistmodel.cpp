#include "app/models/conversationlistmodel.h"
#include "app/types/clock.h"
#include "app/words/words.h"
#include "tests/support/rows.h"
#include "tests/support/testmain.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QtTest>

namespace conversationlistmodel_test {

using namespace Qt::StringLiterals;

Conversation conversation(const QString &id, const QString &word = u"executing"_s, const QString &agent = u"a1"_s)
{
    Conversation one;
    one.id = {id};
    one.agent = {agent};
    one.title = u"Title "_s + id;
    one.stateWord = word;
    one.state = rowStateOf(word);
    return one;
}

const Coverage everything{true, {}, {}};
const Coverage nothing{};

/// The list of conversations: what comes, goes, stays, and what is learnt of it.
class TestConversationListModel : public QObject {
    Q_OBJECT

private:
    QDateTime at(int seconds) const { return m_start.addSecs(seconds); }
    QString text(int row, ConversationListModel::Column column) const
    {
        return m_model->index(row, column).data().toString();
    }
    QStringList states() const
    {
        QStringList lines;
        for (int row = 0; row < m_model->rowCount(); ++row)
            lines.append(m_model->index(row, 0).data(ConversationListModel::IdRole).toString() + u' '
                         + text(row, ConversationListModel::State));
        return lines;
    }
    StopReport stop(const QString &id, StopState state, int since, qint64 number = 1) const
    {
        StopReport report;
        report.id = number;
        report.state = state;
        report.since = at(since);
        report.target.conversation = {id};
        report.target.agent = {u"a1"_s};
        report.target.title = u"Stopped one"_s;
        return report;
    }
    Record record(const QString &id, int startedAt, const QString &word = u"executing"_s) const
    {
        Record one;
        one.id = {id};
        one.stateWord = word;
        one.state = rowStateOf(word, true);
        one.startedAt = at(startedAt);
        one.person = {u"u1"_s, u"dana@acme.example"_s, {}};
        return one;
    }

    static QList<Conversation> many(int count, const QString &word, const QString &name)
    {
        QList<Conversation> rows;
        for (int i = 0; i < count; ++i)
            rows.append(conversation(name + QString::number(i), word));
        return rows;
    }

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<ConversationListModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }

    void subTasksAreThoseOfTheirParentUntilTheyGo()
    {
        ConversationListModel model;
        QList<Conversation> listed{conversation(u"p"_s), conversation(u"q"_s), conversation(u"a"_s), conversation(u"b"_s),
                                   conversation(u"c"_s)};
        listed[2].parent = listed[3].parent = {u"p"_s};
        listed[4].parent = {u"q"_s};
        model.merge(listed, everything, at(0));
        QCOMPARE(model.subTasksOf({u"p"_s}), QList<int>({model.find({u"a"_s}), model.find({u"b"_s})}));
        QCOMPARE(model.subTasksOf({u"q"_s}), QList<int>{model.find({u"c"_s})});
        model.merge({listed[0], listed[1], listed[3], listed[4]}, everything, at(1));
        QCOMPARE(model.subTasksOf({u"p"_s}), QList<int>{model.find({u"b"_s})});
    }

    void aFullTableHasRoomForWhatRunsAndForWhatWeStopped()
    {
        ConversationListModel model; // without the tester, which asks for every row
        constexpr int most = ConversationListModel::mostRows;
        model.merge(many(most - 10, u"completed"_s, u"old "_s), nothing, at(0));
        QVERIFY(!model.isFull());
        model.hold({{u"old %1"_s.arg(most - 11)}});
        model.merge(many(50, u"completed"_s, u"older "_s), nothing, at(1));
        QCOMPARE(model.rowCount(), most);
        QVERIFY(model.isFull());
        QVERIFY(model.find({u"older 9"_s}) >= 0 && model.find({u"older 10"_s}) < 0);
        model.merge(many(15, u"executing"_s, u"runs "_s) + many(5, u"completed"_s, u"last "_s), nothing, at(2));
        QCOMPARE(model.rowCount(), most);
        QVERIFY(model.find({u"runs 14"_s}) >= 0 && model.find({u"last 0"_s}) < 0);
        QVERIFY(model.find({u"older 0"_s}) < 0);
        QVERIFY(model.find({u"old %1"_s.arg(most - 11)}) >= 0); // held
        model.holdAll(true);
        model.merge(many(5, u"executing"_s, u"more "_s), nothing, at(3));
        QVERIFY(model.find({u"more 0"_s}) < 0); // rows must not move
        model.setStop(stop(u"mine"_s, StopState::Accepted, 3));
        QVERIFY(model.find({u"mine"_s}) >= 0);
        model.holdAll(false);
        model.merge(many(5, u"executing"_s, u"more "_s), nothing, at(4));
        QVERIFY(model.find({u"more 4"_s}) >= 0);
        QCOMPARE(model.rowCount(), most);
    }

    void aPageBecomesRows()
    {
        m_model->setAgentNames([](const AgentId &) { return u"Billing"_s; });
        m_model->merge({conversation(u"c1"_s), conversation(u"c2"_s, u"napping"_s)}, everything, at(0));
        QCOMPARE(rows(*m_model), QStringList({u"Running | Title c1 | Billing | – | – | seen for 0 s | –"_s,
                                              u"napping | Title c2 | Billing | – | – | seen for 0 s | –"_s}));
    }

    void emptyIdsAreSkippedAndOfDuplicatesTheLastCounts()
    {
        m_model->merge({conversation({}), conversation(u"c1"_s), conversation(u"c2"_s),
                        conversation(u"c1"_s, u"paused"_s)}, everything, at(0));
        QCOMPARE(states(), QStringList({u"c1 Waiting for a person"_s, u"c2 Running"_s}));
        m_model->merge({}, nothing, at(1));
        QCOMPARE(m_model->rowCount(), 2);
        m_model->merge({}, everything, at(2));
        QCOMPARE(m_model->rowCount(), 0);
    }

    void refreshesKeepEveryIndexOfWhatStays()
    {
        QRandomGenerator random(4711);
        const QStringList wordsOfService{u"executing"_s, u"pending"_s, u"paused"_s, u"completed"_s};
        QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);
        for (int round = 0; round < 1000; ++round) {
            m_model->hold({{u"c%1"_s.arg(random.bounded(30u))}});
            QHash<QString, QPersistentModelIndex> before;
            for (int row = 0; row < m_model->rowCount(); ++row)
                before.insert(m_model->row(row).key().value, m_model->index(row, int(random.bounded(7u))));
            QList<Conversation> page;
            for (quint32 i = random.bounded(20u); i > 0; --i)
                page.append(conversation(u"c%1"_s.arg(random.bounded(30u)),
                                         wordsOfService.at(int(random.bounded(4u)))));
            m_model->merge(page, random.bounded(2u) ? everything : nothing, at(round));
            for (auto it = before.cbegin(); it != before.cend(); ++it) {
                const int row = m_model->find({it.key()});
                QCOMPARE(it.value().isValid() ? it.value().row() : -1, row);
            }
        }
        QCOMPARE(resets.size(), 0);
    }

    void aListReadPageByPageIsCompleteWithItsLastPage()
    {
        m_model->merge({conversation(u"c1"_s), conversation(u"c2"_s)}, nothing, at(0));
        m_model->merge({conversation(u"c2"_s)}, nothing, at(10));
        m_model->merge({conversation(u"c3"_s)}, nothing, at(20));
        QCOMPARE(m_model->rowCount(), 3);
        m_model->merge({}, Coverage{true, {u"executing"_s}, {}, at(10)}, at(20));
        QCOMPARE(m_model->rowCount(), 2); // c1 was last named before
        QCOMPARE(m_model->find({u"c1"_s}), -1);
        m_model->hold({{u"c2"_s}});
        m_model->merge({}, Coverage{true, {u"executing"_s}, {}, at(20)}, at(30));
        QCOMPARE(m_model->row(m_model->find({u"c2"_s})).conversation.state, RowState::NoLongerListed);
        QCOMPARE(m_model->row(m_model->find({u"c3"_s})).conversation.state, RowState::Running);
    }

    void coverageDecidesWhatIsGone()
    {
        m_model->merge({conversation(u"c1"_s), conversation(u"c2"_s, u"paused"_s),
                        conversation(u"c3"_s, u"executing"_s, u"a2"_s), conversation(u"c4"_s)}, everything, at(0));
        m_model->merge({conversation(u"c4"_s)}, Coverage{false, {u"executing"_s}, {u"a1"_s}}, at(1));
        QCOMPARE(m_model->rowCount(), 4);
        m_model->merge({conversation(u"c4"_s)}, Coverage{true, {u"executing"_s}, {u"a1"_s}}, at(2));
        QCOMPARE(states(), QStringList({u"c2 Waiting for a person"_s, u"c3 Running"_s, u"c4 Running"_s}));
    }

    void whatIsHeldStaysUntilReleased()
    {
        m_model->merge({conversation(u"c1"_s), conversation(u"c2"_s)}, everything, at(0));
        m_model->hold({{u"c1"_s}});
        m_model->merge({}, everything, at(1));
        QCOMPARE(states(), QStringList{u"c1 No longer listed"_s});
        QCOMPARE(text(0, ConversationListModel::RunningFor), u"–"_s);
        m_model->hold({{u"c1"_s}});
        QCOMPARE(m_model->rowCount(), 1);
        m_model->hold({});
        QCOMPARE(m_model->rowCount(), 0);
    }

    void ourStopsStayAndShowTheirPill()
    {
        m_model->merge({conversation(u"c1"_s)}, everything, at(0));
        m_model->setStop(stop(u"c1"_s, StopState::Accepted, 1));
        QCOMPARE(states(), QStringList{u"c1 Accepted, checking"_s});
        QVERIFY(m_model->index(0, 0).data(ConversationListModel::StopOpenRole).toBool());
        m_model->setStop(stop(u"c1"_s, StopState::Stopped, 2));
        m_model->merge({}, everything, at(3));
        QCOMPARE(states(), QStringList{u"c1 Stopped 12:00:02"_s});
        QVERIFY(!m_model->index(0, 0).data(ConversationListModel::StopOpenRole).toBool());
        QCOMPARE(m_model->index(0, 0).data(ConversationListModel::StopStateRole).toInt(), int(StopState::Stopped));
    }

    void aStopOfWhatIsNotListedAddsItsRow()
    {
        m_model->setStop(stop(u"c9"_s, StopState::Sending, 0));
        QCOMPARE(states(), QStringList{u"c9 Sending"_s});
        QCOMPARE(text(0, ConversationListModel::Title), u"Stopped one"_s);
        m_model->setStop(stop(u"c9"_s, StopState::Refused, 1, 5));
        m_model->setStop(stop(u"c9"_s, StopState::StillRunning, 2, 4));
        QCOMPARE(states(), QStringList{u"c9 Refused"_s}); // the newer stop's, not the later report's
    }

    void aLiveReadLongAfterTheStopShowsTheServicesStateAgain()
    {
        m_model->merge({conversation(u"c1"_s)}, everything, at(0));
        m_model->learn(record(u"c1"_s, -7200), at(0));
        m_model->setStop(stop(u"c1"_s, StopState::Stopped, 10));
        m_model->merge({conversation(u"c1"_s)}, everything, at(40)); // the list may lag by so much
        QCOMPARE(states(), QStringList{u"c1 Stopped 12:00:10"_s});
        QCOMPARE(text(0, ConversationListModel::RunningFor), u"–"_s);
        m_model->merge({conversation(u"c1"_s)}, everything, at(41));
        QCOMPARE(states(), QStringList{u"c1 Running"_s});
        QVERIFY(!m_model->index(0, 0).data(ConversationListModel::StopStateRole).isValid());
        QCOMPARE(text(0, ConversationListModel::RunningFor), u"seen for 0 s"_s); // another turn
    }

    void theEndOfALaterTurnIsNotOurStops()
    {
        m_model->merge({conversation(u"c1"_s)}, everything, at(0));
        m_model->setStop(stop(u"c1"_s, StopState::Stopped, 10));
        m_model->merge({conversation(u"c1"_s)}, everything, at(60)); // another turn
        m_model->merge({conversation(u"c1"_s, u"completed"_s)}, everything, at(90));
        QCOMPARE(states(), QStringList{u"c1 Completed"_s});
        m_model->setStop(stop(u"c1"_s, StopState::Stopped, 100, 2)); // a new one is
        QCOMPARE(states(), QStringList{u"c1 Stopped 12:01:40"_s});
    }

    /// Sent all the same to what had ended; the list tells of the turn that it met.
    void aStopThatIsOpenWhenTheTurnIsSeenIsOfThatTurn()
    {
        m_model->merge({conversation(u"c1"_s, u"completed"_s)}, everything, at(0));
        m_model->setStop(stop(u"c1"_s, StopState::Accepted, 5));
        m_model->merge({conversation(u"c1"_s)}, everything, at(6));
        m_model->setStop(stop(u"c1"_s, StopState::Stopped, 10));
        QCOMPARE(states(), QStringList{u"c1 Stopped 12:00:10"_s});
    }

    void anOpenStopIsShownHoweverLongItTakes()
    {
        m_model->merge({conversation(u"c1"_s)}, everything, at(0));
        m_model->setStop(stop(u"c1"_s, StopState::StillRunning, 31));
        m_model->merge({conversation(u"c1"_s)}, everything, at(3600));
        QCOMPARE(states(), QStringList{u"c1 Still running"_s});
    }

    void runningForIsCountedFromTheTurnsStartElseFromTheFirstSight()
    {
        Conversation old = conversation(u"c1"_s);
        old.createdAt = at(-86400 * 30);
        m_model->merge({old}, everything, at(0));
        m_model->tick(at(250));
        QCOMPARE(text(0, ConversationListModel::RunningFor), u"seen for 4 min"_s);
        QCOMPARE(text(0, ConversationListModel::Started), u"–"_s);
        m_model->learn(record(u"c1"_s, -832), at(250));
        QCOMPARE(text(0, ConversationListModel::RunningFor), u"18 min 02 s"_s);
        QCOMPARE(text(0, ConversationListModel::Started), u"11:46"_s);
        m_model->merge({old}, everything, at(260));
        QCOMPARE(text(0, ConversationListModel::RunningFor), u"18 min 12 s"_s);
        m_model->tick(at(7208));
        QCOMPARE(text(0, ConversationListModel::RunningFor), u"2 h 14 min · long"_s);
        QVERIFY(m_model->index(0, 0).data(ConversationListModel::LongRunningRole).toBool());
        m_model->tick(at(86400));
        QCOMPARE(text(0, ConversationListModel::Started), QLocale().toString(QDate(2026, 5, 13), QLocale::ShortFormat));
    }

    void anotherTurnHasAnotherStart()
    {
        m_model->merge({conversation(u"c1"_s)}, everything, at(0));
        m_model->learn(record(u"c1"_s, -3600), at(0));
        m_model->merge({conversation(u"c1"_s, u"completed"_s)}, everything, at(10));
        QCOMPARE(text(0, ConversationListModel::Started), u"11:00"_s);
        QCOMPARE(text(0, ConversationListModel::RunningFor), u"–"_s);
        m_model->merge({conversation(u"c1"_s)}, everything, at(20));
        QCOMPARE(text(0, ConversationListModel::RunningFor), u"seen for 0 s"_s);
        m_model->learn(record(u"c1"_s, 15), at(25));
        m_model->setStop(stop(u"c1"_s, StopState::NextStarted, 30));
        m_model->tick(at(39));
        QCOMPARE(text(0, ConversationListModel::RunningFor), u"seen for 9 s"_s);
    }

    void whatStartedAgainRunsAndSaysSo()
    {
        m_model->merge({conversation(u"c1"_s)}, everything, at(0));
        m_model->learn(record(u"c1"_s, -3600), at(0));
        m_model->setStop(stop(u"c1"_s, StopState::Stopped, 10));
        m_model->merge({conversation(u"c1"_s, u"stopped"_s)}, everything, at(20));
        StopReport again = stop(u"c1"_s, StopState::Stopped, 10);
        again.startedAgain = StartedAgain{at(70), StartedAgain::Cause::Unknown, {}};
        m_model->setStop(again);
        m_model->setStop(again);
        QCOMPARE(states(), QStringList{u"c1 Started again 12:01"_s});
        const QModelIndex row = m_model->index(0, 0);
        QVERIFY(row.data(ConversationListModel::StartedAgainRole).toBool());
        QCOMPARE(row.data(ConversationListModel::RowStateRole).toInt(), int(RowState::Running));
        m_model->tick(at(79));
        QCOMPARE(text(0, ConversationListModel::RunningFor), u"seen for 9 s"_s); // another turn
        m_model->merge({conversation(u"c1"_s)}, everything, at(300));
        QCOMPARE(states(), QStringList{u"c1 Started again 12:01"_s});
        m_model->merge({conversation(u"c1"_s, u"completed"_s)}, everything, at(310));
        QCOMPARE(states(), QStringList{u"c1 Completed"_s});
        QVERIFY(!row.data(ConversationListModel::StartedAgainRole).toBool());
    }

    void aListThatLagsDoesNotEndWhatStartedAgain()
    {
        StopReport again = stop(u"c1"_s, StopState::Stopped, 10);
        again.startedAgain = StartedAgain{at(70), StartedAgain::Cause::Unknown, {}};
        m_model->setStop(again);
        m_model->merge({conversation(u"c1"_s, u"stopped"_s)}, everything, at(90));
        QCOMPARE(states(), QStringList{u"c1 Started again 12:01"_s});
        m_model->tick(at(91));
        QCOMPARE(text(0, ConversationListModel::RunningFor), u"seen for 21 s"_s);
    }

    void theNextMessageRunsWhateverTheListSaidBefore()
    {
        m_model->merge({conversation(u"c1"_s, u"stopped"_s)}, everything, at(0));
        m_model->setStop(stop(u"c1"_s, StopState::NextStarted, 10));
        QCOMPARE(m_model->index(0, 0).data(ConversationListModel::RowStateRole).toInt(), int(RowState::Running));
        m_model->tick(at(19));
        QCOMPARE(text(0, ConversationListModel::RunningFor), u"seen for 9 s"_s);
    }

    void whatTheListSaidIsKeptApart()
    {
        m_model->merge({conversation(u"c1"_s)}, everything, at(0));
        RunState idle;
        idle.conversation = {u"c1"_s};
        idle.stateWord = u"completed"_s;
        idle.readAt = at(18);
        m_model->learn(idle);
        const auto listed = [this] { return m_model->row(0).listed; };
        QCOMPARE(listed().state, RowState::Running);
        QCOMPARE(listed().readAt, at(0));
        m_model->hold({ConversationId{u"c1"_s}});
        m_model->merge({}, {true, {u"paused"_s}, {}}, at(19)); // says nothing of what was listed as running
        QCOMPARE(listed().state, RowState::Running);
        m_model->merge({}, {true, {u"executing"_s}, {}}, at(20));
        QCOMPARE(listed().state, RowState::NoLongerListed);
        QCOMPARE(listed().readAt, at(20));
        QCOMPARE(m_model->row(0).conversation.state, RowState::Completed); // the run-state's word stays
    }

    void aDismissedStopGivesWayToWhatRuns()
    {
        StopReport lost = stop(u"c1"_s, StopState::Unconfirmed, 31);
        m_model->setStop(lost);
        m_model->merge({conversation(u"c1"_s)}, everything, at(3600));
        QCOMPARE(states(), QStringList{u"c1 Unconfirmed"_s});
        lost.dismissed = true;
        m_model->setStop(lost);
        QCOMPARE(states(), QStringList{u"c1 Running"_s});
    }

    void aStoppedSubTaskThatIsNotListedIsOne()
    {
        StopReport subTask = stop(u"t1"_s, StopState::Stopped, 1);
        subTask.target.command = Command::StopSubTask;
        subTask.target.parent = {u"c1"_s};
        m_model->setStop(subTask);
        QCOMPARE(m_model->index(0, 0).data(ConversationListModel::ParentIdRole).toString(), u"c1"_s);
        QCOMPARE(states(), QStringList{u"t1 Sub-task stopped 12:00:01"_s});
    }

    void aStartIsForgottenWhenTheRowLeaves()
    {
        m_model->merge({conversation(u"c1"_s)}, everything, at(0));
        m_model->learn(record(u"c1"_s, -3600), at(0));
        m_model->merge({}, everything, at(10));
        m_model->merge({conversation(u"c1"_s)}, everything, at(20));
        QCOMPARE(text(0, ConversationListModel::RunningFor), u"seen for 0 s"_s);
    }

    void whatWasLearntIsThereForNewRows()
    {
        m_model->learn(record(u"c1"_s, -60), at(0));
        Conversation one = conversation(u"c1"_s);
        one.person.id = u"u1"_s;
        Conversation two = conversation(u"c2"_s);
        two.person.id = u"u2"_s;
        m_model->merge({one, two}, everything, at(0));
        QCOMPARE(text(0, ConversationListModel::Person), u"dana@acme.example"_s);
        QCOMPARE(text(0, ConversationListModel::RunningFor), u"1 min 00 s"_s);
        QCOMPARE(text(1, ConversationListModel::Person), u"u2"_s);
        RunState state;
        state.conversation = {u"c1"_s};
        state.isRunning = true;
        state.queue = {QueuedMessage{{u"m1"_s}, u"hello"_s, {u"u2"_s, u"lee@acme.example"_s, {}}, {}}};
        state.readAt = at(1);
        m_model->learn(state);
        QCOMPARE(text(1, ConversationListModel::Person), u"lee@acme.example"_s);
        QCOMPARE(text(0, ConversationListModel::Queue), u"1"_s);
        m_model->merge({one, two}, everything, at(2));
        QCOMPARE(text(1, ConversationListModel::Person), u"lee@acme.example"_s);
        m_model->clear();
        m_model->merge({two}, everything, at(3));
        QCOMPARE(text(0, ConversationListModel::Person), u"lee@acme.example"_s);
    }

    /// As the service has it: lists carry ids alone or none, records a person with another id, the same or none; the
    /// conversations of one person are many. `of` says whose conversation it is, `learnt` of whom a record was read.
    void whatARecordSaysOfItsPersonHoldsForTheRun()
    {
        constexpr int count = 60;
        const auto id = [](int number) { return u"c%1"_s.arg(number); };
        const auto of = [](int number) { return number % 10 == 9 ? QString() : u"user-%1"_s.arg(number % 7 % 4); };
        const auto email = [&of](int number) {
            return (of(number).isEmpty() ? u"nobody-%1"_s.arg(number) : of(number)) + u"@acme.example"_s;
        };
        for (const quint32 seed : {1u, 2u, 3u, 4u, 5u}) {
            QRandomGenerator random(seed);
            m_model = std::make_unique<ConversationListModel>();
            QSet<QString> learnt;
            QSet<int> early; // a record came while the conversation was not listed
            for (int round = 0; round < 300; ++round) {
                const int number = random.bounded(count);
                if (random.bounded(40) == 0)
                    m_model->clear();
                if (random.bounded(3) == 0) {
                    Record read = record(id(number), -60);
                    const QStringList ids{QString(), of(number), u"other-"_s + email(number)};
                    read.person = {ids.at(int(random.bounded(3))), email(number), {}};
                    m_model->learn(read, at(round));
                    const bool isBound = m_model->find(read.id) >= 0 || read.person.id == of(number);
                    if (isBound && !of(number).isEmpty())
                        learnt.insert(of(number));
                    if (m_model->find(read.id) < 0 || of(number).isEmpty())
                        early.insert(number);
                } else {
                    QList<Conversation> page;
                    for (int each = number; each < count; each += 1 + int(random.bounded(4))) {
                        page.append(conversation(id(each)));
                        page.last().person.id = of(each);
                        if (early.contains(each) && !of(each).isEmpty())
                            learnt.insert(of(each));
                    }
                    m_model->merge(page, random.bounded(2) ? everything : nothing, at(round));
                }
                for (const ConversationRow &row : m_model->rows()) {
                    const int each = row.key().value.mid(1).toInt();
                    const bool isKnown = of(each).isEmpty() ? early.contains(each) : learnt.contains(of(each));
                    QCOMPARE(row.conversation.person.email, isKnown ? email(each) : QString());
                    QCOMPARE(m_model->isPersonRead(row), isKnown);
                    if (!of(each).isEmpty())
                        QCOMPARE(row.conversation.person.id, of(each)); // what the service can be asked for
                }
            }
            QVERIFY(learnt.size() == 4);
        }
    }

    void theNextPersonOfAConversationIsNotTheOneBefore()
    {
        Record read = record(u"c1"_s, -60);
        read.person = {{}, u"dana@acme.example"_s, {}};
        Conversation one = conversation(u"c1"_s);
        m_model->learn(read, at(0));
        one.person.id = u"u1"_s;
        m_model->merge({one}, everything, at(1));
        QCOMPARE(text(0, ConversationListModel::Person), u"dana@acme.example"_s);
        one.person.id = u"u2"_s;
        m_model->merge({one}, everything, at(2));
        QCOMPARE(text(0, ConversationListModel::Person), u"u2"_s);
        QVERIFY(!m_model->isPersonRead(m_model->row(0)));
    }

    void aRecordThatNamesNobodyIsReadAllTheSame()
    {
        Conversation one = conversation(u"c1"_s);
        one.person.id = u"u1"_s;
        m_model->merge({one}, everything, at(0));
        QVERIFY(!m_model->isPersonRead(m_model->row(0)));
        Record read = record(u"c1"_s, -60);
        read.person = {};
        m_model->learn(read, at(1));
        QVERIFY(m_model->isPersonRead(m_model->row(0)));
    }

    void aRunStateChangesTheState_data()
    {
        QTest::addColumn<bool>("runs");
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("listed");
        QTest::addColumn<QString>("shown");
        QTest::newRow("runs, whatever the word") << true << u"completed"_s << u"pending"_s << u"Running"_s;
        QTest::newRow("idle with a word") << false << u"completed"_s << u"executing"_s << u"Completed"_s;
        QTest::newRow("idle without a word") << false << QString() << u"executing"_s << u"Ended"_s;
        QTest::newRow("waits, idle without a word") << false << QString() << u"paused"_s << u"Waiting for a person"_s;
        QTest::newRow("a word that lags") << false << u"executing"_s << u"completed"_s << u"Completed"_s;
    }
    void aRunStateChangesTheState()
    {
        QFETCH(bool, runs);
        QFETCH(QString, word);
        QFETCH(QString, listed);
        m_model->merge({conversation(u"c1"_s, listed)}, everything, at(0));
        RunState state;
        state.conversation = {u"c1"_s};
        state.isRunning = runs;
        state.stateWord = word;
        state.readAt = at(5);
        m_model->learn(state);
        QTEST(text(0, ConversationListModel::State), "shown");
    }

    void anOlderReadDoesNotUndoANewerOne()
    {
        m_model->merge({conversation(u"c1"_s)}, everything, at(0));
        m_model->learn(record(u"c1"_s, -60, u"completed"_s), at(5));
        m_model->merge({conversation(u"c1"_s)}, everything, at(4));
        QCOMPARE(states(), QStringList{u"c1 Completed"_s});
    }

    void aListDoesNotUndoWhatARecordSaidOfTheSameWord()
    {
        m_model->merge({conversation(u"c1"_s, u"stopped"_s)}, everything, at(0));
        QCOMPARE(states(), QStringList{u"c1 Ended"_s});
        m_model->learn(record(u"c1"_s, -60, u"stopped"_s), at(1));
        m_model->merge({conversation(u"c1"_s, u"stopped"_s)}, everything, at(2));
        QCOMPARE(states(), QStringList{u"c1 Stopped by a person"_s});
    }

    void startsAreAskedForOnce()
    {
        m_model->merge({conversation(u"c1"_s), conversation(u"c2"_s, u"completed"_s), conversation(u"c3"_s),
                        conversation(u"c4"_s)}, everything, at(0));
        const auto lacking = [this] {
            QStringList ids;
            for (const ConversationRow &row : m_model->rows()) {
                if (m_model->lacksStart(row))
                    ids.append(row.key().value);
            }
            return ids;
        };
        QCOMPARE(lacking(), QStringList({u"c1"_s, u"c3"_s, u"c4"_s}));
        Record without = record(u"c1"_s, 0);
        without.startedAt = {};
        m_model->learn(without, at(1));
        m_model->learn(record(u"c3"_s, -5), at(1));
        QCOMPARE(lacking(), QStringList{u"c4"_s});
    }

    void subTasksAreMarked()
    {
        Conversation subTask = conversation(u"c2"_s);
        subTask.parent = {u"c1"_s};
        m_model->merge({conversation(u"c1"_s), subTask}, everything, at(0));
        QCOMPARE(text(1, ConversationListModel::Title), u"↳ sub-task: Title c2"_s);
        QVERIFY(m_model->index(1, 0).data(ConversationListModel::SubTaskRole).toBool());
        QCOMPARE(m_model->index(1, 0).data(ConversationListModel::ParentIdRole).toString(), u"c1"_s);
        QCOMPARE(m_model->index(1, 0).data(Qt::AccessibleTextRole).toString(),
                 u"Running, seen for 0 s: sub-task: Title c2; agent a1"_s);
        QVERIFY(!m_model->index(0, 0).data(ConversationListModel::SubTaskRole).toBool());
    }

    void aTickTouchesOnlyTimesThatDiffer()
    {
        m_model->merge({conversation(u"c1"_s), conversation(u"c2"_s, u"completed"_s), conversation(u"c3"_s)},
                       everything, at(0));
        m_model->learn(record(u"c1"_s, -7200), at(0));
        QSignalSpy changes(m_model.get(), &QAbstractItemModel::dataChanged);
        m_model->tick(at(1));
        QCOMPARE(changes.size(), 1);
        QCOMPARE(changes.at(0).at(0).toModelIndex(), m_model->index(2, ConversationListModel::RunningFor));
        m_model->tick(at(1));
        QCOMPARE(changes.size(), 1);
    }

    void whatIsStaleStandsAtTheTimeWhenItWasRead()
    {
        m_model->merge({conversation(u"c1"_s), conversation(u"c2"_s), conversation(u"c3"_s)}, everything, at(0));
        for (const QString &id : {u"c1"_s, u"c2"_s})
            m_model->learn(record(id, -600), at(0));
        RunState state; // c2 was read once more
        state.conversation = {u"c2"_s};
        state.isRunning = true;
        state.readAt = at(30);
        m_model->learn(state);
        m_model->tick(at(60));
        QCOMPARE(text(0, ConversationListModel::RunningFor), u"11 min 00 s"_s);
        QSignalSpy changes(m_model.get(), &QAbstractItemModel::dataChanged);
        m_model->setStale(true);
        m_model->setStale(true);
        QCOMPARE(changes.size(), 1);
        m_model->tick(at(3600));
        QCOMPARE(changes.size(), 1);
        QCOMPARE(text(0, ConversationListModel::RunningFor), u"10 min 00 s"_s);
        QCOMPARE(text(1, ConversationListModel::RunningFor), u"10 min 30 s"_s);
        QCOMPARE(text(2, ConversationListModel::RunningFor), u"seen for 0 s"_s);
        QVERIFY(!m_model->index(0, 0).data(ConversationListModel::LongRunningRole).toBool());
        QVERIFY(m_model->index(0, 0).data(ConversationListModel::StaleRole).toBool());
        const QString sentence = m_model->index(0, 0).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(sentence.endsWith(u"read at "_s + words::timeOfDay(at(0))), qPrintable(sentence));
        m_model->setStale(false);
        QCOMPARE(text(0, ConversationListModel::RunningFor), u"1 h 10 min · long"_s);
        QVERIFY(!m_model->index(0, 0).data(ConversationListModel::StaleRole).toBool());
    }

    void hostileTextsStayHarmless()
    {
        Conversation hostile = conversation(u"c1"_s);
        hostile.title = u"<img src=x>\n\u202e"_s + QChar(0) + QString(100000, u'x');
        hostile.stateWord = u"<b>\u2066new</b>\n"_s;
        hostile.state = RowState::Unknown;
        hostile.person.email = u"a@b\u202e\r\nState: Stopped"_s;
        m_model->merge({hostile}, everything, at(0));
        for (int column = 0; column < ConversationListModel::ColumnCount; ++column) {
            const QModelIndex index = m_model->index(0, column);
            for (const int role : {int(Qt::DisplayRole), int(Qt::AccessibleTextRole)}) {
                const QString shown = index.data(role).toString();
                QVERIFY(shown.size() < 600);
                QVERIFY(!shown.contains(QRegularExpression(u"[\\x00-\\x1f\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]"_s)));
            }
            QVERIFY(!index.data(Qt::ToolTipRole).toString().contains(QRegularExpression(u"<[a-z]"_s)));
        }
    }

    void newAgentNamesShow()
    {
        m_model->merge({conversation(u"c1"_s)}, everything, at(0));
        QCOMPARE(text(0, ConversationListModel::Agent), u"a1"_s);
        QSignalSpy changes(m_model.get(), &QAbstractItemModel::dataChanged);
        m_model->setAgentNames([](const AgentId &agent) { return u"Agent "_s + agent.value; });
        QCOMPARE(changes.size(), 1);
        QCOMPARE(text(0, ConversationListModel::Agent), u"Agent a1"_s);
    }

private:
    QDateTime m_start = QDateTime(QDate(2026, 5, 13), QTime(12, 0), utcZone);
    std::unique_ptr<ConversationListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

}

STOPDESK_TEST(conversationlistmodel, TestConversationListModel, QCoreApplication)
#include "tst_conversationlistmodel.moc"
