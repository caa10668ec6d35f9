#include "app/types/ids.h"
#include "tests/support/testmain.h"

#include <QSet>
#include <QTest>

namespace ids_test {

using namespace Qt::StringLiterals;

/// Ids are opaque, but those that would change the path they are put into must be known in every spelling.
class TestIds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void collapses_data()
    {
        QTest::addColumn<QString>("id");
        const QStringList spellings{
            QString(),       u" "_s,        u"."_s,          u".."_s,       u" .. "_s,      u"%2e"_s,
            u"%2E"_s,        u"%2e%2e"_s,   u"%2E%2e"_s,     u".%2e"_s,     u"%2E."_s,      u"%252e"_s,
            u"%252E%252e"_s, u".%25252e"_s, u"%25252e%2e"_s, u"%20..%20"_s, u"%2e%20"_s,    u"..%0a"_s,
            u"%20"_s,        u"%00"_s,      u"..%00"_s,      u"../"_s,      u"..%2F"_s,     u"./."_s,
            u"../agents"_s,  u"a/../b"_s,   u"..%5c"_s,      u"..\\x"_s,    u"%2e%2e%2fx"_s, u"..;"_s,
            u"%/.."_s,       u"%/."_s,      u"%2/..%2f"_s,   u"%%2e/%2e."_s, u"%\\..%5c"_s,
        };
        for (const QString &spelling : spellings)
            QTest::addRow("\"%s\"", qPrintable(spelling)) << spelling;
        QTest::newRow("half a pair, that no path can bear") << u"a"_s + QChar(0xd83d) + u"b"_s;
        QTest::newRow("the other half") << u"a"_s + QChar(0xde00) + u"b"_s;
    }
    void collapses()
    {
        QFETCH(QString, id);
        QVERIFY(collapsesPath(id));
    }

    void staysWhereItIs_data()
    {
        QTest::addColumn<QString>("id");
        const QStringList ids{u"3f0c1a52-7d0e-4a54-9a6f-0d3f5a0b7c11"_s, u"..."_s,     u"a."_s,  u".a"_s,
                              u"..a"_s, u"a..b"_s, u"%"_s, u"%zz"_s, u"%2"_s, u"50%"_s, u"%2e%2e%2e"_s,
                              u"a b"_s, u"\u00e4"_s, u"?x=.."_s, u"#.."_s, u"\uff0e\uff0e"_s, u"a%2Fb"_s};
        for (const QString &id : ids)
            QTest::addRow("\"%s\"", qPrintable(id)) << id;
    }
    void staysWhereItIs()
    {
        QFETCH(QString, id);
        QVERIFY(!collapsesPath(id));
    }

    void aLongIdIsJudgedAtOnce()
    {
        QVERIFY(!collapsesPath(u"x"_s.repeated(100'000)));
        QVERIFY(!collapsesPath(QStringLiteral("%25").repeated(10'000) + u"x"_s));
        QVERIFY(collapsesPath(u"%"_s + u"25"_s.repeated(100'000) + u"2e"_s));
    }

    void requestIdsDiffer()
    {
        QSet<RequestId> ids;
        for (int n = 0; n < 100; ++n)
            ids.insert(newRequestId());
        QCOMPARE(ids.size(), 100);
        QCOMPARE(ids.begin()->value.size(), 36);
    }
};

}

STOPDESK_TEST(ids, TestIds, QCoreApplication)
#include "tst_ids.moc"
