#include "app/gateway/gateway.h"
#include "app/gateway/httpchannel.h"
#include "app/journal/journal.h"
#include "app/stopping/stopservice.h"
#include "tests/bench/report.h"
#include "tests/support/faultserver.h"

#include <QCoreApplication>
#include <QFile>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QTimer>

#include <unistd.h>

#include <utility>

using namespace Qt::StringLiterals;

namespace {

using Steady = std::chrono::steady_clock;

constexpr int rounds = 300;
constexpr int restLength = 3; // ms, between two stops
constexpr int pollsQueued = 20;
const QByteArray stopBody = R"({"clear_queue":false})";

double milliseconds(Steady::duration length)
{
    return std::chrono::duration<double, std::milli>(length).count();
}

}

/// Stops over TLS on loopback, from the call or the click to the first byte at the server, one kind after another in
/// each round so that what disturbs the machine disturbs all. The service refuses them: nothing is read after a stop.
class StopLatency final : public QObject {
public:
    StopLatency()
        : m_server(FaultServer::Transport::Tls)
        , m_journal(m_folder.filePath(u"journal.sqlite"_s), u"bench"_s)
        , m_batch(m_journal, m_clock)
        , m_floorFile(m_folder.filePath(u"floor"_s))
    {
        m_server.answerWith(Reaction::answer(404));
        m_server.onPath("hang", Reaction::hang());
        connect(&m_batch, &StopService::changed, this, [this](const StopReport &report) {
            if (!isOpen(report.state))
                next();
        });
        for (int i = 0; i < pollsQueued; ++i)
            hang(m_polling, Lane::Poll);
        for (int i = 0; i < RequestBudget::inFlight; ++i)
            hang(m_checking, Lane::Check);
        openFloor();
        next();
    }

    void report();

private:
    struct Kind {
        QByteArray name;
        std::function<void(const QString &conversation)> stop;
    };

    std::shared_ptr<Gateway> makeGateway()
    {
        Connection connection;
        connection.id = {u"bench"_s};
        connection.address = m_server.url();
        connection.authorityFile = FaultServer::authorityFile();
        auto budget = std::make_shared<RequestBudget>(1'000'000, 10'000'000, m_clock);
        auto channel = std::make_shared<HttpChannel>(connection, Secret::fromStored("key"), std::move(budget), m_clock,
                                                     [] { return std::make_unique<QNetworkAccessManager>(); });
        channel->prewarm();
        return std::make_shared<Gateway>(connection, std::move(channel));
    }

    /// One hanging read more, and another when it has timed out.
    void hang(const std::shared_ptr<Gateway> &gateway, Lane lane)
    {
        gateway->record({u"hang"_s}, lane, this, [this, gateway, lane](const auto &) { hang(gateway, lane); });
    }

    void openFloor()
    {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.addCaCertificates(FaultServer::authorityFile());
        m_socket.setSslConfiguration(tls);
        m_socket.connectToHostEncrypted(u"127.0.0.1"_s, quint16(m_server.url().port()));
        if (!m_socket.waitForEncrypted() || !m_floorFile.open(QIODevice::WriteOnly))
            qFatal("No floor to measure from");
    }

    void sendBare(const QString &conversation)
    {
        const QByteArray path = "/v1/agents/a1/gateway/conversations/" + conversation.toLatin1() + "/stop";
        m_socket.write("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nx-api-key: key\r\nContent-Length: "
                       + QByteArray::number(stopBody.size()) + "\r\n\r\n" + stopBody);
        m_socket.flush();
        if (!m_socket.waitForReadyRead())
            qFatal("The floor does not hold");
        m_socket.readAll();
        next();
    }

    void sendBareAfterSync(const QString &conversation, int times)
    {
        for (int i = 0; i < times; ++i) {
            m_floorFile.write(conversation.toLatin1());
            m_floorFile.flush();
            ::fsync(m_floorFile.handle());
        }
        sendBare(conversation);
    }

    StopTarget target(const QString &conversation) const
    {
        StopTarget target;
        target.agent = {u"a1"_s};
        target.conversation = {conversation};
        target.connection = {u"bench"_s};
        return target;
    }

    void order(const std::shared_ptr<Gateway> &gateway, const QString &conversation)
    {
        gateway->order(target(conversation), ClearQueue::No, newRequestId(), {}, this, [this](const auto &) { next(); });
    }

