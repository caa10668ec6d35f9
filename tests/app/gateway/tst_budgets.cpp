#include "app/gateway/budgets.h"
#include "app/gateway/gateway.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenetwork.h"
#include "tests/support/testmain.h"

#include <QTemporaryDir>
#include <QtTest>

namespace budgets_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Connection connectionTo(const QString &id, const QString &address = u"https://acme.test"_s)
{
    Connection connection;
    connection.id = {id};
    connection.address = QUrl(address);
    return connection;
}

/// Which connections share a door, and what is kept of it.
class TestBudgets : public QObject {
    Q_OBJECT

private:
    void send(RequestBudget &budget, const Connection &connection, int count, Lane lane = Lane::Stop)
    {
        for (int i = 0; i < count; ++i)
            budget.ask(
                lane, this, [&budget, lane] { budget.arrived(lane); }, {}, connection.id);
        m_clock->advance(1ms);
    }
    QByteArrayList files() const
    {
        QByteArrayList contents;
        for (const QFileInfo &info : QDir(m_folder->path()).entryInfoList(QDir::Files)) {
            QFile file(info.filePath());
            if (file.open(QIODevice::ReadOnly))
                contents.append(info.fileName().toUtf8() + '\n' + file.readAll());
        }
        return contents;
    }

    const Secret m_key = Secret::fromStored("KEY-one");
    const Secret m_otherKey = Secret::fromStored("KEY-two");
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_clock = std::make_unique<FakeClock>();
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void aConnectionKeepsItsDoorOverSwitches()
    {
        Budgets budgets(*m_clock, {});
        const auto budget = budgets.budgetOf(connectionTo(u"a"_s), m_key);
        QCOMPARE(budgets.budgetOf(connectionTo(u"a"_s), m_key), budget);
        QCOMPARE(budgets.budgetOf(connectionTo(u"a"_s), m_otherKey), budget); // a new key for the same account
        QVERIFY(budgets.budgetOf(connectionTo(u"b"_s), m_key) != budget);
    }

