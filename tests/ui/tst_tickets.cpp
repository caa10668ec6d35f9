#include "tests/support/testmain.h"
#include "tests/ui/demodesk.h"
#include "ui/dialogs/stopbyiddialog.h"
#include "ui/dialogs/stopdialog.h"
#include "ui/panels/agentspanel.h"
#include "ui/panels/rowtable.h"
#include "ui/panels/stopspanel.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QStatusBar>
#include <QTest>
#include <QTimer>

namespace tickets_test {

using namespace Qt::StringLiterals;

const QString before = u"Stops after 8 seconds"_s; ///< is chosen first
const QString decided = u"Stops at once"_s;  ///< and this one is stopped

/// After each way of deciding, what is chosen, shown and copied is what was decided.
class TicketsTest : public QObject {
    Q_OBJECT

    enum class Way { Details, Keyboard, RowMenu, ById, ByIdHiddenByFind, ByIdHiddenByFilter };

    std::unique_ptr<DemoDesk> m_desk;

    MainWindow &window() { return *m_desk->window; }
    template <class W> W &find(const QString &name) { return m_desk->find<W>(name); }
    StopsPanel &stops() { return *window().findChild<StopsPanel *>(); }
    DetailsPanel &details() { return m_desk->details(); }
    StopDialog *question() { return window().findChild<StopDialog *>(); }
    QModelIndex chosenStop() { return find<RowTable>(u"stops"_s).chosenRow(); }
    QModelIndexList chosenRows() { return m_desk->conversations().selectionModel()->selectedRows(ConversationListModel::Title); }

    void click(const QString &title, Qt::MouseButton button = Qt::LeftButton, Qt::KeyboardModifiers keys = {})
    {
        QTRY_VERIFY2(m_desk->rowOf(title).isValid(), qPrintable(title));
        ConversationTable &table = m_desk->conversations();
        table.scrollTo(m_desk->rowOf(title));
        QTest::mouseClick(table.viewport(), button, keys, table.visualRect(m_desk->rowOf(title)).center());
    }
    void askById(const QString &title)
    {
        QTest::mouseClick(&find<QPushButton>(u"stopById"_s), Qt::LeftButton);
        auto *dialog = window().findChild<StopByIdDialog *>();
        QTRY_VERIFY(dialog && dialog->isVisible());
        QTest::keyClicks(dialog->findChild<QLineEdit *>(u"conversationId"_s), DemoGateway::conversationId(title));
        QTest::mouseClick(dialog->findChild<QPushButton *>(u"stopConversation"_s), Qt::LeftButton);
    }
    void ask(Way way)
    {
        switch (way) {
        case Way::Details:
            click(decided);
            QTRY_VERIFY(m_desk->stopButton().isEnabled());
            QTest::mouseClick(&m_desk->stopButton(), Qt::LeftButton);
            break;
        case Way::Keyboard:
            click(decided);
            QTRY_VERIFY(m_desk->stopButton().isEnabled());
            QTest::keyClick(&m_desk->conversations(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
            break;
        case Way::RowMenu:
            Q_EMIT m_desk->conversations().customContextMenuRequested(
                m_desk->conversations().visualRect(m_desk->rowOf(decided)).center());
            QTRY_VERIFY(m_desk->conversations().findChild<QMenu *>());
            QTRY_VERIFY(m_desk->conversations().findChild<QMenu *>()->actions().first()->isEnabled());
            QTest::keyClick(m_desk->conversations().findChild<QMenu *>(), Qt::Key_Down);
            QTest::keyClick(m_desk->conversations().findChild<QMenu *>(), Qt::Key_Return);
            break;
        case Way::ByIdHiddenByFind:
            find<QLineEdit>(u"find"_s).setText(before);
            QTRY_VERIFY(!m_desk->rowOf(decided).isValid());
            askById(decided);
            break;
        case Way::ByIdHiddenByFilter:
            m_desk->console->connector.setFilter(StateFilter::WaitingForPerson);
            QTRY_VERIFY(!m_desk->rowOf(decided).isValid());
            askById(decided);
            break;
        case Way::ById:
            askById(decided);
            break;
        }
    }
    void decide()
    {
        QTRY_VERIFY(question());
        QTRY_VERIFY(question()->findChild<QPushButton *>(u"stopConversation"_s)->isEnabled());
        QTest::mouseClick(question()->findChild<QPushButton *>(u"stopConversation"_s), Qt::LeftButton);
        QTRY_VERIFY(!question());
    }
    /// Of a button that copies: what it says it is of, and what is on the clipboard after a click.
    void copies(QPushButton &button, const QString &title)
    {
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->console->models.stops.row(0).report.state == StopState::Stopped, 15000);
        QTRY_COMPARE(button.text(), u"Copy ticket text"_s);
        QVERIFY2(button.toolTip().contains(title) && button.accessibleDescription().contains(title), qPrintable(button.toolTip()));
        QGuiApplication::clipboard()->clear();
        QTest::mouseClick(&button, Qt::LeftButton);
        const QString text = QGuiApplication::clipboard()->text();
        QVERIFY2(text.startsWith(u"Outcome: Stopped "_s), qPrintable(text));
        QVERIFY2(text.contains(u"Conversation id: "_s + DemoGateway::conversationId(title)), qPrintable(text));
        QCOMPARE(window().statusBar()->currentMessage(), u"Ticket text of “%1” copied."_s.arg(title));
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s));
        m_desk = std::make_unique<DemoDesk>();
        window().resize(1280, 800);
        window().show();
        QVERIFY(QTest::qWaitForWindowExposed(&window()));
        window().activateWindow();
    }
    void cleanup() { m_desk.reset(); }

