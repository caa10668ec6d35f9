#include "app/gateway/httpchannel.h"
#include "app/gateway/networkwatch.h"
#include "tests/support/fakeclock.h"
#include "tests/support/faultserver.h"
#include "tests/support/testmain.h"

#include <QNetworkInformation>
#include <QtTest>

#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace offline_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// From now on this process has a network of its own, with no way out of this machine.
bool goOffline()
{
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0)
        return false;
    const int socket = ::socket(AF_INET, SOCK_DGRAM, 0);
    ifreq loopback{};
    strcpy(loopback.ifr_name, "lo");
    loopback.ifr_flags = IFF_UP;
    const bool isUp = ::ioctl(socket, SIOCSIFFLAGS, &loopback) == 0;
    ::close(socket);
    return isUp;
}

/// A system that says "offline", rightly or not, keeps nobody from stopping.
class TestOffline : public QObject {
    Q_OBJECT

public:
    bool m_isOffline = false;

private Q_SLOTS:
    void aStopIsSentAllTheSame()
    {
        if (!m_isOffline)
            QSKIP("This system gives a test no network of its own.");
        FakeClock clock;
        NetworkWatch watch(clock);
        watch.start();
        const QNetworkInformation *system = QNetworkInformation::instance();
        if (!system)
            QSKIP("Qt has no plugin here that knows the system's network.");
        QTRY_COMPARE(system->reachability(), QNetworkInformation::Reachability::Disconnected);

        const FaultServer server;
        Connection connection;
        connection.address = server.url();
        const auto channel = std::make_shared<HttpChannel>(
            connection, Secret::fromStored("key"), std::make_shared<RequestBudget>(100, 1000, clock), clock,
            Network{[] { return std::make_unique<QNetworkAccessManager>(); }, &watch});
        std::optional<Result<HttpAnswer>> answer;
        QObject asker;
        const HttpRequest stop{.verb = "POST", .path = {u"stop"_s}, .body = "{}", .lane = Lane::Stop};
        channel->send(stop, &asker, [&](const Result<HttpAnswer> &told) { answer = told; });
        clock.advance(1ms);
        QTRY_VERIFY(answer.has_value());
        QVERIFY(answer->has_value());
        QCOMPARE(server.deliveries().size(), 1);
    }
};

}

int tst_offline(int argc, char *argv[])
{
    offline_test::TestOffline test;
    test.m_isOffline = offline_test::goOffline(); // before there is a second thread
    QCoreApplication application(argc, argv);
    return QTest::qExec(&test, argc, argv);
}

#include "tst_offline.moc"
