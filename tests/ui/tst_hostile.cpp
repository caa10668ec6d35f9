#include "app/words/batchwords.h"
#include "app/words/words.h"
#include "tests/support/testmain.h"
#include "tests/ui/hostiledesk.h"
#include "tests/ui/shownwords.h"
#include "ui/dialogs/connectiondialog.h"
#include "ui/dialogs/stopbyiddialog.h"
#include "ui/dialogs/stopdialog.h"
#include "ui/panels/agentspanel.h"
#include "ui/panels/conversationspanel.h"
#include "ui/panels/detailspanel.h"
#include "ui/panels/rowtable.h"
#include "ui/panels/selectionpanel.h"
#include "ui/parts/noticebar.h"
#include "ui/startpage.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

namespace hostile_test {

using namespace Qt::StringLiterals;
using namespace hostile;

/// Whatever the service or a person's settings say is shown as plain text, whole or cut, in every place of the window:
/// it changes no layout, no meaning, and nothing beside it.
class HostileTest : public QObject {
    Q_OBJECT

    std::unique_ptr<HostileDesk> m_desk;

    MainWindow &window() { return m_desk->window; }
    Console &console() { return m_desk->console; }
    template <class W> W &find(const QString &name = {}) { return *window().findChild<W *>(name); }
    ConversationId id(const QString &suffix) const { return {idOf(m_desk->text, suffix)}; }
    StopDialog *question() { return window().findChild<StopDialog *>(); }

