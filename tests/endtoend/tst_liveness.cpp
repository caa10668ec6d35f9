#include "app/demo/demogateway.h"
#include "app/journal/journal.h"
#include "app/credentials/connectionbook.h"
#include "tests/support/memorysecretstore.h"
#include "tests/support/testmain.h"
#include "tests/ui/workplaceof.h"
#include "ui/mainwindow.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace liveness_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr int patience = 60'000;         // ms
constexpr int rowsWanted = 5'000;
constexpr qint64 longestGapAllowed = 250; // ms; generous: a debug build on a busy machine

/// Beats as often as the event loop lets it, and keeps how long each beat was late.
class Heartbeat : public QObject {
public:
    Heartbeat()
    {
        m_beat.callOnTimeout(this, [this] { m_gaps.append(m_since.nsecsElapsed()), m_since.start(); });
        m_beat.setTimerType(Qt::PreciseTimer);
        m_since.start();
        m_beat.start(1ms);
    }

    /// Says longest and median gap since the last call, in ms; gives the longest.
    qint64 report(const char *what)
    {
        std::ranges::sort(m_gaps);
        const qint64 longest = m_gaps.isEmpty() ? 0 : m_gaps.constLast();
        const qint64 median = m_gaps.isEmpty() ? 0 : m_gaps.at(m_gaps.size() / 2);
        qInfo("%s: longest gap %.1f ms, median %.2f ms, %lld beats", what, double(longest) / 1e6, double(median) / 1e6,
              static_cast<long long>(m_gaps.size()));
        m_gaps.clear();
        return longest / 1'000'000;
    }

private:
    QTimer m_beat;
    QElapsedTimer m_since;
    QList<qint64> m_gaps; // ns
};

/// Runs the event loop itself until the condition holds; QTRY_VERIFY would sleep 10 ms at a time.
bool runsUntil(const std::function<bool()> &condition)
{
    QEventLoop loop;
    QTimer look;
    look.callOnTimeout(&loop, [&] { condition() ? loop.exit(0) : void(); });
    look.start(5ms);
    QTimer::singleShot(patience, &loop, [&loop] { loop.exit(1); });
    return loop.exec() == 0;
}

DemoGateway::Options manyConversations()
{
    DemoGateway::Options options;
    options.extraConversations = rowsWanted;
    options.requestsPerMinute = 100'000;
    options.requestsPerHour = 100'000;
    return options;
}

/// Whether the window answers while thousands of conversations are read, shown and read again.
class Liveness : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theWindowAnswersWhileItReads();
};

void Liveness::theWindowAnswersWhileItReads()
{
    QTemporaryDir folder;
    DemoGateway gateway(manyConversations());
    SystemClock clock;
    MemorySecretStore store;
    SessionSecrets secrets;
    Journal journal(folder.filePath(u"journal.sqlite"_s), u"tester"_s);
    ConnectionList list(folder.filePath(u"stopdesk.ini"_s));
    ConnectionBook book(list, store, secrets);
    Console console({store, secrets, journal, clock, [] { return std::make_unique<QNetworkAccessManager>(); }});
    MainWindow window({workplaceOf(console, book), {}});
    Connection connection;
    connection.id = ConnectionId{u"demo"_s};
    connection.name = u"Demo"_s;
    connection.address = gateway.start();
    connection.requestsPerMinute = 100'000;
    connection.requestsPerHour = 100'000;
    secrets.keep(connection, Secret::fromStored(gateway.key().toLatin1()));
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));

    Heartbeat heart;
    console.open(connection);
    QVERIFY(runsUntil([&] { return console.link().freshness().readAt.isValid(); }));
    const qint64 opening = heart.report("opening");

    console.connector.setFilter(StateFilter::All);
    const auto hasAll = [&console] {
        console.link().readOlder();
        return console.link().conversations().rowCount() >= rowsWanted;
    };
    QVERIFY(runsUntil(hasAll));
    const qint64 loading = heart.report("loading 5,000 rows page by page");

    const QDateTime before = console.link().freshness().readAt;
    console.link().refresh();
    QVERIFY(runsUntil([&] { return console.link().freshness().readAt > before; }));
    const qint64 refreshing = heart.report("refreshing with 5,000 rows");
    QVERIFY(std::max({opening, loading, refreshing}) < longestGapAllowed);
}

}

STOPDESK_TEST(liveness, Liveness, QApplication)
#include "tst_liveness.moc"
