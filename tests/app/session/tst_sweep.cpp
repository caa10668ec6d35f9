#include "app/session/sweep.h"
#include "app/types/clock.h"
#include "tests/support/testmain.h"

#include <QTest>

namespace sweep_test {

using namespace Qt::StringLiterals;

QDateTime at(int seconds)
{
    return QDateTime(QDate(2026, 5, 13), QTime(12, 0), utcZone).addSecs(seconds);
}

Page<Conversation> page(const QStringList &ids, int pages, int total)
{
    Page<Conversation> made;
    for (const QString &id : ids) {
        Conversation conversation;
        conversation.id = {id};
        made.rows.append(conversation);
    }
    made.totalPages = pages;
    made.total = total;
    return made;
}

/// A long list, read over many rounds: when it was read whole, and what may be believed of it.
class TestSweep : public QObject {
    Q_OBJECT

private:
    Sweep m_sweep;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_sweep = {};
    }

    void aListOfOnePageIsWholeEachTime()
    {
        m_sweep.take(1, page({u"a"_s, u"b"_s}, 1, 2), at(0));
        QVERIFY(m_sweep.hasEnded() && !m_sweep.lostSome());
        QCOMPARE(m_sweep.wholeAt(), at(0));
        m_sweep.take(1, page({u"b"_s}, 1, 1), at(20));
        QVERIFY(m_sweep.lostSome());
        QCOMPARE(m_sweep.goneBefore(), at(20));
        QCOMPARE(m_sweep.listed(), 1);
    }

    void aListWithoutEndIsBegunAnewAndProvesNothing()
    {
        m_sweep.take(1, page({u"gone"_s}, 1, 1), at(0));
        for (int number = 1; number <= Sweep::mostPages; ++number)
            m_sweep.take(number, page({QString::number(number)}, INT_MAX, INT_MAX), at(20));
        QVERIFY(m_sweep.hasEnded());
        QVERIFY(!m_sweep.goneBefore().isValid() && !m_sweep.wholeAt().isValid() && !m_sweep.lostSome());
        QCOMPARE(m_sweep.listed(), Sweep::mostPages);
        m_sweep.take(1, page({u"1"_s}, INT_MAX, INT_MAX), at(40));
        QCOMPARE(m_sweep.listed(), Sweep::mostPages); // as of the pass before, until there are more
        QCOMPARE(m_sweep.next(), 2);
    }

    void rowsThatCannotBeReadAreCountedOverAPass()
    {
        Page<Conversation> odd = page({u"a"_s}, 2, 4);
        odd.unreadable = 1;
        m_sweep.take(1, odd, at(0));
        QCOMPARE(m_sweep.unreadable(), 1);
        m_sweep.take(2, odd, at(1));
        QCOMPARE(m_sweep.unreadable(), 2);
        m_sweep.take(1, page({u"a"_s, u"b"_s}, 2, 4), at(20));
        QCOMPARE(m_sweep.unreadable(), 2); // of the last whole pass
        m_sweep.take(2, page({u"c"_s, u"d"_s}, 2, 4), at(21));
        QCOMPARE(m_sweep.unreadable(), 0);
    }

    void aPassGoesOnOverRounds()
    {
        m_sweep.take(1, page({u"a"_s, u"b"_s}, 3, 6), at(0));
        QVERIFY(!m_sweep.hasEnded());
        QCOMPARE(m_sweep.next(), 2);
        m_sweep.take(2, page({u"c"_s, u"d"_s}, 3, 6), at(1));
        m_sweep.take(1, page({u"a"_s, u"b"_s}, 3, 6), at(20)); // the next round's first page
        QCOMPARE(m_sweep.next(), 3);
        QCOMPARE(m_sweep.listed(), 4);
        QVERIFY(!m_sweep.wholeAt().isValid());
        m_sweep.take(3, page({u"e"_s, u"f"_s}, 3, 6), at(21));
        QVERIFY(m_sweep.hasEnded());
        QCOMPARE(m_sweep.goneBefore(), at(0));
        QCOMPARE(m_sweep.listed(), 6);
    }

    void aTotalThatChangedProvesNothingAlone()
    {
        m_sweep.take(1, page({u"a"_s}, 2, 2), at(0));
        m_sweep.take(2, page({u"b"_s}, 2, 3), at(1));
        QVERIFY(m_sweep.hasEnded());
        QVERIFY(!m_sweep.goneBefore().isValid());
        m_sweep.take(1, page({u"a"_s}, 2, 3), at(20));
        m_sweep.take(1, page({u"a"_s}, 2, 4), at(30));
        m_sweep.take(2, page({u"b"_s}, 2, 4), at(31));
        QCOMPARE(m_sweep.goneBefore(), at(0)); // missed by this pass and the one before
    }

    void anIdThatComesAgainProvesNothingAlone()
    {
        m_sweep.take(1, page({u"a"_s, u"a"_s}, 2, 3), at(0)); // on one page it is only odd
        m_sweep.take(2, page({u"b"_s}, 2, 3), at(1));
        QCOMPARE(m_sweep.goneBefore(), at(0));
        m_sweep.take(1, page({u"a"_s, u"b"_s}, 2, 3), at(20));
        m_sweep.take(2, page({u"b"_s}, 2, 3), at(21));
        QCOMPARE(m_sweep.goneBefore(), at(0));
    }

    void aListThatShrankOrNeverEndsIsNoTrap()
    {
        m_sweep.take(1, page({u"a"_s}, 5, 250), at(0));
        m_sweep.take(2, page({}, 5, 250), at(1));
        QVERIFY(m_sweep.hasEnded());
        m_sweep.take(7, page({u"z"_s}, 9, 450), at(2)); // nobody asked for it
        QVERIFY(m_sweep.hasEnded());
        QCOMPARE(m_sweep.listed(), 1);
    }
};

}

STOPDESK_TEST(sweep, TestSweep, QCoreApplication)
#include "tst_sweep.moc"
