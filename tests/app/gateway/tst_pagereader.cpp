#include "app/gateway/pagereader.h"
#include "app/types/agent.h"
#include "tests/support/testmain.h"

#include <QPointer>
#include <QTest>

namespace pagereader_test {

using namespace Qt::StringLiterals;

Page<Agent> page(const QStringList &ids, int pages, int total, int unreadable = 0)
{
    Page<Agent> made;
    for (const QString &id : ids) {
        Agent agent;
        agent.id = {id};
        made.rows.append(agent);
    }
    made.totalPages = pages;
    made.total = total;
    made.unreadable = unreadable;
    return made;
}

/// The one reader of pages: what is next, when a list has ended, and what may be believed of a pass.
class TestPageReader : public QObject {
    Q_OBJECT

private:
    QList<int> m_asked;
    QList<QPointer<QObject>> m_askers;
    Answer<Page<Agent>> m_answer;
    std::unique_ptr<PageReader<Agent>> m_reader;
    int m_told = 0;

    const PagePass<Agent> &pass() { return m_reader->pass(); }
    void read() { m_reader->readNext([this](const auto &) { ++m_told; }); }
    /// Each is asked for, one after another, and answered.
    void readAll(const QList<Page<Agent>> &pages)
    {
        for (const Page<Agent> &each : pages) {
            read();
            m_answer(each);
        }
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_asked.clear();
        m_askers.clear();
        m_told = 0;
        m_reader = std::make_unique<PageReader<Agent>>(
            [this](int number, QObject *asker, const Answer<Page<Agent>> &answer) {
                m_asked.append(number);
                m_askers.append(asker);
                m_answer = answer;
            },
            4);
    }

    void aPassEndsWithTheLastPageAndTheNextBegins()
    {
        readAll({page({u"a"_s, u"b"_s}, 2, 3), page({u"c"_s}, 2, 3)});
        QVERIFY(pass().hasEnded && pass().isWhole());
        QCOMPARE(pass().rows, 3);
        readAll({page({u"a"_s}, 1, 1)});
        QCOMPARE(m_asked, (QList<int>{1, 2, 1}));
        QCOMPARE(pass().rows, 1);
    }

    void aPageThatFailsIsAskedForAgain()
    {
        readAll({page({u"a"_s}, 2, 2)});
        read();
        m_answer(tl::unexpected(Failure{}));
        QCOMPARE(m_told, 2);
        QVERIFY(!m_reader->isReading() && !pass().hasEnded);
        readAll({page({u"b"_s}, 2, 2)});
        QCOMPARE(m_asked, (QList<int>{1, 2, 2}));
        QVERIFY(pass().isWhole());
    }

    void whatMayHaveSlippedByIsNotWhole_data()
    {
        QTest::addColumn<QList<Page<Agent>>>("pages");
        QTest::addColumn<bool>("isDisturbed");
        using Pages = QList<Page<Agent>>;
        QTest::newRow("another total") << Pages{page({u"a"_s}, 2, 2), page({u"b"_s}, 2, 3)} << true;
        QTest::newRow("an id on two pages") << Pages{page({u"a"_s, u"b"_s}, 2, 3), page({u"b"_s}, 2, 3)} << true;
        QTest::newRow("an id twice on one page") << Pages{page({u"a"_s, u"a"_s}, 2, 2), page({u"b"_s}, 2, 2)} << false;
        QTest::newRow("a row that cannot be read") << Pages{page({u"a"_s}, 1, 1, 1)} << false;
        QTest::newRow("fewer than counted") << Pages{page({u"a"_s}, 1, 2)} << false;
        QTest::newRow("empty before its end") << Pages{page({u"a"_s}, 3, 1), page({}, 3, 1)} << false;
        QTest::newRow("too many pages")
            << Pages{page({u"a"_s}, 9, 4), page({u"b"_s}, 9, 4), page({u"c"_s}, 9, 4), page({u"d"_s}, 9, 4)} << false;
    }
    void whatMayHaveSlippedByIsNotWhole()
    {
        QFETCH(QList<Page<Agent>>, pages);
        readAll(pages);
        QVERIFY(pass().hasEnded && !pass().isWhole());
        QTEST(pass().isDisturbed, "isDisturbed");
        QCOMPARE(pass().isCut, pages.size() == 4);
    }

    void theFirstPageIsReadAgainForItsCountsAlone()
    {
        readAll({page({u"a"_s}, 3, 3), page({u"b"_s}, 3, 3)});
        m_reader->readFirst([](const auto &) {});
        m_answer(page({u"x"_s, u"y"_s}, 3, 3));
        QCOMPARE(pass().rows, 2);
        QVERIFY(!pass().isDisturbed);
        m_reader->readFirst([](const auto &) {});
        m_answer(page({u"x"_s}, 3, 4));
        QVERIFY(pass().isDisturbed);
        QCOMPARE(m_reader->next(), 3);
    }

    void whatIsCancelledNeverLeavesAndIsNotTold()
    {
        read();
        QVERIFY(m_reader->isReading() && m_askers.last());
        m_reader->cancel();
        QVERIFY(!m_reader->isReading() && !m_askers.last());
        read();
        m_reader.reset();
        QVERIFY(!m_askers.last());
        QCOMPARE(m_told, 0);
    }

    void itMayBeDestroyedFromWithinAnAnswer()
    {
        m_reader->readNext([this](const auto &) { m_reader.reset(); });
        m_answer(page({u"a"_s}, 1, 1));
        QVERIFY(!m_reader);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(!m_askers.last());
    }
};

}

STOPDESK_TEST(pagereader, TestPageReader, QCoreApplication)
#include "tst_pagereader.moc"
