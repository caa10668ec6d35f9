#include "ui/dialogs/forgetdialog.h"

#include "tests/support/testmain.h"
#include "tests/ui/dialogs/desk.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <optional>

namespace forgetdialog_test {

using namespace Qt::StringLiterals;

class ForgetDialogTest : public QObject {
    Q_OBJECT

    std::optional<Desk> m_desk;
    std::unique_ptr<ConnectionList> m_list;
    std::unique_ptr<ConnectionBook> m_book;
    std::unique_ptr<ForgetDialog> m_dialog;
    std::unique_ptr<QSignalSpy> m_agreed;

    QPushButton &button(const QString &name) const { return *m_dialog->findChild<QPushButton *>(name); }
    void click(const QString &name) { QTest::mouseClick(&button(name), Qt::LeftButton); }
    QString told() const { return m_dialog->notice().isVisible() ? m_dialog->notice().text() : QString(); }
    QString agreed() const { return m_agreed->isEmpty() ? QString() : m_agreed->first().first().toString(); }

private Q_SLOTS:
    void init()
    {
        m_desk.emplace();
        m_list = std::make_unique<ConnectionList>(m_desk->folder.filePath(u"connections.ini"_s));
        m_book = std::make_unique<ConnectionBook>(*m_list, m_desk->store, m_desk->secrets);
        m_list->save(m_desk->connection);
        m_desk->store.keep(m_desk->connection, Secret::fromStored("old"));
        m_dialog = std::make_unique<ForgetDialog>(*m_book, m_desk->console.stops);
        m_agreed = std::make_unique<QSignalSpy>(m_dialog.get(), &ForgetDialog::agreed);
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    }
    void cleanup()
    {
        m_dialog.reset();
        m_book.reset();
        m_list.reset();
        m_desk.reset();
    }

    void itKeepsByDefault()
    {
        QTest::keyClick(m_dialog->focusWidget(), Qt::Key_Return);
        QVERIFY(!m_dialog->isVisible());
        QCOMPARE(m_agreed->count(), 0);
        QCOMPARE(m_desk->store.kept.size(), 1);
    }

    void allKeysGoAlsoThoseOfNoConnection()
    {
        Connection former = m_desk->connection;
        former.id = {u"removed long ago"_s};
        m_desk->store.keep(former, Secret::fromStored("older"));
        click(u"forget"_s);
        QTRY_COMPARE(agreed(), u"The keys of all connections are no longer in the system keychain (looked up)."_s);
        QVERIFY(m_desk->store.kept.isEmpty());
        QVERIFY(!m_desk->secrets.find(m_desk->connection));
        QVERIFY(!m_dialog->isVisible());
    }

    void withAKeychainThatFailsItIsAskedAgain()
    {
        m_desk->store.failWith(FailureKind::KeychainLocked);
        click(u"forget"_s);
        QTRY_VERIFY2(told().startsWith(u"Nothing was forgotten: keys may still be there. "_s), qPrintable(told()));
        QCOMPARE(m_agreed->count(), 0);
        QVERIFY(m_desk->secrets.find(m_desk->connection)); // nothing was forgotten
        click(u"noticeAction"_s);
        QCOMPARE(agreed(), u"Keys of Stopdesk may still be in the system keychain."_s);
    }

    void notWhileAStopIsUnderWay()
    {
        m_desk->network.always("POST ", FakeAnswer::hangs());
        m_desk->console.stops.decide({m_desk->target}, ClearQueue::No, {});
        m_desk->settle();
        QVERIFY(!button(u"forget"_s).isEnabled());
        QCOMPARE(told(), u"A stop is still being sent or checked. Wait until it is settled."_s);
    }
};

}

STOPDESK_TEST(forgetdialog, ForgetDialogTest, QApplication)
#include "tst_forgetdialog.moc"
