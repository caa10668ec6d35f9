#include "app/credentials/tokenend.h"
#include "tests/support/testmain.h"

#include <QtTest>

namespace tokenend_test {

using namespace Qt::StringLiterals;

/// When a bearer token says that it ends, and that nothing it says does any harm.
class TestTokenEnd : public QObject {
    Q_OBJECT

    static QByteArray token(const QByteArray &claims)
    {
        const auto part = [](const QByteArray &text) {
            return text.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
        };
        return part(R"({"alg":"RS256"})") + '.' + part(claims) + ".c2lnbmF0dXJl";
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void itIsReadFromTheClaims_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("end");
        const QString end = u"2026-05-13T12:12:00Z"_s;
        QTest::newRow("a token") << token(R"({"sub":"noa","exp":1778674320})") << end;
        QTest::newRow("a fraction of a second") << token(R"({"exp":1778674320.75})") << end;
        QTest::newRow("signs of its own alphabet") << token(R"({"a":"\u00ff??>>~~","exp":1778674320})") << end;
        QTest::newRow("padded") << "e30." + QByteArray(R"({"exp":1778674320})").toBase64() + ".x" << end;
        QTest::newRow("long ago") << token(R"({"exp":0})") << u"1970-01-01T00:00:00Z"_s;
        QTest::newRow("the last of all dates") << token(R"({"exp":253402300799})") << u"9999-12-31T23:59:59Z"_s;
        for (const char *claims : {"", "{}", "[1778674320]", "1778674320", R"({"exp":"1778674320"})", R"({"exp":null})",
                                   R"({"exp":-1})", R"({"exp":1e300})", R"({"exp":253402300800})", R"({"exp":{}})",
                                   R"({"Exp":1778674320})", R"({"exp":1778674320)", "\xff\xfe\0"})
            QTest::addRow("says %s", claims) << token(claims) << QString();
        QTest::newRow("nested deeper than anybody needs") << token(QByteArray(1400, '[')) << QString();
        for (const char *text : {"", ".", "..", "...", "a.b", "a.b.c", "sk-12345", "a.%%.c", "a.e30=e30.c", "a.é.c"})
            QTest::addRow("no token: %s", text) << QByteArray(text) << QString();
        const QByteArray good = token(R"({"exp":1778674320})");
        QTest::newRow("a part more") << good + ".x" << QString();
        QTest::newRow("a part less") << good.left(good.lastIndexOf('.')) << QString();
        QTest::newRow("another alphabet") << "a." + QByteArray(R"({"a":"??????","exp":1778674320})").toBase64() + ".x"
                                          << QString();
    }
    void itIsReadFromTheClaims()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, end);
        const QDateTime found = tokenEnd(Secret::fromStored(text));
        QCOMPARE(found.isValid() ? found.toString(Qt::ISODate) : QString(), end);
    }
};

}

STOPDESK_TEST(tokenend, TestTokenEnd, QCoreApplication)
#include "tst_tokenend.moc"
