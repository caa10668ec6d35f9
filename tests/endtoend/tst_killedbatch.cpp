#include "tests/support/faultserver.h"
#include "tests/support/testmain.h"

#include <QDeadlineTimer>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QtTest>

#include <thread>

namespace killedbatch_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr int count = 60;

/// The steps that the journal has of each conversation, in order.
QMap<QString, QStringList> stepsIn(const QString &file)
{
    QMap<QString, QStringList> steps;
    {
        auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"look"_s);
        database.setDatabaseName(file);
        database.open();
        QSqlQuery query(u"SELECT i.conversation, e.step FROM entry e JOIN entry i ON i.id = coalesce(e.intent, e.id) "
                        "ORDER BY e.id"_s,
                        database);
        while (query.next())
            steps[query.value(0).toString()].append(query.value(1).toString());
    }
    QSqlDatabase::removeDatabase(u"look"_s);
    return steps;
}

/// The program killed with SIGKILL in the middle of a batch, and started again: what was delivered stands in the
/// journal as sent, what was still in line is not sent, and nothing leaves by itself.
class TestKilledBatch : public QObject {
    Q_OBJECT

private:
    QString journal() const { return m_folder->filePath(u"journal.sqlite"_s); }
    static QByteArrayList stopsAt(const FaultServer &server)
    {
        QByteArrayList paths;
        for (const Delivery &delivery : server.deliveries()) {
            if (delivery.path.endsWith("/stop"))
                paths.append(delivery.path);
        }
        return paths;
    }

    /// What is still under way when it dies is not read any more: the count stands.
    void killAfter(FaultServer &server, int stops)
    {
        QProcess desk;
        desk.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        desk.start(QStringLiteral(STOPDESK_KILLED_DESK),
                   {u"many"_s, journal(), server.url().toString(), QString::number(count)});
        QVERIFY(desk.waitForReadyRead());
        const QDeadlineTimer patience(20s);
        while (stopsAt(server).size() < stops && !patience.hasExpired())
            std::this_thread::sleep_for(100us);
        desk.kill();
        QVERIFY(desk.state() == QProcess::NotRunning || desk.waitForFinished());
        QCOMPARE(desk.exitStatus(), QProcess::CrashExit);
        QVERIFY(!patience.hasExpired());
        server.closeConnections();
    }

    void startAgain(const FaultServer &server)
    {
        QProcess desk;
        desk.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        desk.start(QStringLiteral(STOPDESK_KILLED_DESK), {u"again"_s, journal(), server.url().toString()});
        QVERIFY(desk.waitForFinished());
        QCOMPARE(desk.exitCode(), 0);
    }

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void whatWasInLineIsNotSentAndNothingLeavesByItself_data()
    {
        QTest::addColumn<int>("stops");
        for (const int stops : {1, 2, 17, 40, 59})
            QTest::addRow("killed after %d", stops) << stops;
    }
    void whatWasInLineIsNotSentAndNothingLeavesByItself()
    {
        QFETCH(int, stops);
        FaultServer server;
        server.answerWith(Reaction::answer(200, R"({"conversation_id":"c","is_running":false})"));
        server.onPath("/stop", Reaction::answer(200).after(3ms));
        killAfter(server, stops);
        if (QTest::currentTestFailed())
            return;
        const QByteArrayList delivered = stopsAt(server);

        startAgain(server);
        QCOMPARE(stopsAt(server), delivered);
        const auto steps = stepsIn(journal());
        QCOMPARE(steps.size(), count); // all intents were on the disk before the first left
        int sent = 0;
        for (auto row = steps.begin(); row != steps.end(); ++row) {
            const bool wasSent = row->contains(u"sent"_s);
            sent += wasSent ? 1 : 0;
            const bool arrived = delivered.contains("/v1/agents/a1/gateway/conversations/" + row.key().toLatin1() + "/stop");
            QVERIFY2(wasSent || !arrived, qPrintable(row.key() + u" arrived and is not in the journal as sent"_s));
            QVERIFY2(wasSent || row->last() == u"not sent", qPrintable(row.key() + u": "_s + row->join(u", "_s)));
            QVERIFY2(!wasSent || row->last() != u"not sent", qPrintable(row.key() + u": "_s + row->join(u", "_s)));
        }
        QVERIFY2(delivered.size() <= sent && sent <= delivered.size() + 2, qPrintable(QString::number(sent)));
        QVERIFY(sent < count || stops > count - 3);
    }
};

}

STOPDESK_TEST(killedbatch, TestKilledBatch, QCoreApplication)
#include "tst_killedbatch.moc"
