#include "app/types/clock.h"
#include "app/words/words.h"
#include "tests/support/testmain.h"

#include <QtTest>

#include <ctime>

namespace words_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The words for states, people, times, and texts that a stranger wrote.
class TestWords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TZ", "XYZ-2"); // two hours east of UTC, the same in summer and winter
        tzset();
        QLocale::setDefault(QLocale::c());
    }

    void statesHaveTheDesignsWords()
    {
        const QStringList expected{u"Not read yet"_s, u"Not started"_s, u"Running"_s, u"Waiting for a person"_s,
                                   u"Completed"_s, u"Failed"_s, u"Stopped by a person"_s, u"Ended by the service"_s,
                                   u"Ended"_s, u"resting"_s, u"No longer listed"_s};
        QStringList found;
        for (int state = 0; state <= int(RowState::NoLongerListed); ++state)
            found.append(words::rowState(RowState(state), u"resting"_s));
        QCOMPARE(found, expected);
    }

    void anUnknownWordIsShownAsItIsButHarmless()
    {
        QCOMPARE(words::rowState(RowState::Unknown, u"<b>half\u202e-done</b>\n"_s), u"<b>half\ufffd-done</b>"_s);
        QCOMPARE(words::rowState(RowState::Unknown, QString()), u"–"_s);
        QVERIFY(words::rowState(RowState::Unknown, QString(10000, u'x')).size() <= 40);
    }

    void elapsedTime_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("exact");
        QTest::addColumn<QString>("rough");
        QTest::newRow("a clock that went back") << qint64(-5) << u"0 s"_s << u"0 s"_s;
        QTest::newRow("seconds") << qint64(59) << u"59 s"_s << u"59 s"_s;
        QTest::newRow("a minute") << qint64(60) << u"1 min 00 s"_s << u"1 min"_s;
        QTest::newRow("minutes") << qint64(18 * 60 + 2) << u"18 min 02 s"_s << u"18 min"_s;
        QTest::newRow("half an hour") << qint64(30 * 60) << u"30 min"_s << u"30 min"_s;
        QTest::newRow("hours") << qint64(134 * 60) << u"2 h 14 min"_s << u"2 h"_s;
        QTest::newRow("days") << qint64(76 * 3600) << u"3 d 4 h"_s << u"3 d"_s;
    }
    void elapsedTime()
    {
        QFETCH(qint64, seconds);
        QTEST(words::elapsed(std::chrono::seconds(seconds)), "exact");
        QTEST(words::roughly(std::chrono::seconds(seconds)), "rough");
    }

    void ageIsAgoAndTimesAreLocal()
    {
        QCOMPARE(words::age(3s), u"3 s ago"_s);
        QCOMPARE(words::age(400ms), u"just now"_s);
        const QDateTime time(QDate(2026, 5, 13), QTime(12, 4, 31), utcZone);
        QCOMPARE(words::clockTime(time), u"14:04:31"_s);
        QCOMPARE(words::exactTime(time), u"13 May 2026 14:04:31 XYZ"_s);
        QCOMPARE(words::exactTime({}), u"–"_s);
    }

    void aPersonIsTheBestThatIsKnown()
    {
        QCOMPARE(words::person({u"u1"_s, u"dana@acme.example"_s, u"Dana"_s}), u"dana@acme.example"_s);
        QCOMPARE(words::person({u"u1"_s, {}, u"Dana"_s}), u"Dana"_s);
        QCOMPARE(words::person({u"c5f32594-2c4c-48ef-bb2e-0454663d1c2e"_s, {}, {}}), u"c5f32594…1c2e"_s);
        QCOMPARE(words::person({}), u"–"_s);
    }

    void plainText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        QTest::newRow("ordinary") << u"Refund ORD-88213"_s << u"Refund ORD-88213"_s;
        QTest::newRow("markup stays text") << u"<b>a</b> & %1 %n"_s << u"<b>a</b> & %1 %n"_s;
        QTest::newRow("lines become one") << u" a\r\n\tb\u2028c\u2029d "_s << u"a b c d"_s;
        QTest::newRow("override") << u"pdf.\u202eexe"_s << u"pdf.\ufffdexe"_s;
        QTest::newRow("isolates") << u"\u2066a\u2069"_s << u"\ufffda\ufffd"_s;
        QTest::newRow("marks vanish") << u"a\u200e\u200f\u200b\ufeff\u2060b"_s << u"ab"_s;
        QTest::newRow("NUL and escape") << QString(u"a"_s + QChar(0) + u"\x1b[31mb"_s) << u"a\ufffd\ufffd[31mb"_s;
        QTest::newRow("C1 and delete") << u"a\u009b\u007fb"_s << u"a\ufffd\ufffdb"_s;
        QTest::newRow("lone surrogates") << QString(QChar(0xd800)) + u'a' + QChar(0xdc00) << u"\ufffda\ufffd"_s;
        QTest::newRow("a pair stays") << u"\U0001F600"_s << u"\U0001F600"_s;
        QTest::newRow("joined emoji and Hebrew stay") << u"\U0001F468\u200d\U0001F469 שלום"_s
                                                      << u"\U0001F468\u200d\U0001F469 שלום"_s;
        QTest::newRow("nothing visible") << u"\u200b \n"_s << QString();
    }
    void plainText()
    {
        QFETCH(QString, text);
        QTEST(words::plain(text), "shown");
    }

    void plainTextIsBoundedAndNeverCutsAPair()
    {
        const QString faces = u"\U0001F600"_s.repeated(5000);
        for (qsizetype limit = 2; limit < 12; ++limit) {
            const QString shown = words::plain(faces, limit);
            QVERIFY(shown.size() <= limit);
            QVERIFY(shown.endsWith(u'…'));
            QVERIFY(shown.isValidUtf16());
        }
        QCOMPARE(words::plain(u"abcdef"_s, 6), u"abcdef"_s);
        QCOMPARE(words::plain(u"abcdefg"_s, 6), u"abcde…"_s);
        QCOMPARE(words::title(u" \u200f\n"_s), u"Untitled"_s);
    }

    void noToolTipIsTakenForRichText()
    {
        for (const QString &text : {u"<b>bold</b>"_s, u"a &lt; b"_s, u"<!DOCTYPE html>"_s, u"<img src=x>"_s}) {
            QVERIFY(!words::toolTip(text).contains(QRegularExpression(u"<[!a-z]|&lt;"_s)));
            QCOMPARE(words::plain(words::toolTip(text)), text);
        }
        const QString wrapped = words::toolTip(u"word "_s.repeated(100));
        for (const QString &line : wrapped.split(u'\n'))
            QVERIFY(line.size() < 110);
    }

    void noToolTipIsWiderThanTheScreen()
    {
        for (const QString &word : {u"x"_s, u"\U0001f600"_s, u"e\u0301"_s}) {
            const QString text = word.repeated(1000);
            const QStringList lines = words::toolTip(text).split(u'\n');
            QCOMPARE(lines.join(QString()), text);
            for (const QString &line : lines)
                QVERIFY2(line.size() <= 122 && line.isValidUtf16() && !line.front().isMark(), qPrintable(line));
        }
    }

    void whatHasNoShapeMakesNoTitle()
    {
        QCOMPARE(words::title(u"\u200d\u3164\u200c\U000e0041"_s), u"Untitled"_s);
        QCOMPARE(words::plain(u"\u0645\u06cc\u200c\u062e"_s), u"\u0645\u06cc\u200c\u062e"_s); // Persian needs it
        QCOMPARE(words::plain(u"e"_s + u"\u0301"_s.repeated(9) + u"f"_s), u"e\u0301\u0301\u0301\u0301f"_s);
    }

    void theQueueChoiceSaysWhatHappens_data()
    {
        QTest::addColumn<int>("waiting");
        QTest::addColumn<QString>("kept");
        QTest::addColumn<QString>("cleared");
        QTest::newRow("not read") << -1 << u"Waiting messages, if there are any, stay; the first may start at once."_s
                                  << u"All waiting messages will be discarded."_s;
        QTest::newRow("none") << 0 << u"No messages wait."_s << u"No messages wait. There is nothing to discard."_s;
        QTest::newRow("one") << 1 << u"1 waiting message stays and may start at once."_s
                             << u"1 waiting message will be discarded."_s;
        QTest::newRow("three") << 3 << u"3 waiting messages stay; the first may start at once."_s
                               << u"3 waiting messages will be discarded."_s;
    }
    void theQueueChoiceSaysWhatHappens()
    {
        QFETCH(int, waiting);
        const std::optional<int> known = waiting < 0 ? std::nullopt : std::optional(waiting);
        QTEST(words::queueChoice(known, ClearQueue::No), "kept");
        QTEST(words::queueChoice(known, ClearQueue::Yes), "cleared");
    }

    void everyReasonForAGreyButtonHasItsOwnWords()
    {
        QSet<QString> reasons;
        for (int reason = int(Stopability::NothingChosen); reason <= int(Stopability::Locked); ++reason)
            reasons.insert(words::whyNot(Stopability(reason)));
        QCOMPARE(reasons.size(), int(Stopability::Locked));
        QVERIFY(!reasons.contains(QString()));
        QCOMPARE(words::whyNot(Stopability::Can), QString());
    }

    void aRowReadsAsASentence()
    {
        Conversation conversation;
        conversation.title = u"Weekly outreach"_s;
        conversation.person.email = u"noa@acme.example"_s;
        QCOMPARE(words::rowSentence(conversation, u"Sales"_s, u"18 min 02 s"_s, u"Running"_s),
                 u"Running, 18 min 02 s: Weekly outreach; agent Sales; person noa@acme.example"_s);
        conversation.parent = {u"c1"_s};
        conversation.person = {};
        QCOMPARE(words::rowSentence(conversation, {}, u"–"_s, u"Completed"_s),
                 u"Completed: sub-task: Weekly outreach"_s);
    }

    void environmentsAreWords()
    {
        QCOMPARE(words::environment(Environment::Production), u"PRODUCTION"_s);
        QCOMPARE(words::environment(Environment::Staging), u"STAGING"_s);
        QCOMPARE(words::environment(Environment::Other), u"OTHER"_s);
    }
};

}

STOPDESK_TEST(words, TestWords, QCoreApplication)
#include "tst_words.moc"
