#include "app/journal/journalwords.h"
#include "app/words/batchwords.h"
#include "app/words/failurewords.h"
#include "app/words/words.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QtTest>

#include <ctime>

namespace stopwords_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The words for our stops: the pill, how it is known, what to do, and the text for the ticket.
class TestStopWords : public QObject {
    Q_OBJECT

private:
    static StopReport report(StopState state, Command command = Command::StopConversation)
    {
        StopReport report;
        report.id = 1;
        report.state = state;
        report.target.command = command;
        report.target.agent = {u"agent-00000000-1111-2222"_s};
        report.target.agentName = u"Sales outreach"_s;
        report.target.conversation = {u"c5f32594-2c4c-48ef-bb2e-0454663d1c2e"_s};
        report.target.title = u"Weekly outreach"_s;
        report.target.person = {u"u-77"_s, u"noa@acme.example"_s, u"Noa"_s};
        report.askedAt = QDateTime(QDate(2026, 5, 13), QTime(12, 4, 29), utcZone);
        report.since = report.askedAt.addSecs(2);
        return report;
    }
    static StopReport read(StopState state, bool running, int waiting = 0, bool failed = false,
                           Command command = Command::StopConversation)
    {
        StopReport known = report(state, command);
        known.status = 200;
        known.evidence = Evidence{known.since, 600ms, running, waiting, failed};
        return known;
    }
    static StopReport failed(StopState state, FailureKind kind, Reached reached, int status = 0)
    {
        StopReport known = report(state);
        known.status = status;
        known.failure = Failure{kind, reached, status, {}, {}, {}, {u"r-1"_s}};
        return known;
    }

    static Conversation subTask(const QString &id, const QString &title)
    {
        Conversation made;
        made.id = {id};
        made.title = title;
        return made;
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TZ", "XYZ-2");
        tzset();
        QLocale::setDefault(QLocale::c());
    }

    /// Whatever tells a time to a person, a ticket or a file tells the one that the machine's clock shows.
    void everyTimeThatIsToldIsTheWallClocks()
    {
        using Tells = std::function<QString(Duration)>; // of what happened so much later
        const auto at = [](Duration later) {
            StopReport told = read(StopState::Stopped, false);
            for (QDateTime *time : {&told.askedAt, &told.since, &told.answeredAt, &told.evidence->readAt})
                *time = QDateTime(QDate(2026, 5, 13), QTime(12, 4, 29), utcZone).addMSecs(later.count());
            told.nextReadAt = told.since;
            return told;
        };
        const auto again = [&at](Duration later) {
            StopReport told = at(later);
            told.startedAgain = StartedAgain{told.since, StartedAgain::Cause::Unknown, {}};
            return told;
        };
        const auto problem = [&at](Duration later) {
            Problem told;
            told.at = at(later).since;
            told.affected = {{u"a"_s, {}, {}, {}, told.at}};
            return told;
        };
        const auto ending = [&at](Duration later) {
            const QDateTime time = at(later).since;
            return Ending{{}, {}, time, time, {}, false};
        };
        const QList<std::pair<const char *, Tells>> all{
            {"clockTime", [&](Duration d) { return words::clockTime(at(d).since); }},
            {"timeOfDay", [&](Duration d) { return words::timeOfDay(at(d).since); }},
            {"exactTime", [&](Duration d) { return words::exactTime(at(d).since); }},
            {"exactTimeAndUtc", [&](Duration d) { return words::exactTimeAndUtc(at(d).since); }},
            {"pill", [&](Duration d) { return words::stopPill(at(d)); }},
            {"pill, again", [&](Duration d) { return words::stopPill(again(d)); }},
            {"ticket", [&](Duration d) { return words::ticketText(again(d), {}); }},
            {"note", [&](Duration d) { return words::engineerNote(again(d), {}); }},
            {"ended", [&](Duration d) { return words::howItEnded(ending(d)); }},
            {"ticket of what ended", [&](Duration d) { return words::ticketText(ending(d), {}); }},
            {"batch", [&](Duration d) { return words::batchName(at(d).askedAt, {}); }},
            {"batch's ticket", [&](Duration d) { return words::batchTicket({{}, {}, {}, {at(d)}}); }},
            {"problems", [&](Duration d) { return words::problemsText({problem(d)}); }},
            {"problems as JSON", [&](Duration d) { return words::problemsJson({problem(d)}); }},
            {"record", [&](Duration d) { return journalwords::timeWord(at(d).since); }},
        };
        for (const auto &[name, tells] : all) {
            FakeClock clock;
            const QString later = tells(1h);
            QVERIFY2(later != tells(0ms), name);
            clock.jump(1h);
            QVERIFY2(tells(0ms) == later, qPrintable(QLatin1StringView(name) + u": "_s + tells(0ms)));
        }
        FakeClock clock;
        QCOMPARE(journalwords::timeOf(journalwords::timeWord(at(0ms).since)), at(0ms).since);
        clock.jump(-2h);
        QCOMPARE(journalwords::timeOf(journalwords::timeWord(at(0ms).since)), at(0ms).since);
        clock.jump(2h);
    }

