#include "tests/support/faultserver.h"
#include "tests/support/testmain.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QtTest>

#include <cmath>
#include <thread>

namespace killed_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Transport = FaultServer::Transport;

/// What the file says about one decision.
struct Intent {
    QString request;
    QString conversation;
    QString lastStep;
};

struct Look {
    QString integrity;
    QMap<qint64, Intent> intents;

    QStringList openRequests() const
    {
        static const QSet<QString> open{u"intent"_s,      u"sent"_s,          u"accepted"_s,
                                        u"unconfirmed"_s, u"still running"_s, u"sub-tasks still running"_s};
        QStringList requests;
        for (const Intent &intent : intents) {
            if (open.contains(intent.lastStep))
                requests.append(intent.request);
        }
        return requests;
    }
    const Intent *intentOf(const Delivery &stop) const
    {
        const QString request = QString::fromLatin1(stop.header("X-Request-ID"));
        const auto found = std::ranges::find_if(intents, [&](const Intent &intent) {
            return intent.request == request && stop.path.endsWith('/' + intent.conversation.toLatin1() + "/stop");
        });
        return found == intents.cend() ? nullptr : &*found;
    }
};

Look readFile(const QString &file)
{
    Look look;
    {
        auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"look"_s);
        database.setDatabaseName(file);
        database.open();
        QSqlQuery query(u"PRAGMA integrity_check"_s, database);
        if (query.next())
            look.integrity = query.value(0).toString();
        query.exec(u"SELECT id, intent, step, request_id, conversation FROM entry ORDER BY id"_s);
        while (query.next()) {
            const qint64 id = query.value(query.isNull(1) ? 0 : 1).toLongLong();
            Intent &intent = look.intents[id];
            intent.lastStep = query.value(2).toString();
            if (query.isNull(1)) {
                intent.request = query.value(3).toString();
                intent.conversation = query.value(4).toString();
            }
        }
    }
    QSqlDatabase::removeDatabase(u"look"_s);
    return look;
}

/// Keeps everybody else from writing into the journal as long as it lives.
class WriteLock {
    Q_DISABLE_COPY_MOVE(WriteLock)

public:
    explicit WriteLock(const QString &file)
    {
        auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"lock"_s);
        database.setDatabaseName(file);
        database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=5000"_s);
        m_held = database.open() && QSqlQuery(database).exec(u"BEGIN IMMEDIATE"_s);
    }
    ~WriteLock() { QSqlDatabase::removeDatabase(u"lock"_s); }

    bool isHeld() const { return m_held; }

private:
    bool m_held = false;
};

QList<Delivery> stopsAt(const FaultServer &server)
{
    QList<Delivery> stops = server.deliveries();
    stops.removeIf([](const Delivery &delivery) { return !delivery.path.endsWith("/stop"); });
    return stops;
}

/// A service of which each conversation has its own way, so that stops stand in every state at once.
void play(FaultServer &server)
{
    const Reaction running = Reaction::answer(200, R"({"conversation_id":"c","is_running":true})");
    server.answerWith(Reaction::answer(200, R"({"conversation_id":"c","is_running":false})"));
    server.onPath("/stop", Reaction::answer(200).after(5ms));
    server.onPath("/c2/stop", Reaction::answer(200).after(40ms));
    server.onPath("/c3/stop", Reaction::closeAfterReading());
    server.onPath("/c4/stop", Reaction::answer(503).after(10ms));
    server.onPath("/c5/stop", Reaction::answer(422));
    server.onPath("/c6/stop", Reaction::resetAfterReading());
    server.onPath("/c7/stop", Reaction::hang());
    server.onPath("/c8/run-state", running);
    server.onPath("/c9/run-state", Reaction::answer(503));
    server.onPath("/c3/run-state", running);
}

/// The program killed with SIGKILL at any moment of its stops, against a server that counts: what was delivered stands
/// in the journal as an intent, once, and the next start shows all that is open. STOPDESK_KILLS: how often;
/// STOPDESK_SEED: the moments of an earlier run.
class TestKilled : public QObject {
    Q_OBJECT

private:
    /// After so many stops have arrived, and then so long. The times differ by powers of two, so that all lengths of
    /// what happens then are met: a write, an answer, a check.
    struct Moment {
        int stops;
        std::chrono::microseconds after;
        bool locked; ///< meanwhile nothing can be written: what leaves without its intent stays without it
    };
    Moment nextMoment()
    {
        const std::chrono::microseconds after(qint64(std::exp2(m_random.bounded(17.0))));
        return {m_random.bounded(12), after, m_random.bounded(4) == 0};
    }

    void runAndKill(const FaultServer &server, const Moment &moment)
    {
        QProcess desk;
        desk.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        desk.start(QStringLiteral(STOPDESK_KILLED_DESK),
                   {journal(), server.url().toString(), QString::number(m_random.generate())});
        QVERIFY(desk.waitForReadyRead());
        const QDeadlineTimer patience(20s);
        while (stopsAt(server).size() < moment.stops && !patience.hasExpired())
            std::this_thread::sleep_for(100us);
        QVERIFY(!patience.hasExpired());
        if (moment.locked) {
            const WriteLock lock(journal());
            QVERIFY(lock.isHeld());
            std::this_thread::sleep_for(moment.after + 50ms);
            desk.kill();
            desk.waitForFinished();
        }
        std::this_thread::sleep_for(moment.after);
        desk.kill();
        QVERIFY(desk.state() == QProcess::NotRunning || desk.waitForFinished());
        QCOMPARE(desk.exitStatus(), QProcess::CrashExit);
    }

