#include "app/types/connection.h"

#include "app/types/certificates.h"
#include "tests/support/faultserver.h"
#include "tests/support/testmain.h"

#include <QTest>

namespace connection_test {

using namespace Qt::StringLiterals;

/// What the connection form accepts, and to which control an error belongs.
class TestConnection : public QObject {
    Q_OBJECT

private:
    static ConnectionDraft draft(const QString &address)
    {
        ConnectionDraft made;
        made.connection.name = u"Acme"_s;
        made.address = address;
        made.key = u"xp_key"_s;
        return made;
    }
    static QStringList places(const ConnectionDraft &draft)
    {
        QStringList found;
        for (const FieldError &problem : problems(draft))
            found << problem.place.join(u'/');
        return found;
    }

private Q_SLOTS:
    void address_data()
    {
        QTest::addColumn<QString>("input");
        QTest::addColumn<QString>("read"); ///< empty: refused
        QTest::addColumn<QString>("place");
        const QString none;
        const auto fine = [](const char *name, const QString &input, const QString &read = {}) {
            QTest::newRow(name) << input << (read.isEmpty() ? input : read) << QString();
        };
        const auto refused = [&](const char *name, const QString &input, const QString &place = u"address"_s) {
            QTest::newRow(name) << input << none << place;
        };
        fine("https", u"https://api.xpander.ai"_s);
        fine("slash at the end", u"https://api.xpander.ai/"_s, u"https://api.xpander.ai"_s);
        fine("blanks around", u" https://api.xpander.ai \n"_s, u"https://api.xpander.ai"_s);
        fine("capitals", u"HTTPS://API.Xpander.AI"_s, u"https://api.xpander.ai"_s);
        fine("port", u"https://api.xpander.ai:8443"_s);
        fine("path prefix", u"https://acme.example/xpander/api"_s);
        fine("path prefix, slashes", u"https://acme.example/xpander//"_s, u"https://acme.example/xpander"_s);
        fine("encoded prefix", u"https://acme.example/a%2Fb"_s);
        fine("IDN", u"https://b\u00fccher.example"_s, u"https://xn--bcher-kva.example"_s);
        fine("https, address", u"https://192.0.2.7"_s);
        fine("https, IPv6", u"https://[2001:db8::7]:8443"_s);
        fine("http, 127.0.0.1", u"http://127.0.0.1:8080"_s);
        fine("http, 127.8.9.10", u"http://127.8.9.10"_s);
        fine("http, ::1", u"http://[::1]:8080"_s);
        fine("http, localhost", u"http://localhost:8080/api"_s);
        fine("http, LOCALHOST", u"http://LOCALHOST"_s, u"http://localhost"_s);
        refused("http elsewhere", u"http://intranet"_s, u"plain_http"_s);
        refused("http, 0.0.0.0", u"http://0.0.0.0"_s, u"plain_http"_s);
        refused("http, looks like localhost", u"http://localhost.evil.example"_s, u"plain_http"_s);
        refused("http, looks like 127", u"http://127.0.0.1.evil.example"_s, u"plain_http"_s);
        refused("user and password", u"https://user:password@api.xpander.ai"_s);
        refused("user", u"https://user@api.xpander.ai"_s);
        refused("password alone", u"https://:password@api.xpander.ai"_s);
        refused("looks like another host", u"https://api.xpander.ai@evil.example"_s);
        refused("query", u"https://api.xpander.ai?key=1"_s);
        refused("empty query", u"https://api.xpander.ai/v1?"_s);
        refused("fragment", u"https://api.xpander.ai#top"_s);
        refused("empty", none);
        refused("blanks", u"  "_s);
        fine("no scheme", u"api.xpander.ai"_s, u"https://api.xpander.ai"_s);
        fine("no scheme, slash", u" api.xpander.ai/ "_s, u"https://api.xpander.ai"_s);
        fine("no scheme, port", u"api.xpander.ai:443"_s, u"https://api.xpander.ai:443"_s);
        fine("no scheme, path", u"acme.example/xpander"_s, u"https://acme.example/xpander"_s);
        fine("no scheme, word with a port", u"intranet:8443"_s, u"https://intranet:8443"_s);
        fine("no scheme, address", u"192.0.2.7"_s, u"https://192.0.2.7"_s);
        fine("no scheme, IDN", u"b\u00fccher.example"_s, u"https://xn--bcher-kva.example"_s);
        fine("no scheme, this machine", u"127.0.0.1:8741"_s, u"http://127.0.0.1:8741"_s);
        fine("no scheme, localhost", u"localhost:8741/api"_s, u"http://localhost:8741/api"_s);
        fine("no scheme, localhost alone", u"localhost"_s, u"http://localhost"_s);
        fine("no scheme, ::1", u"[::1]:8741"_s, u"http://[::1]:8741"_s);
        fine("no scheme, looks like 127", u"127.0.0.1.evil.example"_s, u"https://127.0.0.1.evil.example"_s);
        refused("no scheme, user", u"user:password@api.xpander.ai"_s);
        refused("a word, maybe a key", u"xp-canary-41"_s);
        refused("a token", u"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"_s);
        refused("one slash", u"https:/api.xpander.ai"_s);
        refused("no host", u"https://"_s);
        refused("no host but a path", u"https:///v1"_s);
        refused("scheme alone", u"https:"_s);
        fine("the version", u"https://api.xpander.ai/v1"_s, u"https://api.xpander.ai"_s);
        fine("the version and slashes", u"https://api.xpander.ai/v1//"_s, u"https://api.xpander.ai"_s);
        fine("the version of a service behind one", u"https://api.xpander.ai/v1/v1"_s, u"https://api.xpander.ai/v1"_s);
        fine("an operation of it", u"https://api.xpander.ai/v1/v1/agents"_s, u"https://api.xpander.ai/v1"_s);
        fine("a list", u"https://api.xpander.ai/v1/agents"_s, u"https://api.xpander.ai"_s);
        fine("an operation", u"https://api.xpander.ai/v1/agents/a1/gateway/conversations/c1/stop"_s,
             u"https://api.xpander.ai"_s);
        fine("an operation as it is documented", u"https://api.xpander.ai/v1/tasks/{task_id}/stop"_s,
             u"https://api.xpander.ai"_s);
        fine("an operation of an agent that is named v1", u"https://api.xpander.ai/v1/agents/v1/tasks"_s,
             u"https://api.xpander.ai"_s);
        fine("the version behind a proxy", u"https://acme.example/xp/v1/"_s, u"https://acme.example/xp"_s);
        fine("the version, no scheme", u"api.xpander.ai/v1"_s, u"https://api.xpander.ai"_s);
        fine("the version, this machine", u"localhost:8741/v1/agents"_s, u"http://localhost:8741"_s);
        fine("a proxy's own path", u"https://acme.example/xp"_s, u"https://acme.example/xp"_s);
        fine("a path that looks like a version", u"https://acme.example/v10"_s, u"https://acme.example/v10"_s);
        fine("a proxy that has versions", u"https://acme.example/v1/xpander"_s, u"https://acme.example/v1/xpander"_s);
        fine("a host that is named v1", u"https://v1.acme.example"_s, u"https://v1.acme.example"_s);
        refused("an operation with a query", u"https://api.xpander.ai/v1/tasks?page=1"_s);
        refused("port too large", u"https://api.xpander.ai:99999"_s);
        refused("port no number", u"https://api.xpander.ai:https"_s);
        refused("blank inside", u"https://api.xpander.ai/a b"_s);
        refused("line break inside", u"https://api.xpander.ai\nhttps://evil.example"_s);
        refused("backslash", u"https:\\\\api.xpander.ai"_s);
        refused("file", u"file:///etc/passwd"_s);
        refused("ftp", u"ftp://api.xpander.ai"_s);
        refused("our own links", u"stopdesk://open?c=1"_s);
        refused("words", u"the one from the mail"_s);
    }
    void address()
    {
        QFETCH(QString, input);
        QFETCH(QString, read);
        QFETCH(QString, place);
        const ConnectionDraft made = draft(input);
        QCOMPARE(places(made).join(u' '), place);
        if (!read.isEmpty())
            QCOMPARE(addressFromInput(input).toString(QUrl::FullyEncoded), read);
        for (const FieldError &problem : problems(made)) {
            QVERIFY(!problem.message.isEmpty());
            QVERIFY(!problem.message.contains(u"password@"_s));
        }
    }

