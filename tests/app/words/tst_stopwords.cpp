#include "app/words/failurewords.h"
#include "app/words/words.h"

#include <QtTest>

#include <ctime>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The words for our stops: the pill, how it is known, what to do, and the text for the ticket.
class TestStopWords : public QObject {
    Q_OBJECT

private:
    static StopReport report(StopState state)
    {
        StopReport report;
        report.id = 1;
        report.state = state;
        report.target.agent = {u"agent-00000000-1111-2222"_s};
        report.target.agentName = u"Sales outreach"_s;
        report.target.conversation = {u"c5f32594-2c4c-48ef-bb2e-0454663d1c2e"_s};
        report.target.title = u"Weekly outreach"_s;
        report.target.person = {u"u-77"_s, u"noa@acme.example"_s, u"Noa"_s};
        report.askedAt = QDateTime(QDate(2026, 5, 13), QTime(12, 4, 29), Qt::UTC);
        report.since = report.askedAt.addSecs(2);
        return report;
    }
    static StopReport read(StopState state, bool running, int waiting = 0, bool failed = false)
    {
        StopReport known = report(state);
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

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TZ", "XYZ-2");
        tzset();
        QLocale::setDefault(QLocale::c());
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

    void onlyStoppedBearsItsTime()
    {
        for (int state = 0; state <= int(StopState::Unconfirmed); ++state) {
            const QString pill = words::stopPill(report(StopState(state)));
            QCOMPARE(pill, StopState(state) == StopState::Stopped ? u"Stopped 14:04:31"_s
                                                                  : words::stopState(StopState(state)));
        }
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
    }

    void everyOutcomeSaysHowItIsKnown()
    {
        QSet<QString> texts;
        for (int state = 0; state <= int(StopState::Unconfirmed); ++state) {
            const QString text = words::evidence(report(StopState(state)));
            QVERIFY2(!text.isEmpty(), qPrintable(words::stopState(StopState(state))));
            texts.insert(text);
        }
        QCOMPARE(texts.size(), 12); // Stopped, and Stopped with its queue kept, are known by the same read
    }

    void aLostAnswerProvesNoCause()
    {
        StopReport lost = failed(StopState::NoLongerRunning, FailureKind::ConnectionLost, Reached::MayHaveArrived);
        lost.evidence = Evidence{lost.since, 2s, false, 0, false};
        QCOMPARE(words::evidence(lost), u"The connection broke before this stop was answered. Run state read 2.0 s "
                                        "after the stop: nothing runs; what ended it is not proven"_s);
    }

    void theNextStepFollowsTheOutcome()
    {
        QVERIFY(words::nextStep(report(StopState::StillRunning)).contains(u"It goes on being read every 15 s."_s));
        QVERIFY(words::nextStep(report(StopState::Unconfirmed)).contains(u"looked up every 15 s"_s));
        QVERIFY(words::nextStep(report(StopState::NextStarted)).contains(u"clear the queue"_s));
        QCOMPARE(words::nextStep(failed(StopState::Refused, FailureKind::KeyRefused, Reached::Answered, 401)),
                 u"Enter a key that works, then stop it again."_s);
        QCOMPARE(words::nextStep(failed(StopState::NotSent, FailureKind::ReadOnly, Reached::NeverLeft)),
                 u"Use a connection that can stop."_s);
        QCOMPARE(words::nextStep(report(StopState::Stopped)), QString());
    }

    void aTicketHasWholeIdsAndBothTimes()
    {
        StopReport stopped = read(StopState::Stopped, false);
        stopped.request = {u"req-9"_s};
        stopped.reason = u"Ticket 4711:\nwrong contact list"_s;
        stopped.clearQueue = ClearQueue::Yes;
        stopped.target.before = RunState();
        stopped.target.before->queue = {QueuedMessage{{u"m1"_s}, u"secret text of a person"_s, {}, {}}};
        Connection connection;
        connection.name = u"Acme cloud"_s;
        connection.address = QUrl(u"https://user:pass@api.xpander.ai/base"_s);
        connection.environment = Environment::Production;
        QCOMPARE(words::ticketText(stopped, connection).split(u'\n'), QStringList({
            u"Stop of the conversation: Weekly outreach"_s,
            u"Conversation id: c5f32594-2c4c-48ef-bb2e-0454663d1c2e"_s,
            u"Agent: Sales outreach (agent-00000000-1111-2222)"_s,
            u"Person: noa@acme.example (u-77)"_s,
            u"Connection: Acme cloud, PRODUCTION, https://api.xpander.ai/base"_s,
            u"Waiting messages: to be cleared (1 waited before the stop)"_s,
            u"Asked: 13 May 2026 14:04:29 XYZ (2026-05-13 12:04:29 UTC)"_s,
            u"Answered: 13 May 2026 14:04:30 XYZ (2026-05-13 12:04:30 UTC)"_s,
            u"Last read: 13 May 2026 14:04:31 XYZ (2026-05-13 12:04:31 UTC)"_s,
            u"Outcome: Stopped"_s,
            u"Outcome since: 13 May 2026 14:04:31 XYZ (2026-05-13 12:04:31 UTC)"_s,
            u"How it is known: Run state read 0.6 s after the stop: nothing runs"_s,
            u"Request id: req-9"_s,
            u"HTTP status: 200"_s,
            u"Reason: Ticket 4711: wrong contact list"_s}));
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
        QCOMPARE(lines.first(), u"Stop of the conversation: a Outcome: Refused\ufffd %1 %2"_s);
        QCOMPARE(lines.filter(QRegularExpression(u"^Outcome: "_s)), QStringList{u"Outcome: Stopped"_s});
        QVERIFY(lines.contains(u"Agent: %1 %2 (agent-00000000-1111-2222)"_s));
    }

    void aSubTaskIsCalledOne()
    {
        StopReport subTask = report(StopState::Stopped);
        subTask.target.command = Command::StopSubTask;
        QVERIFY(words::ticketText(subTask, Connection()).startsWith(u"Stop of the sub-task: "_s));
    }
};

QTEST_GUILESS_MAIN(TestStopWords)
#include "tst_stopwords.moc"
