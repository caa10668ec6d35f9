#include "app/types/clock.h"
#include "app/words/batchwords.h"
#include "app/words/words.h"
#include "tests/support/testmain.h"

#include <QtTest>

namespace batchwords_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The words for a decision about several targets.
class TestBatchWords : public QObject {
    Q_OBJECT

    static StopReport report(int number)
    {
        StopReport report;
        report.id = number;
        report.state = StopState::Stopped;
        report.target.conversation = {u"c%1"_s.arg(number)};
        report.target.title = u"Refund %1"_s.arg(number);
        report.target.agentName = u"Billing helper"_s;
        report.operatorName = u"noa"_s;
        report.reason = u"Ticket 4711"_s;
        report.askedAt = QDateTime(QDate(2026, 5, 13), QTime(12, 4, 10), utcZone);
        report.since = report.askedAt.addSecs(21);
        return report;
    }
    static words::BatchTicket ticketOf(int count)
    {
        words::BatchTicket ticket;
        ticket.size = words::batchSize(count, true);
        ticket.summary = u"%1 stopped"_s.arg(count);
        ticket.connection.id = {u"k1"_s};
        ticket.connection.name = u"Acme cloud"_s;
        ticket.connection.environment = Environment::Production;
        for (int number = 1; number <= count; ++number)
            ticket.reports.append(report(number));
        return ticket;
    }

private Q_SLOTS:
    void aDurationIsNeverLessThanItTakes_data()
    {
        QTest::addColumn<int>("ms");
        QTest::addColumn<QString>("words");
        QTest::newRow("nothing") << 0 << u"about 1 s"_s;
        QTest::newRow("seconds") << 2001 << u"about 3 s"_s;
        QTest::newRow("a minute") << 60'000 << u"about 1 min"_s;
        QTest::newRow("minutes") << 136'200 << u"about 2 min 20 s"_s;
        QTest::newRow("one second more") << 61'000 << u"about 1 min 05 s"_s;
        QTest::newRow("many minutes") << 601'000 << u"about 11 min"_s;
        QTest::newRow("hours") << 3'840'000 << u"about 1 h 04 min"_s;
    }
    void aDurationIsNeverLessThanItTakes()
    {
        QFETCH(int, ms);
        QTEST(words::about(Duration(ms)), "words");
    }

    void aHaltSaysWhyAndHowManyWereNotSent_data()
    {
        QTest::addColumn<FailureKind>("kind");
        QTest::addColumn<QString>("words");
        QTest::newRow("key") << FailureKind::KeyRefused << u"halted: this key was refused; 14 not sent"_s;
        QTest::newRow("plan") << FailureKind::PlanLimit
                              << u"halted: the plan of the organization is used up; 14 not sent"_s;
        QTest::newRow("agent") << FailureKind::Forbidden
                               << u"halted: this key may not stop conversations of an agent; 14 not sent"_s;
        QTest::newRow("journal") << FailureKind::JournalUnusable
                                 << u"halted: the journal cannot be written; 14 not sent"_s;
        QTest::newRow("network") << FailureKind::ConnectionRefused
                                 << u"halted: there was no way to the service; 14 not sent"_s;
    }
    void aHaltSaysWhyAndHowManyWereNotSent()
    {
        QFETCH(FailureKind, kind);
        QTEST(words::halted({kind, Reached::Answered, 0, {}, {}, {}, {}}, 14), "words");
    }

    void oneIsNotMany()
    {
        QCOMPARE(words::batchSize(1, true), u"1 conversation"_s);
        QCOMPARE(words::batchSize(12, true), u"12 conversations"_s);
        QCOMPARE(words::batchSize(12, false), u"12 stops"_s);
        QCOMPARE(words::unsentWarning(1), u"1 stop has not been sent. Close and do not send it?"_s);
        QCOMPARE(words::unsentWarning(14), u"14 stops have not been sent. Close and do not send them?"_s);
        QCOMPARE(words::leftOut(1), u"1 was left out: another stop of it is under way."_s);
        QCOMPARE(words::leftOut(2), u"2 were left out: another stop of them is under way."_s);
    }

    void aTicketHasTheTotalsAndALineForEach()
    {
        QCOMPARE(words::batchTicket(ticketOf(2)).split(u'\n'),
                 QStringList({u"Outcome: 2 stopped"_s, u"Stop of: 2 conversations"_s,
                              u"Connection: Acme cloud, PRODUCTION"_s,
                              u"Asked: "_s + words::exactTimeAndUtc(report(1).askedAt),
                              u"Asked by: noa"_s, u"Reason: Ticket 4711"_s, QString(),
                              u"Stopped 12:04:31: Refund 1, Billing helper (c1)"_s,
                              u"Stopped 12:04:31: Refund 2, Billing helper (c2)"_s}));
        QCOMPARE(words::batchTicket({}), QString());
    }

    void aLongTicketPointsToTheExport()
    {
        const QStringList lines = words::batchTicket(ticketOf(1000)).split(u'\n');
        QCOMPARE(lines.size(), 7 + 100 + 1);
        QCOMPARE(lines.last(), u"and 900 more, see the export"_s);
    }

    void hostileTitlesStayOneLine()
    {
        words::BatchTicket ticket = ticketOf(1);
        ticket.reports.first().target.title = u"a\nOutcome: 9 stopped\u202egpj"_s;
        QCOMPARE(words::batchTicket(ticket).count(u'\n'), 7);
        QVERIFY(!words::batchTicket(ticket).contains(u'\u202e'));
        QCOMPARE(words::batchText(ticket.reports).count(u'\n'), 0);
        QVERIFY(!words::batchText(ticket.reports).contains(u'\u202e'));
    }
};

}

STOPDESK_TEST(batchwords, TestBatchWords, QCoreApplication)
#include "tst_batchwords.moc"