    void outcomesHaveTheDesignsWords()
    {
        const QStringList expected{u"In line"_s, u"Sending"_s, u"Accepted, checking"_s, u"Stopped"_s,
                                   u"Stopped, queue not cleared"_s, u"No longer running"_s, u"Was not running"_s,
                                   u"Not known to the service"_s, u"Next message started"_s, u"Still running"_s, u"Sub-tasks still running"_s,
                                   u"Refused"_s, u"Not sent"_s, u"Unconfirmed"_s};
        QStringList found;
        for (int state = 0; state <= int(StopState::Unconfirmed); ++state)
            found.append(words::stopState(StopState(state)));
        QCOMPARE(found, expected);
    }

    void everyCommandHasItsOwnWords()
    {
        const auto of = [](Command command) {
            QStringList found;
            for (const StopState state : {StopState::Stopped, StopState::NoLongerRunning, StopState::WasNotRunning,
                                          StopState::StillRunning})
                found.append(words::stopState(state, command));
            return found;
        };
        QCOMPARE(of(Command::StopSubTask),
                 QStringList({u"Sub-task stopped"_s, u"Sub-task no longer running"_s, u"Sub-task was not running"_s,
                              u"Sub-task still running"_s}));
        QCOMPARE(of(Command::EmptyQueue), QStringList({u"Queue cleared"_s, u"No longer waiting"_s, u"Nothing waited"_s,
                                                       u"Queue not cleared"_s}));
        QCOMPARE(of(Command::DiscardMessage),
                 QStringList({u"Discarded"_s, u"Message no longer waiting"_s, u"Too late, already picked up"_s,
                              u"Still waiting"_s}));
    }

    void onlyWhatIsDoneBearsItsTime()
    {
        const QStringList done{u"Stopped 14:04:31"_s, u"Sub-task stopped 14:04:31"_s, u"Queue cleared 14:04:31"_s,
                               u"Discarded 14:04:31"_s};
        for (int state = 0; state <= int(StopState::Unconfirmed); ++state) {
            for (int command = 0; command < done.size(); ++command) {
                const QString pill = words::stopPill(report(StopState(state), Command(command)));
                QCOMPARE(pill, StopState(state) == StopState::Stopped
                             ? done.at(command)
                             : words::stopState(StopState(state), Command(command)));
            }
        }
    }

    void oneAndManyAreCountedInWords()
    {
        QCOMPARE(words::stopCount(StopState::Stopped, Command::StopConversation, 2), u"2 stopped"_s);
        QCOMPARE(words::stopCount(StopState::Stopped, Command::StopSubTask, 1), u"1 sub-task stopped"_s);
        QCOMPARE(words::stopCount(StopState::Stopped, Command::StopSubTask, 3), u"3 sub-tasks stopped"_s);
        QCOMPARE(words::stopCount(StopState::Refused, Command::EmptyQueue, 1), u"1 refused"_s);
        QCOMPARE(words::startedAgainCount(2), u"2 started again"_s);
    }

    void whatStartedAgainSaysSinceWhenAndWhy()
    {
        StopReport again = read(StopState::Stopped, true);
        again.startedAgain = StartedAgain{again.since.addSecs(90), StartedAgain::Cause::Queue, {}};
        QCOMPARE(words::stopPill(again), u"Started again 14:06"_s);
        QCOMPARE(words::evidence(again), u"Nothing ran at 14:04:31; it was running again when read at 14:06:01. Likely "
                                         "cause: a waiting message"_s);
        again.startedAgain->cause = StartedAgain::Cause::Source;
        again.startedAgain->source = u"schedule\n"_s;
        QVERIFY(words::evidence(again).endsWith(u"Likely cause: its source: schedule"_s));
        again.startedAgain->cause = StartedAgain::Cause::Unknown;
        QVERIFY(words::evidence(again).endsWith(u"Cause not known"_s));
        QVERIFY(words::nextStep(again).startsWith(u"Stop it again"_s));
    }

