#include "app/gateway/environmentproxy.h"
#include "tests/support/testmain.h"

#include <QTest>

namespace environmentproxy_test {

using namespace Qt::StringLiterals;

/// "name=value" each, with a blank between.
QProcessEnvironment environmentOf(const QString &text)
{
    QProcessEnvironment environment;
    for (const QString &pair : text.split(u' ', Qt::SkipEmptyParts))
        environment.insert(pair.section(u'=', 0, 0), pair.section(u'=', 1));
    return environment;
}

QString shown(const std::optional<FoundProxies> &found)
{
    if (!found)
        return u"nothing said"_s;
    const QNetworkProxy proxy = found->proxies.value(0, QNetworkProxy::DefaultProxy);
    if (!found->trouble.isEmpty())
        return found->trouble;
    if (proxy.type() == QNetworkProxy::NoProxy)
        return u"directly"_s;
    const QString kind = proxy.type() == QNetworkProxy::HttpProxy ? u"http"_s : u"socks"_s;
    return u"%1 %2|%3|%4 %5"_s.arg(kind, proxy.user(), proxy.password(), proxy.hostName()).arg(proxy.port());
}

/// Which proxy the environment names, for each form in which people write it.
class TestEnvironmentProxy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aProxy_data()
    {
        QTest::addColumn<QString>("environment");
        QTest::addColumn<QString>("https");
        QTest::addColumn<QString>("http");
        const QString none = u"nothing said"_s;
        const QString proxy = u"http ||proxy 3128"_s;
        const auto row = [](const char *name, const QString &environment, const QString &https, const QString &http) {
            QTest::newRow(name) << environment << https << http;
        };
        row("nothing", {}, none, none);
        row("https", u"https_proxy=http://proxy:3128"_s, proxy, none);
        row("http", u"http_proxy=http://proxy:3128/"_s, proxy, proxy);
        row("all", u"all_proxy=http://proxy:3128"_s, proxy, proxy);
        row("its own before all", u"all_proxy=a:1 https_proxy=b:2 http_proxy=c:3"_s, u"http ||b 2"_s, u"http ||c 3"_s);
        row("all before that of http", u"all_proxy=a:1 http_proxy=c:3"_s, u"http ||a 1"_s, u"http ||c 3"_s);
        row("capitals", u"HTTPS_PROXY=proxy:3128"_s, proxy, none);
        row("all in capitals", u"ALL_PROXY=proxy:3128"_s, proxy, proxy);
        row("small letters first", u"HTTPS_PROXY=a:1 https_proxy=proxy:3128"_s, proxy, none);
        row("empty", u"https_proxy= HTTPS_PROXY=proxy:3128"_s, proxy, none);
        row("no scheme", u"https_proxy=proxy:3128"_s, proxy, none);
        row("no scheme, address", u"https_proxy=10.1.2.3:3128"_s, u"http ||10.1.2.3 3128"_s, none);
        row("no scheme, user", u"https_proxy=me:secret@proxy:3128"_s, u"http me|secret|proxy 3128"_s, none);
        row("no port", u"https_proxy=http://proxy"_s, u"http ||proxy 80"_s, none);
        row("IPv6", u"https_proxy=http://[fd00::1]:3128"_s, u"http ||fd00::1 3128"_s, none);
        row("capital scheme", u"https_proxy=HTTP://proxy:3128"_s, proxy, none);
        row("encoded", u"https_proxy=http://DOM%5Cme%40x:p%3A%2f%25@proxy:3128"_s,
            u"http DOM\\me@x|p:/%|proxy 3128"_s, none);
        row("not encoded", u"https_proxy=http://me:p@s#s/?w@proxy:3128"_s, u"http me|p@s#s/?w|proxy 3128"_s, none);
        row("colons in the password", u"https_proxy=http://me:a:b@proxy:3128"_s, u"http me|a:b|proxy 3128"_s, none);
        row("user alone", u"https_proxy=http://me@proxy:3128"_s, u"http me||proxy 3128"_s, none);
        row("socks", u"all_proxy=socks5h://proxy"_s, u"socks ||proxy 1080"_s, u"socks ||proxy 1080"_s);
        row("socks with a port", u"https_proxy=socks5://me:x@proxy:9"_s, u"socks me|x|proxy 9"_s, none);
        row("over https", u"https_proxy=https://me:secret@proxy:3128"_s,
            u"https_proxy names a proxy that is to be spoken to over https, which Stopdesk cannot; most take http:// too"_s,
            none);
        row("old socks", u"ALL_PROXY=socks4://me:secret@proxy"_s,
            u"ALL_PROXY names a proxy of SOCKS 4, and Stopdesk speaks SOCKS 5"_s,
            u"ALL_PROXY names a proxy of SOCKS 4, and Stopdesk speaks SOCKS 5"_s);
        for (const char *value : {"http://", "ftp://me:secret@proxy:1", "me:secret@", "http://proxy:secret", "://proxy"})
            row(value, u"https_proxy="_s + QString::fromLatin1(value),
                u"what https_proxy says cannot be read as the address of a proxy"_s, none);
    }
    void aProxy()
    {
        QFETCH(QString, environment);
        QTEST(shown(environmentProxy(QUrl(u"https://service.test"_s), environmentOf(environment))), "https");
        QTEST(shown(environmentProxy(QUrl(u"http://service.test"_s), environmentOf(environment))), "http");
    }

