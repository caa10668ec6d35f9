#include "app/session/olderpages.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenetwork.h"
#include "tests/support/testmain.h"

#include <QSignalSpy>
#include <QtTest>

namespace olderpages_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = OlderSearch::State;

/// Page `number` of `pages`, with 50 conversations, the last with 10.
FakeAnswer page(int number, int pages)
{
    const int rows = number < pages ? 50 : 10;
    QByteArrayList items;
    for (int row = 0; row < rows; ++row)
        items << R"({"id":"c)" + QByteArray::number(number * 100 + row) + R"(","agent_id":"a1","status":"completed"})";
    const QByteArray total = QByteArray::number((pages - 1) * 50 + 10);
    return FakeAnswer::with(200, R"({"items":[)" + items.join(',') + R"(],"page":)" + QByteArray::number(number)
                                     + R"(,"total_pages":)" + QByteArray::number(pages) + R"(,"total":)" + total + '}');
}

QByteArray request(int number)
{
    return "GET /v1/tasks?page=" + QByteArray::number(number) + "&";
}

}

// Opened anew: moc of Qt 6.4 loses its count of braces in the raw strings above.
namespace olderpages_test {

/// Reading older pages one at a time, and searching through all of them.
class TestOlderPages : public QObject {
    Q_OBJECT

    void begin(int perMinute)
    {
        Connection connection;
        connection.address = QUrl(u"https://h.test"_s);
        m_budget = std::make_shared<RequestBudget>(perMinute, 10000, *m_clock);
        const auto gateway = std::make_shared<Gateway>(connection, *Secret::fromInput(u"a-key"_s), m_budget, *m_clock,
                                                       m_network->factory());
        m_pages = std::make_unique<OlderPages>(gateway, *m_clock);
        connect(m_pages.get(), &OlderPages::read, this,
                [this](const QList<Conversation> &rows) { m_rows += int(rows.size()); });
    }
    void pass(Duration time)
    {
        for (Duration gone{0}; gone < time; gone += 100ms) {
            m_clock->advance(100ms);
            for (int i = 0; i < 5; ++i)
                QTest::qWait(0);
        }
    }

    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<FakeNetwork> m_network;
    std::shared_ptr<RequestBudget> m_budget;
    std::unique_ptr<OlderPages> m_pages;
    int m_rows = 0;

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_clock = std::make_unique<FakeClock>();
        m_network = std::make_unique<FakeNetwork>();
        m_rows = 0;
    }
    void cleanup()
    {
        m_pages.reset();
        QCOMPARE(m_network->unexpected(), QList<QByteArray>());
        QVERIFY(m_network->allAsked());
    }

    void aSearchReadsOnToTheEndOfTheList()
    {
        begin(1000);
        for (int number = 1; number <= 4; ++number)
            m_network->expect(request(number), page(number, 4));
        m_pages->readNext();
        pass(200ms);
        QCOMPARE(m_pages->loadedText(), u"50 of 160 loaded"_s);
        m_pages->search();
        QCOMPARE(m_pages->progress().state, State::Reading);
        pass(2s);
        const OlderSearch done = m_pages->progress();
        QCOMPARE(done.state, State::Done);
        QCOMPARE(done.looked, 160);
        QCOMPARE(done.requests, 3); // the first page was there
        QCOMPARE(m_rows, 160);
        QVERIFY(!m_pages->canRead());
    }

    void withoutRoomForMoreASearchEndsAndNothingMoreIsRead()
    {
        begin(1000);
        connect(m_pages.get(), &OlderPages::read, this, [this] {
            if (m_rows == 100)
                m_pages->leaveOff();
        });
        for (int number = 1; number <= 3; ++number)
            m_network->always(request(number), page(number, 1000));
        m_pages->search();
        pass(2s);
        QCOMPARE(m_rows, 100);
        QCOMPARE(m_pages->progress().state, State::Cancelled);
        QVERIFY(!m_pages->canRead());
        m_pages->search();
        QCOMPARE(m_pages->progress().state, State::Cancelled);
        QCOMPARE(m_pages->loadedText(), u"100 of 49,960 loaded"_s);
        m_pages->begin({});
        QVERIFY(m_pages->canRead());
    }