    void whatWasDecidedIsWhatIsChosenShownAndCopied_data()
    {
        QTest::addColumn<Way>("way");
        QTest::newRow("button in Details") << Way::Details;
        QTest::newRow("keyboard") << Way::Keyboard;
        QTest::newRow("row's menu") << Way::RowMenu;
        QTest::newRow("by id") << Way::ById;
        QTest::newRow("by id, hidden by Find") << Way::ByIdHiddenByFind;
        QTest::newRow("by id, hidden by the filter") << Way::ByIdHiddenByFilter;
    }
    void whatWasDecidedIsWhatIsChosenShownAndCopied()
    {
        QFETCH(Way, way);
        m_desk->openWithKey();
        click(before);
        QTRY_VERIFY(m_desk->stopButton().isEnabled());
        ask(way);
        decide();

        QTRY_COMPARE(m_desk->console->link().details()->row.conversation.title, decided);
        QCOMPARE(chosenStop().siblingAtColumn(StopListModel::Title).data().toString(), decided);
        if (m_desk->rowOf(decided).isValid()) {
            QTRY_COMPARE(chosenRows().size(), 1);
            QCOMPARE(chosenRows().first().data().toString(), decided);
        } else {
            QVERIFY(chosenRows().isEmpty()); // nothing else beside the Details of this one
        }
        copies(*details().findChild<QPushButton *>(u"nextStep"_s), decided);
        copies(*stops().findChild<QPushButton *>(u"nextStepOfRow"_s), decided);
        QVERIFY(m_desk->stopButton().isHidden()); // no red one of another beside it
    }

    void aSecondDecisionIsChosenOverTheFirst()
    {
        m_desk->openWithKey();
        for (const QString &title : {decided, u"Three messages wait"_s}) {
            click(title);
            QTRY_VERIFY(m_desk->stopButton().isEnabled());
            QTest::mouseClick(&m_desk->stopButton(), Qt::LeftButton);
            decide();
            QTRY_COMPARE(chosenStop().siblingAtColumn(StopListModel::Title).data().toString(), title);
        }
        copies(*stops().findChild<QPushButton *>(u"nextStepOfRow"_s), u"Three messages wait"_s);
    }

    void allOfAnAgentIsReadInPlaceOfWhatDetailsAloneShows()
    {
        m_desk->openWithKey();
        click(decided);
        find<QLineEdit>(u"find"_s).setText(u"Three messages"_s);
        QTRY_VERIFY(!m_desk->rowOf(decided).isValid());
        askById(decided);
        decide();
        QTRY_COMPARE(m_desk->console->link().details()->row.conversation.title, decided);
        window().findChild<AgentsPanel *>()->choose(m_desk->console->link().details()->row.conversation.agent);
        const QList<QAction *> actions = find<QPushButton>(u"menu"_s).menu()->actions();
        QAction *all = *std::ranges::find(actions, u"stopAllRunningAction"_s, &QObject::objectName);
        QTRY_VERIFY(all->isEnabled());
        all->trigger();
        QVERIFY(!m_desk->console->link().details());
    }

    void afterABatchItIsChosenInStopsAndTheSelectionStays()
    {
        m_desk->openWithKey();
        click(before);
        click(decided, Qt::LeftButton, Qt::ControlModifier);
        QTRY_COMPARE(m_desk->stopButton().text(), u"Stop 2 conversations…"_s);
        QTest::mouseClick(&m_desk->stopButton(), Qt::LeftButton);
        QTRY_VERIFY(question());
        QTest::keyClicks(question()->findChild<QLineEdit *>(u"numberOfConversations"_s), u"2"_s); // it is production
        decide();
        QTRY_VERIFY(find<QComboBox>(u"stopsBatch"_s).currentText().endsWith(u", 2 conversations"_s));
        QCOMPARE(stops().ofBatch().size(), 2);
        QCOMPARE(chosenRows().size(), 2);

        auto *menu = find<QPushButton>(u"exportStops"_s).menu();
        Q_EMIT menu->aboutToShow();
        QAction *ticket = menu->findChild<QAction *>(u"copyBatchTicket"_s);
        QVERIFY(ticket->toolTip().contains(u", 2 conversations"_s));
        ticket->trigger();
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"Outcome: "_s));
        QCOMPARE(find<QLabel>(u"stopsSaid"_s).text(), u"Ticket text of 2 conversations copied."_s);
    }
};

}

STOPDESK_TEST(tickets, TicketsTest, QApplication)
#include "tst_tickets.moc"
