#include "app/journal/journalwords.h"
#include "app/models/stoplistmodel.h"
#include "app/words/words.h"
#include "tests/app/stopping/stopworld.h"
#include "tests/support/testmain.h"

#include <QSqlError>
#include <QSqlQuery>
#include <QtTest>

namespace stopproperties_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

bool isWay(StopState from, StopState to)
{
    for (int event = 0; event <= int(StopEvent::TimeUpUnread); ++event) {
        if (nextState(from, StopEvent(event)) == to)
            return true;
    }
    return false;
}

bool isAlreadyGone(const StopReport &report, int answer)
{
    return report.target.command == Command::DiscardMessage && (answer == 404 || answer == 410);
}

/// What the service has said so far about one decision, as far as a state may claim it.
struct Said {
    explicit Said(const StopWorld &world, const StopReport &report)
        : witness(world.witnessOf(report))
        , arrived(witness.commands.value(report.request.value.toLatin1()))
        , answer(witness.answers.value(report.request.value.toLatin1(), -1))
        , accepted(answer >= 200 && answer < 300)
        , timeIsUp(report.answeredAt.msecsTo(world.now()) >= 30'000)
    {
        for (const Witness::Read &read : witness.reads) {
            if (!report.answeredAt.isValid() || read.at < report.answeredAt)
                continue;
            startedAfterwards = startedAfterwards || (read.there && gone);
            messageStarted = messageStarted || (read.there && read.messageGone);
            there = there || read.there;
            gone = gone || !read.there;
            goneWhileMessagesWait = goneWhileMessagesWait || (!read.there && read.waiting > 0);
            goneButChild = goneButChild || (!read.there && read.child);
            isThere = read.there;
        }
    }

    const Witness &witness;
    int arrived;
    int answer; ///< its status; 0: provably never left; -1: none
    bool accepted;
    bool timeIsUp;
    bool there = false;
    bool gone = false;
    bool isThere = false;
    bool startedAfterwards = false;
    bool messageStarted = false;
    bool goneWhileMessagesWait = false;
    bool goneButChild = false;
};

/// Whether the state claims no more than the service has said (product.md, "Words for states").
bool isBacked(const StopReport &report, const Said &said)
{
    const bool ofConversation = report.target.command == Command::StopConversation;
    const bool clear = report.clearQueue == ClearQueue::Yes;
    const bool ran = report.target.ranBefore == true;
    const bool neverRan = report.target.ranBefore == false;
    switch (report.state) {
    case StopState::InLine: return said.arrived == 0;
    case StopState::Sending: return true;
    case StopState::Accepted: return said.accepted;
    case StopState::Stopped: return said.accepted && ran && said.gone;
    case StopState::StoppedQueueKept:
        return said.accepted && ran && ofConversation && clear && said.goneWhileMessagesWait;
    case StopState::NoLongerRunning: return said.gone && !(said.accepted && ran);
    case StopState::WasNotRunning:
        return isAlreadyGone(report, said.answer)
            || (neverRan && said.gone && (!ofConversation || said.witness.recordFound));
    case StopState::NotKnown: return neverRan && said.gone && ofConversation && said.witness.recordMissing;
    case StopState::NextStarted: return ofConversation && (said.startedAfterwards || (said.messageStarted && !clear));
    case StopState::StillRunning: return said.there && said.timeIsUp;
    case StopState::SubTasksStillRunning:
        return ofConversation && said.gone && (said.witness.childListed || said.goneButChild);
    case StopState::Refused:
        return said.answer >= 300 && said.answer < 500 && said.answer != 408 && !isAlreadyGone(report, said.answer);
    case StopState::NotSent: return said.arrived == 0 || said.answer == 0;
    case StopState::Unconfirmed:
        return said.answer == -1 || said.answer == 408 || said.answer >= 500 || (said.accepted && said.timeIsUp);
    }
    return false;
}

/// Whether reads have had their say: what was said last, and for long, is what the state says.
bool isSettled(const StopReport &report, const TargetPlan &plan)
{
    if (isUndecided(report.state))
        return false;
    if (report.dismissed || !isOpen(report.state))
        return true;
    const bool recordMissing = plan.ranBefore == false && plan.record == RecordFate::Fails;
    if (plan.end.heard == Heard::Gone)
        return recordMissing && plan.command == Command::StopConversation;
    return report.state == StopState::StillRunning || report.startedAgain;
}

/// Random faults, answers, delays and decisions of a person, for one to six targets at once: what must hold whatever
/// happens. RC_PARAMS repeats a case that RapidCheck names; STOPDESK_CASES says how many there are.
class TestStopProperties : public QObject {
    Q_OBJECT

private:
    /// What is wrong, in words; empty where all is as it must be.
    QStringList play(const Plan &plan)
    {
        m_complaints.clear();
        m_history.clear();
        StopWorld world(plan);
        const auto closing = qScopeGuard([this] { closeFile(); });
        openFile(world.journalFile());
        connect(&world, &StopWorld::changed, this,
                [this, &world](const StopReport &before, const StopReport &after) { look(world, before, after); });
        world.play();
        lookAtTheEnd(world);
        return m_complaints;
    }

