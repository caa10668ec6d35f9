// A batch of 1,000 stops against a service that enforces its limit, by the whole console, beside a loop of one request
// after another and an `xargs -P8 curl`. Time is scaled alike for all three: the service's minute is so many times
// shorter, and the clock of the session so many times faster. Times are told in the service's time.
#include "app/journal/journal.h"
#include "tests/support/console.h"
#include "tests/bench/batchservice.h"
#include "tests/bench/report.h"
#include "tests/support/fastclock.h"
#include "tests/support/memorysecretstore.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int most = 1000;    ///< stops without clearing
constexpr int clearing = 200; ///< stops with clearing
constexpr int scale = 20;
constexpr double perMinute = 90; ///< 90 % of 100

struct Outcome {
    double seconds = 0; ///< of the service's time, until the last outcome
    BatchService::Counts counts;
    int missing = 0;    ///< without an outcome
    int wrong = 0;      ///< said to have stopped and runs, or the other way round
    int unknown = 0;    ///< said not to be known
    int undelivered = 0;
};

double residentMegabytes()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return double(file.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE)) / (1024 * 1024);
}

int undelivered(const BatchService &service, int stops)
{
    int count = 0;
    for (int i = 1; i <= stops; ++i)
        count += service.wasDelivered(BatchService::idOf(i)) ? 0 : 1;
    return count;
}

/// The longest time between two turns of the event loop.
class Gap final : public QObject {
public:
    Gap()
    {
        m_since.start();
        m_beat.setTimerType(Qt::PreciseTimer);
        m_beat.callOnTimeout(this, [this] { longest = std::max(longest, double(m_since.nsecsElapsed()) / 1e6), m_since.start(); });
        m_beat.start(1ms);
    }
    double longest = 0; ///< ms

private:
    QTimer m_beat;
    QElapsedTimer m_since;
};

/// The session with everything behind it, as the window has it.
class BatchUser final : public QObject {
public:
    BatchUser(const BatchService &service, int stops, ClearQueue choice, int perHour)
        : m_service(service)
        , m_stops(stops)
        , m_choice(choice)
        , m_journal(m_folder.filePath(u"journal.sqlite"_s), u"bench"_s)
        , m_console({m_store, m_secrets, m_journal, m_clock, [] { return std::make_unique<QNetworkAccessManager>(); }})
    {
        m_connection.id = {u"bench"_s};
        m_connection.address = QUrl(u"http://127.0.0.1:%1"_s.arg(service.port()));
        m_connection.requestsPerHour = perHour;
        m_secrets.keep(m_connection, Secret::fromStored("key"));
        connect(&m_console.stops, &StopService::changed, this, [this](const StopReport &report) { take(report); });
    }

    Outcome run()
    {
        m_console.open(m_connection);
        QTimer::singleShot(60s / scale + 100ms, this, [this] { decide(); }); // with a minute that is not yet used
        QCoreApplication::exec();
        Outcome outcome;
        outcome.seconds = double((m_lastAt - m_begunAt).count()) / 1000;
        outcome.counts = m_service.counts();
        outcome.counts.requests -= m_requestsBefore;
        outcome.missing = m_stops - int(m_done.size());
        outcome.undelivered = undelivered(m_service, m_stops);
        for (const StopReport &report : std::as_const(m_reports)) {
            const bool isUnknown = report.state == StopState::Unconfirmed;
            const bool runs = m_service.runs(report.target.conversation.value.toLatin1());
            outcome.unknown += isUnknown ? 1 : 0;
            outcome.wrong += !isUnknown && hasStopped(report.state) == runs ? 1 : 0;
        }
        return outcome;
    }

    Gap gap;
    double memoryAtStart = 0;
    double memoryInTheMiddle = 0;
    double memoryAtTheEnd = 0;
    double announced = 0; ///< s, for stops and proofs, before the first one left
    int confirmed() const { return int(std::ranges::count_if(m_reports, [](const StopReport &report) { return hasStopped(report.state); })); }

private:
    void decide()
    {
        QList<StopTarget> targets;
        for (int i = 1; i <= m_stops; ++i) {
            StopTarget target;
            target.agent = {u"a1"_s};
            target.conversation = {QString::fromLatin1(BatchService::idOf(i))};
            target.title = u"T"_s;
            target.connection = m_connection.id;
            target.ranBefore = true;
            target.listedAs = RowState::Running;
            targets.append(target);
        }
        memoryAtStart = residentMegabytes();
        gap.longest = 0;
        m_requestsBefore = m_service.counts().requests;
        m_begunAt = m_clock.monotonic();
        const auto forecast = m_console.link().usage().whenSent(m_stops, m_choice == ClearQueue::Yes ? m_stops : 0);
        announced = forecast ? double(std::max(forecast->total, forecast->proven).count()) / 1000 : 0;
        m_console.stops.decide(targets, m_choice, {});
    }

    void take(const StopReport &report)
    {
        m_reports.insert(report.id, report);
        if (isUndecided(report.state))
            return;
        const bool isNew = !m_done.contains(report.id);
        m_done.insert(report.id);
        if (isNew)
            m_lastAt = m_clock.monotonic();
        if (isNew && m_done.size() == m_stops / 2)
            memoryInTheMiddle = residentMegabytes();
        if (isNew && m_done.size() == m_stops) {
            memoryAtTheEnd = residentMegabytes();
            QCoreApplication::quit();
        }
    }

