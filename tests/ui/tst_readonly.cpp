#include "tests/support/testmain.h"
#include "tests/ui/demodesk.h"
#include "ui/dialogs/stopdialog.h"
#include "ui/panels/rowtable.h"

#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QLabel>
#include <QMenu>
#include <QPointer>
#include <QTest>
#include <QToolButton>

namespace readonly_test {

using namespace Qt::StringLiterals;

/// A connection that may not stop, in the hands of somebody who presses everything. The same hands on one that may stop
/// show that they would have found a way.
class ReadOnlyTest : public QObject {
    Q_OBJECT

    std::unique_ptr<DemoDesk> m_desk;
    int m_questions = 0;

    MainWindow &window() { return *m_desk->window; }

    void open(bool isReadOnly)
    {
        m_desk = std::make_unique<DemoDesk>();
        m_questions = 0;
        window().resize(1280, 800);
        window().show();
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
        Connection made = m_desk->connection();
        made.environment = Environment::Other;
        made.readOnly = isReadOnly;
        m_desk->secrets.keep(made, Secret::fromStored(m_desk->gateway.key().toLatin1()));
        m_desk->console->open(made);
        QTRY_VERIFY(m_desk->rowOf(u"Three messages wait"_s).isValid());
    }

    /// What would end the walk, or speaks of connections.
    static bool leaves(const QObject &part)
    {
        static const QStringList names{u"menu"_s, u"quitAction"_s, u"leaveTheDemoAction"_s, u"tryTheDemoAction"_s, u"removeConnectionAction"_s,
                                       u"addConnectionAction"_s, u"editConnectionAction"_s, u"export"_s};
        return names.contains(part.objectName());
    }

    void answerDialogs()
    {
        QCoreApplication::processEvents();
        if (QWidget *popup = QApplication::activePopupWidget())
            popup->close();
        QList<QPointer<QDialog>> dialogs; // one may take others with it
        for (QWidget *each : QApplication::topLevelWidgets())
            dialogs.append(qobject_cast<QDialog *>(each));
        for (const QPointer<QDialog> &dialog : std::as_const(dialogs)) {
            if (!dialog || !dialog->isVisible())
                continue;
            auto *confirm = dialog->findChild<QPushButton *>(u"stopConversation"_s);
            m_questions += qobject_cast<StopDialog *>(dialog.data()) ? 1 : 0;
            if (confirm && confirm->isEnabled())
                QTest::mouseClick(confirm, Qt::LeftButton);
            QTest::qWait(20);
            if (dialog)
                dialog->reject();
        }
    }

    void pressAllButtons()
    {
        QList<QPointer<QAbstractButton>> buttons;
        for (QAbstractButton *button : window().findChildren<QAbstractButton *>())
            buttons.append(button);
        for (const QPointer<QAbstractButton> &button : buttons) {
            if (!button || !button->isVisible() || !button->isEnabled() || leaves(*button))
                continue;
            const auto *push = qobject_cast<QPushButton *>(button.data());
            const auto *tool = qobject_cast<QToolButton *>(button.data());
            if ((push && push->menu()) || (tool && tool->menu()))
                continue; // waits for its menu, of what can be copied or exported
            QTest::mouseClick(button, Qt::LeftButton);
            answerDialogs();
        }
    }

    void pressAllKeys()
    {
        QList<QKeySequence> all; // a key may delete actions, as of a menu that closes
        for (const QAction *action : window().findChildren<QAction *>()) {
            if (!leaves(*action) && !action->shortcut().isEmpty())
                all.append(action->shortcut());
        }
        for (const QKeySequence &keys : std::as_const(all)) {
            QTest::keySequence(&window(), keys);
            answerDialogs();
        }
        for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Space, Qt::Key_Delete, Qt::Key_S})
            QTest::keyClick(&m_desk->conversations(), key);
        answerDialogs();
    }

    void chooseAllOfMenu(const QPoint &place)
    {
        QWidget *viewport = m_desk->conversations().viewport();
        for (int number = 0, count = 1; number < count; ++number) {
            QContextMenuEvent asked(QContextMenuEvent::Mouse, place, viewport->mapToGlobal(place));
            QCoreApplication::sendEvent(viewport, &asked);
            const auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
            QVERIFY(menu);
            count = int(menu->actions().size());
            if (QAction *action = menu->actions().at(number); action->isEnabled() && !leaves(*action))
                action->trigger();
            answerDialogs();
        }
    }

    void pressEverything()
    {
        for (const QString &title : {u"Three messages wait"_s, u"Stops at once"_s}) {
            const QModelIndex row = m_desk->rowOf(title);
            if (!row.isValid())
                continue; // it was stopped and has left the list
            m_desk->conversations().scrollTo(row);
            const QPoint place = m_desk->conversations().visualRect(row).center();
            QTest::mouseClick(m_desk->conversations().viewport(), Qt::LeftButton, {}, place);
            QTest::qWait(200); // its queue is read
            chooseAllOfMenu(place);
            pressAllKeys();
            pressAllButtons();
        }
        QTest::keyClick(&m_desk->conversations(), Qt::Key_A, Qt::ControlModifier);
        pressAllKeys();
        pressAllButtons();
        auto &agents = m_desk->find<RowTable>(u"agents"_s);
        QTest::mouseClick(agents.viewport(), Qt::LeftButton, {}, agents.visualRect(agents.model()->index(1, 0)).center());
        QTest::qWait(200);
        pressAllButtons();
        QTest::qWait(200); // for what may still be on its way
    }

    int ordersReceived()
    {
        int count = 0;
        for (const QString &title : {u"Three messages wait"_s, u"Stops at once"_s}) {
            const QString id = DemoGateway::conversationId(title);
            for (const auto order : {demo::Order::StopConversation, demo::Order::StopTask, demo::Order::ClearQueue})
                count += m_desk->gateway.received(order, id);
        }
        for (int number = 0; number < 3; ++number)
            count += m_desk->gateway.received(demo::Order::DiscardMessage, DemoGateway::messageId(u"Three messages wait", number));
        return count;
    }

private Q_SLOTS:
    void cleanup() { m_desk.reset(); }

    void theseHandsFindAWay()
    {
        open(false);
        pressEverything();
        QVERIFY(m_questions > 0);
        QVERIFY(ordersReceived() > 0);
    }

    void nothingIsAskedOrSent()
    {
        open(true);
        pressEverything();
        QCOMPARE(m_questions, 0);
        QCOMPARE(ordersReceived(), 0);
        for (const QLabel *label : window().findChildren<QLabel *>())
            QVERIFY2(!label->isVisible() || !label->text().contains(u"can be stopped"_s), qPrintable(label->text()));
    }
};

}

STOPDESK_TEST(readonly, ReadOnlyTest, QApplication)
#include "tst_readonly.moc"