    void evidenceSaysWhatWasReadAndWhen()
    {
        QCOMPARE(words::evidence(read(StopState::Stopped, false)),
                 u"Run state read 0.6 s after the stop: nothing runs"_s);
        QCOMPARE(words::evidence(read(StopState::StoppedQueueKept, false, 2)),
                 u"Run state read 0.6 s after the stop: nothing runs, 2 messages still wait"_s);
        QCOMPARE(words::evidence(read(StopState::Accepted, true)),
                 u"Run state read 0.6 s after the stop: still running"_s);
        QCOMPARE(words::evidence(read(StopState::Accepted, false, 0, true)),
                 u"Run state could not be read 0.6 s after the stop"_s);
        QCOMPARE(words::evidence(read(StopState::NextStarted, true)),
                 u"Run state read 0.6 s after the stop: another turn runs"_s);
        StopReport late = read(StopState::StillRunning, true);
        late.evidence->after = 725s;
        QCOMPARE(words::evidence(late), u"Run state read 12 min 05 s after the stop: still running"_s);
    }

    void evidenceOfTheLiveListsSaysWhenTheyWereRead()
    {
        StopReport known = read(StopState::Stopped, false);
        known.evidence->source = Evidence::Source::LiveLists;
        known.evidence->firstAt = known.evidence->readAt.addSecs(-3);
        QCOMPARE(words::evidence(known), u"On no live list read 14:04:28 and 14:04:31"_s);
        QVERIFY(words::ticketText(known, {}).contains(u"On no live list read 14:04:28 and 14:04:31"_s));
        QVERIFY(words::engineerNote(known, {}).contains(
            u"the lists of what lives have it no more at 2026-05-13 12:04:31.000 UTC."_s));
        known = read(StopState::StillRunning, true);
        known.evidence->source = Evidence::Source::LiveLists;
        QCOMPARE(words::evidence(known), u"Still on a live list read 14:04:31"_s);
        QVERIFY(words::engineerNote(known, {}).contains(u"the lists of what lives have it at"_s));
    }

    void whatWasNotReadYetSaysWhenItWillBe()
    {
        StopReport open = read(StopState::Accepted, true);
        open.nextReadAt = open.evidence->readAt.addSecs(40);
        QCOMPARE(words::evidence(open), u"Run state read 0.6 s after the stop: still running; next read at 14:05:11"_s);
        open.evidence.reset();
        open.answeredAt = open.nextReadAt.addSecs(-40);
        QCOMPARE(words::evidence(open), u"The service accepted it; not read again yet; next read at 14:05:11"_s);
        open.nextReadAt = open.answeredAt.addSecs(1);
        QCOMPARE(words::evidence(open), u"The service accepted it; not read again yet"_s);
    }

    void evidenceOfASubTaskIsItsRecord()
    {
        StopReport stopped = read(StopState::Stopped, false, 0, false, Command::StopSubTask);
        stopped.evidence->source = Evidence::Source::Record;
        QCOMPARE(words::evidence(stopped), u"Record read 0.6 s after the stop: it has ended"_s);
        stopped.state = StopState::Accepted;
        stopped.evidence->running = true;
        QCOMPARE(words::evidence(stopped), u"Record read 0.6 s after the stop: still running"_s);
        stopped.evidence->readFailed = true;
        QCOMPARE(words::evidence(stopped), u"The record could not be read 0.6 s after the stop"_s);
    }

    void evidenceOfAQueueIsWhatWaits()
    {
        const auto queue = [](StopState state, bool there, int waiting) {
            return words::evidence(read(state, there, waiting, false, Command::EmptyQueue));
        };
        QCOMPARE(queue(StopState::Stopped, false, 0), u"Run state read 0.6 s after the request: nothing waits"_s);
        QCOMPARE(queue(StopState::Stopped, false, 1),
                 u"Run state read 0.6 s after the request: what waited then is gone, 1 newer message waits"_s);
        QCOMPARE(queue(StopState::StillRunning, true, 3),
                 u"Run state read 0.6 s after the request: 3 messages still wait"_s);
        QCOMPARE(words::evidence(read(StopState::Stopped, false, 2, false, Command::DiscardMessage)),
                 u"Run state read 0.6 s after the request: it no longer waits"_s);
        QCOMPARE(words::evidence(report(StopState::WasNotRunning, Command::DiscardMessage)),
                 u"It no longer waited when the request came"_s);
    }

