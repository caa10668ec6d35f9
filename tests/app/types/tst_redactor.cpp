#include "app/types/redactor.h"
#include "tests/support/testmain.h"

#include <QTest>
#include <QUrl>

namespace redactor_test {

using namespace Qt::StringLiterals;

/// What others say of a key, and what is told of that.
class TestRedactor : public QObject {
    Q_OBJECT

private:
    static QString redacted(const QByteArray &key, const QString &text)
    {
        return Redactor(Secret::fromStored(key)).redacted(text);
    }

private Q_SLOTS:
    void theKeyIsBlottedOut()
    {
        QCOMPARE(redacted("canary", u"canary: the key canary is wrong"_s), u"•••: the key ••• is wrong"_s);
        QCOMPARE(redacted("canary", u"nothing of it"_s), u"nothing of it"_s);
        QCOMPARE(redacted({}, u"no key"_s), u"no key"_s);
        QCOMPARE(redacted("k", u"k ok"_s), u"••• o•••"_s);
        QCOMPARE(redacted("canary", {}), QString());
    }

    void aPieceOfItIsBlottedOutToo()
    {
        const QByteArray key = "eyJhbGciOiJIUzI1NiJ9/canary";
        QCOMPARE(redacted(key, u"Wrong: eyJhbGciOiJIU…"_s), u"Wrong: •••…"_s);
        QCOMPARE(redacted(key, u"IUzI1NiJ9/canary, eyJhbGciOiJIUzI1NiJ9\\/canary"_s), u"•••, •••\\/canary"_s);
        QCOMPARE(redacted(key, u"eyJhbGciOiJIUzI1NiJ9/canary"_s), u"•••"_s);
    }

    /// No letters of it in a row are left, wherever the text was cut.
    void inAnySpelling_data()
    {
        QTest::addColumn<QString>("said");
        const QByteArray key = "xp_live+0123/ABC=defghij~klm";
        const auto row = [](const char *name, const QByteArray &said) { QTest::newRow(name) << QString::fromLatin1(said); };
        row("percent signs", QUrl::toPercentEncoding(QString::fromLatin1(key)));
        row("percent signs with small digits", "xp_live%2b0123%2fABC%3ddefghij~klm");
        for (const QByteArray &before : {QByteArray(), QByteArray("u:"), QByteArray("user:"), QByteArray("a user:")}) {
            const QByteArray whole = before + key;
            row("Base64 behind " + before, whole.toBase64());
            row("Base64 for addresses behind " + before, whole.toBase64(QByteArray::Base64UrlEncoding));
            row("Base64 within, behind " + before, (whole + " and so on").toBase64());
        }
    }
    void inAnySpelling()
    {
        QFETCH(QString, said);
        const QByteArray key = "xp_live+0123/ABC=defghij~klm";
        const Redactor redactor(Secret::fromStored(key));
        for (qsizetype length = said.size(); length > said.size() - 10; --length) {
            const QString told = redactor.redacted(u"said: "_s + said.first(length) + u'.');
            QVERIFY(told.startsWith(u"said: "_s) && told.endsWith(u'.'));
            // Up to the bytes that are not the key's alone, and what is too short to be known.
            QVERIFY2(told.size() < 6 + 30, qPrintable(told));
            QVERIFY(!said.contains(told.mid(6, 20)));
        }
    }

    void shortKeysInBase64AreNoWords()
    {
        QCOMPARE(redacted("abc", u"YWJj is a word"_s), u"YWJj is a word"_s);
        QCOMPARE(redacted("canary-1", u"Basic dTpjYW5hcnktMQ=="_s), u"Basic dTp•••Q=="_s);
    }
};

}

STOPDESK_TEST(redactor, TestRedactor, QCoreApplication)
#include "tst_redactor.moc"
