#include "ui/connectionflow.h"

#include "tests/support/testmain.h"
#include "tests/ui/demodesk.h"
#include "ui/dialogs/connectiondialog.h"
#include "ui/dialogs/removedialog.h"
#include "ui/parts/noticebar.h"
#include "ui/startpage.h"

#include <QLineEdit>
#include <QMenu>
#include <QRadioButton>
#include <QTest>
#include <QToolButton>

namespace connectionflow_test {

using namespace Qt::StringLiterals;

/// Connections made, changed and removed in the window, over real HTTP.
class ConnectionFlowTest : public QObject {
    Q_OBJECT

    std::unique_ptr<DemoDesk> m_desk;

    MainWindow &window() { return *m_desk->window; }
    ConnectionDialog *form() { return window().findChild<ConnectionDialog *>(); }
    QLineEdit *edit(const QString &name) { return form()->findChild<QLineEdit *>(name); }
    static QPushButton *button(const QWidget &in, const QString &name) { return in.findChild<QPushButton *>(name); }
    QString said()
    {
        const auto *notice = window().centralWidget()->findChild<NoticeBar *>(QString(), Qt::FindDirectChildrenOnly);
        return notice->isVisible() ? notice->text() : QString();
    }
    QString formSays() { return form() ? form()->notice().text() : u"(is closed)"_s; }
    QAction *action(const QString &name)
    {
        const QList<QAction *> all = button(window(), u"menu"_s)->menu()->actions();
        return *std::ranges::find(all, name, &QObject::objectName);
    }
    ProblemListModel &problems() { return m_desk->console->models.problems; }

