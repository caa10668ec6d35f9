#include "app/types/clock.h"
#include "ui/panels/journalfilterbar.h"
#include "tests/support/testmain.h"

#include <QComboBox>
#include <QDateEdit>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

namespace journalfilterbar_test {

using namespace Qt::StringLiterals;

/// What a person sets above the journal, and the filter that it makes.
class JournalFilterBarTest : public QObject {
    Q_OBJECT

    std::unique_ptr<JournalFilterBar> m_bar;

    template <class W> W &find(const QString &name) { return *m_bar->findChild<W *>(name); }
    static QDateTime now() { return QDateTime(QDate(2026, 5, 13), QTime(9, 30), utcZone); }
    static QDateTime day(int number) { return QDateTime(QDate(2026, 5, number), QTime(0, 0), utcZone); }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s));
        m_bar = std::make_unique<JournalFilterBar>();
        m_bar->resize(900, 40);
        m_bar->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_bar.get()));
    }
    void cleanup() { m_bar.reset(); }

    void withoutAWishEverythingIsLetThrough()
    {
        QCOMPARE(m_bar->filter(now()), JournalFilter());
        QVERIFY(m_bar->isEmpty());
    }

    void timesAreLocalDays_data()
    {
        QTest::addColumn<QString>("choice");
        QTest::addColumn<QDateTime>("from");
        QTest::addColumn<QDateTime>("to");
        QTest::newRow("any") << u"Any time"_s << QDateTime() << QDateTime();
        QTest::newRow("today") << u"Today"_s << day(13) << QDateTime();
        QTest::newRow("a week") << u"Last 7 days"_s << day(7) << QDateTime();
        QTest::newRow("a month") << u"Last 30 days"_s << day(13).addDays(-29) << QDateTime();
        QTest::newRow("a day") << u"One day:"_s << day(3) << day(4);
    }
    void timesAreLocalDays()
    {
        QFETCH(QString, choice);
        QFETCH(QDateTime, from);
        QFETCH(QDateTime, to);
        find<QDateEdit>(u"journalDay"_s).setDate(QDate(2026, 5, 3));
        find<QComboBox>(u"journalTime"_s).setCurrentText(choice);
        QCOMPARE(m_bar->filter(now()).from, from);
        QCOMPARE(m_bar->filter(now()).to, to);
        QCOMPARE(m_bar->isEmpty(), !from.isValid());
        QCOMPARE(find<QDateEdit>(u"journalDay"_s).isVisible(), to.isValid());
    }

    void wordsAreTakenWithoutTheSpaceAroundThem()
    {
        find<QLineEdit>(u"journalBy"_s).setText(u" noa "_s);
        find<QLineEdit>(u"journalAgent"_s).setText(u"sales"_s);
        find<QLineEdit>(u"findInTheJournal"_s).setText(u"refund "_s);
        const JournalFilter filter = m_bar->filter(now());
        QCOMPARE(filter.person, u"noa"_s);
        QCOMPARE(filter.agent, u"sales"_s);
        QCOMPARE(filter.text, u"refund"_s);
        QVERIFY(!m_bar->isEmpty());
    }

    void outcomesCanBeChosenOneByOneAndTogether()
    {
        auto &outcome = find<QComboBox>(u"journalOutcome"_s);
        outcome.setCurrentText(u"Refused"_s);
        QCOMPARE(m_bar->filter(now()).outcomes, QList<StopState>{StopState::Refused});
        outcome.setCurrentText(u"Still open"_s);
        QList<StopState> open = m_bar->filter(now()).outcomes;
        QVERIFY(open.contains(StopState::Unconfirmed) && open.contains(StopState::InLine));
        QVERIFY(!open.contains(StopState::Stopped));
        outcome.setCurrentText(u"Seen to have stopped"_s);
        QVERIFY(m_bar->filter(now()).outcomes.contains(StopState::NoLongerRunning));
        QList<StopState> single;
        for (int i = 0; i < outcome.count(); ++i) {
            const auto states = outcome.itemData(i).value<QList<StopState>>();
            if (states.size() == 1)
                single.append(states);
        }
        QCOMPARE(single.size(), int(StopState::Unconfirmed) + 1);
    }

    void typingIsWaitedForAndAChoiceIsNot()
    {
        QSignalSpy changed(m_bar.get(), &JournalFilterBar::changed);
        QTest::keyClicks(&find<QLineEdit>(u"findInTheJournal"_s), u"refund"_s);
        QCOMPARE(changed.size(), 0);
        QTRY_COMPARE(changed.size(), 1);
        find<QComboBox>(u"journalOutcome"_s).setCurrentIndex(1);
        QCOMPARE(changed.size(), 2);
    }

    void clearedItSaysSoOnce()
    {
        find<QComboBox>(u"journalOutcome"_s).setCurrentIndex(1);
        find<QComboBox>(u"journalTime"_s).setCurrentIndex(1);
        find<QLineEdit>(u"journalBy"_s).setText(u"noa"_s);
        QSignalSpy changed(m_bar.get(), &JournalFilterBar::changed);
        m_bar->clear();
        QCOMPARE(changed.size(), 1);
        QVERIFY(m_bar->isEmpty());
        QTest::qWait(0);
        QCOMPARE(changed.size(), 1);
    }

    void theLineFitsASmallWindow()
    {
        find<QComboBox>(u"journalTime"_s).setCurrentText(u"One day:"_s);
        QVERIFY2(m_bar->minimumSizeHint().width() <= 480,
                 qPrintable(QString::number(m_bar->minimumSizeHint().width())));
    }
};

}

STOPDESK_TEST(journalfilterbar, JournalFilterBarTest, QApplication)

#include "tst_journalfilterbar.moc"