    void nothingAboutAQueueIsCalledAStop()
    {
        for (const Command command : {Command::EmptyQueue, Command::DiscardMessage}) {
            for (int state = 0; state <= int(StopState::Unconfirmed); ++state) {
                if (state == int(StopState::StoppedQueueKept) || state == int(StopState::NextStarted)
                    || state == int(StopState::SubTasksStillRunning) || state == int(StopState::NotKnown))
                    continue; // states of conversations
                StopReport one = report(StopState(state), command);
                one.failure = Failure{FailureKind::ServerError, Reached::Answered, 500, {}, {}, {}, {}};
                const QString said = words::stopPill(one) + words::evidence(one) + words::nextStep(one);
                QVERIFY2(!said.contains(u"stop"_s, Qt::CaseInsensitive) && !said.contains(u"run"_s), qPrintable(said));
            }
        }
    }

    void everyOutcomeSaysHowItIsKnown()
    {
        QSet<QString> texts;
        for (int state = 0; state <= int(StopState::Unconfirmed); ++state) {
            const QString text = words::evidence(report(StopState(state)));
            QVERIFY2(!text.isEmpty(), qPrintable(words::stopState(StopState(state))));
            texts.insert(text);
        }
        QCOMPARE(texts.size(), 12); // Stopped, with its queue kept or its sub-tasks running, is known by the same read
    }

    void aLostAnswerProvesNoCause()
    {
        StopReport lost = failed(StopState::NoLongerRunning, FailureKind::ConnectionLost, Reached::MayHaveArrived);
        lost.evidence = Evidence{lost.since, 2s, false, 0, false};
        QCOMPARE(words::evidence(lost), u"The connection broke before this stop was answered. Run state read 2.0 s "
                                        "after the stop: nothing runs; what ended it is not proven"_s);
    }

    void acceptedWithoutAReadBeforeProvesNoCauseEither()
    {
        QCOMPARE(words::evidence(read(StopState::NoLongerRunning, false)),
                 u"The service accepted it, and what was there before is not known. Run state read 0.6 s after the "
                 "stop: nothing runs; what ended it is not proven"_s);
    }

    void theNextStepFollowsTheOutcome()
    {
        QVERIFY(words::nextStep(report(StopState::StillRunning)).startsWith(u"It goes on being read."_s));
        QVERIFY(words::nextStep(report(StopState::Unconfirmed)).contains(u"It goes on being looked up."_s));
        QVERIFY(words::nextStep(report(StopState::NextStarted)).contains(u"clear the queue"_s));
        QCOMPARE(words::nextStep(failed(StopState::Refused, FailureKind::KeyRefused, Reached::Answered, 401)),
                 u"Enter a key that works, then stop it again."_s);
        QCOMPARE(words::nextStep(failed(StopState::NotSent, FailureKind::ReadOnly, Reached::NeverLeft)),
                 u"Use a connection that can stop."_s);
        QCOMPARE(words::nextStep(report(StopState::Stopped)), QString());
        StopReport dismissed = report(StopState::Unconfirmed);
        dismissed.dismissed = true;
        QVERIFY(words::nextStep(dismissed).startsWith(u"It is no longer looked up."_s));
    }

    void noPaceIsPromised()
    {
        for (int state = 0; state <= int(StopState::Unconfirmed); ++state)
            QVERIFY(!words::nextStep(report(StopState(state))).contains(u"every"_s));
    }

    void aStepIsAVerbOnAButton()
    {
        const auto button = [](NextStep step, Command command, int subTasks) {
            StopReport one = report(StopState::Stopped, command);
            one.subTasks.resize(subTasks);
            return words::nextStep(step, one);
        };
        const Command conversation = Command::StopConversation;
        QStringList found;
        for (int step = 0; step <= int(NextStep::StopAllTheSame); ++step)
            found.append(button(NextStep(step), conversation, 2));
        QCOMPARE(found, QStringList({u"Cancel"_s, u"Check now"_s, u"Stop again…"_s,
                                     u"Stop again and clear the queue…"_s, u"Stop sub-tasks…"_s, u"Clear the queue…"_s,
                                     u"Copy note for engineers"_s, u"Dismiss"_s, u"Read again"_s,
                                     u"Send a stop all the same…"_s}));
        QCOMPARE(button(NextStep::StopSubTasks, conversation, 1), u"Stop sub-task…"_s);
        QCOMPARE(button(NextStep::StopAgain, Command::StopSubTask, 0), u"Stop sub-task again…"_s);
        QCOMPARE(button(NextStep::StopAgain, Command::EmptyQueue, 0), u"Clear the queue again…"_s);
        QCOMPARE(button(NextStep::StopAgain, Command::DiscardMessage, 0), u"Discard again…"_s);
    }