    void exempt_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("entries");
        QTest::addColumn<bool>("is");
        const auto row = [](const char *address, const char *entries, bool is) {
            QTest::addRow("%s in %s", address, entries) << QString::fromUtf8(address) << QString::fromUtf8(entries) << is;
        };
        row("https://api.example.com", "*", true);
        row("https://api.example.com", "api.example.com", true);
        row("https://api.example.com", "example.com", true);
        row("https://api.example.com", ".example.com", true);
        row("https://api.example.com", "*.example.com", true);
        row("https://api.example.com", "EXAMPLE.com.", true);
        row("https://api.example.com.", "example.com", true);
        row("https://api.example.com", "a.b,, example.com ,c", true);
        row("https://api.example.com", "a.b\texample.com", true);
        row("https://api.example.com", "ample.com", false);
        row("https://api.example.com", "www.api.example.com", false);
        row("https://api.example.com", "com.", true);
        row("https://api.example.com", ".,*.,:443", false);
        row("https://api.example.com", "example.com:443", true);
        row("https://api.example.com", "example.com:8443", false);
        row("https://api.example.com:8443", "example.com:8443", true);
        row("http://api.example.com", "example.com:80", true);
        row("https://b\u00fccher.example", "xn--bcher-kva.example", true);
        row("https://b\u00fccher.example", "b\u00fccher.example", true);
        row("https://10.1.2.3", "10.1.2.3", true);
        row("https://10.1.2.3", "10.1.2.3:443", true);
        row("https://10.1.2.3", "10.1.2.3:1", false);
        row("https://10.1.2.3", "10.0.0.0/8", true);
        row("https://10.1.2.3", "10.1.2.0/31", false);
        row("https://10.1.2.3", "2.3", false);
        row("https://10.1.2.3", "fd00::/8", false);
        row("https://10.1.2.3", "10.0.0.0/x", false);
        row("https://[fd00::1]", "fd00::/8", true);
        row("https://[fd00::1]", "fd00::1", true);
        row("https://[fd00::1]", "[fd00::1]", true);
        row("https://[fd00::1]:8443", "[fd00::1]:8443", true);
        row("https://[fd00::1]", "[fd00::1]:8443", false);
        row("https://[fd00::1]", "fd00::2", false);
        row("https://api.example.com", "10.0.0.0/8", false);
    }
    void exempt()
    {
        QFETCH(QString, address);
        QFETCH(QString, entries);
        QFETCH(bool, is);
        for (const QString &name : {u"no_proxy"_s, u"NO_PROXY"_s}) {
            QProcessEnvironment environment = environmentOf(u"https_proxy=proxy:1 http_proxy=proxy:1"_s);
            environment.insert(name, entries);
            QCOMPARE(shown(environmentProxy(QUrl(address), environment)), is ? u"directly"_s : u"http ||proxy 1"_s);
        }
    }

    /// Whoever lists a host wants no proxy for it, whoever else might know one.
    void exemptWithoutAProxyIsExemptFromTheDesktops()
    {
        const auto found = environmentProxy(QUrl(u"https://service.test"_s), environmentOf(u"no_proxy=.test"_s));
        QCOMPARE(shown(found), u"directly"_s);
    }
};

}

STOPDESK_TEST(environmentproxy, TestEnvironmentProxy, QCoreApplication)
#include "tst_environmentproxy.moc"