    void rowsThatCannotBeReadAreTold()
    {
        begin(1000);
        FakeAnswer odd = page(1, 1);
        odd.body.replace(R"("c100")", "null").replace(R"("c101")", "null");
        m_network->expect(request(1), odd);
        m_pages->readNext();
        pass(200ms);
        QCOMPARE(m_rows, 8);
        QCOMPARE(m_pages->loadedText(), u"2 rows cannot be read"_s);
    }

    void itSaysHowFarItIsAndHowLongItTakes()
    {
        begin(1000);
        for (int number = 1; number <= 4; ++number)
            m_network->expect(request(number), FakeAnswer::hangs());
        m_pages->search();
        for (int number = 1; number <= 4; ++number) {
            pass(2s);
            QCOMPARE(m_pages->progress().requests, number);
            m_network->answer(request(number), page(number, 21));
            if (number == 4)
                m_network->expect(request(5), FakeAnswer::hangs());
            pass(100ms);
        }
        pass(300ms);
        const OlderSearch search = m_pages->progress();
        QCOMPARE(search.looked, 200);
        QCOMPARE(search.total, 1010);
        QVERIFY(search.left >= 30s && search.left < 40s); // 17 pages at 2 s
    }

    void theLimitsCountInTheTime()
    {
        begin(100); // polls: about 60 of them
        m_network->expect(request(1), page(1, 400));
        m_network->expect(request(2), FakeAnswer::hangs());
        m_pages->search();
        pass(200ms);
        QVERIFY(m_pages->progress().left > 5min);
    }

    void cancellingAsksNothingMore()
    {
        begin(1000);
        m_network->expect(request(1), page(1, 9));
        m_network->expect(request(2), FakeAnswer::hangs());
        m_pages->search();
        pass(300ms);
        m_pages->cancelSearch();
        pass(10s);
        QCOMPARE(m_pages->progress().state, State::Cancelled);
        QCOMPARE(m_pages->progress().looked, 50);
        QVERIFY(m_pages->canRead());
    }

    void aFailureEndsItAndIsSaid()
    {
        begin(1000);
        QSignalSpy failed(m_pages.get(), &OlderPages::failed);
        m_network->expect(request(1), page(1, 9));
        m_network->expect(request(2), FakeAnswer::with(500));
        m_pages->search();
        pass(10s);
        QCOMPARE(failed.count(), 1);
        QCOMPARE(m_pages->progress().state, State::Failed);
        QCOMPARE(m_network->asked().size(), 2);
    }

    void aListThatBecameShorterEndsIt()
    {
        begin(1000);
        m_network->expect(request(1), page(1, 9));
        m_network->expect(request(2), FakeAnswer::with(200, R"({"items":[],"page":2,"total_pages":9,"total":410})"));
        m_pages->search();
        pass(1s);
        QCOMPARE(m_pages->progress().state, State::Done);
    }

    void itGivesWayToAStopAndGoesOn()
    {
        begin(10);
        QSignalSpy failed(m_pages.get(), &OlderPages::failed);
        m_network->always("GET /v1/tasks", FakeAnswer::hangs());
        m_pages->search();
        int number = 1;
        const auto answerNext = [&] {
            pass(200ms);
            return m_network->answer(request(number), page(number, 12)) && ++number;
        };
        while (answerNext()) { }
        QVERIFY(number > 1 && number < 12); // the rest waits for its turn
        for (int stop = 0; stop < 10; ++stop) { // more than there is room for: what polls has to go
            m_budget->ask(Lane::Stop, this, [this] { m_budget->arrived(Lane::Stop); });
            pass(100ms);
        }
        for (int minute = 0; minute < 10 && m_pages->progress().state == State::Reading; ++minute) {
            pass(60s);
            while (answerNext()) { }
        }
        QCOMPARE(m_pages->progress().state, State::Done);
        QCOMPARE(failed.count(), 0);
        QCOMPARE(m_pages->progress().requests, 12);
    }
};

}

STOPDESK_TEST(olderpages, TestOlderPages, QCoreApplication)
#include "tst_olderpages.moc"
