#include "app/journal/journalwords.h"
#include "app/types/clock.h"
#include "tests/support/testmain.h"

#include <QtTest>

namespace journalwords_test {

using namespace Qt::StringLiterals;

/// The words of the file: what is written is read back as the same.
class TestJournalWords : public QObject {
    Q_OBJECT

private:
    static StopReport readBack(const StopReport &written)
    {
        StopReport report;
        report.target.command = written.target.command;
        journalwords::readStep(journalwords::stepWord(written), report);
        journalwords::readConfirmation(journalwords::confirmationWord(written), report);
        return report;
    }
    static Evidence evidence(bool running, int waiting)
    {
        Evidence read;
        read.readAt = QDateTime(QDate(2026, 5, 13), QTime(12, 0, 1, 500), utcZone);
        read.running = running;
        read.waiting = waiting;
        return read;
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void everyStateAndMarkComesBack()
    {
        for (int state = 0; state <= int(StopState::Unconfirmed); ++state) {
            for (const bool dismissed : {false, true}) {
                for (const bool again : {false, true}) {
                    StopReport written;
                    written.state = StopState(state);
                    written.dismissed = dismissed;
                    if (again)
                        written.startedAgain.emplace();
                    const StopReport read = readBack(written);
                    QVERIFY2(read.state == written.state && read.dismissed == dismissed
                                 && read.startedAgain.has_value() == again,
                             qPrintable(journalwords::stepWord(written)));
                }
            }
        }
    }

    void theWordsAreThoseOfTheFile_data()
    {
        QTest::addColumn<StopState>("state");
        QTest::addColumn<QString>("word");
        QTest::newRow("sent") << StopState::Sending << u"sent"_s;
        QTest::newRow("accepted") << StopState::Accepted << u"accepted"_s;
        QTest::newRow("stopped") << StopState::Stopped << u"stopped"_s;
        QTest::newRow("queue") << StopState::StoppedQueueKept << u"stopped, queue not cleared"_s;
        QTest::newRow("sub-tasks") << StopState::SubTasksStillRunning << u"sub-tasks still running"_s;
        QTest::newRow("unconfirmed") << StopState::Unconfirmed << u"unconfirmed"_s;
    }
    void theWordsAreThoseOfTheFile()
    {
        QFETCH(StopState, state);
        QFETCH(QString, word);
        StopReport report;
        report.state = state;
        QCOMPARE(journalwords::stepWord(report), word);
        report.startedAgain.emplace();
        QCOMPARE(journalwords::stepWord(report), word + u", started again"_s);
        report.startedAgain.reset();
        report.dismissed = true;
        QCOMPARE(journalwords::stepWord(report), word + u", dismissed"_s);
    }

    void aStepNobodyKnowsSettlesNothing()
    {
        StopReport report;
        report.state = StopState::Stopped;
        journalwords::readStep(u"vanished"_s, report);
        QCOMPARE(report.state, StopState::Unconfirmed);
    }

    void whatAReadSaid_data()
    {
        QTest::addColumn<StopReport>("report");
        QTest::addColumn<QString>("word");
        StopReport report;
        QTest::newRow("nothing read") << report << QString();
        report.evidence = evidence(false, 0);
        QTest::newRow("idle") << report << u"run-state read 2026-05-13T12:00:01.500Z: nothing runs, 0 waiting"_s;
        report.evidence = evidence(true, 3);
        QTest::newRow("runs") << report << u"run-state read 2026-05-13T12:00:01.500Z: running, 3 waiting"_s;
        report.evidence->source = Evidence::Source::Record;
        report.evidence->waiting = 0;
        QTest::newRow("record") << report << u"record read 2026-05-13T12:00:01.500Z: running"_s;
        report.evidence->source = Evidence::Source::LiveLists;
        QTest::newRow("listed") << report << u"live lists read 2026-05-13T12:00:01.500Z: listed"_s;
        report.evidence->running = false;
        QTest::newRow("not listed") << report << u"live lists read 2026-05-13T12:00:01.500Z: not listed"_s;
        report.evidence->firstAt = report.evidence->readAt.addSecs(-3);
        QTest::newRow("not listed, twice")
            << report << u"live lists read 2026-05-13T11:59:58.500Z and 2026-05-13T12:00:01.500Z: not listed"_s;
        report.evidence = evidence(false, 0);
        report.evidence->readFailed = true;
        QTest::newRow("failed") << report << u"run-state read 2026-05-13T12:00:01.500Z failed"_s;
        for (const Command command : {Command::EmptyQueue, Command::DiscardMessage}) {
            report.target.command = command;
            report.evidence = evidence(true, 2);
            QTest::addRow("waits %d", int(command))
                << report << u"run-state read 2026-05-13T12:00:01.500Z: still waits, 2 waiting"_s;
            report.evidence = evidence(false, 1);
            QTest::addRow("gone %d", int(command))
                << report << u"run-state read 2026-05-13T12:00:01.500Z: gone, 1 waiting"_s;
        }
        report = {};
        report.evidence = evidence(true, 0);
        const QString read = u"run-state read 2026-05-13T12:00:01.500Z: running, 0 waiting; likely cause: "_s;
        report.startedAgain.emplace();
        QTest::newRow("again") << report << read + u"not known"_s;
        report.startedAgain->cause = StartedAgain::Cause::Queue;
        QTest::newRow("again by the queue") << report << read + u"a waiting message"_s;
        report.startedAgain->cause = StartedAgain::Cause::Source;
        report.startedAgain->source = u"schedule"_s;
        QTest::newRow("again by its source") << report << read + u"source schedule"_s;
    }
    void whatAReadSaid()
    {
        QFETCH(StopReport, report);
        QFETCH(QString, word);
        QCOMPARE(journalwords::confirmationWord(report), word);
        const StopReport read = readBack(report);
        QCOMPARE(read.evidence, report.evidence);
        QCOMPARE(read.startedAgain, report.startedAgain);
    }

    void commandsAndEnvironmentsComeBack()
    {
        for (int i = 0; i <= int(Command::DiscardMessage); ++i)
            QCOMPARE(int(journalwords::commandOf(journalwords::commandWord(Command(i)))), i);
        for (int i = 0; i <= int(Environment::Other); ++i)
            QCOMPARE(int(journalwords::environmentOf(journalwords::environmentWord(Environment(i)))), i);
        for (const RouteFamily routes : {RouteFamily::Gateway, RouteFamily::Conversations})
            QCOMPARE(journalwords::routesOf(journalwords::routesWord(routes)), routes);
        for (const CredentialKind kind : {CredentialKind::ApiKey, CredentialKind::BearerToken})
            QCOMPARE(journalwords::credentialOf(journalwords::credentialWord(kind)), kind);
        QCOMPARE(journalwords::commandWord(Command::EmptyQueue), u"clear queue"_s);
        QCOMPARE(journalwords::commandOf({}), Command::StopConversation);
    }

    void timesAreUtcWithMilliseconds()
    {
        const QDateTime local(QDate(2026, 5, 13), QTime(14, 0, 1, 7), Qt::OffsetFromUTC, 7200);
        QCOMPARE(journalwords::timeWord(local), u"2026-05-13T12:00:01.007Z"_s);
        QCOMPARE(journalwords::timeOf(u"2026-05-13T12:00:01.007Z"_s), local);
        QCOMPARE(journalwords::timeOf(u"2026-05-13T12:00:01.007Z"_s).timeSpec(), Qt::UTC);
        QVERIFY(journalwords::timeWord({}).isNull());
    }
};

}

STOPDESK_TEST(journalwords, TestJournalWords, QCoreApplication)
#include "tst_journalwords.moc"
