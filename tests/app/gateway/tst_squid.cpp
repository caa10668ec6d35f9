#include "app/gateway/httpchannel.h"
#include "tests/support/fakeclock.h"
#include "tests/support/faultserver.h"
#include "tests/support/testmain.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QtTest>

namespace squid_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

const QByteArray helper = "#!/bin/sh\n"
                          "while read -r user password; do\n"
                          "    [ \"$user $password\" = 'keeper s@cret' ] && echo OK || echo ERR\n"
                          "done\n";

/// Squid on the loopback address, for which service.test is this machine too.
class Squid {
public:
    explicit Squid(bool asksForUser)
    {
        QTcpServer free;
        free.listen(QHostAddress::LocalHost);
        m_port = free.serverPort();
        free.close();
        // As root, squid goes on as another user.
        for (const QString &open : {m_folder.path(), write(u"helper"_s, helper)})
            QFile(open).setPermissions(QFile::Permissions(0x7777));
        write(u"hosts"_s, "127.0.0.1 service.test\n");
        QByteArray rules = "http_port 127.0.0.1:" + QByteArray::number(m_port)
            + "\nhosts_file FOLDER/hosts\npid_filename none\ncache deny all\naccess_log none\ncache_log FOLDER/log\n"
              "coredump_dir FOLDER\npinger_enable off\nshutdown_lifetime 0 seconds\nvia on\n"
              "auth_param basic program /bin/sh FOLDER/helper\nauth_param basic realm test\n"
              "acl known proxy_auth REQUIRED\n";
        rules += asksForUser ? "http_access allow known\nhttp_access deny all\n" : "http_access allow all\n";
        const QString file = write(u"conf"_s, rules.replace("FOLDER", m_folder.path().toUtf8()));
        m_process.start(program(), {u"-N"_s, u"-n"_s, u"stopdesk%1"_s.arg(m_port), u"-f"_s, file});
    }
    ~Squid()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    bool listens()
    {
        return QTest::qWaitFor([this] {
            QTcpSocket socket;
            socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
            return socket.waitForConnected(200);
        }, 30000);
    }
    QString place() const { return u"127.0.0.1:%1"_s.arg(m_port); }
    QByteArray log()
    {
        QFile file(m_folder.filePath(u"log"_s));
        (void)file.open(QIODevice::ReadOnly);
        return file.readAll() + m_process.readAllStandardError();
    }

    static QString program() { return QStandardPaths::findExecutable(u"squid"_s, {u"/usr/sbin"_s, u"/usr/bin"_s}); }

private:
    QString write(const QString &name, const QByteArray &bytes)
    {
        QFile file(m_folder.filePath(name));
        (void)file.open(QIODevice::WriteOnly);
        file.write(bytes);
        return file.fileName();
    }

    QTemporaryDir m_folder;
    QProcess m_process;
    quint16 m_port = 0;
};

/// A real proxy, found as the program finds it: in the environment.
class TestSquid : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void throughSquid_data()
    {
        QTest::addColumn<bool>("asksForUser");
        QTest::addColumn<bool>("encrypted");
        QTest::addColumn<QString>("user"); ///< as it stands in the variable
        QTest::addColumn<QString>("words"); ///< of the failure; empty: it succeeds
        const QString none = u"asks for a user name and a password, and none are set for it"_s;
        const QString wrong = u"does not accept the user name and password that are set for it"_s;
        for (const bool encrypted : {true, false}) {
            const char *scheme = encrypted ? "https" : "http";
            QTest::addRow("nobody is asked, %s", scheme) << false << encrypted << u""_s << u""_s;
            QTest::addRow("a user, %s", scheme) << true << encrypted << u"keeper:s%40cret@"_s << u""_s;
            QTest::addRow("no user, %s", scheme) << true << encrypted << u""_s << none;
            QTest::addRow("a wrong password, %s", scheme) << true << encrypted << u"keeper:other@"_s << wrong;
        }
    }
    void throughSquid()
    {
        QFETCH(bool, asksForUser);
        QFETCH(bool, encrypted);
        QFETCH(QString, user);
        QFETCH(QString, words);
        if (Squid::program().isEmpty())
            QSKIP("squid is not installed.");
        Squid squid(asksForUser);
        QVERIFY2(squid.listens(), squid.log().constData());
        const FaultServer service(encrypted ? FaultServer::Transport::Tls : FaultServer::Transport::Plain);
        QUrl address = service.url();
        address.setHost(u"service.test"_s);
        qputenv(encrypted ? "https_proxy" : "http_proxy", (user + squid.place()).toUtf8());

        Connection connection;
        connection.address = address;
        connection.authorityFile = FaultServer::authorityFile();
        FakeClock clock;
        const auto channel = std::make_shared<HttpChannel>(
            connection, Secret::fromStored("key"), std::make_shared<RequestBudget>(1000, 10000, clock), clock,
            Network{[] { return std::make_unique<QNetworkAccessManager>(); }, nullptr, ProxyLookup::askSystem});
        QList<Result<HttpAnswer>> outcomes;
        const auto keep = [&outcomes](const Result<HttpAnswer> &answer) { outcomes.append(answer); };
        channel->send({.verb = "POST", .path = {u"stop"_s}, .body = "{}", .lane = Lane::Stop}, this, keep);
        channel->send({.path = {u"read"_s}}, this, keep);
        QVERIFY(QTest::qWaitFor([&] {
            clock.advance(0ms);
            return outcomes.size() == 2;
        }, 20000));
        qunsetenv("https_proxy");
        qunsetenv("http_proxy");

        for (const Result<HttpAnswer> &outcome : std::as_const(outcomes)) {
            QCOMPARE(outcome ? QString() : outcome.error().text,
                     words.isEmpty() ? QString() : u"the proxy %1 %2"_s.arg(squid.place(), words));
            if (!outcome) {
                QCOMPARE(outcome.error().kind, FailureKind::Proxy);
                QCOMPARE(outcome.error().reached, Reached::NeverLeft);
            }
        }
        QCOMPARE(service.deliveries().size(), words.isEmpty() ? 2 : 0);
        QVERIFY(!service.received().contains("Proxy-Authorization"));
    }
};

}

STOPDESK_TEST(squid, TestSquid, QCoreApplication)
#include "tst_squid.moc"