    void add(const QString &address, const QString &key)
    {
        QTest::keyClick(&window(), Qt::Key_N, Qt::ControlModifier);
        QTRY_VERIFY(form() && form()->isVisible());
        QTest::keyClicks(edit(u"connectionName"_s), u"Beta"_s);
        QTest::keyClick(form()->findChild<QRadioButton *>(u"canStop"_s), Qt::Key_Space);
        QTest::keyClicks(edit(u"baseAddress"_s), address);
        QTest::keyClicks(edit(u"apiKey"_s), key);
    }
    QString address() { return m_desk->gateway.start().toString().mid(int(qstrlen("http://"))); }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s));
        m_desk = std::make_unique<DemoDesk>();
        window().resize(1280, 800);
        window().show();
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
    }
    void cleanup() { m_desk.reset(); }

    void aKeyThatAnotherDesktopKeptIsSaidSo()
    {
        add(address(), m_desk->gateway.key());
        QTest::keyClick(edit(u"apiKey"_s), Qt::Key_Return);
        QTRY_VERIFY(!form());
        const Connection kept = *m_desk->list.find(m_desk->console->link().connection()->id);
        m_desk->console->connector.close();
        m_desk->store.kept.clear();
        m_desk->store.serviceName = u"KWallet"_s;
        m_desk->console->open(kept);
        QTRY_COMPARE(said(), u"Your system keychain holds no key for Beta at %1. It was stored while using Secret Service; this desktop "
                             "uses KWallet."_s.arg(kept.address.authority()));
        m_desk->store.serviceName = kept.keychain;
        m_desk->console->open(kept);
        QTRY_COMPARE(said(), u"Your system keychain holds no key for Beta at %1."_s.arg(kept.address.authority()));
    }

    void whatWorksIsUsedAndTheWindowSaysSo()
    {
        add(address(), m_desk->gateway.key());
        QTest::keyClick(edit(u"apiKey"_s), Qt::Key_Return);
        QTRY_VERIFY(!form());
        QCOMPARE(window().windowTitle(), u"Beta – Stopdesk"_s);
        const QRegularExpression words(u"^Saved in the system keychain \\(read back\\)\\. Works: \\d+ agents\\.$"_s);
        QVERIFY2(words.match(said()).hasMatch(), qPrintable(said()));
        QCOMPARE(m_desk->store.kept.size(), 1);
        QTRY_COMPARE(m_desk->console->link().keyState(), ServiceLink::KeyState::Known);
        QTRY_VERIFY(m_desk->console->link().agents().rowCount() > 1);
        QVERIFY(words.match(said()).hasMatch());
    }

    void besideOneThatWorksWhatFailsIsKeptOnlyDeliberatelyAndNotUsed_data()
    {
        QTest::addColumn<QString>("address"); ///< empty: the service's
        QTest::addColumn<QString>("key"); ///< empty: the right one
        QTest::addColumn<QString>("words");
        QTest::newRow("wrong key") << QString() << u"wrong-key"_s << u"The service does not accept the key of this connection."_s;
        QTest::newRow("wrong address") << u"127.0.0.1:1"_s << QString() << u"The service's host does not take the connection."_s;
    }
    void besideOneThatWorksWhatFailsIsKeptOnlyDeliberatelyAndNotUsed()
    {
        QFETCH(const QString, address);
        QFETCH(const QString, key);
        QFETCH(const QString, words);
        m_desk->openWithKey();
        QTRY_VERIFY(m_desk->console->link().agents().rowCount() > 1);
        const Connection before = *m_desk->console->link().connection();
        add(address.isEmpty() ? this->address() : address, key.isEmpty() ? m_desk->gateway.key() : key);
        QTest::mouseClick(button(*form(), u"save"_s), Qt::LeftButton);
        QTRY_VERIFY2(formSays().startsWith(u"Nothing was saved: the test failed. "_s + words), qPrintable(formSays()));
        QVERIFY(m_desk->list.all().isEmpty());
        QVERIFY(m_desk->store.kept.isEmpty());
        QCOMPARE(m_desk->console->link().connection(), before);
        QCOMPARE(problems().rowCount(), 1);

        QTest::mouseClick(button(*form(), u"noticeAction"_s), Qt::LeftButton);
        QTRY_VERIFY(!form());
        QCOMPARE(m_desk->list.all().size(), 1);
        QCOMPARE(m_desk->store.kept.size(), 1);
        QCOMPARE(said(), u"Saved in the system keychain (read back). It failed its test."_s);
        QCOMPARE(m_desk->console->link().connection(), before);
        QCOMPARE(m_desk->console->link().keyState(), ServiceLink::KeyState::Known);
        const int readBefore = m_desk->gateway.requestsReceived();
        QTest::mouseClick(button(window(), u"refresh"_s), Qt::LeftButton);
        QTRY_VERIFY(m_desk->gateway.requestsReceived() > readBefore); // it goes on being read
    }

    void removingAsksAndSaysWhatBecameOfTheKey()
    {
        m_desk->list.save(m_desk->connection());
        m_desk->store.keep(m_desk->connection(), Secret::fromStored(m_desk->gateway.key().toLatin1()));
        m_desk->console->open(*m_desk->list.find({u"k1"_s}));
        action(u"removeConnectionAction"_s)->trigger();
        QVERIFY(!form());
        auto *question = window().findChild<RemoveDialog *>();
        QTRY_VERIFY(question && question->isVisible());
        QTRY_VERIFY(button(*question, u"keep"_s)->hasFocus());
        QTest::mouseClick(button(*question, u"remove"_s), Qt::LeftButton);
        QTRY_VERIFY(!window().findChild<RemoveDialog *>());
        QCOMPARE(said(), u"Removed. Its key is no longer in the system keychain (looked up)."_s);
        QVERIFY(m_desk->store.kept.isEmpty());
        QVERIFY(window().findChild<StartPage *>()->isVisible());
    }

    void theFormLeadsToTheSameQuestionAndGoesWithTheConnection()
    {
        m_desk->list.save(m_desk->connection());
        m_desk->openWithKey();
        action(u"editConnectionAction"_s)->trigger();
        QTest::mouseClick(button(*form(), u"remove"_s), Qt::LeftButton);
        auto *question = window().findChild<RemoveDialog *>();
        QTRY_VERIFY(question && question->isVisible());
        QTest::mouseClick(button(*question, u"remove"_s), Qt::LeftButton);
        QTRY_VERIFY(!form());
        QVERIFY(!m_desk->console->link().connection());
    }

    void theErrorOfAnAbandonedEditIsGoneAtTheNextOpening()
    {
        m_desk->list.save(m_desk->connection());
        m_desk->openWithKey();
        QAction *change = action(u"editConnectionAction"_s);
        change->trigger();
        edit(u"baseAddress"_s)->setText(u"https://"_s);
        QTest::mouseClick(button(*form(), u"save"_s), Qt::LeftButton);
        QVERIFY(edit(u"baseAddress"_s)->property("invalid").toBool());
        QCOMPARE(problems().rowCount(), 2); // and a key of another host
        QTest::keyClick(form(), Qt::Key_Escape);
        QTRY_VERIFY(!form());
        QCOMPARE(problems().rowCount(), 0);
        change->trigger();
        QVERIFY(!edit(u"baseAddress"_s)->property("invalid").toBool());
        QCOMPARE(QUrl(edit(u"baseAddress"_s)->text()), m_desk->connection().address);
    }

    void aKeyLeftInTheKeychainIsAProblem()
    {
        add(address(), m_desk->gateway.key());
        m_desk->store.hang();
        QTest::mouseClick(button(*form(), u"save"_s), Qt::LeftButton);
        QTRY_COMPARE(m_desk->store.waiting(), 1);
        m_desk->store.passDeadline();
        QTRY_COMPARE(problems().rowCount(), 1);
        QTest::mouseClick(button(*form(), u"useForThisSession"_s), Qt::LeftButton);
        QTRY_VERIFY(!form());
        QVERIFY2(said().startsWith(u"The key is used until Stopdesk ends. It is written nowhere. Works: "_s), qPrintable(said()));
        m_desk->store.answerAll();
        m_desk->store.failWith(FailureKind::KeychainLocked);
        QTRY_VERIFY(problems().rowCount() == 2);
        const QString told = problems().rows().first().problem.error.message;
        QVERIFY2(told.contains(u"Remove the entry “stopdesk/http://127.0.0.1:"_s), qPrintable(told));

        m_desk->store.recover();
        action(u"editConnectionAction"_s)->trigger();
        QTest::keyClicks(edit(u"apiKey"_s), m_desk->gateway.key());
        QVERIFY(!problems().rows().first().problem.isSettled());
        QTest::mouseClick(button(*form(), u"save"_s), Qt::LeftButton);
        QTRY_VERIFY(!form());
        QVERIFY(problems().rows().first().problem.isSettled()); // now it is wanted there
    }

    /// Its prompt is answered while the key is tested for this console.
    void aKeyForTheSessionIsTakenBackWhileItIsTested()
    {
        m_desk->list.save(m_desk->connection());
        m_desk->openWithKey();
        QTRY_COMPARE(m_desk->console->link().keyState(), ServiceLink::KeyState::Known);
        m_desk->secrets.forget(m_desk->connection().id); // kept, and with no key in memory alone
        action(u"editConnectionAction"_s)->trigger();
        QTest::keyClicks(edit(u"apiKey"_s), m_desk->gateway.key());
        m_desk->store.hang();
        QTest::mouseClick(button(*form(), u"save"_s), Qt::LeftButton);
        QTRY_COMPARE(m_desk->store.waiting(), 1);
        QTest::mouseClick(button(*form(), u"useForThisSession"_s), Qt::LeftButton);
        m_desk->store.answerAll();
        QTRY_VERIFY(!form());
        QTRY_VERIFY(m_desk->store.kept.isEmpty());
        QVERIFY(m_desk->secrets.find(m_desk->connection()));
    }

    void whatWasKeptThoughItFailedIsWhatIsEdited()
    {
        m_desk->list.save(m_desk->connection());
        m_desk->openWithKey();
        QTRY_COMPARE(m_desk->console->link().keyState(), ServiceLink::KeyState::Known);
        action(u"editConnectionAction"_s)->trigger();
        edit(u"baseAddress"_s)->setText(u"http://127.0.0.1:1"_s);
        QTest::keyClicks(edit(u"apiKey"_s), u"key-for-the-other"_s);
        QTest::mouseClick(button(*form(), u"save"_s), Qt::LeftButton);
        QTRY_VERIFY(button(*form(), u"noticeAction"_s)->isVisible());
        QTest::mouseClick(button(*form(), u"noticeAction"_s), Qt::LeftButton);
        QTRY_VERIFY(!form());
        QCOMPARE(m_desk->console->link().connection()->address, m_desk->connection().address);
        action(u"editConnectionAction"_s)->trigger();
        QCOMPARE(edit(u"baseAddress"_s)->text(), u"http://127.0.0.1:1"_s);
    }

    void whatFailedAndWasKeptDoesNotReplaceWhatWorks()
    {
        m_desk->list.save(m_desk->connection());
        m_desk->openWithKey();
        QTRY_COMPARE(m_desk->console->link().keyState(), ServiceLink::KeyState::Known);
        const Connection before = *m_desk->console->link().connection();
        action(u"editConnectionAction"_s)->trigger();
        QTest::keyClicks(edit(u"apiKey"_s), u"wrong-key"_s);
        QTest::mouseClick(button(*form(), u"save"_s), Qt::LeftButton);
        QTRY_VERIFY(button(*form(), u"noticeAction"_s)->isVisible());
        QTest::mouseClick(button(*form(), u"noticeAction"_s), Qt::LeftButton);
        QTRY_VERIFY(!form());
        action(u"editConnectionAction"_s)->trigger();
        QTest::keyClicks(edit(u"connectionName"_s), u" 2"_s);
        QTest::mouseClick(button(*form(), u"save"_s), Qt::LeftButton);
        QTRY_VERIFY2(formSays().startsWith(u"Nothing was saved: the test failed."_s), qPrintable(formSays()));
        QTest::mouseClick(button(*form(), u"noticeAction"_s), Qt::LeftButton);
        QTRY_VERIFY(!form());
        QCOMPARE(m_desk->list.all().first().name, u"Acme cloud 2"_s);
        window().openKept(before.id); // as the chooser does
        QCOMPARE(m_desk->console->link().connection(), before);
        QCOMPARE(m_desk->console->link().keyState(), ServiceLink::KeyState::Known);
    }

    void aKeyThatCannotBeReadStaysAProblemWhenAFormIsLeft()
    {
        m_desk->list.save(m_desk->connection());
        m_desk->store.failWith(FailureKind::KeychainLocked);
        m_desk->console->open(m_desk->connection());
        QTRY_COMPARE(problems().rowCount(), 1);
        action(u"editConnectionAction"_s)->trigger();
        QTest::keyClicks(edit(u"baseAddress"_s), u"/v9"_s);
        QTest::mouseClick(button(*form(), u"save"_s), Qt::LeftButton); // locked here, too
        QTRY_COMPARE(problems().row(0).problem.count, 2);
        QTest::keyClick(form(), Qt::Key_Escape);
        QTRY_VERIFY(!form());
        QVERIFY(!problems().row(0).problem.isSettled());
    }

    void whatFailsInAFormStaysAProblemUntilTheFormIsLeft()
    {
        m_desk->openWithKey();
        QTRY_VERIFY(m_desk->console->link().agents().rowCount() > 1);
        add(u"127.0.0.1:1"_s, m_desk->gateway.key());
        edit(u"connectionName"_s)->setText(u"Acme cloud"_s); // the name of the one that works
        QTest::mouseClick(button(*form(), u"save"_s), Qt::LeftButton);
        QTRY_COMPARE(problems().rowCount(), 1);
        const int before = m_desk->gateway.requestsReceived();
        m_desk->console->link().refresh();
        QTRY_VERIFY(m_desk->gateway.requestsReceived() > before && !m_desk->console->link().freshness().loading);
        QVERIFY(!problems().row(0).problem.isSettled());
        QTest::keyClicks(edit(u"connectionName"_s), u" 2"_s);
        edit(u"baseAddress"_s)->setText(address());
        QTest::mouseClick(button(*form(), u"save"_s), Qt::LeftButton);
        QTRY_VERIFY(!form());
        QVERIFY(problems().row(0).problem.isSettled()); // under its former name
    }

    void removingAsksAboutTheConnectionInUse()
    {
        Connection other = m_desk->connection();
        other.id = {u"k2"_s};
        other.name = u"Other"_s;
        m_desk->list.save(other);
        m_desk->list.save(m_desk->connection());
        m_desk->openWithKey();
        action(u"removeConnectionAction"_s)->trigger();
        QTRY_VERIFY(window().findChild<RemoveDialog *>());
        window().openKept(other.id);
        action(u"removeConnectionAction"_s)->trigger();
        QTRY_COMPARE(window().findChildren<RemoveDialog *>().size(), 2); // the first may wait for the keychain
        QCOMPARE(window().findChildren<RemoveDialog *>().last()->connection().id, other.id);
        action(u"removeConnectionAction"_s)->trigger();
        QCOMPARE(window().findChildren<RemoveDialog *>().size(), 2);
    }

    void keepingAConnectionLeavesTheMarksOfItsForm()
    {
        m_desk->list.save(m_desk->connection());
        m_desk->openWithKey();
        action(u"editConnectionAction"_s)->trigger();
        edit(u"connectionName"_s)->clear();
        QTest::mouseClick(button(*form(), u"save"_s), Qt::LeftButton);
        QVERIFY(edit(u"connectionName"_s)->property("invalid").toBool());
        QTest::mouseClick(button(*form(), u"remove"_s), Qt::LeftButton);
        auto *question = window().findChild<RemoveDialog *>();
        QTRY_VERIFY(question && question->isVisible());
        QTest::mouseClick(button(*question, u"keep"_s), Qt::LeftButton);
        QTRY_VERIFY(!window().findChild<RemoveDialog *>());
        QVERIFY(edit(u"connectionName"_s)->property("invalid").toBool());
        QCOMPARE(problems().rowCount(), 1);
    }

    void aWindowWithAFormOrAKeyOnItsWayIsNotClosedForTheDemo()
    {
        QVERIFY(!window().isEditing());
        add(address(), m_desk->gateway.key());
        QVERIFY(window().isEditing());
        m_desk->store.hang();
        QTest::mouseClick(button(*form(), u"save"_s), Qt::LeftButton);
        QTRY_COMPARE(m_desk->store.waiting(), 1);
        QTest::keyClick(form(), Qt::Key_Escape);
        QTRY_VERIFY(!form());
        QVERIFY(window().isEditing());
        m_desk->store.answerAll();
        QTRY_VERIFY(!window().isEditing());
        QTRY_VERIFY(m_desk->store.kept.isEmpty());
    }

    void whatWasSaidAndClosedDoesNotComeBack()
    {
        add(address(), m_desk->gateway.key());
        QTest::keyClick(edit(u"apiKey"_s), Qt::Key_Return);
        QTRY_VERIFY(!form() && said().startsWith(u"Saved in"_s));
        QTest::mouseClick(window().centralWidget()->findChild<QToolButton *>(u"noticeClose"_s), Qt::LeftButton);
        m_desk->secrets.keep(*m_desk->console->link().connection(), Secret::fromStored("wrong"));
        m_desk->console->open(*m_desk->console->link().connection());
        QTRY_VERIFY2(said().contains(u"refused the key of Beta"_s), qPrintable(said()));
        m_desk->secrets.forget(m_desk->console->link().connection()->id);
        m_desk->console->open(*m_desk->console->link().connection());
        QTRY_VERIFY(!said().contains(u"refused the key of Beta"_s));
        QTest::qWait(1100); // the window says once a second what there is to say
        QCOMPARE(said(), QString());
    }

    void whatFailedInAFormThatWasLeftIsOver()
    {
        add(u"127.0.0.1:1"_s, m_desk->gateway.key());
        QTest::mouseClick(button(*form(), u"save"_s), Qt::LeftButton);
        QTRY_COMPARE(problems().rowCount(), 1);
        QVERIFY(!problems().row(0).problem.isSettled());
        QTest::keyClick(form(), Qt::Key_Escape);
        QTRY_VERIFY(!form());
        QVERIFY(problems().row(0).problem.isSettled());
    }

    void whoKeepsAConnectionWhileItIsRemovedIsToldOfItsKey()
    {
        m_desk->list.save(m_desk->connection());
        m_desk->store.keep(m_desk->connection(), Secret::fromStored(m_desk->gateway.key().toLatin1()));
        m_desk->console->open(*m_desk->list.find({u"k1"_s}));
        QTRY_COMPARE(m_desk->console->link().keyState(), ServiceLink::KeyState::Known);
        action(u"removeConnectionAction"_s)->trigger();
        auto *question = window().findChild<RemoveDialog *>();
        QTRY_VERIFY(question && question->isVisible());
        m_desk->store.hang();
        QTest::mouseClick(button(*question, u"remove"_s), Qt::LeftButton);
        QTRY_COMPARE(m_desk->store.waiting(), 1);
        QTest::mouseClick(button(*question, u"keep"_s), Qt::LeftButton);
        QTRY_VERIFY(!window().findChild<RemoveDialog *>());
        m_desk->store.answerAll();
        QTRY_VERIFY2(said().startsWith(u"Acme cloud has no key in the system keychain now."_s), qPrintable(said()));
        QVERIFY(m_desk->list.find({u"k1"_s}));
        QVERIFY(m_desk->console->link().connection());
        QTest::mouseClick(window().centralWidget()->findChild<QToolButton *>(u"noticeClose"_s), Qt::LeftButton);
        QTest::qWait(1100); // the window says once a second what there is to say
        QCOMPARE(said(), QString());
    }

    void whatIsGreySaysWhy_data()
    {
        QTest::addColumn<QString>("open");
        QTest::addColumn<QStringList>("faces");
        QTest::newRow("none") << u"none"_s
                              << QStringList{u"Add a connection…"_s, u"Edit connection… (no connection is open)"_s,
                                             u"Remove connection… (no connection is open)"_s};
        QTest::newRow("real") << u"real"_s
                              << QStringList{u"Add a connection…"_s, u"Edit connection…"_s, u"Remove connection…"_s};
        QTest::newRow("demo") << u"demo"_s
                              << QStringList{u"Add a connection… (the demo keeps no connections)"_s,
                                             u"Edit connection… (the demo keeps no connections)"_s,
                                             u"Remove connection… (the demo keeps no connections)"_s};
    }
    void whatIsGreySaysWhy()
    {
        QFETCH(const QString, open);
        QFETCH(const QStringList, faces);
        if (open != u"none")
            m_desk->openWithKey(open == u"demo");
        QStringList seen;
        for (const QString &name : {u"addConnectionAction"_s, u"editConnectionAction"_s, u"removeConnectionAction"_s}) {
            const QAction *offered = action(name);
            seen.append(offered->text());
            QCOMPARE(offered->isEnabled(), !offered->text().endsWith(u')'));
            QVERIFY(offered->isEnabled() || offered->text().contains(offered->toolTip()));
        }
        QCOMPARE(seen, faces);
        QVERIFY(window().findChild<QPushButton *>(u"addAConnection"_s)->isEnabled());
    }
};

}

STOPDESK_TEST(connectionflow, ConnectionFlowTest, QApplication)
#include "tst_connectionflow.moc"
