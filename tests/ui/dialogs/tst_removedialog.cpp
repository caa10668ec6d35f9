#include "ui/dialogs/removedialog.h"

#include "tests/support/testmain.h"
#include "tests/ui/dialogs/desk.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <optional>

namespace removedialog_test {

using namespace Qt::StringLiterals;

class RemoveDialogTest : public QObject {
    Q_OBJECT

    std::optional<Desk> m_desk;
    std::unique_ptr<ConnectionList> m_list;
    std::unique_ptr<ConnectionBook> m_book;
    std::unique_ptr<RemoveDialog> m_dialog;
    std::unique_ptr<QSignalSpy> m_removed;
    std::unique_ptr<QSignalSpy> m_ended;

    void click(const QString &name) { QTest::mouseClick(m_dialog->findChild<QPushButton *>(name), Qt::LeftButton); }
    QString told() const { return m_dialog->notice().text(); }
    QString ended() const { return m_ended->isEmpty() ? QString() : m_ended->last().at(1).toString(); }

private Q_SLOTS:
    void init()
    {
        m_desk.emplace();
        m_list = std::make_unique<ConnectionList>(m_desk->folder.filePath(u"connections.ini"_s));
        m_book = std::make_unique<ConnectionBook>(*m_list, m_desk->store, m_desk->secrets);
        m_list->save(m_desk->connection);
        m_desk->store.keep(m_desk->connection, Secret::fromStored("old"));
        m_dialog = std::make_unique<RemoveDialog>(*m_book, m_desk->connection);
        m_removed = std::make_unique<QSignalSpy>(m_dialog.get(), &RemoveDialog::removed);
        m_ended = std::make_unique<QSignalSpy>(m_dialog.get(), &RemoveDialog::told);
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

    void itNamesWhatGoesAndKeepsByDefault()
    {
        const QList<QLabel *> labels = m_dialog->findChildren<QLabel *>();
        QVERIFY(std::ranges::any_of(labels, [](const QLabel *label) {
            return label->text().startsWith(u"Its key is removed from the system keychain too."_s);
        }));
        QTest::keyClick(m_dialog->focusWidget(), Qt::Key_Return);
        QVERIFY(!m_dialog->isVisible());
        QCOMPARE(m_desk->store.asked.remove, 0);
        QCOMPARE(m_list->all().size(), 1);
    }

    void itRemovesTheKeyAndCloses()
    {
        click(u"remove"_s);
        QTRY_COMPARE(m_removed->count(), 1);
        QVERIFY(m_desk->store.kept.isEmpty());
        QVERIFY(m_list->all().isEmpty());
        QVERIFY(!m_dialog->isVisible());
        QCOMPARE(ended(), u"Removed. Its key is no longer in the system keychain (looked up)."_s);
    }

    void aKeyThatCouldNotBeRemovedKeepsTheConnection()
    {
        m_desk->store.failWith(FailureKind::KeychainLocked);
        click(u"remove"_s);
        QTRY_VERIFY(told().startsWith(u"Nothing was removed: the key may still be there."_s));
        QCOMPARE(m_list->all().size(), 1);
        QCOMPARE(m_removed->count(), 0);
        click(u"noticeAction"_s);
        QCOMPARE(m_removed->count(), 1);
        QVERIFY(m_list->all().isEmpty());
        QVERIFY(ended().contains(u"may still be in the system keychain"_s));
    }

    void whoAnswersThePromptAfterTheDeadlineHasRemoved()
    {
        m_desk->store.hang();
        click(u"remove"_s);
        m_desk->store.passDeadline();
        QTRY_VERIFY(told().startsWith(u"Nothing was removed: the key may still be there."_s));
        click(u"remove"_s); // is under way
        QCOMPARE(m_desk->store.asked.remove, 1);
        m_desk->store.answerAll();
        QTRY_COMPARE(m_removed->count(), 1);
        QVERIFY(!m_dialog->isVisible());
    }
};

}

STOPDESK_TEST(removedialog, RemoveDialogTest, QApplication)
#include "tst_removedialog.moc"
