#include "app/types/secret.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <memory>
#include <span>

namespace secret_test {

using namespace Qt::StringLiterals;

/// What people paste into a key field, and what becomes of it (promise 3). An empty `key` is a refusal whose message
/// holds `cause`.
class TestSecret : public QObject {
    Q_OBJECT

private:
    /// How often the heap holds these bytes. They are given inverted, so that this search holds them nowhere itself.
    static int countInHeap(const QByteArray &inverted)
    {
        QFile maps(u"/proc/self/maps"_s);
        static const QRegularExpression heap(u"^([0-9a-f]+)-([0-9a-f]+) rw.*\\[heap\\]$"_s, QRegularExpression::MultilineOption);
        const auto place = maps.open(QFile::ReadOnly) ? heap.match(QString::fromLatin1(maps.readAll())) : QRegularExpressionMatch();
        if (!place.hasMatch())
            return 0; // a sanitizer's heap has no name
        const auto address = [&](int n) { return reinterpret_cast<const char *>(place.captured(n).toULongLong(nullptr, 16)); };
        const char *const end = address(2) - inverted.size();
        int count = 0;
        for (const char *at = address(1); at < end; ++at)
            count += std::ranges::equal(inverted, std::span(at, size_t(inverted.size())), {}, [](char c) { return char(~c); }) ? 1 : 0;
        return count;
    }

private Q_SLOTS:
    void paste_data()
    {
        QTest::addColumn<QString>("input");
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QString>("cause");
        const QByteArray plain = "xp_live-0123.ABC/+=~!";
        const QString text = QString::fromLatin1(plain);
        const QByteArray none;

        QTest::newRow("plain") << text << plain << QString();
        QTest::newRow("one letter") << u"k"_s << QByteArray("k") << QString();
        QTest::newRow("newline at the end") << text + u'\n' << plain << QString();
        QTest::newRow("Windows newline at the end") << text + u"\r\n"_s << plain << QString();
        QTest::newRow("blanks around") << u"  "_s + text + u" \t"_s << plain << QString();
        QTest::newRow("hard space around") << u"\u00a0"_s + text + u"\u00a0"_s << plain << QString();
        QTest::newRow("2,000 bytes") << QString(2000, u'k') << QByteArray(2000, 'k') << QString();
        QTest::newRow("2,001 bytes") << QString(2001, u'k') << none << u"2,000"_s;
        QTest::newRow("2,000 after trimming") << QString(2000, u'k') + u'\n' << QByteArray(2000, 'k') << QString();
        QTest::newRow("empty") << QString() << none << u"Enter"_s;
        QTest::newRow("only blanks") << u" \t\r\n "_s << none << u"Enter"_s;
        QTest::newRow("blank inside") << u"xp live"_s << none << u"space"_s;
        QTest::newRow("header in a second line") << u"key\r\nX-Evil: 1"_s << none << u"line break"_s;
        QTest::newRow("hard space inside") << u"xp\u00a0live"_s << none << u"space"_s;
        QTest::newRow("NUL inside") << u"xp"_s + QChar(0) + u"live"_s << none << u"control"_s;
        QTest::newRow("NUL at the end") << u"xp"_s + QChar(0) << none << u"control"_s;
        QTest::newRow("escape") << u"\x1b[31mxp"_s << none << u"control"_s;
        QTest::newRow("delete") << u"xp\x7f"_s << none << u"control"_s;
        QTest::newRow("umlaut") << u"schl\u00fcssel"_s << none << u"ASCII"_s;
        QTest::newRow("typographic dash") << u"xp\u2013live"_s << none << u"ASCII"_s;
        QTest::newRow("invisible space") << u"xp\u200blive"_s << none << u"ASCII"_s;
        QTest::newRow("byte order mark") << u"\ufeffxp"_s << none << u"ASCII"_s;
        QTest::newRow("emoji") << u"xp\U0001f511"_s << none << u"ASCII"_s;
        QTest::newRow("lone surrogate") << u"xp"_s + QChar(0xd83d) << none << u"ASCII"_s;
    }
    void paste()
    {
        QFETCH(QString, input);
        QFETCH(QByteArray, key);
        QFETCH(QString, cause);
        QList<FieldError> problems;
        const auto secret = Secret::fromInput(input, &problems);
        QCOMPARE(secret.has_value(), !key.isEmpty());
        if (secret) {
            QCOMPARE(secret->reveal(), key);
            QVERIFY(problems.isEmpty());
            return;
        }
        QCOMPARE(problems.size(), 1);
        QCOMPARE(problems.first().place, QStringList(u"key"_s));
        QVERIFY2(problems.first().message.contains(cause), qPrintable(problems.first().message));
        QVERIFY(!Secret::fromInput(input)); // nobody needs to want the reasons
    }

    void noMessageRepeatsTheKey()
    {
        QList<FieldError> problems;
        Secret::fromInput(u"canary live"_s, &problems);
        Secret::fromInput(u"canary\u2013live"_s, &problems);
        QCOMPARE(problems.size(), 2);
        for (const FieldError &problem : problems)
            QVERIFY(!problem.message.contains(u"canary"_s));
    }

    void printsAsSecret()
    {
        QString printed;
        QDebug(&printed) << Secret::fromStored("canary");
        QVERIFY(printed.contains(u"(secret)"_s));
        QVERIFY(!printed.contains(u"canary"_s));
    }

    void equalByContent()
    {
        QCOMPARE(Secret::fromStored("a"), *Secret::fromInput(u" a "_s));
        QVERIFY(Secret::fromStored("a") != Secret::fromStored("b"));
        QVERIFY(Secret().isEmpty());
        QVERIFY(Secret::fromStored({}) == Secret());
    }

    /// What Qt copied meanwhile is not asked.
    void theLastCopyOverwritesIt()
    {
        QByteArray inverted("\x9c\x9e\x91\x9e\x8d\x86\xd2\xca\x9d\xce\x99\xd2\x8c\x9a\x9c\x8d\x9a\x8b");
        char key[18];
        std::ranges::transform(inverted, key, [](char c) { return char(~c); });
        auto first = std::make_unique<Secret>(Secret::fromStored(QByteArray::fromRawData(key, sizeof key)));
        auto second = std::make_unique<Secret>(*first);
        if (countInHeap(inverted) == 0)
            QSKIP("The heap is not where this test looks for it.");
        first.reset();
        QCOMPARE(countInHeap(inverted), 1);
        second.reset();
        QCOMPARE(countInHeap(inverted), 0);
    }
};

}

STOPDESK_TEST(secret, TestSecret, QCoreApplication)
#include "tst_secret.moc"