    void complain(const StopReport &report, const QString &text)
    {
        m_complaints.append(
            u"%1 (%2): %3"_s.arg(report.target.conversation.value, words::stopState(report.state), text));
    }

    void look(const StopWorld &world, const StopReport &before, const StopReport &after)
    {
        const bool isNew = before.request.isEmpty();
        if (isNew && isUndecidedElsewhere(world, after))
            complain(after, u"is decided twice at a time"_s);
        if (!isNew && before.state == after.state && before.startedAgain == after.startedAgain
            && before.dismissed == after.dismissed)
            return;
        m_history.append(u"%1 %2 %3"_s.arg(words::clockTime(world.now()), after.target.conversation.value,
                                           journalwords::stepWord(after)));
        const bool isInLine = isNew && after.state == StopState::InLine;
        const bool allowed = isInLine || isWay(isNew ? StopState::InLine : before.state, after.state);
        if (!allowed && before.state != after.state)
            complain(after, u"came from "_s + words::stopState(before.state));
        if (!isBacked(after, Said(world, after)))
            complain(after, u"the service has not said so"_s);
        if (stepOf(after.intent) != (isInLine ? u"intent"_s : journalwords::stepWord(after)))
            complain(after, u"the journal says "_s + stepOf(after.intent));
    }

    static bool isUndecidedElsewhere(const StopWorld &world, const StopReport &report)
    {
        return std::ranges::any_of(world.reports(), [&report](const StopReport &other) {
            return other.intent != report.intent && isSameDecision(other.target, report.target)
                && isUndecided(other.state);
        });
    }

    void lookAtTheEnd(const StopWorld &world)
    {
        StopListModel model;
        for (StopReport report : world.reports()) {
            report.id = report.intent; // numbers of stops begin anew with each start of the program
            model.show(report);
            ++m_ends[report.state];
            const Said said(world, report);
            if (said.arrived > 1)
                complain(report, u"was sent %1 times"_s.arg(said.arrived));
            if (said.arrived == 0 && report.state != StopState::NotSent)
                complain(report, u"was never sent"_s);
            if (!isSettled(report, world.planOf(report)))
                complain(report, u"is not settled"_s);
            if (stepOf(report.intent) != journalwords::stepWord(report))
                complain(report, u"the journal says "_s + stepOf(report.intent));
            if (hasStopped(report.state) && !report.startedAgain && (!report.evidence || report.evidence->readFailed))
                complain(report, u"shows no read that says so"_s);
        }
        int counted = 0;
        static const QRegularExpression number(u"\\d+"_s);
        for (const QString &part : model.tally().summary().split(u" · "_s))
            counted += number.match(part).captured().toInt();
        if (counted != world.reports().size())
            m_complaints.append(u"the summary counts %1 of %2"_s.arg(counted).arg(world.reports().size()));
    }

    /// The newest row of the intent.
    QString stepOf(qint64 intent)
    {
        m_newest->bindValue(0, intent);
        m_newest->bindValue(1, intent);
        if (!m_newest->exec())
            m_complaints.append(m_newest->lastError().text());
        const QString step = m_newest->next() ? m_newest->value(0).toString() : QString();
        m_newest->finish();
        return step;
    }

    void openFile(const QString &file)
    {
        auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"look"_s);
        database.setDatabaseName(file);
        database.open();
        m_newest = std::make_unique<QSqlQuery>(database);
        m_newest->prepare(u"SELECT step FROM entry WHERE id = ? OR intent = ? ORDER BY id DESC LIMIT 1"_s);
    }

    void closeFile()
    {
        m_newest.reset();
        QSqlDatabase::removeDatabase(u"look"_s);
    }

    QHash<StopState, int> m_ends; ///< how often each was the end
    std::unique_ptr<QSqlQuery> m_newest;
    QStringList m_complaints;
    QStringList m_history;

private Q_SLOTS:
    void initTestCase()
    {
        if (!qEnvironmentVariableIsSet("RC_PARAMS"))
            qputenv("RC_PARAMS",
                    "seed=20260513 max_success=" + qEnvironmentVariable("STOPDESK_CASES", u"200"_s).toLatin1());
        qInfo("RC_PARAMS='%s'", qgetenv("RC_PARAMS").constData());
    }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void eachTargetEndsInOneOutcomeThatTheServiceBacks()
    {
        QVERIFY(rc::check("stops in a world of faults", [this] {
            const Plan plan = *anyPlan();
            const QStringList complaints = play(plan);
            if (!complaints.isEmpty())
                RC_LOG() << plan << qPrintable(m_history.join(u'\n')) << '\n';
            RC_ASSERT(complaints.join(u'\n').toStdString() == "");
        }));
    }

    void everyOutcomeWasMet()
    {
        for (int state = int(StopState::Stopped); state <= int(StopState::Unconfirmed); ++state) {
            qInfo("%5d %s", m_ends.value(StopState(state)), qPrintable(words::stopState(StopState(state))));
            QVERIFY(m_ends.value(StopState(state)) > 0);
        }
    }
};

}

STOPDESK_TEST(stopproperties, TestStopProperties, QCoreApplication)
#include "tst_stopproperties.moc"