    /// The file as the killed program left it; the file itself is not touched before the next start.
    Look lookAtCopy()
    {
        const QTemporaryDir copy;
        for (const QString &suffix : {QString(), u"-wal"_s})
            QFile::copy(journal() + suffix, copy.filePath(u"journal.sqlite"_s + suffix));
        return readFile(copy.filePath(u"journal.sqlite"_s));
    }

    /// The requests that the next start says are open, and those that it shows; each sorted.
    QPair<QStringList, QStringList> startAgain()
    {
        QProcess desk;
        desk.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        desk.start(QStringLiteral(STOPDESK_KILLED_DESK), {journal()});
        desk.waitForFinished();
        QPair<QStringList, QStringList> told;
        for (const QString &line : QString::fromLatin1(desk.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts))
            (line.startsWith(u"open "_s) ? told.first : told.second).append(line.section(u' ', 1));
        told.first.sort();
        told.second.sort();
        return told;
    }

    void compare(const Look &look, const QList<Delivery> &delivered)
    {
        QSet<QByteArray> requests;
        for (const Delivery &stop : delivered) {
            const Intent *intent = look.intentOf(stop);
            QVERIFY2(intent, stop.path.constData());
            QVERIFY2(intent->lastStep != u"intent", "delivered, and the next start takes it for not sent");
            requests.insert(stop.header("X-Request-ID"));
        }
        QCOMPARE(requests.size(), delivered.size());
    }

    void countPhases(const Look &look, const QList<Delivery> &delivered)
    {
        QSet<QString> arrived;
        for (const Delivery &stop : delivered)
            arrived.insert(QString::fromLatin1(stop.header("X-Request-ID")));
        const QStringList before = std::exchange(m_openBefore, look.openRequests());
        QSet<QString> phases;
        for (const Intent &intent : look.intents) {
            if (!m_openBefore.contains(intent.request) || before.contains(intent.request))
                continue;
            const bool onWire = intent.lastStep == u"sent" && arrived.contains(intent.request);
            phases.insert(onWire ? u"on the wire"_s : intent.lastStep);
        }
        for (const QString &phase : phases.isEmpty() ? QSet{u"before the first intent"_s} : phases)
            ++m_phases[phase];
    }

    QString journal() const { return m_folder->filePath(u"journal.sqlite"_s); }

    quint32 m_seed = 0;
    QRandomGenerator m_random;
    int m_kills = 20;
    std::unique_ptr<QTemporaryDir> m_folder;
    QStringList m_openBefore;
    QMap<QString, int> m_phases; ///< kills that met a stop in this step

private Q_SLOTS:
    void initTestCase()
    {
        m_seed = qEnvironmentVariableIsSet("STOPDESK_SEED") ? quint32(qEnvironmentVariableIntValue("STOPDESK_SEED"))
                                                            : QRandomGenerator::global()->bounded(1'000'000);
        m_random.seed(m_seed);
        if (qEnvironmentVariableIsSet("STOPDESK_KILLS"))
            m_kills = qEnvironmentVariableIntValue("STOPDESK_KILLS");
        qInfo("%d kills, STOPDESK_SEED=%u", m_kills, m_seed);
    }

    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_folder = std::make_unique<QTemporaryDir>();
        m_openBefore.clear();
        m_phases.clear();
    }

    void whatWasDeliveredIsInTheJournalAndWhatIsOpenIsShown_data()
    {
        QTest::addColumn<Transport>("transport");
        QTest::newRow("plain") << Transport::Plain;
        QTest::newRow("TLS") << Transport::Tls;
    }
    void whatWasDeliveredIsInTheJournalAndWhatIsOpenIsShown()
    {
        QFETCH(Transport, transport);
        qsizetype deliveries = 0;
        Look look;
        for (int kill = 0; kill < m_kills / 2; ++kill) {
            FaultServer server(transport);
            play(server);
            runAndKill(server, nextMoment());
            if (QTest::currentTestFailed())
                return;

            look = lookAtCopy();
            QCOMPARE(look.integrity, u"ok"_s);
            QStringList open = look.openRequests();
            open.sort();
            const auto [told, shown] = startAgain();
            QCOMPARE(told, open);
            QCOMPARE(shown, open);
            const QList<Delivery> delivered = stopsAt(server);
            compare(look, delivered);
            if (QTest::currentTestFailed())
                return;
            deliveries += delivered.size();
            countPhases(look, delivered);
        }
        qInfo() << m_kills / 2 << "kills," << deliveries << "stops delivered," << look.intents.size() << "intents,"
                << m_openBefore.size() << "left open; kills that met a stop in a step:" << m_phases;
        QVERIFY(deliveries > m_kills);
        QVERIFY(!m_openBefore.isEmpty());
    }
};

}

STOPDESK_TEST(killed, TestKilled, QCoreApplication)
#include "tst_killed.moc"
