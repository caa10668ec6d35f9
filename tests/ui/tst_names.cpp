#include "app/credentials/connectionbook.h"
#include "tests/support/testmain.h"
#include "tests/ui/dialogs/desk.h"
#include "ui/dialogs/connectiondialog.h"
#include "ui/dialogs/stopbyiddialog.h"
#include "ui/dialogs/stopdialog.h"
#include "ui/mainwindow.h"

#include <QAccessible>
#include <QComboBox>
#include <QLineEdit>

namespace names_test {

using namespace Qt::StringLiterals;

struct Named {
    const char *name;       ///< as a screen reader is told it
    const char *objectName; ///< as tests look for it
};

using Table = QList<Named>;

/// Everything of the window itself, not of the windows that belong to it.
QList<QWidget *> widgetsOf(QWidget &window)
{
    QList<QWidget *> own;
    for (QWidget *widget : window.findChildren<QWidget *>()) {
        if (widget->window() == &window)
            own.append(widget);
    }
    return own;
}

QString nameOf(QWidget *widget)
{
    const QAccessibleInterface *told = QAccessible::queryAccessibleInterface(widget);
    // Qt 6.4 calls a combo box what it shows.
    const bool isCombo = qobject_cast<QComboBox *>(widget) != nullptr;
    return told ? told->text(isCombo ? QAccessible::Description : QAccessible::Name) : QString();
}

/// The names of product.md's last table, as widgets have them; AT-SPI, which cannot see object names, is asked in
/// tests/endtoend/names.py.
class NamesTest : public QObject {
    Q_OBJECT

    /// Each name once in the window, on the widget of that object name, and no control's object name twice.
    void look(QWidget &window, const Table &table)
    {
        const QList<QWidget *> widgets = widgetsOf(window);
        for (const Named &wanted : table) {
            QList<QWidget *> found;
            for (QWidget *widget : widgets) {
                if (widget->objectName() == QLatin1StringView(wanted.objectName))
                    found.append(widget);
            }
            QVERIFY2(found.size() == 1, wanted.objectName);
            QCOMPARE(nameOf(found.constFirst()), QString::fromUtf8(wanted.name));
        }
        QStringList names;
        for (const QWidget *widget : widgets) {
            const QString name = widget->objectName();
            if (widget->focusPolicy() == Qt::NoFocus || name.isEmpty() || name.startsWith(u"qt_"_s))
                continue;
            QVERIFY2(!names.contains(name), qPrintable(name));
            names.append(name);
        }
    }

private Q_SLOTS:
    void mainWindow()
    {
        Desk desk;
        ConnectionList list(desk.folder.filePath(u"stopdesk.ini"_s));
        ConnectionBook book(list, desk.store, desk.secrets);
        MainWindow window({workplaceOf(desk.console, book), {}});
        look(window, {{"Connection", "connection"},
                      {"Find", "find"},
                      {"Refresh", "refresh"},
                      {"Hold updates", "holdUpdates"},
                      {"Stop by id…", "stopById"},
                      {"Agents", "agents"},
                      {"Conversations", "conversations"},
                      {"Also clear the queue", "alsoClearTheQueue"},
                      {"Stop conversation…", "stopConversation"},
                      {"Waiting messages", "waitingMessages"},
                      {"Problems", "problems"},
                      {"Stops", "stops"},
                      {"Journal", "journal"},
                      {"Copy as curl", "copyAsCurl"},
                      {"Export…", "exportJournal"},
                      {"Find in the journal", "findInTheJournal"},
                      {"Time", "journalTime"},
                      {"Outcome", "journalOutcome"},
                      {"Add a connection…", "addAConnection"},
                      {"Try the demo", "tryTheDemo"}});
    }

    void question()
    {
        Desk desk;
        StopDialog dialog({{desk.target}}, desk.connection, desk.question());
        QCOMPARE(dialog.accessibleName(), u"Stop conversation?"_s);
        look(dialog, {{"Also clear the queue", "alsoClearTheQueue"},
                      {"Waiting messages", "waitingMessages"},
                      {"Reason", "reason"},
                      {"Keep running", "keepRunning"},
                      {"Stop conversation", "stopConversation"}});
    }

    void questionAboutMany()
    {
        Desk desk;
        StopTarget other = desk.target;
        other.conversation = {u"c2"_s};
        StopDialog dialog({{desk.target, other}}, desk.connection, desk.question());
        QCOMPARE(dialog.accessibleName(), u"Stop 2 conversations?"_s);
        look(dialog, {{"Conversations", "targets"},
                      {"Tick all", "tickAll"},
                      {"Tick none", "tickNone"},
                      {"Also clear the queue", "alsoClearTheQueue"},
                      {"Number of conversations", "numberOfConversations"},
                      {"Reason", "reason"},
                      {"Keep running", "keepRunning"},
                      {"Stop 2 conversations in PRODUCTION", "stopConversation"}});
    }

    void stopById()
    {
        Desk desk;
        StopByIdDialog dialog(desk.locate());
        QCOMPARE(dialog.accessibleName(), u"Stop by id"_s);
        QCOMPARE(dialog.objectName(), u"stopById"_s);
        look(dialog, {{"Agent id", "agentId"},
                      {"Conversation id", "conversationId"},
                      {"Stop conversation…", "stopConversation"}});
    }

    void connection()
    {
        Desk desk;
        ConnectionList list(desk.folder.filePath(u"stopdesk.ini"_s));
        ConnectionBook book(list, desk.store, desk.secrets);
        ConnectionDialog dialog(desk.connectionForm(), book, std::nullopt);
        QCOMPARE(dialog.windowTitle(), u"Connection"_s);
        QCOMPARE(dialog.objectName(), u"connection"_s);
        look(dialog, {{"Connection name", "connectionName"},
                      {"Base address", "baseAddress"},
                      {"API key", "apiKey"},
                      {"Environment", "environment"},
                      {"Read-only", "readOnly"},
                      {"Save", "save"},
                      {"Use for this session", "useForThisSession"}});
    }

    void theKeyIsNotRead()
    {
        Desk desk;
        ConnectionList list(desk.folder.filePath(u"stopdesk.ini"_s));
        ConnectionBook book(list, desk.store, desk.secrets);
        ConnectionDialog dialog(desk.connectionForm(), book, std::nullopt);
        auto *key = dialog.findChild<QLineEdit *>(u"apiKey"_s);
        QVERIFY(key);
        key->setText(u"canary-key"_s);
        QAccessibleInterface *told = QAccessible::queryAccessibleInterface(key);
        QVERIFY(told->state().passwordEdit);
        QVERIFY(!told->text(QAccessible::Value).contains(u"canary"_s));
        QVERIFY(!told->textInterface()->text(0, 10).contains(u"canary"_s));
    }
};

}

STOPDESK_TEST(names, NamesTest, QApplication)
#include "tst_names.moc"
