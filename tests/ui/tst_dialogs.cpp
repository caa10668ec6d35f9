#include "tests/support/testmain.h"
#include "tests/ui/dialogs/manydesk.h"
#include "ui/closequestion.h"
#include "ui/dialogs/connectiondialog.h"
#include "ui/dialogs/removedialog.h"
#include "ui/dialogs/stopbyiddialog.h"
#include "ui/dialogs/stopdialog.h"
#include "ui/parts/style.h"

#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>

#include <optional>

namespace dialogs_test {

using namespace Qt::StringLiterals;

/// What holds in every dialog of the program.
class DialogsTest : public QObject {
    Q_OBJECT

    std::optional<ManyDesk> m_desk;
    std::unique_ptr<ConnectionList> m_list;
    std::unique_ptr<ConnectionBook> m_book;
    std::unique_ptr<CloseQuestion> m_closeQuestion;
    std::unique_ptr<QWidget> m_window; ///< the parent of them all

    void begin()
    {
        end();
        m_desk.emplace(3);
        m_list = std::make_unique<ConnectionList>(m_desk->folder.filePath(u"connections.ini"_s));
        m_book = std::make_unique<ConnectionBook>(*m_list, m_desk->store, m_desk->secrets);
        m_window = std::make_unique<QWidget>();
        m_window->show();
    }
    void end()
    {
        m_closeQuestion.reset();
        m_window.reset();
        m_book.reset();
        m_list.reset();
        m_desk.reset();
    }

    static void click(const QDialog &dialog, const QString &button)
    {
        QTest::mouseClick(dialog.findChild<QPushButton *>(button), Qt::LeftButton);
    }
    static bool offers(const QDialog &dialog)
    {
        return dialog.findChild<QPushButton *>(u"noticeAction"_s)->isVisible();
    }

    /// As a person has it before the eyes: with all that it can show at once.
    QDialog *open(const QString &name)
    {
        QDialog *dialog = make(name);
        dialog->show();
        if (!QTest::qWaitForWindowActive(dialog))
            return nullptr;
        if (name == u"new connection") {
            QTest::mouseClick(dialog->findChild<QToolButton *>(u"advanced"_s), Qt::LeftButton, {}, {5, 5});
            click(*dialog, u"save"_s); // three links
        } else if (name == u"connection that failed its test") {
            m_desk->network.always("per_page=1", FakeAnswer::with(401));
            QTest::keyClicks(dialog->findChild<QLineEdit *>(u"apiKey"_s), u"secret-1"_s);
            click(*dialog, u"save"_s);
            (void)QTest::qWaitFor([dialog] { return offers(*dialog); });
        } else if (name == u"key that was not removed") {
            m_desk->store.failWith(FailureKind::KeychainLocked);
            click(*dialog, u"remove"_s);
            (void)QTest::qWaitFor([dialog] { return offers(*dialog); });
        } else if (name == u"question about several") {
            QTest::keyClicks(dialog->findChild<QLineEdit *>(u"numberOfConversations"_s), u"3"_s); // it is production
        } else if (name == u"stop by id of a sub-task") {
            Conversation subTask = ManyDesk::conversation(9);
            subTask.parent = {u"c1"_s};
            m_desk->read({subTask});
            dialog->findChild<QLineEdit *>(u"conversationId"_s)->setText(u"c9"_s);
            click(*dialog, u"stopConversation"_s);
            (void)QTest::qWaitFor([dialog] { return offers(*dialog); });
        }
        m_desk->settle();
        return dialog;
    }

    QDialog *make(const QString &name)
    {
        if (name == u"new connection")
            return new ConnectionDialog(m_desk->connectionForm(), *m_book, std::nullopt, m_window.get());
        if (name == u"connection that failed its test")
            return new ConnectionDialog(m_desk->connectionForm(), *m_book, m_desk->connection, m_window.get());
        if (name == u"remove" || name == u"key that was not removed")
            return new RemoveDialog(*m_book, m_desk->connection, m_window.get());
        if (name.startsWith(u"stop by id"))
            return new StopByIdDialog(m_desk->locate(), m_window.get());
        if (name == u"question")
            return question(1);
        if (name == u"question about several")
            return question(3);
        return closeQuestion();
    }
    QDialog *question(int count)
    {
        return new StopDialog({m_desk->firstTargets(count)}, m_desk->connection, m_desk->question(), m_window.get());
    }
    QDialog *closeQuestion()
    {
        m_desk->network.always("POST ", FakeAnswer::hangs());
        m_desk->console.stops.decide(m_desk->firstTargets(30), ClearQueue::No, {});
        m_desk->settle();
        m_closeQuestion = std::make_unique<CloseQuestion>(m_desk->console.stops, m_window.get());
        m_closeQuestion->mayClose();
        return m_window->findChild<QDialog *>();
    }

