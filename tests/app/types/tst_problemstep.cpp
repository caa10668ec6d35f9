#include "app/types/clock.h"
#include "app/types/problemstep.h"
#include "tests/support/testmain.h"

#include <QTest>

namespace problemstep_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

const QDateTime noon = QDateTime(QDate(2026, 5, 13), QTime(12, 0), utcZone);

Problem problem(FailureKind kind, Subject subject)
{
    Problem made;
    made.subject = subject;
    made.failure.kind = kind;
    made.failure.reached = Reached::Answered;
    made.at = noon;
    return made;
}

/// Which step a problem offers: the one that mends it, and none where there is none.
class TestProblemStep : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void byKind_data()
    {
        QTest::addColumn<FailureKind>("kind");
        QTest::addColumn<Subject>("subject");
        QTest::addColumn<ProblemStep>("expected");
        QTest::newRow("key refused") << FailureKind::KeyRefused << Subject::Stop << ProblemStep::NewKey;
        QTest::newRow("date of a certificate") << FailureKind::CertificateDate << Subject::Agents << ProblemStep::CheckAgain;
        QTest::newRow("certificate") << FailureKind::Tls << Subject::Agents << ProblemStep::EditConnection;
        QTest::newRow("locked keychain") << FailureKind::KeychainLocked << Subject::Keychain << ProblemStep::EditConnection;
        QTest::newRow("time-out") << FailureKind::TimedOut << Subject::Conversations << ProblemStep::CheckAgain;
        QTest::newRow("unknown to the service") << FailureKind::NotFound << Subject::Stop << ProblemStep::StopById;
        QTest::newRow("a list that is not there") << FailureKind::NotFound << Subject::Agents << ProblemStep::None;
        QTest::newRow("spent plan") << FailureKind::PlanLimit << Subject::Stop << ProblemStep::None;
        QTest::newRow("in a form") << FailureKind::Tls << Subject::ConnectionTest << ProblemStep::None;
        QTest::newRow("too many, no time said") << FailureKind::TooMany << Subject::Stop << ProblemStep::CheckAgain;
    }
    void byKind()
    {
        QFETCH(FailureKind, kind);
        QFETCH(Subject, subject);
        QTEST(stepOf(problem(kind, subject), noon), "expected");
    }

    void whatHappenedToAConversationLeadsToIt_data()
    {
        QTest::addColumn<FailureKind>("kind");
        QTest::addColumn<Subject>("subject");
        QTest::addColumn<ProblemStep>("expected");
        QTest::newRow("refused") << FailureKind::Forbidden << Subject::Stop << ProblemStep::OpenDetails;
        QTest::newRow("lost") << FailureKind::TimedOut << Subject::StopById << ProblemStep::OpenDetails;
        QTest::newRow("its queue") << FailureKind::ServerError << Subject::Queue << ProblemStep::OpenDetails;
        QTest::newRow("its live state") << FailureKind::TimedOut << Subject::RunState << ProblemStep::CheckAgain;
        QTest::newRow("its record") << FailureKind::Forbidden << Subject::Record << ProblemStep::OpenDetails;
        QTest::newRow("unknown to the service") << FailureKind::NotFound << Subject::Stop << ProblemStep::StopById;
        QTest::newRow("key refused") << FailureKind::KeyRefused << Subject::Stop << ProblemStep::NewKey;
    }
    void whatHappenedToAConversationLeadsToIt()
    {
        QFETCH(FailureKind, kind);
        QFETCH(Subject, subject);
        Problem happened = problem(kind, subject);
        happened.affected = {{u"Weekly outreach"_s, {u"acme"_s}, {u"c1"_s}}};
        QTEST(stepOf(happened, noon), "expected");
    }

    void whatIsSettledIsOnlyLookedAt()
    {
        Problem settled = problem(FailureKind::Tls, Subject::Stop);
        settled.affected = {{u"Weekly outreach"_s, {u"acme"_s}, {u"c1"_s}, u"Stopped 12:04:31"_s}};
        QCOMPARE(stepOf(settled, noon), ProblemStep::OpenDetails);
    }

    void aReadThatWorksAgainLeavesNothingButToRemoveIt()
    {
        Problem over = problem(FailureKind::TimedOut, Subject::Conversations);
        over.affected = {{{}, {u"acme"_s}}};
        QCOMPARE(stepOf(over, noon), ProblemStep::CheckAgain);
        over.affected[0].endedAt = noon;
        QCOMPARE(stepOf(over, noon), ProblemStep::Remove);
        over.field = Field::Conversations;
        QCOMPARE(stepOf(over, noon), ProblemStep::Remove);
    }

    void aControlGoesBeforeEverything()
    {
        Problem wrong = problem(FailureKind::Invalid, Subject::Stop);
        QCOMPARE(stepOf(wrong, noon), ProblemStep::None);
        wrong.field = Field::ClearQueue;
        QCOMPARE(stepOf(wrong, noon), ProblemStep::ShowField);
    }

    void aWaitRunsOutAndThenItCanBeChecked()
    {
        Problem limited = problem(FailureKind::TooMany, Subject::Conversations);
        limited.failure.retryAfter = 40s;
        QCOMPARE(stepOf(limited, noon), ProblemStep::Wait);
        QCOMPARE(waitOf(limited, noon.addSecs(39)), Duration(1s));
        QCOMPARE(stepOf(limited, noon.addSecs(39)), ProblemStep::Wait);
        QCOMPARE(waitOf(limited, noon.addSecs(60)), Duration(0));
        QCOMPARE(stepOf(limited, noon.addSecs(40)), ProblemStep::CheckAgain);
        QCOMPARE(waitOf(limited, noon.addSecs(-5)), Duration(40s)); // a clock that is behind: no longer than was told
    }
};

}

STOPDESK_TEST(problemstep, TestProblemStep, QCoreApplication)

#include "tst_problemstep.moc"
