#include "ui/dialogs/connectiondialog.h"

#include "tests/ui/dialogs/desk.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <optional>

using namespace Qt::StringLiterals;

class ConnectionDialogTest : public QObject {
    Q_OBJECT

    std::optional<Desk> m_desk;
    std::unique_ptr<ConnectionList> m_list;
    std::unique_ptr<ConnectionBook> m_book;
    std::unique_ptr<ConnectionDialog> m_dialog;
    std::unique_ptr<QSignalSpy> m_saved;
    std::unique_ptr<QSignalSpy> m_problem;

    void open(const std::optional<Connection> &existing = std::nullopt)
    {
        m_dialog = std::make_unique<ConnectionDialog>(m_desk->session, *m_book, existing);
        m_saved = std::make_unique<QSignalSpy>(m_dialog.get(), &ConnectionDialog::saved);
        m_problem = std::make_unique<QSignalSpy>(m_dialog.get(), &ConnectionDialog::problemFound);
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    }

    template <class Widget> Widget *part(const QString &name) const
    {
        auto *found = m_dialog->findChild<Widget *>(name);
        if (!found)
            qFatal("No part %s", qPrintable(name));
        return found;
    }

    QLineEdit *edit(const QString &name) const { return part<QLineEdit>(name); }
    void click(const QString &button) { QTest::mouseClick(part<QPushButton>(button), Qt::LeftButton); }
    QString told() const { return m_dialog->notice().text(); }

    void fill(const QString &address = u"https://self.example/xp"_s, const QString &key = u"secret-1"_s)
    {
        QTest::keyClicks(edit(u"connectionName"_s), u"Self hosted"_s);
        QTest::keyClicks(edit(u"baseAddress"_s), address);
        QTest::keyClicks(edit(u"apiKey"_s), key);
    }

    Connection savedConnection() const { return m_saved->first().first().value<Connection>(); }

private Q_SLOTS:
    void init()
    {
        m_desk.emplace();
        m_desk->network.always("per_page=1",
                               FakeAnswer::with(200, R"({"items":[],"total":7,"page":1,"total_pages":7})"));
        m_list = std::make_unique<ConnectionList>(m_desk->folder.filePath(u"connections.ini"_s));
        m_book = std::make_unique<ConnectionBook>(*m_list, m_desk->store, m_desk->secrets);
    }

    void cleanup()
    {
        m_dialog.reset();
        m_book.reset();
        m_list.reset();
        m_desk.reset();
    }

    void itIsNamedAsPromised()
    {
        open();
        QCOMPARE(m_dialog->windowTitle(), u"Connection"_s);
        QVERIFY(!m_dialog->isModal());
        for (const QString &name : {u"Connection name"_s, u"Base address"_s, u"API key"_s, u"Environment"_s,
                                    u"Read-only"_s, u"Save"_s, u"Use for this session"_s}) {
            const QList<QWidget *> parts = m_dialog->findChildren<QWidget *>();
            const bool found = std::ranges::any_of(parts, [&name](const QWidget *one) {
                const auto *button = qobject_cast<const QPushButton *>(one);
                return one->isVisible() && (one->accessibleName() == name || (button && button->text() == name));
            });
            QVERIFY2(found, qPrintable(name));
        }
    }

    void savedIsSaidAfterTheKeychainGaveItBackAndTheTestTellsWhatItSaw()
    {
        open();
        fill();
        m_desk->store.hang();
        click(u"save"_s);
        QCOMPARE(told(), u"Saving the key…"_s);
        QCOMPARE(m_saved->count(), 0);
        QVERIFY(m_list->all().isEmpty());
        m_desk->store.answerAll();
        QTRY_COMPARE(m_saved->count(), 1);
        QCOMPARE(m_list->all().size(), 1);
        QCOMPARE(m_desk->store.kept.value(savedConnection().id), Secret::fromStored("secret-1"));
        QTRY_COMPARE(told(), u"Saved in the system keychain (read back).\nWorks: 7 agents can be seen."_s);
        QCOMPARE(edit(u"apiKey"_s)->text(), QString());
    }