    const BatchService &m_service;
    int m_stops;
    ClearQueue m_choice;
    QTemporaryDir m_folder;
    FastClock m_clock{scale};
    MemorySecretStore m_store;
    SessionSecrets m_secrets;
    Journal m_journal;
    Console m_console;
    Connection m_connection;
    int m_requestsBefore = 0;
    Duration m_begunAt{0};
    Duration m_lastAt{0};
    QHash<qint64, StopReport> m_reports;
    QSet<qint64> m_done;
};

/// A script that says "STATUS ID" for each stop, 000 where no answer came. It takes 200 for stopped.
Outcome runScript(const QString &script)
{
    const BatchService service(most, scale);
    const QString stop = uR"(stop() { curl -s -o /dev/null -w '%{http_code}' -X POST -H 'x-api-key: key' )"
                         uR"(-H 'Content-Type: application/json' -d '{"clear_queue":false}' )"
                         u"http://127.0.0.1:%1/v1/agents/a1/gateway/conversations/$1/stop; }; export -f stop; "_s.arg(service.port());
    QProcess process;
    QElapsedTimer timer;
    timer.start();
    process.start(u"bash"_s, {u"-c"_s, stop + script});
    process.waitForFinished(-1);
    Outcome outcome;
    outcome.seconds = double(timer.elapsed()) * scale / 1000;
    QThread::msleep(1000 / scale); // the last ones take effect
    outcome.counts = service.counts();
    outcome.undelivered = undelivered(service, most);
    QHash<QByteArray, QByteArray> said;
    for (const QByteArray &line : process.readAllStandardOutput().split('\n'))
        said.insert(line.split(' ').value(1), line.split(' ').value(0));
    for (int i = 1; i <= most; ++i) {
        const QByteArray id = BatchService::idOf(i);
        outcome.missing += said.contains(id) ? 0 : 1;
        const bool isUnknown = said.value(id, "000") == "000";
        outcome.unknown += isUnknown ? 1 : 0;
        outcome.wrong += !isUnknown && (said.value(id) == "200") == service.runs(id) ? 1 : 0;
    }
    return outcome;
}

void tell(Report &report, const QString &who, const Outcome &outcome, int stops = most)
{
    report.add(who + u": time"_s, outcome.seconds, u"s"_s, u"90 % of the limit"_s, stops / perMinute * 60);
    report.add(who + u": refused as too many (429)"_s, outcome.counts.refused, u"requests"_s);
    report.add(who + u": requests"_s, outcome.counts.requests, u"requests"_s, u"stops"_s, stops);
    report.add(who + u": never delivered"_s, outcome.undelivered, u"stops"_s);
    report.add(who + u": sent again to what had been stopped"_s, outcome.counts.twice, u"stops"_s);
    report.add(who + u": wrong outcomes"_s, outcome.wrong, u"stops"_s);
    report.add(who + u": outcome not known"_s, outcome.unknown, u"stops"_s);
    report.add(who + u": without an outcome"_s, outcome.missing, u"stops"_s);
}

}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    Report report(u"batch"_s);
    {
        const BatchService service(most, scale);
        BatchUser user(service, most, ClearQueue::No, 10'000'000);
        const Outcome outcome = user.run();
        tell(report, u"console"_s, outcome);
        report.add(u"console: requests per confirmed stop"_s, double(outcome.counts.requests) / user.confirmed(), u"requests"_s);
        report.add(u"console: longest gap of the event loop"_s, user.gap.longest, u"ms"_s, u"goal"_s, 50);
        report.add(u"console: memory in the middle"_s, user.memoryInTheMiddle, u"MB"_s, u"at the start"_s, user.memoryAtStart);
        report.add(u"console: memory at the end"_s, user.memoryAtTheEnd, u"MB"_s, u"at the start"_s, user.memoryAtStart);
        report.add(u"console: announced for stops and proofs"_s, user.announced, u"s"_s, u"took"_s, outcome.seconds);
    }
    {
        const BatchService service(clearing, scale, 2);
        BatchUser user(service, clearing, ClearQueue::Yes, 1000);
        const Outcome outcome = user.run();
        tell(report, u"console, clearing"_s, outcome, clearing);
        report.add(u"console, clearing: requests per confirmed stop"_s, double(outcome.counts.requests) / user.confirmed(), u"requests"_s, u"at most"_s, 2.2);
        report.add(u"console, clearing: announced for stops and proofs"_s, user.announced, u"s"_s, u"took"_s, outcome.seconds);
    }
    tell(report, u"loop, again on 429 after 1 s"_s,
         runScript(u"for i in $(seq %1); do while s=$(stop c$i); [ $s = 429 ]; do sleep %2; done; echo $s c$i; done"_s
                       .arg(most).arg(1.0 / scale)));
    tell(report, u"xargs -P8 curl"_s,
         runScript(u"one() { echo $(stop $1) $1; }; export -f one; seq -f 'c%.0f' %1 | xargs -P8 -I{} bash -c 'one {}'"_s.replace(u"%1"_s, QString::number(most))));
}