    /// Those that Tab leads to, check boxes apart: those Space ticks, and Enter leaves the form.
    static QList<QAbstractButton *> buttons(const QDialog &dialog)
    {
        QList<QAbstractButton *> found = dialog.findChildren<QAbstractButton *>();
        found.removeIf([](const QAbstractButton *button) {
            const bool isButton = qobject_cast<const QPushButton *>(button) || qobject_cast<const QToolButton *>(button);
            return !isButton || !button->isVisible() || !button->isEnabled() || !(button->focusPolicy() & Qt::TabFocus);
        });
        return found;
    }

private Q_SLOTS:
    void cleanup() { end(); }

    void enterAnswersWithTheButtonThatHasTheFocus_data()
    {
        QTest::addColumn<int>("least"); ///< buttons that it shows
        QTest::newRow("new connection") << 8;
        QTest::newRow("connection that failed its test") << 7;
        QTest::newRow("remove") << 2;
        QTest::newRow("key that was not removed") << 4;
        QTest::newRow("stop by id") << 2;
        QTest::newRow("stop by id of a sub-task") << 4;
        QTest::newRow("question") << 2;
        QTest::newRow("question about several") << 3;
        QTest::newRow("close") << 2;
    }
    void enterAnswersWithTheButtonThatHasTheFocus()
    {
        QFETCH(const int, least);
        const QString name = QString::fromLatin1(QTest::currentDataTag());
        for (qsizetype chosen = 0, count = 1; chosen < count; ++chosen) {
            begin();
            QDialog *dialog = open(name);
            QVERIFY(dialog);
            const QList<QAbstractButton *> all = buttons(*dialog);
            count = all.size();
            QVERIFY2(count >= least, qPrintable(QString::number(count)));
            QStringList pressed;
            for (const QAbstractButton *button : all)
                connect(button, &QAbstractButton::clicked, this, [&pressed, button] { pressed.append(button->objectName()); });
            QAbstractButton *button = all.at(chosen);
            const QString wanted = button->objectName();
            button->setFocus(Qt::TabFocusReason);
            QTRY_VERIFY2(button->hasFocus(), qPrintable(wanted));
            QTest::keyClick(button, chosen % 2 ? Qt::Key_Enter : Qt::Key_Return);
            QCOMPARE(pressed, QStringList{wanted});
        }
    }

    void nothingThatIsSaidIsCut_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"connection that failed its test", "key that was not removed", "stop by id of a sub-task"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void nothingThatIsSaidIsCut()
    {
        QFETCH(const QString, name);
        applyStyle(*qApp);
        begin();
        QDialog *dialog = open(name);
        QVERIFY(dialog);
        const auto *notice = dialog->findChild<NoticeBar *>();
        QTRY_VERIFY(notice->height() >= notice->heightForWidth(notice->width()));
        const auto *middle = dialog->findChild<QScrollArea *>();
        QTRY_COMPARE(middle->verticalScrollBar()->maximum(), 0);
        qApp->setStyleSheet({});
    }

    void noFieldMovesUnderWhoMends_data()
    {
        QTest::addColumn<QStringList>("fields"); ///< from the top
        const QStringList connection{u"connectionName"_s, u"baseAddress"_s, u"apiKey"_s, u"certificateAuthority"_s};
        QTest::newRow("new connection") << connection;
        QTest::newRow("stop by id") << QStringList{u"conversationId"_s, u"agentId"_s};
    }
    void noFieldMovesUnderWhoMends()
    {
        QFETCH(const QStringList, fields);
        begin();
        QDialog *dialog = open(QString::fromLatin1(QTest::currentDataTag()));
        QVERIFY(dialog);
        const auto edit = [dialog](const QString &name) { return dialog->findChild<QLineEdit *>(name); };
        for (const QString &name : fields)
            edit(name)->setText(u"/ b"_s);
        if (QLineEdit *name = edit(u"connectionName"_s))
            name->clear();
        click(*dialog, edit(u"apiKey"_s) ? u"save"_s : u"stopConversation"_s);
        m_desk->settle();
        const auto places = [&] {
            QStringList found;
            for (const QString &name : fields) {
                const QPoint at = edit(name)->mapTo(dialog, QPoint());
                found.append(u"%1 %2,%3"_s.arg(name).arg(at.x()).arg(at.y()));
            }
            return found;
        };
        for (const QString &name : fields) {
            QVERIFY2(edit(name)->property("invalid").toBool(), qPrintable(name));
            edit(name)->setFocus();
            m_desk->settle();
            const QStringList before = places();
            QTest::keyClick(edit(name), Qt::Key_X);
            QVERIFY(!edit(name)->property("invalid").toBool());
            m_desk->settle();
            QCOMPARE(places(), before);
        }
    }
};

}

STOPDESK_TEST(dialogs, DialogsTest, QApplication)
#include "tst_dialogs.moc"