    void httpElsewhereCanBeAccepted()
    {
        ConnectionDraft made = draft(u"http://intranet:8080/api"_s);
        made.connection.plainHttpAccepted = true;
        QCOMPARE(places(made), QStringList());
        made.address = u"http://user:password@intranet"_s; // which accepts nothing else
        QCOMPARE(places(made), QStringList(u"address"_s));
    }

    void plainHttpElsewhere()
    {
        QVERIFY(isPlainHttpElsewhere(QUrl(u"http://intranet"_s)));
        QVERIFY(isPlainHttpElsewhere(QUrl(u"http://192.0.2.7"_s)));
        QVERIFY(!isPlainHttpElsewhere(QUrl(u"https://intranet"_s)));
        QVERIFY(!isPlainHttpElsewhere(QUrl(u"http://[::1]"_s)));
    }

    void everyProblemIsSaidAtOnce()
    {
        ConnectionDraft made = draft({});
        made.connection.name = u"  "_s;
        made.connection.authorityFile = u"/nowhere/ca.pem"_s;
        made.connection.requestsPerMinute = 0;
        made.key = u"a b"_s;
        QCOMPARE(places(made), QStringList({u"name"_s, u"address"_s, u"key"_s, u"authority"_s, u"limits"_s}));
    }

    void anAuthorityIsAFileWithACertificate()
    {
        ConnectionDraft made = draft(u"https://api.xpander.ai"_s);
        made.connection.authorityFile = u"/"_s;
        QCOMPARE(problems(made).value(0).place, QStringList(u"authority"_s));
        QCOMPARE(problems(made).value(0).message, readAuthorityFile(u"/"_s).trouble);
        made.connection.authorityFile = FaultServer::authorityFile();
        QCOMPARE(places(made), QStringList());
    }

    void aStoredKeyNeedNotBeTyped()
    {
        ConnectionDraft made = draft(u"https://api.xpander.ai"_s);
        made.key.clear();
        QCOMPARE(places(made), QStringList(u"key"_s));
        made.keyNeeded = false;
        QCOMPARE(places(made), QStringList());
        made.key = u"a b"_s;
        QCOMPARE(places(made), QStringList(u"key"_s));
    }

    void onlyTheGatewayRoutesClearAQueueAlone()
    {
        Connection connection;
        QVERIFY(connection.canClearQueueAlone());
        connection.routes = RouteFamily::Conversations;
        QVERIFY(!connection.canClearQueueAlone());
    }
};

}

STOPDESK_TEST(connection, TestConnection, QCoreApplication)
#include "tst_connection.moc"