    void whatStandsBeneathIsSaid()
    {
        QCOMPARE(words::remarks(read(StopState::Stopped, false)), QStringList());
        StopReport all = read(StopState::SubTasksStillRunning, false, 2);
        all.clearQueue = ClearQueue::Yes;
        all.subTasks = {subTask({}, u"Send batch 1"_s), subTask(u"t2"_s, {})};
        all.usedMutatingTools = true;
        all.fromEarlierRun = true;
        all.dismissed = true;
        all.withoutRecord = true;
        QCOMPARE(words::remarks(all), QStringList({
            u"Stopped, queue not cleared: 2 messages wait."_s,
            u"Sub-tasks that run on: Send batch 1; t2."_s,
            u"This turn used tools that change things elsewhere. The stop undoes none of it."_s,
            u"Sent by an earlier run of Stopdesk, 13 May 2026 14:04:29 XYZ; looked up again."_s,
            u"A person ended the looking up."_s,
            u"Not in the journal."_s}));
        all.intent = 7; // the journal worked after all
        QVERIFY(!words::remarks(all).contains(u"Not in the journal."_s));
    }

    void whatNeverLeftInAnEarlierRunWasNotSent()
    {
        StopReport left = failed(StopState::NotSent, FailureKind::Interrupted, Reached::NeverLeft);
        left.fromEarlierRun = true;
        QVERIFY(words::remarks(left).first().endsWith(u"never sent."_s));
    }

    void manySubTasksAreCounted()
    {
        StopReport many = report(StopState::SubTasksStillRunning);
        for (int i = 0; i < 9; ++i)
            many.subTasks.append(subTask({}, u"T%1"_s.arg(i)));
        QCOMPARE(words::remarks(many), QStringList{u"Sub-tasks that run on: T0; T1; T2; T3; T4; 4 more."_s});
    }

    void whereListAndRunStateDifferBothAreTold()
    {
        const QDateTime now(QDate(2026, 5, 13), QTime(12, 0), utcZone);
        const auto listed = [&now](RowState state) { return Listing{state, {}, now.addSecs(-20)}; };
        const QDateTime read = now.addSecs(-2);
        QCOMPARE(words::conflict(listed(RowState::Running), false, read, now),
                 u"The list said Running 20 s ago; run state says nothing runs, 2 s ago."_s);
        QCOMPARE(words::conflict(listed(RowState::Completed), true, read, now),
                 u"The list said Completed 20 s ago; run state says that it runs, 2 s ago."_s);
        QCOMPARE(words::conflict(listed(RowState::Running), false, read),
                 u"The list said Running 13:59:40; run state says nothing runs, 13:59:58."_s);
        QCOMPARE(words::conflict(listed(RowState::Running), true, read, now), QString());
        QCOMPARE(words::conflict(listed(RowState::Completed), false, read, now), QString());
        QCOMPARE(words::conflict({RowState::Running, {}, {}}, false, read, now), QString());
        QCOMPARE(words::conflict(listed(RowState::Running), false, {}, now), QString());
    }

    void theEngineersGetIdsTimesAndAQuestion()
    {
        StopReport running = read(StopState::StillRunning, true, 1);
        running.answeredAt = running.askedAt.addMSecs(1400);
        running.request = {u"req-9"_s};
        running.target.title = u"a title is not theirs"_s;
        running.target.before = RunState();
        running.target.before->isRunning = true;
        running.target.before->stateWord = u"executing"_s;
        running.target.before->readAt = running.askedAt.addMSecs(-250);
        running.target.before->queue = {QueuedMessage{{u"m1"_s}, u"secret text of a person"_s, {}, {}}};
        Connection connection;
        connection.address = QUrl(u"https://user:pass@api.xpander.ai/base"_s);
        const Listing listed{RowState::Completed, u"completed"_s, running.since};
        QCOMPARE(words::engineerNote(running, connection, listed).split(u'\n'), QStringList({
            u"Accepted with 200 at 2026-05-13 12:04:30.400 UTC. run-state says is_running at 2026-05-13 12:04:31.000 "
            "UTC, queue depth 1. The list says completed at 2026-05-13 12:04:31.000 UTC. Please find out why this had "
            "no effect."_s,
            QString(),
            u"Request: stop a conversation, clear_queue false"_s,
            u"Request id: req-9"_s,
            u"Agent id: agent-00000000-1111-2222"_s,
            u"Conversation id: c5f32594-2c4c-48ef-bb2e-0454663d1c2e"_s,
            u"Service: https://api.xpander.ai/base"_s,
            u"Asked: 2026-05-13 12:04:29.000 UTC"_s,
            u"Read before: is_running true, execution_status executing, queue depth 1, at 2026-05-13 12:04:28.750 "
            "UTC"_s,
            u"Outcome so far: Still running, 2026-05-13 12:04:31.000 UTC"_s}));
    }