    void click(const std::shared_ptr<Gateway> &gateway, const QString &conversation)
    {
        m_batch.use(gateway);
        m_batch.decide({target(conversation)}, ClearQueue::No);
    }

    void next()
    {
        if (m_step == rounds * int(m_kinds.size()))
            return QCoreApplication::quit();
        QTimer::singleShot(restLength, Qt::PreciseTimer, this, [this] {
            const Kind &kind = m_kinds[m_step % m_kinds.size()];
            const QByteArray name = kind.name + '-' + QByteArray::number(m_step++);
            m_begins.insert(name, Steady::now());
            kind.stop(QString::fromLatin1(name));
        });
    }

    QList<double> latencies(const QByteArray &kind) const;

    FaultServer m_server;
    QTemporaryDir m_folder;
    SystemClock m_clock;
    Journal m_journal;
    StopService m_batch;
    QFile m_floorFile;
    QSslSocket m_socket;
    std::shared_ptr<Gateway> m_idle = makeGateway();
    std::shared_ptr<Gateway> m_polling = makeGateway();
    std::shared_ptr<Gateway> m_checking = makeGateway();
    std::vector<Kind> m_kinds{
        {"bare", [this](const QString &id) { sendBare(id); }},
        {"order-idle", [this](const QString &id) { order(m_idle, id); }},
        {"order-polling", [this](const QString &id) { order(m_polling, id); }},
        {"order-checking", [this](const QString &id) { order(m_checking, id); }},
        {"synced-bare", [this](const QString &id) { sendBareAfterSync(id, 1); }},
        {"twice-synced-bare", [this](const QString &id) { sendBareAfterSync(id, 2); }},
        {"click-idle", [this](const QString &id) { click(m_idle, id); }},
        {"click-polling", [this](const QString &id) { click(m_polling, id); }},
        {"click-checking", [this](const QString &id) { click(m_checking, id); }},
    };
    int m_step = 0;
    QHash<QByteArray, Steady::time_point> m_begins;
};

QList<double> StopLatency::latencies(const QByteArray &kind) const
{
    QList<double> found;
    for (const Delivery &delivery : m_server.deliveries()) {
        const QByteArray conversation = delivery.path.split('/').value(6);
        if (conversation.left(conversation.lastIndexOf('-')) == kind)
            found.append(milliseconds(delivery.arrived - m_begins.value(conversation)));
    }
    if (found.size() != rounds)
        qFatal("%s was delivered %d times", kind.constData(), int(found.size()));
    return found;
}

void StopLatency::report()
{
    Report report(u"stoplatency"_s);
    const auto add = [&](const QString &what, const QByteArray &kind, const QString &peer, const QByteArray &peerKind) {
        for (const auto &[words, share] : {std::pair(u"median"_s, 0.5), std::pair(u"p99"_s, 0.99)})
            report.add(what + u", "_s + words, quantile(latencies(kind), share), u"ms"_s, peer,
                       quantile(latencies(peerKind), share));
    };
    add(u"queue to wire, idle"_s, "order-idle", u"bare kept-alive TLS socket"_s, "bare");
    add(u"queue to wire, polling saturated and hanging"_s, "order-polling", u"idle"_s, "order-idle");
    add(u"queue to wire, two hanging reads beside it"_s, "order-checking", u"idle"_s, "order-idle");
    const QString floor = u"one fsync and a bare TLS socket"_s;
    add(u"click to first byte, idle"_s, "click-idle", floor, "synced-bare");
    add(u"click to first byte, polling saturated and hanging"_s, "click-polling", floor, "synced-bare");
    add(u"click to first byte, two hanging reads beside it"_s, "click-checking", floor, "synced-bare");
    // The journal has a decision on the disk twice before it leaves: as an intent, and as being sent.
    add(u"click to first byte, idle"_s, "click-idle", u"two fsyncs and a bare TLS socket"_s, "twice-synced-bare");
    report.add(u"click to first byte, idle, above the floor"_s,
               quantile(latencies("click-idle"), 0.5) - quantile(latencies("synced-bare"), 0.5), u"ms"_s);
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    StopLatency latency;
    QCoreApplication::exec();
    latency.report();
}
