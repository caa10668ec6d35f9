#include "app/journal/journal.h"
#include "app/words/entrywords.h"
#include "app/words/failurewords.h"
#include "tests/app/journal/decision.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"
#include "ui/panels/journalpanel.h"
#include "ui/panels/rowtable.h"

#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace journalpanel_test {

using namespace Qt::StringLiterals;
using decision::after;
using decision::connection;
using decision::report;

/// Everything ever stopped, in the window.
class JournalPanelTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<JournalPages> m_pages;
    std::unique_ptr<JournalPanel> m_panel;

    RowTable &table() { return *m_panel->findChild<RowTable *>(u"journal"_s); }
    QPushButton &button(const QString &name) { return *m_panel->findChild<QPushButton *>(name); }
    QLabel &progress() { return *m_panel->findChild<QLabel *>(u"journalProgress"_s); }
    QLineEdit &find() { return *m_panel->findChild<QLineEdit *>(u"findInTheJournal"_s); }
    /// What is due happens: slices are read.
    void settle()
    {
        for (int i = 0; i < 3; ++i) {
            QTest::qWait(0);
            m_clock->advance(Duration(0));
        }
    }
    qint64 decide(const QString &title, const QString &conversation = u"c7"_s)
    {
        StopReport decided = report();
        decided.target.title = title;
        decided.target.conversation = {conversation};
        decided.askedAt = decided.askedAt.addSecs(++m_decided);
        const qint64 intent = m_journal->writeIntent(decided, connection()).value_or(0);
        (void)m_journal->writeState(intent, after(100, StopState::Stopped, decided));
        decided.intent = intent;
        m_pages->show(decided);
        return intent;
    }
    void choose(int row)
    {
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {},
                          table().visualRect(m_pages->model().index(row, 1)).center());
    }
    void makePanel(const QString &file)
    {
        m_panel.reset();
        m_pages.reset();
        m_journal = std::make_unique<Journal>(file, u"noa"_s);
        m_pages = std::make_unique<JournalPages>(*m_journal, *m_clock);
        m_panel = std::make_unique<JournalPanel>(*m_pages);
        m_panel->resize(1280, 240);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
        settle();
    }
    QFileDialog *askForFile(const QString &action)
    {
        button(u"exportJournal"_s).menu()->findChild<QAction *>(action)->trigger();
        return m_panel->findChild<QFileDialog *>(u"exportFile"_s);
    }

    int m_decided = 0;