    void aNoteOfALostAnswerSaysSo()
    {
        StopReport lost = failed(StopState::Unconfirmed, FailureKind::TimedOut, Reached::MayHaveArrived);
        lost.answeredAt = lost.since;
        QVERIFY(words::engineerNote(lost, Connection()).startsWith(
            u"No whole answer by 2026-05-13 12:04:31.000 UTC. Not read since. Please find out whether this arrived"_s));
    }

    void aTicketHasWholeIdsAndBothTimes()
    {
        StopReport stopped = read(StopState::Stopped, false);
        stopped.request = {u"req-9"_s};
        stopped.answeredAt = stopped.askedAt.addSecs(1);
        stopped.operatorName = u"noa"_s;
        stopped.reason = u"Ticket 4711:\nwrong contact list"_s;
        stopped.clearQueue = ClearQueue::Yes;
        stopped.target.before = RunState();
        stopped.target.before->queue = {QueuedMessage{{u"m1"_s}, u"secret text of a person"_s, {}, {}}};
        Connection connection;
        connection.name = u"Acme cloud"_s;
        connection.address = QUrl(u"https://user:pass@api.xpander.ai/base"_s);
        connection.environment = Environment::Production;
        QCOMPARE(words::ticketText(stopped, connection).split(u'\n'), QStringList({
            u"Outcome: Stopped 13 May 2026 14:04:31 XYZ (2026-05-13 12:04:31 UTC)"_s,
            u"How it is known: Run state read 0.6 s after the stop: nothing runs"_s,
            u"Stop of the conversation: Weekly outreach"_s,
            u"Conversation id: c5f32594-2c4c-48ef-bb2e-0454663d1c2e"_s,
            u"Agent: Sales outreach (agent-00000000-1111-2222)"_s,
            u"Person: noa@acme.example (u-77)"_s,
            u"Connection: Acme cloud, PRODUCTION, https://api.xpander.ai/base"_s,
            u"Queue: 1 waiting message was cleared"_s,
            u"Asked: 13 May 2026 14:04:29 XYZ (2026-05-13 12:04:29 UTC)"_s,
            u"Answered: 13 May 2026 14:04:30 XYZ (2026-05-13 12:04:30 UTC)"_s,
            u"Asked by: noa"_s,
            u"Request id: req-9"_s,
            u"HTTP status: 200"_s,
            u"Reason: Ticket 4711: wrong contact list"_s}));
    }

    /// A stop that changed nothing is told of, too; one that ended it is the answer.
    void whatHasEndedIsToldByItsOwnStateOrByOurStop()
    {
        Ending ending;
        ending.conversation.id = {u"c7"_s};
        ending.conversation.title = u"Refund"_s;
        ending.conversation.state = RowState::Completed;
        ending.readAt = QDateTime(QDate(2026, 5, 13), QTime(12, 5, 11), utcZone);
        ending.finishedAt = QDateTime(QDate(2026, 5, 13), QTime(12, 3, 10), utcZone);
        QCOMPARE(words::howItEnded(ending),
                 u"Completed at 14:03:10, read 14:05:11. No stop of it was sent since Stopdesk was started."_s);
        QVERIFY(words::ticketText(ending, {}).contains(u"Conversation id: c7"_s));
        QVERIFY(words::ticketText(ending, {}).contains(u"No stop of it was sent"_s));
        StopReport stop;
        stop.target.conversation = {u"c7"_s};
        stop.state = StopState::Refused;
        stop.failure = Failure{FailureKind::Forbidden, Reached::Answered, 403, {}, {}, {}, {}};
        ending.stop = stop;
        QCOMPARE(words::howItEnded(ending), u"Completed at 14:03:10, read 14:05:11. Our stop of it: Refused."_s);
        QVERIFY(words::ticketText(ending, {}).contains(words::ticketText(stop, {})));
        stop.state = StopState::Stopped;
        stop.since = QDateTime(QDate(2026, 5, 13), QTime(12, 3, 0), utcZone);
        ending.stop = stop;
        ending.isByStop = true;
        QVERIFY(words::howItEnded(ending).startsWith(u"Stopped 14:03:00. "_s));
        QCOMPARE(words::ticketText(ending, {}), words::ticketText(stop, {}));
    }

