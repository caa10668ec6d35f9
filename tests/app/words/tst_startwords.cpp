#include "app/words/startwords.h"
#include "tests/support/testmain.h"

#include <QtTest>

namespace startwords_test {

using namespace Qt::StringLiterals;

/// What a start says of another Stopdesk, and of the folder in which data are kept.
class TestStartWords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whereTheOtherRunsIsSaidAsFarAsItIsKnown_data()
    {
        QTest::addColumn<RunningInstance>("other");
        QTest::addColumn<QString>("words");
        QTest::newRow("X11") << RunningInstance{1234, {}, u"x11 :1"_s}
                             << u"Stopdesk is already running on display :1 (process 1234)."_s;
        QTest::newRow("Wayland") << RunningInstance{1234, {}, u"wayland wayland-0"_s}
                                 << u"Stopdesk is already running on the Wayland display wayland-0 (process 1234)."_s;
        QTest::newRow("another platform") << RunningInstance{1234, {}, u"vnc"_s}
                                          << u"Stopdesk is already running on another screen (vnc) (process 1234)."_s;
        QTest::newRow("another computer") << RunningInstance{1234, u"desk-7"_s, {}}
                                          << u"Stopdesk is already running on the computer desk-7 (process 1234)."_s;
        QTest::newRow("nobody knows which computer") << RunningInstance{0, unknownComputer, {}}
                                                     << u"Stopdesk is already running on another computer."_s;
        QTest::newRow("no process") << RunningInstance{0, {}, u"x11 :1"_s}
                                    << u"Stopdesk is already running on display :1."_s;
        QTest::newRow("nothing") << RunningInstance() << u"Stopdesk is already running."_s;
        QTest::newRow("what is no name") << RunningInstance{1, {}, u"x11 :1\n\u202e"_s}
                                         << u"Stopdesk is already running on display :1 \ufffd (process 1)."_s;
    }
    void whereTheOtherRunsIsSaidAsFarAsItIsKnown()
    {
        QFETCH(RunningInstance, other);
        QFETCH(QString, words);
        QCOMPARE(words::runsElsewhere(other), words);
    }

    void whoIsBesideIsSaid()
    {
        QCOMPARE(words::startsBeside({1234, {}, {}}, {}),
                 u"Another Stopdesk (process 1234) does not answer. This one starts beside it."_s);
        QCOMPARE(words::startsBeside({1234, u"desk-7"_s, {}}, u"/home/noa/instance.lock"_s),
                 u"Stopdesk is already running on the computer desk-7 (process 1234). This one starts beside it. If that "
                 "computer is off, remove /home/noa/instance.lock."_s);
    }

    void whatKeepsLaterStartsAwayIsSaid()
    {
        QVERIFY(words::startsUnchecked(u"/home/noa"_s).startsWith(u"Whether another Stopdesk runs is not known"_s));
        QVERIFY(words::startsUnheard(u"/home/noa"_s).contains(u"cannot be brought to the front"_s));
        QVERIFY(words::startsUnheard(u"/home/noa"_s).endsWith(u"nor in /home/noa."_s));
    }

    void whatAFolderLacksIsSaidOfEach()
    {
        QCOMPARE(words::folderLacks(FolderTrouble::None, u"/home/noa"_s), QString());
        QStringList said;
        using enum FolderTrouble;
        for (const FolderTrouble trouble : {ReadOnlyDisk, NotAllowed, Full, NoLocks, Other}) {
            said.append(words::folderLacks(trouble, u"/home/noa"_s));
            QVERIFY2(said.last().endsWith(u": /home/noa"_s), qPrintable(said.last()));
        }
        QCOMPARE(said.removeDuplicates(), 0);
    }
};

}

STOPDESK_TEST(startwords, TestStartWords, QCoreApplication)
#include "tst_startwords.moc"