private Q_SLOTS:
    void initTestCase() { QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s));
        m_folder = std::make_unique<QTemporaryDir>();
        m_clock = std::make_unique<FakeClock>();
        makePanel(m_folder->filePath(u"journal.sqlite"_s));
    }
    void cleanup()
    {
        m_panel.reset();
        m_pages.reset();
        m_journal.reset();
    }

    void anEmptyJournalSaysSo()
    {
        QCOMPARE(table().message(), u"Nothing was ever stopped from here."_s);
        QCOMPARE(table().accessibleName(), u"Journal"_s);
        decide(u"Refund"_s);
        QCOMPARE(table().message(), QString());
    }

    void whatIsTypedFilters()
    {
        decide(u"Refund"_s);
        decide(u"Outreach"_s);
        QTest::keyClicks(&find(), u"refund"_s);
        QTRY_COMPARE(m_pages->filter().text, u"refund"_s);
        settle();
        QCOMPARE(m_pages->model().rowCount(), 1);
        QTest::keyClicks(&find(), u"x"_s);
        QTRY_COMPARE(m_pages->filter().text, u"refundx"_s);
        settle();
        QVERIFY(table().message().startsWith(u"No match."_s));
        Q_EMIT table().linkActivated(u"filter"_s);
        settle();
        QCOMPARE(m_pages->model().rowCount(), 2);
        QCOMPARE(find().text(), QString());
    }

    void theTicketAndTheLineForAShellAreOfTheChosenRow()
    {
        decide(u"Refund"_s, u"c1"_s);
        decide(u"Outreach"_s, u"c2"_s);
        QPushButton &ticket = button(u"copyTicketTextOfEntry"_s);
        QPushButton &curl = button(u"copyAsCurl"_s);
        QVERIFY(!ticket.isEnabled());
        QVERIFY(!curl.isEnabled());
        choose(1);
        const JournalEntry chosen = m_pages->model().row(1).entry;
        QCOMPARE(chosen.report.target.conversation, ConversationId{u"c1"_s});
        QSignalSpy wanted(m_panel.get(), &JournalPanel::copyWanted);
        QTest::mouseClick(&ticket, Qt::LeftButton);
        QTest::mouseClick(&curl, Qt::LeftButton);
        QCOMPARE(wanted.at(0).first().toString(), words::ticketText(chosen.report, chosen.connection));
        QCOMPARE(wanted.at(0).at(1).toString(), u"Ticket text of “Refund” copied."_s);
        QCOMPARE(wanted.at(1).first().toString(), words::curl(chosen));
        for (const QPushButton *each : {&ticket, &curl})
            QVERIFY(each->toolTip().contains(u"Refund"_s) && each->accessibleDescription().contains(u"c1"_s));
        QVERIFY(words::curl(chosen).contains(u"$XPANDER_API_KEY"_s));
    }

    void whatMustNotBeSentHasNoLine()
    {
        decide(u"Refund"_s, u".."_s);
        choose(0);
        QVERIFY(button(u"copyTicketTextOfEntry"_s).isEnabled());
        QVERIFY(!button(u"copyAsCurl"_s).isEnabled());
    }

    void enterShowsTheConversation()
    {
        decide(u"Refund"_s, u"c1"_s);
        QSignalSpy wanted(m_panel.get(), &JournalPanel::conversationWanted);
        table().setFocus();
        QTest::keyClick(&table(), Qt::Key_Return);
        QCOMPARE(wanted.first().first().value<ConversationId>(), ConversationId{u"c1"_s});
    }

    void readingThatTakesLongSaysHowFarItIsAndCanBeCancelled()
    {
        decide(u"Refund"_s);
        QTest::keyClicks(&find(), u"re"_s);
        QTRY_VERIFY(m_pages->isReading()); // the clock stands still, and so does the reading
        QVERIFY(!progress().isVisible());
        QTRY_VERIFY(progress().isVisible());
        QCOMPARE(progress().text(), u"Looked through 0, found 0"_s);
        QPushButton &cancel = button(u"cancelJournal"_s);
        QCOMPARE(cancel.text(), u"Cancel"_s);
        QTest::mouseClick(&cancel, Qt::LeftButton);
        QVERIFY(!m_pages->isReading());
        QCOMPARE(cancel.text(), u"Go on"_s);
        QTest::mouseClick(&cancel, Qt::LeftButton);
        QVERIFY(m_pages->isReading());
        settle();
        QVERIFY(!progress().isVisible());
        QCOMPARE(m_pages->model().rowCount(), 1);
    }

    void anExportAsksWhereAndSaysWhatCameOfIt()
    {
        decide(u"Refund"_s);
        QFileDialog *dialog = askForFile(u"exportCsv"_s);
        QVERIFY(dialog);
        QCOMPARE(dialog->selectedFiles().first().section(u'/', -1), u"stopdesk-journal-2026-05-13.csv"_s);
        const QString file = m_folder->filePath(u"out.csv"_s);
        dialog->selectFile(file);
        static_cast<QDialog *>(dialog)->accept();
        QVERIFY(m_pages->isExporting());
        QVERIFY(!button(u"exportJournal"_s).isEnabled());
        settle();
        QVERIFY(QFile::exists(file));
        QCOMPARE(progress().text(), u"1 exported to %1"_s.arg(file));
        QVERIFY(progress().isVisible());
        QVERIFY(!button(u"cancelJournal"_s).isVisible());
        QVERIFY(button(u"exportJournal"_s).isEnabled());
        QTest::keyClicks(&find(), u"re"_s);
        QTRY_VERIFY(!progress().isVisible());
    }

    void anExportCanBeCancelled()
    {
        decide(u"Refund"_s);
        const QString file = m_folder->filePath(u"out.json"_s);
        QFileDialog *dialog = askForFile(u"exportJson"_s);
        dialog->selectFile(file);
        static_cast<QDialog *>(dialog)->accept();
        QTRY_VERIFY(progress().isVisible());
        QCOMPARE(progress().text(), u"Exporting, 0 written"_s);
        QTest::mouseClick(&button(u"cancelJournal"_s), Qt::LeftButton);
        settle();
        QCOMPARE(progress().text(), u"The export was cancelled. Nothing was written."_s);
        QVERIFY(!QFile::exists(file));
    }

    void anExportThatFailsSaysWhy()
    {
        decide(u"Refund"_s);
        m_pages->startExport(m_folder->filePath(u"nowhere/out.json"_s), ExportFormat::Json);
        settle();
        QVERIFY2(progress().text().startsWith(u"Nothing was exported."_s), qPrintable(progress().text()));
        QVERIFY(progress().text().contains(u"nowhere/out.json"_s));
    }

    void aJournalThatCannotBeReadSaysWhy()
    {
        QVERIFY(QDir().mkpath(m_folder->filePath(u"folder.sqlite"_s)));
        makePanel(m_folder->filePath(u"folder.sqlite"_s));
        QCOMPARE(table().message(), words::sentence(*m_journal->trouble(), Subject::Journal).toHtmlEscaped());
        QVERIFY(!button(u"exportJournal"_s).isEnabled());
    }

    void aSmallWindowKeepsWhatMattersMost()
    {
        using M = JournalModel;
        QVERIFY(!table().isColumnHidden(M::Connection));
        m_panel->resize(900, 200);
        for (const int column : {M::Time, M::Outcome, M::What, M::Title, M::By})
            QVERIFY(!table().isColumnHidden(column));
        for (const int column : {M::Agent, M::Connection, M::HowItIsKnown})
            QVERIFY(table().isColumnHidden(column));
        QVERIFY2(m_panel->minimumSizeHint().width() <= 640,
                 qPrintable(QString::number(m_panel->minimumSizeHint().width())));
    }
};

}

STOPDESK_TEST(journalpanel, JournalPanelTest, QApplication)

#include "tst_journalpanel.moc"