    void aTicketOfWhatNeverLeftNamesNoAnswer()
    {
        const StopReport unsent = failed(StopState::NotSent, FailureKind::NameNotFound, Reached::NeverLeft);
        const QString text = words::ticketText(unsent, Connection());
        QVERIFY(!text.contains(u"Answered"_s) && !text.contains(u"HTTP status"_s) && !text.contains(u"Last read"_s));
        QVERIFY(text.contains(u"How it is known: The name of the service's host was not found."_s));
    }

    void hostileNamesStayInTheirLine()
    {
        StopReport hostile = report(StopState::Stopped);
        hostile.target.title = u"a\nOutcome: Refused\u202e %1 %2"_s;
        hostile.target.agentName = u"%1\r\n%2"_s;
        const QStringList lines = words::ticketText(hostile, Connection()).split(u'\n');
        QVERIFY(lines.contains(u"Stop of the conversation: a Outcome: Refused\ufffd %1 %2"_s));
        QCOMPARE(lines.filter(QRegularExpression(u"^Outcome: "_s)).size(), 1);
        QVERIFY(lines.first().startsWith(u"Outcome: Stopped "_s));
        QVERIFY(lines.contains(u"Agent: %1 %2 (agent-00000000-1111-2222)"_s));
    }

    void aTicketNamesWhatWasAskedFor()
    {
        const auto lines = [](Command command) {
            return words::ticketText(report(StopState::Stopped, command), Connection()).split(u'\n');
        };
        QVERIFY(lines(Command::StopSubTask).contains(u"Stop of the sub-task: Weekly outreach"_s));
        QVERIFY(lines(Command::EmptyQueue).contains(u"Clearing of the queue of: Weekly outreach"_s));
        QVERIFY(lines(Command::DiscardMessage).contains(u"Discarding of a message of: Weekly outreach"_s));
    }

    void aTicketOfASubTaskNamesItsParent()
    {
        StopReport subTask = report(StopState::Stopped, Command::StopSubTask);
        subTask.target.parent = {u"c1"_s};
        const QStringList lines = words::ticketText(subTask, Connection()).split(u'\n');
        QVERIFY(lines.contains(u"Sub-task id: c5f32594-2c4c-48ef-bb2e-0454663d1c2e"_s));
        QVERIFY(lines.contains(u"Sub-task of: c1"_s));
        QVERIFY(lines.first().startsWith(u"Outcome: Sub-task stopped "_s));
    }

    void aTicketNeverHasTheTextOfAMessage()
    {
        StopReport discarded = report(StopState::Stopped, Command::DiscardMessage);
        discarded.target.message = {{u"m1"_s}, u"secret text of a person"_s, {}, {}};
        const QString ticket = words::ticketText(discarded, Connection());
        QVERIFY(ticket.contains(u"Message id: m1"_s));
        QVERIFY(!ticket.contains(u"secret"_s));
        QVERIFY(!words::engineerNote(discarded, Connection()).contains(u"secret"_s));
    }

    void aTicketHasTheMarkTheRemarksAndTheConflict()
    {
        StopReport again = read(StopState::Stopped, true);
        again.usedMutatingTools = true;
        again.startedAgain = StartedAgain{again.since.addSecs(90), StartedAgain::Cause::Unknown, {}};
        const Listing listed{RowState::Completed, {}, again.since};
        const QStringList lines = words::ticketText(again, Connection(), listed).split(u'\n');
        QCOMPARE(lines.filter(QRegularExpression(u"^Outcome: "_s)),
                 QStringList{u"Outcome: Stopped 13 May 2026 14:04:31 XYZ (2026-05-13 12:04:31 UTC), then started again "
                             "13 May 2026 14:06:01 XYZ (2026-05-13 12:06:01 UTC)"_s});
        QCOMPARE(lines.filter(QRegularExpression(u"^Also: "_s)), QStringList({
            u"Also: This turn used tools that change things elsewhere. The stop undoes none of it."_s,
            u"Also: The list said Completed 14:04:31; run state says that it runs, 14:04:31."_s}));
    }

    void whatAListSaidBeforeTheProofIsNoPartOfATicket()
    {
        const StopReport stopped = read(StopState::Stopped, false);
        const Listing listed{RowState::Running, {}, stopped.since.addSecs(-20)};
        QVERIFY(!words::ticketText(stopped, Connection(), listed).contains(u"The list said"_s));
        const StopReport open = read(StopState::Unconfirmed, false);
        QVERIFY(words::ticketText(open, Connection(), listed).contains(u"The list said Running"_s));
    }