    void aKeychainThatAsksIsWaitedForWithWords()
    {
        open();
        fill();
        m_desk->store.hang();
        click(u"save"_s);
        QTRY_VERIFY(told().startsWith(u"Waiting for your system keyring."_s));
        QVERIFY(part<QPushButton>(u"useForThisSession"_s)->isEnabled());
        m_desk->store.answerAll();
        QTRY_COMPARE(m_saved->count(), 1);
    }

    void aFailedTestLeavesItSavedAndSaysSo()
    {
        open();
        fill();
        m_desk->network.always("per_page=1", FakeAnswer::with(401, R"({"detail":"bad key"})"));
        click(u"save"_s);
        QTRY_VERIFY(told().contains(u"The test failed: "_s));
        QVERIFY(told().startsWith(u"Saved in the system keychain (read back)."_s));
        QCOMPARE(m_list->all().size(), 1);
        QCOMPARE(m_problem->count(), 1);
        QCOMPARE(m_problem->first().at(1).value<Subject>(), Subject::ConnectionTest);
    }

    void withoutAKeychainNothingIsSavedAndTheSessionIsOffered()
    {
        open();
        fill();
        m_desk->store.failWith(FailureKind::KeychainMissing);
        click(u"save"_s);
        QTRY_COMPARE(m_problem->count(), 1);
        QCOMPARE(m_problem->first().at(1).value<Subject>(), Subject::Keychain);
        QVERIFY(m_list->all().isEmpty());
        QCOMPARE(m_saved->count(), 0);

        QSignalSpy forSession(m_dialog.get(), &ConnectionDialog::savedForSession);
        click(u"useForThisSession"_s);
        QCOMPARE(forSession.count(), 1);
        const auto made = forSession.first().first().value<Connection>();
        QCOMPARE(m_desk->secrets.find(made.id), Secret::fromStored("secret-1"));
        QVERIFY(m_desk->store.kept.isEmpty());
        QTRY_VERIFY(told().endsWith(u"Works: 7 agents can be seen."_s));
    }

    void aKeyThatReachesTheKeychainTooLateIsTakenBack()
    {
        open();
        fill();
        m_desk->store.hang();
        click(u"save"_s);
        click(u"useForThisSession"_s);
        QCOMPARE(m_desk->store.kept.size(), 1);
        m_desk->store.answerAll();
        QTRY_VERIFY(m_desk->store.kept.isEmpty());
        QCOMPARE(m_saved->count(), 0);
    }

    void aCancelledSaveLeavesNoKeyBehind()
    {
        open();
        fill();
        m_desk->store.hang();
        click(u"save"_s);
        click(u"cancel"_s);
        m_desk->store.answerAll();
        QTRY_VERIFY(m_desk->store.kept.isEmpty());
        QVERIFY(m_list->all().isEmpty());
    }

    void localChecksAreMarkedAndReachProblems()
    {
        open();
        fill(u"ftp://x"_s, u"with space"_s);
        edit(u"connectionName"_s)->clear();
        click(u"save"_s);
        QCOMPARE(m_problem->count(), 1);
        QCOMPARE(m_problem->first().first().value<Failure>().fields.size(), 3);
        for (const QString &name : {u"connectionName"_s, u"baseAddress"_s, u"apiKey"_s})
            QVERIFY2(edit(name)->property("invalid").toBool(), qPrintable(name));
        QVERIFY(edit(u"connectionName"_s)->hasFocus());
        QCOMPARE(m_desk->store.asked.write, 0);
    }

