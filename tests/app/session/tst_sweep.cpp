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
    Page<Conversation> m_page; ///< what the service answers next
    int m_asked = 0;           ///< the page it was asked for
    std::unique_ptr<Sweep> m_made;
    Sweep &sweep() { return *m_made; }
    /// The next page of the pass, which has to be that one, or the first one again.
    void take(int number, const Page<Conversation> &page, const QDateTime &askedAt)
    {
        m_page = page;
        if (number == 1)
            sweep().readFirst(askedAt, [](const auto &) {});
        else
            sweep().readNext(askedAt, [](const auto &) {});
        QCOMPARE(m_asked, number);
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_made = std::make_unique<Sweep>([this](int page, QObject *, const Answer<Page<Conversation>> &answer) {
            m_asked = page;
            answer(m_page);
        });
    }

    void aListOfOnePageIsWholeEachTime()
    {
        take(1, page({u"a"_s, u"b"_s}, 1, 2), at(0));
        QVERIFY(sweep().hasEnded() && !sweep().lostSome());
        QCOMPARE(sweep().wholeAt(), at(0));
        take(1, page({u"b"_s}, 1, 1), at(20));
        QVERIFY(sweep().lostSome());
        QCOMPARE(sweep().goneBefore(), at(20));
        QCOMPARE(sweep().listed(), 1);
    }

    void aListWithoutEndIsBegunAnewAndProvesNothing()
    {
        take(1, page({u"gone"_s}, 1, 1), at(0));
        for (int number = 1; number <= Sweep::mostPages; ++number)
            take(number, page({QString::number(number)}, INT_MAX, INT_MAX), at(20));
        QVERIFY(sweep().hasEnded());
        QVERIFY(!sweep().goneBefore().isValid() && !sweep().wholeAt().isValid() && !sweep().lostSome());
        QCOMPARE(sweep().listed(), Sweep::mostPages);
        take(1, page({u"1"_s}, INT_MAX, INT_MAX), at(40));
        QCOMPARE(sweep().listed(), Sweep::mostPages); // as of the pass before, until there are more
    }

    void rowsThatCannotBeReadAreCountedOverAPass()
    {
        Page<Conversation> odd = page({u"a"_s}, 2, 4);
        odd.unreadable = 1;
        take(1, odd, at(0));
        QCOMPARE(sweep().unreadable(), 1);
        take(2, odd, at(1));
        QCOMPARE(sweep().unreadable(), 2);
        take(1, page({u"a"_s, u"b"_s}, 2, 4), at(20));
        QCOMPARE(sweep().unreadable(), 2); // of the last whole pass
        take(2, page({u"c"_s, u"d"_s}, 2, 4), at(21));
        QCOMPARE(sweep().unreadable(), 0);
    }

    void aPassGoesOnOverRounds()
    {
        take(1, page({u"a"_s, u"b"_s}, 3, 6), at(0));
        QVERIFY(!sweep().hasEnded());
        take(2, page({u"c"_s, u"d"_s}, 3, 6), at(1));
        take(1, page({u"a"_s, u"b"_s}, 3, 6), at(20)); // the next round's first page
        QCOMPARE(sweep().listed(), 4);
        QVERIFY(!sweep().wholeAt().isValid());
        take(3, page({u"e"_s, u"f"_s}, 3, 6), at(21));
        QVERIFY(sweep().hasEnded());
        QCOMPARE(sweep().goneBefore(), at(0));
        QCOMPARE(sweep().listed(), 6);
    }

    void aTotalThatChangedProvesNothingAlone()
    {
        take(1, page({u"a"_s}, 2, 2), at(0));
        take(2, page({u"b"_s}, 2, 3), at(1));
        QVERIFY(sweep().hasEnded());
        QVERIFY(!sweep().goneBefore().isValid());
        take(1, page({u"a"_s}, 2, 3), at(20));
        take(1, page({u"a"_s}, 2, 4), at(30));
        take(2, page({u"b"_s}, 2, 4), at(31));
        QCOMPARE(sweep().goneBefore(), at(0)); // missed by this pass and the one before
    }

    void anIdThatComesAgainProvesNothingAlone()
    {
        take(1, page({u"a"_s, u"a"_s}, 2, 3), at(0)); // on one page it is only odd
        take(2, page({u"b"_s}, 2, 3), at(1));
        QCOMPARE(sweep().goneBefore(), at(0));
        take(1, page({u"a"_s, u"b"_s}, 2, 3), at(20));
        take(2, page({u"b"_s}, 2, 3), at(21));
        QCOMPARE(sweep().goneBefore(), at(0));
    }

    void aListThatShrankOrNeverEndsIsNoTrap()
    {
        take(1, page({u"a"_s}, 5, 250), at(0));
        take(2, page({}, 5, 250), at(1));
        QVERIFY(sweep().hasEnded());
        QCOMPARE(sweep().listed(), 1);
    }
};

}

STOPDESK_TEST(sweep, TestSweep, QCoreApplication)
#include "tst_sweep.moc"
