#include "app/startarguments.h"
#include "tests/support/testmain.h"

#include <QTest>

namespace startarguments_test {

using namespace Qt::StringLiterals;

class StartArgumentsTest : public QObject {
    Q_OBJECT

    static StartArguments read(const QString &line)
    {
        return readArguments(QStringList{u"stopdesk"_s} + line.split(u' ', Qt::SkipEmptyParts));
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void withoutArgumentsThereIsAWindow()
    {
        const StartArguments none = read({});
        QVERIFY(!none.demo && !none.exitCode);
        QCOMPARE(none.output + none.complaint, QString());
    }

    void theDemoCanBeMadeLargerAndBeLimited()
    {
        const StartArguments usual = read(u"--demo"_s);
        QVERIFY(usual.demo);
        QCOMPARE(usual.keepDemoIn, QString()); // begins anew
        QCOMPARE(usual.demoSize, 0);
        QCOMPARE(usual.requestsPerMinute, 100);
        QCOMPARE(usual.requestsPerHour, 1000);
        const StartArguments large = read(u"--demo --demo-size 500 --demo-limits 60,4000"_s);
        QVERIFY(large.demo && !large.exitCode);
        QCOMPARE(large.demoSize, 500);
        QCOMPARE(large.requestsPerMinute, 60);
        QCOMPARE(large.requestsPerHour, 4000);
        QCOMPARE(read(u"--demo --demo-size=10000"_s).demoSize, 10000);
        QCOMPARE(read(u"--demo --demo-keep over/there"_s).keepDemoIn, u"over/there"_s);
    }

    void whatCannotBeFollowedIsSaidInWords_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("words");
        const QString size = u"--demo-size takes a number from 0 to 10000, not: "_s;
        const QString limits = u"--demo-limits takes two numbers from 1 to 1000000, as 100,1000, not: "_s;
        const QString needed = u"--demo-size, --demo-limits and --demo-keep need --demo."_s;
        QTest::newRow("too many") << u"--demo --demo-size 10001"_s << size + u"10001"_s;
        QTest::newRow("fewer than none") << u"--demo --demo-size=-1"_s << size + u"-1"_s;
        QTest::newRow("no number") << u"--demo --demo-size many"_s << size + u"many"_s;
        QTest::newRow("no whole number") << u"--demo --demo-size 5e2"_s << size + u"5e2"_s;
        QTest::newRow("larger than any") << u"--demo --demo-size 99999999999"_s << size + u"99999999999"_s;
        QTest::newRow("one limit") << u"--demo --demo-limits 100"_s << limits + u"100"_s;
        QTest::newRow("three limits") << u"--demo --demo-limits 1,2,3"_s << limits + u"1,2,3"_s;
        QTest::newRow("a limit of none") << u"--demo --demo-limits 0,1000"_s << limits + u"0,1000"_s;
        QTest::newRow("an empty limit") << u"--demo --demo-limits 100,"_s << limits + u"100,"_s;
        QTest::newRow("no value") << u"--demo --demo-size"_s << u"Missing value after '--demo-size'."_s;
        QTest::newRow("without the demo") << u"--demo-size 5"_s << needed;
        QTest::newRow("kept without the demo") << u"--demo-keep here"_s << needed;
        QTest::newRow("kept nowhere") << u"--demo --demo-keep="_s << u"--demo-keep takes a folder."_s;
        QTest::newRow("kept, no value") << u"--demo --demo-keep"_s << u"Missing value after '--demo-keep'."_s;
        QTest::newRow("a file") << u"notes.txt"_s << u"Unexpected argument: notes.txt"_s;
        QTest::newRow("unknown") << u"--faster"_s << u"Unknown option 'faster'."_s;
    }
    void whatCannotBeFollowedIsSaidInWords()
    {
        QFETCH(QString, line);
        QFETCH(QString, words);
        const StartArguments refused = read(line);
        QCOMPARE(refused.exitCode, 2);
        QCOMPARE(refused.complaint, words + u"\nTry: stopdesk --help\n"_s);
        QCOMPARE(refused.output, QString());
    }

    void helpNamesEveryOption()
    {
        const StartArguments help = read(u"--help"_s);
        QCOMPARE(help.exitCode, 0);
        for (const char *option : {"--demo ", "--demo-size <number>", "--demo-limits <minute,hour>",
                                   "--demo-keep <folder>", "--version"})
            QVERIFY2(help.output.contains(QLatin1StringView(option)), option);
        QCOMPARE(read(u"--version"_s).exitCode, 0);
    }
};

}

STOPDESK_TEST(startarguments, StartArgumentsTest, QCoreApplication)

#include "tst_startarguments.moc"