    void plainHttpAsksForTheOneAddressItIsTickedFor()
    {
        open();
        auto *accept = part<QCheckBox>(u"acceptPlainHttp"_s);
        QVERIFY(!accept->isVisible());
        fill(u"http://127.0.0.1:8000"_s);
        QVERIFY(!accept->isVisible());
        edit(u"baseAddress"_s)->setText(u"http://box.example"_s);
        QVERIFY(accept->isVisible());
        click(u"save"_s);
        QVERIFY(accept->property("invalid").toBool());
        QTest::keyClick(accept, Qt::Key_Space);
        QVERIFY(!accept->property("invalid").toBool());
        edit(u"baseAddress"_s)->setText(u"http://other.example"_s);
        QVERIFY(!accept->isChecked());
        edit(u"baseAddress"_s)->setText(u"http://box.example"_s);
        QVERIFY(accept->isChecked());
        click(u"save"_s);
        QTRY_COMPARE(m_saved->count(), 1);
        QVERIFY(savedConnection().plainHttpAccepted);
    }

    void anExistingOneKeepsItsKeyWhenTheFieldStaysEmpty()
    {
        m_list->save(m_desk->connection);
        m_desk->store.kept.insert(m_desk->connection.id, Secret::fromStored("old"));
        open(m_desk->connection);
        QCOMPARE(edit(u"apiKey"_s)->text(), QString());
        QCOMPARE(edit(u"apiKey"_s)->placeholderText(), u"A key is stored. Leave empty to keep it."_s);
        edit(u"connectionName"_s)->selectAll();
        QTest::keyClicks(edit(u"connectionName"_s), u"Renamed"_s);
        click(u"save"_s);
        QTRY_COMPARE(m_saved->count(), 1);
        QCOMPARE(m_desk->store.asked.write, 0);
        QCOMPARE(m_list->find(m_desk->connection.id)->name, u"Renamed"_s);
    }

    void removingAsksInThePageAndRemovesTheKey()
    {
        m_list->save(m_desk->connection);
        m_desk->store.kept.insert(m_desk->connection.id, Secret::fromStored("old"));
        open(m_desk->connection);
        QSignalSpy removed(m_dialog.get(), &ConnectionDialog::removed);
        click(u"remove"_s);
        QCOMPARE(m_desk->store.asked.remove, 0);
        click(u"noticeAction"_s);
        QTRY_COMPARE(removed.count(), 1);
        QVERIFY(m_desk->store.kept.isEmpty());
        QVERIFY(m_list->all().isEmpty());
        QVERIFY(told().contains(u"no longer in the system keychain"_s));
    }

    void aKeyThatCouldNotBeRemovedKeepsTheConnection()
    {
        m_list->save(m_desk->connection);
        m_desk->store.failWith(FailureKind::KeychainLocked);
        open(m_desk->connection);
        QSignalSpy removed(m_dialog.get(), &ConnectionDialog::removed);
        click(u"remove"_s);
        click(u"noticeAction"_s);
        QTRY_VERIFY(told().startsWith(u"Nothing was removed: the key may still be there."_s));
        QCOMPARE(m_list->all().size(), 1);
        QCOMPARE(removed.count(), 0);
        click(u"noticeAction"_s);
        QTRY_COMPARE(removed.count(), 1);
        QVERIFY(m_list->all().isEmpty());
        QVERIFY(told().contains(u"may still be in the system keychain"_s));
    }

    void theKindChangesTheCaptionNotTheName()
    {
        open();
        auto *kind = part<QComboBox>(u"credential"_s);
        kind->setCurrentIndex(1);
        QCOMPARE(edit(u"apiKey"_s)->accessibleName(), u"API key"_s);
        const QList<QLabel *> labels = m_dialog->findChildren<QLabel *>();
        QVERIFY(std::ranges::any_of(labels, [](QLabel *label) { return label->text() == u"Bearer token"; }));
    }

    void problemsCanLeadIntoAFoldedField()
    {
        open();
        QVERIFY(!edit(u"certificateAuthority"_s)->isVisible());
        m_dialog->focusField(Field::Authority);
        QVERIFY(edit(u"certificateAuthority"_s)->isVisible());
        QVERIFY(edit(u"certificateAuthority"_s)->hasFocus());
    }
};

QTEST_MAIN(ConnectionDialogTest)
#include "tst_connectiondialog.moc"