    void begin(const hostile::Text &text)
    {
        m_desk = std::make_unique<HostileDesk>(text);
        window().resize(1280, 800);
        window().show();
        QVERIFY(QTest::qWaitForWindowExposed(&window()));
        console().open(m_desk->connection);
        console().connector.setFilter(StateFilter::All);
        QTRY_VERIFY(console().link().conversations().rowCount() >= 4);
        QTRY_VERIFY(console().link().agents().rowCount() > 1);
        m_desk->settle();
    }
    /// All that can be seen now, at least so many times the stranger's text.
    void look(QWidget &at, int times)
    {
        const QList<ShownWords> words = wordsOf(at);
        QCOMPARE(firstFault(words, m_desk->text), QString());
        QVERIFY2(timesShown(words) >= times, qPrintable(QString::number(timesShown(words))));
        for (const ShownWords &shown : words)
            QVERIFY2(!shown.text.contains(canary), qPrintable(shown.where));
    }
    void choose(const QString &suffix)
    {
        find<ConversationsPanel>().choose(id(suffix));
        QTRY_VERIFY(console().link().details());
        m_desk->pass(std::chrono::seconds(2));
    }
    void confirm()
    {
        auto &red = *question()->findChild<QPushButton *>(u"stopConversation"_s);
        QTRY_VERIFY(red.isEnabled());
        QTest::mouseClick(&red, Qt::LeftButton);
        m_desk->settle();
    }
    void copied(const QString &text)
    {
        QVERIFY(text.contains(hostile::begin));
        QCOMPARE(hostile::fault(text, m_desk->text, Lines::Several), QString());
        QVERIFY(!text.contains(canary));
    }
    void askAboutTwo()
    {
        find<ConversationsPanel>().select({id(u"-1"_s), id(u"-2"_s)});
        m_desk->settle();
        find<QPushButton>(u"stopConversation"_s).click();
        QTRY_VERIFY(question());
        QCOMPARE(question()->windowTitle(), u"Stop 2 conversations?"_s);
    }
    void saveAs(const QString &action, const QString &dialogName)
    {
        find<QAction>(action).trigger();
        QTRY_VERIFY(window().findChild<QFileDialog *>(dialogName));
        auto &dialog = find<QFileDialog>(dialogName);
        Q_EMIT dialog.fileSelected(m_desk->folder.filePath(m_desk->text.raw + u".json"_s));
        dialog.close();
        QTRY_VERIFY(!window().findChild<QFileDialog *>(dialogName));
        m_desk->settle();
    }
    static QString clipboard() { return QGuiApplication::clipboard()->text(); }
    /// The words in the JSON that was copied.
    static QString clipboardJson()
    {
        QStringList lines;
        for (const QJsonValue record : QJsonDocument::fromJson(clipboard().toUtf8()).array()) {
            for (const QJsonValue word : record.toObject())
                lines.append(word.toVariant().toString());
        }
        return lines.join(u'\n');
    }
    void texts()
    {
        QTest::addColumn<QByteArray>("name");
        for (const hostile::Text &text : hostile::texts())
            QTest::newRow(text.name) << text.name;
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s)); }
    void cleanup() { m_desk.reset(); }

    void listsAndDetails_data() { texts(); }
    void listsAndDetails()
    {
        QFETCH(QByteArray, name);
        begin(hostile::text(name));
        look(window(), 40);
        choose(u"-1"_s);
        QTRY_VERIFY(console().link().details()->runState);
        look(window(), 50);
        find<QToolButton>(u"copyConversationId"_s).click();
        const QString shown = words::plain(id(u"-1"_s).value, id(u"-1"_s).value.size());
        QCOMPARE(clipboard(), shown);
        find<ConversationsPanel>().select({id(u"-1"_s), id(u"-2"_s)});
        m_desk->settle();
        QTest::keyClick(&find<RowTable>(u"conversations"_s), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(clipboard().split(u'\n').size(), 2);
        QVERIFY(clipboard().split(u'\n').contains(shown));
        choose(u"-s"_s);
        look(window(), 50);
        find<ConversationsPanel>().select({id(u"-1"_s), id(u"-2"_s)});
        m_desk->settle();
        look(find<SelectionPanel>(), 5);
        find<ConversationsPanel>().select({});
        find<AgentsPanel>().choose({idOf(m_desk->text)});
        m_desk->settle();
        look(window(), 40);
    }

    void questions_data() { texts(); }
    void questions()
    {
        QFETCH(QByteArray, name);
        begin(hostile::text(name));
        choose(u"-1"_s);
        find<QPushButton>(u"stopConversation"_s).click();
        QTRY_VERIFY(question());
        m_desk->settle();
        look(*question(), 8);
        question()->reject();
        QTRY_VERIFY(!question());
        askAboutTwo();
        look(*question(), 8);
        question()->reject();
        QTRY_VERIFY(!question());
        choose(u"-1"_s);
        const auto queue = [this] { return console().link().details()->runState.value_or(RunState()).queue; };
        QTRY_VERIFY(!queue().isEmpty());
        const auto message =
            console().link().locator().messageOf(console().link().details()->row.key(), queue().first());
        QVERIFY(message);
        StopDialog discard({{*message}}, m_desk->connection, m_desk->question());
        look(discard, 8);
    }

    void refusedStop_data() { texts(); }
    void refusedStop()
    {
        QFETCH(QByteArray, name);
        begin(hostile::text(name));
        choose(u"-1"_s);
        find<QPushButton>(u"stopConversation"_s).click();
        QTRY_VERIFY(question());
        confirm();
        QTRY_COMPARE(console().models.stops.rowCount(), 1);
        QTRY_VERIFY(console().models.problems.rowCount() >= 3);
        find<RowTable>(u"problems"_s).selectRow(0);
        QTRY_VERIFY(find<QTableView>(u"journal"_s).model()->rowCount() > 0);
        look(window(), 60);
        find<QAction>(u"copyProblem"_s).trigger();
        copied(clipboard());
        find<QAction>(u"copyProblemsAsText"_s).trigger();
        copied(clipboard());
        find<QAction>(u"copyProblemsAsJson"_s).trigger();
        copied(clipboardJson());
        const StopReport report = console().models.stops.row(0).report;
        for (const QString &text : {words::ticketText(report, m_desk->connection), words::batchText({report}),
                                    words::engineerNote(report, m_desk->connection),
                                    words::batchTicket({u"1"_s, u"1"_s, m_desk->connection, {report}})})
            copied(text);
        find<RowTable>(u"journal"_s).selectRow(0);
        find<QPushButton>(u"copyTicketTextOfEntry"_s).click();
        copied(clipboard());
        find<QPushButton>(u"copyAsCurl"_s).click();
        QVERIFY(clipboard().startsWith(u"printf "_s)); // every id of the desk is a whole text
    }

    /// A name that a file can have: none with a slash, a NUL or half a pair.
    void fileNames_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const hostile::Text &text : hostile::texts()) {
            const bool fits = text.raw.isValidUtf16() && !text.raw.contains(QChar(0)) && text.raw.toUtf8().size() < 200;
            if (fits && !text.raw.contains(u'/'))
                QTest::newRow(text.name) << text.name;
        }
    }
    void fileNames()
    {
        QFETCH(QByteArray, name);
        begin(hostile::text(name));
        choose(u"-1"_s);
        askAboutTwo();
        confirm();
        QTRY_COMPARE(console().models.stops.batches().size(), 1);
        saveAs(u"saveBatchJson"_s, u"stopsFile"_s);
        QTRY_VERIFY(find<QLabel>(u"stopsSaid"_s).toolTip().contains(hostile::begin));
        saveAs(u"exportJson"_s, u"exportFile"_s);
        QTRY_VERIFY(find<QLabel>(u"journalProgress"_s).text().contains(hostile::begin));
        look(window(), 60);
    }

    void stopById_data() { texts(); }
    void stopById()
    {
        QFETCH(QByteArray, name);
        begin(hostile::text(name));
        m_desk->network.always("GET /v1/tasks/c9", FakeAnswer::with(200, record(m_desk->text, "\"c9\"")));
        StopByIdDialog dialog(m_desk->locate());
        dialog.show();
        dialog.setConversation({u"c9"_s});
        dialog.findChild<QLineEdit *>(u"agentId"_s)->setText(u"other"_s);
        dialog.findChild<QPushButton *>(u"stopConversation"_s)->click();
        QTRY_VERIFY(timesShown(wordsOf(dialog)) >= 2);
        look(dialog, 2);
    }

    void connectionDialog_data() { texts(); }
    void connectionDialog()
    {
        QFETCH(QByteArray, name);
        begin(hostile::text(name));
        const QString said = u"This organization says that it does not let you do that: "_s + m_desk->text.raw;
        m_desk->network.always("GET /v1/agents?", FakeAnswer::with(403, R"({"detail":)" + hostile::json(said) + '}'));
        ConnectionDialog dialog(m_desk->connectionForm(), m_desk->book, m_desk->connection);
        dialog.show();
        dialog.findChild<QLineEdit *>(u"apiKey"_s)->setText(u"canary-key"_s);
        dialog.findChild<QPushButton *>(u"useForThisSession"_s)->click();
        QTRY_VERIFY(timesShown(wordsOf(dialog)) >= 2);
        look(dialog, 2);
    }

    void withoutAKey_data() { texts(); }
    void withoutAKey()
    {
        QFETCH(QByteArray, name);
        begin(hostile::text(name));
        Connection other = m_desk->connection;
        other.id = {u"k3"_s};
        (void)m_desk->list.save(other);
        console().open(other);
        QTRY_VERIFY(find<NoticeBar>().isVisible());
        look(window(), 6);
        look(find<NoticeBar>(), 1);
        console().connector.close();
        m_desk->settle();
        look(find<StartPage>(), 2);
    }
};

}

STOPDESK_TEST(hostile, HostileTest, QApplication)
#include "tst_hostile.moc"