    void aMomentIsToldOnce()
    {
        StopReport refused = failed(StopState::Refused, FailureKind::Forbidden, Reached::Answered);
        refused.status = 403;
        refused.answeredAt = refused.since = refused.askedAt.addSecs(1);
        QCOMPARE(words::ticketText(refused, Connection()).count(u"14:04:30"_s), 1);
        QCOMPARE(words::ticketText(refused, Connection()).count(u"14:04:29"_s), 1);
        StopReport listed = read(StopState::Stopped, false);
        listed.evidence->source = Evidence::Source::LiveLists;
        listed.evidence->firstAt = listed.evidence->readAt.addSecs(-3);
        QVERIFY(!words::ticketText(listed, Connection()).contains(u"Last read"_s));
    }

    void whatBecameOfTheQueueIsWhatWasRead_data()
    {
        QTest::addColumn<StopState>("state");
        QTest::addColumn<bool>("clears");
        QTest::addColumn<int>("waited"); // -1: not known
        QTest::addColumn<int>("waits");  // -1: not read
        QTest::addColumn<QString>("line");
        using enum StopState;
        QTest::newRow("cleared") << Stopped << true << 3 << 0 << u"3 waiting messages were cleared"_s;
        QTest::newRow("one") << Stopped << true << 1 << 0 << u"1 waiting message was cleared"_s;
        QTest::newRow("nobody knows how many") << Stopped << true << -1 << 0 << u"it was cleared"_s;
        QTest::newRow("none") << Stopped << true << 0 << 0 << u"no message waited before"_s;
        QTest::newRow("came since") << StoppedQueueKept << true << 0 << 2 << u"no message waited before; 2 waiting since"_s;
        QTest::newRow("kept") << StoppedQueueKept << true << 3 << 2 << u"3 waiting messages were not cleared: 2 still waiting"_s;
        QTest::newRow("not asked") << Stopped << false << 3 << 3 << u"3 waiting messages were not cleared (that was not asked for)"_s;
        QTest::newRow("refused") << Refused << true << 3 << -1 << u"3 waiting messages were not cleared"_s;
        QTest::newRow("never left") << NotSent << true << 1 << -1 << u"1 waiting message was not cleared"_s;
        QTest::newRow("open") << Accepted << true << 3 << -1 << u"3 waiting messages were to be cleared; not proven that they were"_s;
        QTest::newRow("lost") << Unconfirmed << true << 1 << -1 << u"1 waiting message was to be cleared; not proven that it was"_s;
        QTest::newRow("not read") << Stopped << true << 3 << -1 << u"3 waiting messages were to be cleared; not proven that they were"_s;
        QTest::newRow("cause not proven") << NoLongerRunning << true << 3 << 0 << u"3 waiting messages were to be cleared; not proven that they were"_s;
    }
    void whatBecameOfTheQueueIsWhatWasRead()
    {
        QFETCH(StopState, state);
        QFETCH(bool, clears);
        QFETCH(int, waited);
        QFETCH(int, waits);
        QFETCH(QString, line);
        StopReport stop = report(state);
        stop.clearQueue = clears ? ClearQueue::Yes : ClearQueue::No;
        stop.target.before.reset();
        if (waited >= 0)
            stop.target.before.emplace().queueDepth = waited;
        stop.evidence.reset();
        if (waits >= 0)
            stop.evidence = Evidence{stop.since, {}, false, waits, false};
        QVERIFY2(words::ticketText(stop, Connection()).split(u'\n').contains(u"Queue: "_s + line),
                 qPrintable(words::ticketText(stop, Connection())));
    }

    void whoseTicketItIsIsSaid()
    {
        StopReport stop = report(StopState::Stopped);
        QCOMPARE(words::ofTarget(stop.target), u"Of “Weekly outreach”, c5f32594-2c4c-48ef-bb2e-0454663d1c2e"_s);
        QCOMPARE(words::ticketCopied(stop.target), u"Ticket text of “Weekly outreach” copied."_s);
        stop.target.title = u"a\n%1\u202eb"_s;
        QCOMPARE(words::ticketCopied(stop.target), u"Ticket text of “a %1\ufffdb” copied."_s);
    }
};

}

STOPDESK_TEST(stopwords, TestStopWords, QCoreApplication)
#include "tst_stopwords.moc"