    void oneKeyAtOneOriginHasOneDoor_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("shared");
        QTest::newRow("same") << u"https://acme.test"_s << true;
        QTest::newRow("its port") << u"https://acme.test:443"_s << true;
        QTest::newRow("another path") << u"https://ACME.test/api"_s << true;
        QTest::newRow("another port") << u"https://acme.test:8443"_s << false;
        QTest::newRow("another scheme") << u"http://acme.test"_s << false;
        QTest::newRow("another host") << u"https://beta.test"_s << false;
    }
    void oneKeyAtOneOriginHasOneDoor()
    {
        QFETCH(QString, address);
        Budgets budgets(*m_clock, {});
        const auto budget = budgets.budgetOf(connectionTo(u"a"_s), m_key);
        QTEST(budgets.budgetOf(connectionTo(u"b"_s, address), m_key) == budget, "shared");
        QVERIFY(budgets.budgetOf(connectionTo(u"c"_s, address), m_otherKey) != budget);
    }

    void theSmallerLimitsHoldForThoseWhoShare()
    {
        Budgets budgets(*m_clock, {});
        Connection small = connectionTo(u"b"_s);
        small.requestsPerMinute = 50;
        const auto budget = budgets.budgetOf(connectionTo(u"a"_s), m_key);
        budgets.budgetOf(small, m_key);
        QCOMPARE(budget->limits(), (RateLimits{50, 1000}));
        small.requestsPerMinute = 200; // it was changed by hand: counts at once
        small.requestsPerHour = 500;
        budgets.budgetOf(small, m_key);
        QCOMPARE(budget->limits(), (RateLimits{100, 500}));
        budgets.budgetOf(small, m_otherKey);
        QCOMPARE(budget->limits(), (RateLimits{100, 1000}));
    }

    void whatIsOnlyTriedGoesThroughTheSameDoorAndChangesNothing()
    {
        Budgets budgets(*m_clock, {});
        Connection a = connectionTo(u"a"_s);
        const auto budget = budgets.budgetOf(a, m_key);
        a.requestsPerMinute = 10'000; // in the form, and not saved
        QCOMPARE(budgets.budgetToTry(a, m_key), budget);
        QCOMPARE(budgets.budgetToTry(a, m_otherKey), budget);
        QCOMPARE(budget->limits(), RateLimits());
        const Connection moved = connectionTo(u"a"_s, u"https://beta.test"_s);
        const auto tried = budgets.budgetToTry(moved, m_key);
        QVERIFY(tried != budget);
        QCOMPARE(budgets.budgetToTry(moved, m_key), tried);
        QCOMPARE(budgets.budgetOf(moved, m_key), tried); // saved: what was tried counts
    }

    void whoChangesTheDoorIsCountedOn()
    {
        for (const QString &folder : {QString(), m_folder->path()}) {
            Budgets budgets(*m_clock, folder);
            const Connection a = connectionTo(u"a"_s);
            const Connection b = connectionTo(u"b"_s);
            const auto first = budgets.budgetOf(a, m_key);
            budgets.budgetOf(b, m_key);
            send(*first, a, 20);
            send(*first, b, 5);
            const auto second = budgets.budgetOf(b, m_otherKey);
            QVERIFY(second != first);
            QCOMPARE(second->spentThisHour(), 25);
            send(*second, b, 3);
            QCOMPARE(budgets.budgetOf(b, m_key), first);
            QCOMPARE(first->spentThisHour(), 28); // and nothing twice
        }
    }

    void eachConnectionKeepsItsSendsAndTogetherTheyCount()
    {
        const Connection a = connectionTo(u"a"_s);
        const Connection b = connectionTo(u"b"_s);
        {
            Budgets budgets(*m_clock, m_folder->path());
            const auto budget = budgets.budgetOf(a, m_key);
            budgets.budgetOf(b, m_key);
            send(*budget, a, 20);
            send(*budget, b, 5);
            QCOMPARE(files().size(), 2);
        }
        Budgets again(*m_clock, m_folder->path());
        QCOMPARE(again.budgetOf(a, m_otherKey)->spentThisHour(), 20);
        QCOMPARE(again.budgetOf(b, m_otherKey)->spentThisHour(), 25);
    }

    void whatNobodyOpensAnyMoreIsRemoved()
    {
        QFile old(m_folder->filePath(u"old.sends"_s));
        QVERIFY(old.open(QIODevice::WriteOnly));
        QVERIFY(old.setFileTime(m_clock->now().addSecs(-3700), QFileDevice::FileModificationTime));
        QFile another(m_folder->filePath(u"stopdesk.ini"_s));
        QVERIFY(another.open(QIODevice::WriteOnly));
        QVERIFY(another.setFileTime(m_clock->now().addSecs(-3700), QFileDevice::FileModificationTime));
        const Budgets budgets(*m_clock, m_folder->path());
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList{u"stopdesk.ini"_s});
    }

    void theFolderIsMade()
    {
        const QString folder = m_folder->filePath(u"some/where"_s);
        Budgets budgets(*m_clock, folder);
        send(*budgets.budgetOf(connectionTo(u"a"_s), m_key), connectionTo(u"a"_s), 1);
        QCOMPARE(QDir(folder).entryList(QDir::Files).size(), 1);
    }

    void nothingOfTheKeyOrOfWhatWasAskedIsWritten()
    {
        const QByteArray canary = "CANARY4711key";
        FakeNetwork network;
        network.always("GET", FakeAnswer::with(200, R"({"conversation_id":"c7","is_running":false})"));
        Budgets budgets(*m_clock, m_folder->path());
        const Connection connection = connectionTo(u"acme-production"_s);
        const Secret key = Secret::fromStored(canary);
        Gateway gateway(connection,
                        std::make_shared<HttpChannel>(connection, key, budgets.budgetOf(connection, key), *m_clock,
                                                      network.factory()));
        int answers = 0;
        gateway.runState({u"agent-9"_s}, {u"c7"_s}, Lane::Poll, this, [&answers](const auto &) { ++answers; });
        m_clock->advance(10ms);
        QTRY_COMPARE(answers, 1);
        const QByteArrayList written = files();
        QCOMPARE(written.size(), 1);
        const QRegularExpression form(u"^[0-9a-f]{64}\\.sends\\n\\d{13} P\\n$"_s);
        QVERIFY2(form.match(QString::fromLatin1(written.first())).hasMatch(), written.first().constData());
        QVERIFY(!written.first().contains(canary) && !written.first().contains(canary.toHex()));
        QVERIFY(!written.first().contains(QCryptographicHash::hash(canary, QCryptographicHash::Sha256).toHex()));
    }
};

}

STOPDESK_TEST(budgets, TestBudgets, QCoreApplication)
#include "tst_budgets.moc"
