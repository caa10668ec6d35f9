#include "ui/dialogs/connectiondialog.h"

#include "app/words/failurewords.h"
#include "tests/support/testmain.h"
#include "tests/ui/dialogs/desk.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <optional>

namespace connectiondialog_test {

using namespace Qt::StringLiterals;

class ConnectionDialogTest : public QObject {
    Q_OBJECT

    std::optional<Desk> m_desk;
    std::unique_ptr<ConnectionList> m_list;
    std::unique_ptr<ConnectionBook> m_book;
    std::unique_ptr<ConnectionDialog> m_dialog;
    std::unique_ptr<QSignalSpy> m_saved;
    std::unique_ptr<QSignalSpy> m_problem;
    std::unique_ptr<QSignalSpy> m_ended;
    const FakeAnswer agents = FakeAnswer::with(200, R"({"items":[],"total":7,"page":1,"total_pages":7})");

    void open(const std::optional<Connection> &existing = std::nullopt)
    {
        m_dialog = std::make_unique<ConnectionDialog>(m_desk->connectionForm(), *m_book, existing);
        m_saved = std::make_unique<QSignalSpy>(m_dialog.get(), &ConnectionDialog::saved);
        m_problem = std::make_unique<QSignalSpy>(m_dialog.get(), &ConnectionDialog::problemFound);
        m_ended = std::make_unique<QSignalSpy>(m_dialog.get(), &ConnectionDialog::told);
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
    QString ended() const { return m_ended->isEmpty() ? QString() : m_ended->last().at(1).toString(); } ///< for the window

    void fill(const QString &address = u"https://self.example/xp"_s, const QString &key = u"secret-1"_s)
    {
        QTest::keyClicks(edit(u"connectionName"_s), u"Self hosted"_s);
        QTest::keyClick(part<QRadioButton>(u"canStop"_s), Qt::Key_Space);
        QTest::keyClicks(edit(u"baseAddress"_s), address);
        QTest::keyClicks(edit(u"apiKey"_s), key);
    }

    Connection filled() const ///< as `fill` does
    {
        Connection made;
        made.id = m_dialog->id();
        made.address = QUrl(u"https://self.example/xp"_s);
        return made;
    }
    Connection savedConnection() const { return m_saved->first().first().value<Connection>(); }

private Q_SLOTS:
    void init()
    {
        m_desk.emplace();
        m_desk->network.always("per_page=1", agents);
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

    void savedIsSaidAfterTheTestAndAfterTheKeychainGaveItBack()
    {
        open();
        fill();
        m_desk->network.expect("/xp/v1/agents?page=1&per_page=1", FakeAnswer::hangs());
        m_desk->store.hang();
        click(u"save"_s);
        QTRY_COMPARE(told(), u"Testing…"_s);
        QTRY_VERIFY(m_desk->network.allAsked());
        QCOMPARE(m_desk->store.asked.write, 0);
        m_desk->network.answer("per_page=1", agents);
        QTRY_COMPARE(told(), u"Saving the key…"_s);
        QCOMPARE(m_desk->store.asked.write, 1);
        QCOMPARE(m_saved->count(), 0);
        QVERIFY(m_list->all().isEmpty());
        m_desk->store.answerAll();
        QTRY_COMPARE(m_saved->count(), 1);
        QCOMPARE(m_list->all().size(), 1);
        QCOMPARE(m_desk->store.find(savedConnection()), Secret::fromStored("secret-1"));
        QCOMPARE(ended(), u"Saved in the system keychain (read back). Works: 7 agents."_s);
        QVERIFY(!m_dialog->isVisible());
        QCOMPARE(edit(u"apiKey"_s)->text(), QString());
    }

    void aTokenThatEndsSoonSaysSoWhenItIsTested_data()
    {
        QTest::addColumn<qint64>("secondsLeft");
        QTest::addColumn<bool>("accepted");
        QTest::addColumn<QString>("words");
        QTest::newRow("in minutes") << qint64(750) << true << u"Works: 7 agents. This token ends in 12 min."_s;
        QTest::newRow("in hours") << qint64(3 * 3600 + 60) << true << u"Works: 7 agents. This token ends in 3 h."_s;
        QTest::newRow("in days") << qint64(90'000) << true << u"Works: 7 agents."_s;
        QTest::newRow("refused") << qint64(-300) << false << u" This token has ended at "_s;
    }
    void aTokenThatEndsSoonSaysSoWhenItIsTested()
    {
        QFETCH(qint64, secondsLeft);
        QFETCH(bool, accepted);
        QFETCH(QString, words);
        open();
        const qint64 end = m_desk->clock.now().addSecs(secondsLeft).toSecsSinceEpoch();
        const QByteArray claims = "{\"exp\":" + QByteArray::number(end) + '}';
        auto *kind = part<QComboBox>(u"credential"_s);
        kind->setCurrentIndex(kind->findData(int(CredentialKind::BearerToken)));
        fill(u"https://self.example/xp"_s,
             u"e30.%1.x"_s.arg(QString::fromLatin1(claims.toBase64(QByteArray::OmitTrailingEquals))));
        m_desk->network.always("/xp/v1/agents?page=1&per_page=1", accepted ? agents : FakeAnswer::with(401));
        click(u"save"_s);
        if (accepted)
            QTRY_COMPARE(ended(), u"Saved in the system keychain (read back). "_s + words);
        else
            QTRY_VERIFY2(told().contains(words), qPrintable(told()));
    }

    void theAddressOfAnOperationIsCutToItsBaseWhereItStands()
    {
        open();
        edit(u"baseAddress"_s)->setFocus();
        fill(u"https://self.example/xp/v1/agents/a1/gateway/conversations/c1/stop"_s);
        m_desk->network.always("/xp/v1/agents?page=1&per_page=1", agents);
        edit(u"apiKey"_s)->setFocus();
        QTRY_COMPARE(edit(u"baseAddress"_s)->text(), u"https://self.example/xp"_s); // what will be used
        click(u"save"_s);
        QTRY_COMPARE(m_saved->count(), 1);
        QCOMPARE(savedConnection().address, QUrl(u"https://self.example/xp"_s));
    }

    void aTestThatTheLimitsOfTheKeyKeepSaysForHowLong()
    {
        open();
        fill();
        FakeAnswer tooMany = FakeAnswer::with(429);
        tooMany.headers = {{"Retry-After", "1800"}};
        m_desk->network.expect("per_page=1", tooMany);
        click(u"save"_s);
        QTRY_VERIFY2(told().contains(u"Try again in 30 min."_s), qPrintable(told()));
        click(u"save"_s);
        QTRY_VERIFY2(told().contains(u"Try again in 29 min"_s) || told().contains(u"Try again in 30 min"_s), qPrintable(told()));
        QCOMPARE(m_desk->network.count("per_page=1"), 1);
        QVERIFY(part<QPushButton>(u"save"_s)->isEnabled());
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

    void whoAnswersThePromptAfterTheDeadlineHasSaved()
    {
        open();
        fill();
        m_desk->store.hang();
        click(u"save"_s);
        QTRY_COMPARE(m_desk->store.waiting(), 1);
        m_desk->store.passDeadline();
        QTRY_VERIFY(told().startsWith(u"The keychain does not answer."_s));
        click(u"save"_s);
        QTRY_VERIFY(told().startsWith(u"The keychain has not answered an earlier request"_s));
        click(u"cancel"_s);
        m_desk->store.answerAll();
        QTRY_VERIFY(m_desk->store.kept.isEmpty()); // who left has not

        open();
        fill();
        m_desk->store.hang();
        click(u"save"_s);
        QTRY_COMPARE(m_desk->store.waiting(), 1);
        m_desk->store.passDeadline();
        QTRY_VERIFY(told().startsWith(u"The keychain does not answer."_s));
        m_desk->store.answerAll();
        QTRY_COMPARE(m_saved->count(), 1);
        QVERIFY(!m_dialog->isVisible());
    }

    void aLateAnswerClosesNothingThatAPersonTypesInto()
    {
        open();
        fill();
        m_desk->store.hang();
        click(u"save"_s);
        QTRY_COMPARE(m_desk->store.waiting(), 1);
        m_desk->store.passDeadline();
        QTRY_VERIFY(told().startsWith(u"The keychain does not answer."_s));
        QTest::keyClicks(edit(u"connectionName"_s), u" two"_s);
        m_desk->store.answerAll();
        QTRY_COMPARE(m_saved->count(), 1);
        QVERIFY(m_dialog->isVisible());
        QCOMPARE(told(), u"Saved in the system keychain (read back). Works: 7 agents."_s);
        QCOMPARE(edit(u"connectionName"_s)->text(), u"Self hosted two"_s);
    }

    void enterTwiceSavesOnceAndCancelsNothing()
    {
        open();
        fill();
        m_desk->network.expect("/xp/v1/agents?page=1&per_page=1", FakeAnswer::hangs());
        QTest::keyClick(edit(u"apiKey"_s), Qt::Key_Return);
        QTRY_VERIFY(m_desk->network.allAsked());
        QTest::keyClick(m_dialog->focusWidget() ? m_dialog->focusWidget() : m_dialog.get(), Qt::Key_Return);
        QVERIFY(m_dialog->isVisible());
        m_desk->network.answer("per_page=1", agents);
        QTRY_COMPARE(m_saved->count(), 1);
        QCOMPARE(m_desk->store.asked.write, 1);
    }

    void whatFailsItsTestIsStoredNowhere_data()
    {
        QTest::addColumn<QString>("button");
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("status"); ///< 0: no connection
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("focus");
        for (const QString &button : {u"save"_s, u"useForThisSession"_s}) {
            const auto add = [&button](const char *name) -> QTestData & {
                return QTest::addRow("%s, %s", name, qPrintable(button)) << button;
            };
            add("wrong key") << QByteArray("per_page=1") << 401
                             << u"The service does not accept the key of this connection."_s << button;
            add("wrong routes") << QByteArray("/run-state") << 404
                                << u"A conversation is listed, but its live state is not found on these routes."_s
                                << u"routes"_s;
            add("wrong address") << QByteArray("per_page=1") << 0
                                 << u"The service's host does not take the connection."_s << button;
            add("may not list") << QByteArray("/xp/v1/tasks?page=1&per_page=50") << 403
                                << u"This key is not allowed to do this."_s << button;
        }
    }
    void whatFailsItsTestIsStoredNowhere()
    {
        QFETCH(const QString, button);
        QFETCH(const QByteArray, line);
        QFETCH(const int, status);
        QFETCH(const QString, words);
        QFETCH(const QString, focus);
        m_desk->network.always("/xp/v1/tasks?page=1&per_page=50",
                               FakeAnswer::with(200, R"({"items":[{"id":"c1","agent_id":"a1","status":"executing"}],)"
                                                     R"("page":1,"total_pages":1,"total":1})"));
        m_desk->network.always("/run-state", FakeAnswer::with(200, R"({"conversation_id":"c1","is_running":true})"));
        m_desk->network.always(line, status == 0 ? FakeAnswer::refusedConnection() : FakeAnswer::with(status));
        open();
        fill();
        click(button);
        QTRY_VERIFY2(told().startsWith(u"Nothing was saved: the test failed. "_s + words), qPrintable(told()));
        QVERIFY(part<QWidget>(focus)->hasFocus());
        QCOMPARE(part<QWidget>(focus)->property("invalid").toBool(), focus == u"routes");
        QCOMPARE(m_problem->count(), 1);
        QCOMPARE(m_problem->first().at(1).value<Subject>(), Subject::ConnectionTest);
        QVERIFY(m_list->all().isEmpty());
        QCOMPARE(m_desk->store.asked.write, 0);
        QVERIFY(!m_desk->secrets.find(filled()));

        click(u"noticeAction"_s); // deliberately
        QTRY_VERIFY(!m_dialog->isVisible());
        QCOMPARE(m_list->all().size(), 1);
        QCOMPARE(m_saved->count(), 0); // and not to be used
        const bool isStored = button == u"save";
        QCOMPARE(m_desk->store.kept.size(), isStored ? 1 : 0);
        QCOMPARE(m_desk->secrets.find(filled()).has_value(), !isStored);
        QCOMPARE(ended(), isStored ? u"Saved in the system keychain (read back). It failed its test."_s
                                   : u"The key is used until Stopdesk ends. It is written nowhere. It failed its test."_s);
    }

    void aRefusalWithoutWordsIsToldAllTheSame()
    {
        m_desk->network.always("per_page=1", FakeAnswer::with(422, R"({"detail":[{"loc":["query","per_page"],"why":1}]})"));
        open();
        fill();
        click(u"save"_s);
        QTRY_COMPARE(told(), u"Nothing was saved: the test failed. The service did not accept this value."_s);
    }

    void whatWasChangedSinceItFailedIsNotSaidToHaveFailed()
    {
        m_desk->network.always("per_page=1", FakeAnswer::refusedConnection());
        open();
        fill();
        click(u"save"_s);
        QTRY_VERIFY(told().startsWith(u"Nothing was saved"_s));
        QTest::keyClicks(edit(u"apiKey"_s), u"-2"_s);
        click(u"noticeAction"_s);
        QTRY_COMPARE(ended(), u"Saved in the system keychain (read back). It was not tested."_s);
    }

    void whatFailedAndWasKeptIsTestedAgainWhenItsNameAloneChanges()
    {
        m_list->save(m_desk->connection);
        m_desk->network.always("per_page=1", FakeAnswer::with(401));
        open(m_desk->connection);
        QTest::keyClicks(edit(u"apiKey"_s), u"wrong"_s);
        click(u"save"_s);
        QTRY_VERIFY(told().startsWith(u"Nothing was saved"_s));
        click(u"noticeAction"_s);
        QTRY_VERIFY(!m_dialog->isVisible());
        open(m_desk->connection);
        QTest::keyClicks(edit(u"connectionName"_s), u" 2"_s);
        click(u"save"_s);
        QTRY_VERIFY2(told().startsWith(u"Nothing was saved: the test failed."_s), qPrintable(told()));
        QCOMPARE(m_saved->count(), 0);
        m_desk->network.always("per_page=1", FakeAnswer::with(200, R"({"items":[],"page":1,"total_pages":1,"total":7})"));
        click(u"save"_s);
        QTRY_COMPARE(m_saved->count(), 1);
        open(savedConnection());
        const int asked = int(m_desk->network.asked().size());
        QTest::keyClicks(edit(u"connectionName"_s), u"3"_s);
        click(u"save"_s);
        QTRY_COMPARE(ended(), u"Saved. The key was not changed."_s);
        QCOMPARE(int(m_desk->network.asked().size()), asked);
    }

    void theSessionIsChosenWhileTheStoredKeyIsWaitedFor()
    {
        m_list->save(m_desk->connection);
        m_desk->secrets.forget(m_desk->connection.id);
        m_desk->store.keep(m_desk->connection, Secret::fromStored("old"));
        open(m_desk->connection);
        edit(u"baseAddress"_s)->selectAll();
        QTest::keyClicks(edit(u"baseAddress"_s), u"api.example/v9"_s);
        m_desk->store.hang();
        click(u"save"_s);
        QTRY_COMPARE(m_desk->store.waiting(), 1);
        click(u"useForThisSession"_s); // for which a key has to be typed
        QVERIFY(edit(u"apiKey"_s)->hasFocus());
        QTest::keyClicks(edit(u"apiKey"_s), u"secret-1"_s);
        click(u"useForThisSession"_s);
        QTRY_COMPARE(m_saved->count(), 1);
        m_desk->store.answerAll();
        QTest::qWait(0);
        QCOMPARE(m_saved->count(), 1);
        QCOMPARE(m_desk->secrets.find(m_desk->connection), Secret::fromStored("secret-1"));
    }

    void aFailingOneIsUsedWhereNothingWorksYet()
    {
        m_list->save(m_desk->connection);
        m_desk->secrets.forget(m_desk->connection.id);
        m_desk->console.open(m_desk->connection);
        QTRY_COMPARE(m_desk->console.link().keyState(), ServiceLink::KeyState::Missing);
        m_desk->network.always("per_page=1", FakeAnswer::refusedConnection());
        open(m_desk->connection);
        QTest::keyClicks(edit(u"apiKey"_s), u"secret-1"_s);
        click(u"save"_s);
        QTRY_VERIFY(told().startsWith(u"Nothing was saved"_s));
        click(u"noticeAction"_s);
        QTRY_COMPARE(m_saved->count(), 1);
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

        click(u"useForThisSession"_s);
        QTRY_COMPARE(m_saved->count(), 1);
        QCOMPARE(m_desk->secrets.find(savedConnection()), Secret::fromStored("secret-1"));
        QVERIFY(m_desk->store.kept.isEmpty());
        QCOMPARE(ended(), u"The key is used until Stopdesk ends. It is written nowhere. Works: 7 agents."_s);
    }

    void aKeyThatReachesTheKeychainTooLateIsTakenBack_data()
    {
        QTest::addColumn<bool>("pastTheDeadline");
        QTest::newRow("the prompt is answered soon") << false;
        QTest::newRow("after the deadline") << true;
    }
    void aKeyThatReachesTheKeychainTooLateIsTakenBack()
    {
        QFETCH(const bool, pastTheDeadline);
        open();
        fill();
        m_desk->store.hang();
        click(u"save"_s);
        QTRY_COMPARE(m_desk->store.waiting(), 1);
        if (pastTheDeadline) {
            m_desk->store.passDeadline();
            QTRY_VERIFY(told().startsWith(u"The keychain does not answer."_s));
        }
        click(u"useForThisSession"_s);
        QTRY_COMPARE(m_saved->count(), 1);
        m_desk->store.answerAll();
        QTRY_COMPARE(m_desk->store.asked.remove, 1);
        QVERIFY(m_desk->store.kept.isEmpty());
        QCOMPARE(m_desk->secrets.find(filled()), Secret::fromStored("secret-1"));
        QCOMPARE(m_saved->count(), 1);
    }

    void aCancelledSaveLeavesNoKeyBehind()
    {
        open();
        fill();
        m_desk->store.hang();
        click(u"save"_s);
        QTRY_COMPARE(m_desk->store.waiting(), 1);
        click(u"cancel"_s);
        m_desk->store.answerAll();
        QTRY_COMPARE(m_desk->store.asked.remove, 1);
        QVERIFY(m_desk->store.kept.isEmpty());
        QVERIFY(m_list->all().isEmpty());
    }

    void anAddressWithoutASchemeIsShownCompleted_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("shown");
        QTest::newRow("this machine") << u"127.0.0.1:8741"_s << u"http://127.0.0.1:8741"_s;
        QTest::newRow("elsewhere") << u"api.example/xp/"_s << u"https://api.example/xp"_s;
        QTest::newRow("a word") << u"xp-canary-1"_s << u"xp-canary-1"_s;
    }
    void anAddressWithoutASchemeIsShownCompleted()
    {
        QFETCH(const QString, typed);
        open();
        edit(u"baseAddress"_s)->setFocus();
        QTest::keyClicks(edit(u"baseAddress"_s), typed);
        QCOMPARE(edit(u"baseAddress"_s)->text(), typed); // not under the hands of who types
        QTest::keyClick(edit(u"baseAddress"_s), Qt::Key_Tab);
        QTEST(edit(u"baseAddress"_s)->text(), "shown");
        QVERIFY(!part<QCheckBox>(u"acceptPlainHttp"_s)->isVisible());
    }

    void eachLocalCheckIsMarkedWithTheWordsOfProblems_data()
    {
        QTest::addColumn<QString>("control");
        QTest::addColumn<QString>("wrong");
        QTest::addColumn<Field>("field");
        QTest::addColumn<QString>("words");
        QTest::newRow("no name") << u"connectionName"_s << u" "_s << Field::ConnectionName
                                 << u"Connection name: Give the connection a name."_s;
        QTest::newRow("no address") << u"baseAddress"_s << u""_s << Field::Address
                                    << u"Base address: Enter the address of the service, such as "
                                       "https://api.xpander.ai."_s;
        QTest::newRow("half an address") << u"baseAddress"_s << u"https:/api.example"_s << Field::Address
                                         << u"Base address: This is not a whole address. It begins with https:// and "
                                            "names a host."_s;
        QTest::newRow("plain http") << u"acceptPlainHttp"_s << u"http://box.example"_s << Field::PlainHttp
                                    << u"Unencrypted http: http sends the key readable over the network. Use https, or "
                                       "accept this below."_s;
        QTest::newRow("no key") << u"apiKey"_s << u""_s << Field::Key << u"API key: Enter the key."_s;
        QTest::newRow("space in the key") << u"apiKey"_s << u"a b"_s << Field::Key
                                          << u"API key: There is a space or a line break inside the key. Paste the key "
                                             "alone."_s;
        QTest::newRow("no file") << u"certificateAuthority"_s << u"/nowhere/ca.pem"_s << Field::Authority
                                 << u"Certificate authority: There is no such file. Choose another one, or leave this empty to use "
                                    "the system's."_s;
    }
    void eachLocalCheckIsMarkedWithTheWordsOfProblems()
    {
        QFETCH(const QString, control);
        QFETCH(const QString, wrong);
        QFETCH(const Field, field);
        open();
        fill();
        edit(field == Field::PlainHttp ? u"baseAddress"_s : control)->setText(wrong);
        click(u"save"_s);
        auto *marked = part<QWidget>(control);
        QVERIFY(marked->isVisible()); // also where it was folded away
        QVERIFY(marked->hasFocus());
        QVERIFY(marked->property("invalid").toBool());
        QVERIFY(!m_dialog->findChild<ProblemSummary *>()->isVisible());

        ProblemListModel problems;
        connect(m_dialog.get(), &EditDialog::corrected, &problems, &ProblemListModel::clearField);
        problems.add(m_problem->first().first().value<Failure>(), {Subject::Connection, {}}, {});
        QCOMPARE(problems.rows().size(), 1);
        const Problem told = problems.rows().first().problem;
        QCOMPARE(told.field, field);
        QTEST(words::placeInWords(told) + u": "_s + words::messageOf(told), "words");
        QCOMPARE(marked->accessibleDescription(), words::messageOf(told));

        QTest::keyClick(marked, field == Field::PlainHttp ? Qt::Key_Space : Qt::Key_A);
        QVERIFY(!marked->property("invalid").toBool());
        QCOMPARE(problems.rows().size(), 0);
        QCOMPARE(m_desk->store.asked.write, 0);
    }

    void severalAreSummedUpAndGoOneByOne()
    {
        open();
        fill(u"ftp://x"_s, u"with space"_s);
        edit(u"connectionName"_s)->clear();
        edit(u"certificateAuthority"_s)->setText(u"/"_s);
        click(u"save"_s);
        QCOMPARE(m_problem->count(), 1);
        QCOMPARE(m_problem->first().first().value<Failure>().fields.size(), 4);
        const auto *summary = m_dialog->findChild<ProblemSummary *>();
        QVERIFY(summary->hasFocus());
        QVERIFY2(summary->accessibleName().startsWith(u"4 problems. Connection name: Give the connection a name. Base"_s),
                 qPrintable(summary->accessibleName()));
        for (const QString &name : {u"connectionName"_s, u"baseAddress"_s, u"apiKey"_s, u"certificateAuthority"_s})
            QVERIFY2(edit(name)->property("invalid").toBool(), qPrintable(name));
        QCOMPARE(edit(u"baseAddress"_s)->text(), u"ftp://x"_s);

        part<QToolButton>(u"advanced"_s)->setChecked(false);
        QTest::mouseClick(summary->findChildren<QPushButton *>(u"problemLink"_s).at(3), Qt::LeftButton);
        QVERIFY(edit(u"certificateAuthority"_s)->hasFocus()); // unfolded again
        QTest::keyClicks(edit(u"connectionName"_s), u"n"_s);
        QCOMPARE(summary->lines().size(), 3);
        QVERIFY(summary->accessibleName().startsWith(u"3 problems. Base address: "_s));
        QTest::keyClicks(edit(u"baseAddress"_s), u"n"_s);
        QTest::keyClicks(edit(u"apiKey"_s), u"n"_s);
        QVERIFY(!summary->isVisible());
        QCOMPARE(m_desk->store.asked.write, 0);
    }

    void onASmallScreenTheMiddleScrollsToWhatHasTheFocus()
    {
        open();
        m_dialog->setMaximumHeight(220);
        click(u"save"_s);
        const auto isInView = [this](QWidget *one) {
            return !one->visibleRegion().isEmpty() && one->visibleRegion().boundingRect().height() == one->height();
        };
        auto *summary = m_dialog->findChild<ProblemSummary *>();
        QTRY_VERIFY(m_dialog->findChild<QScrollArea *>()->verticalScrollBar()->maximum() > 0);
        QTRY_VERIFY(isInView(summary->findChild<QLabel *>(u"problemCount"_s)));
        QTRY_VERIFY(!isInView(edit(u"apiKey"_s)));
        for (const QString &button : {u"save"_s, u"cancel"_s, u"useForThisSession"_s})
            QVERIFY(isInView(part<QPushButton>(button)));
        QTest::mouseClick(summary->findChildren<QPushButton *>(u"problemLink"_s).at(2), Qt::LeftButton);
        QTRY_VERIFY(isInView(edit(u"apiKey"_s)));
        QVERIFY(edit(u"apiKey"_s)->hasFocus());
    }

    void whatIsUnfoldedMakesTheWindowGrow()
    {
        open();
        m_desk->settle();
        const auto *middle = m_dialog->findChild<QScrollArea *>();
        const int before = middle->height();
        part<QToolButton>(u"advanced"_s)->setChecked(true);
        QTRY_VERIFY(middle->height() > before);
        QTRY_VERIFY(middle->height() >= middle->widget()->sizeHint().height());
        QCOMPARE(middle->verticalScrollBar()->maximum(), 0);
        QVERIFY(middle->viewport()->width() >= middle->widget()->minimumSizeHint().width());
    }

    void usingItForTheSessionSumsUpToo()
    {
        open();
        click(u"useForThisSession"_s);
        QCOMPARE(m_dialog->findChild<ProblemSummary *>()->lines().size(), 4);
    }

    void theFormSaysThatAnOwnAuthorityCountsBesideTheSystems()
    {
        open();
        part<QToolButton>(u"advanced"_s)->setChecked(true);
        const QList<QLabel *> labels = m_dialog->findChildren<QLabel *>();
        const auto note = std::ranges::find(labels, u"Counts for this connection, beside those of the system."_s, &QLabel::text);
        QVERIFY(note != labels.end());
        QVERIFY((*note)->isVisible());
    }

    void aFileThatIsChosenCorrectsTheField()
    {
        open();
        fill();
        edit(u"certificateAuthority"_s)->setText(u"/nowhere/ca.pem"_s);
        click(u"save"_s);
        QSignalSpy corrected(m_dialog.get(), &EditDialog::corrected);
        const QList<QPushButton *> buttons = m_dialog->findChildren<QPushButton *>();
        const auto choose = std::ranges::find(buttons, u"Choose certificate authority file"_s, &QWidget::accessibleName);
        QTest::mouseClick(*choose, Qt::LeftButton);
        auto *files = m_dialog->findChild<QFileDialog *>();
        Q_EMIT files->fileSelected(u"/etc/ca.pem"_s);
        files->close();
        QCOMPARE(edit(u"certificateAuthority"_s)->text(), u"/etc/ca.pem"_s);
        QVERIFY(!edit(u"certificateAuthority"_s)->property("invalid").toBool());
        QCOMPARE(corrected.first().first().value<Field>(), Field::Authority);
    }

    void anotherAddressCorrectsWhatWasWrongOfItAlone()
    {
        m_list->save(m_desk->connection);
        open(m_desk->connection);
        QSignalSpy corrected(m_dialog.get(), &EditDialog::corrected);
        edit(u"baseAddress"_s)->setText(u"http://box.example"_s);
        click(u"save"_s); // plain http, and a key of another host
        QCOMPARE(m_dialog->findChild<ProblemSummary *>()->lines().size(), 2);
        edit(u"baseAddress"_s)->selectAll();
        edit(u"baseAddress"_s)->insert(u"https://api.example"_s);
        QVERIFY(!m_dialog->findChild<ProblemSummary *>()->isVisible());
        QVERIFY(!edit(u"apiKey"_s)->property("invalid").toBool());
        const QList<QLabel *> labels = m_dialog->findChildren<QLabel *>();
        QVERIFY(std::ranges::none_of(labels, [](auto *label) { return label->isVisible() && label->text().startsWith(u'▲'); }));
        QCOMPARE(corrected.count(), 2);
    }

    void plainHttpAsksForTheOneOriginItIsTickedFor()
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
        for (const QString &other : {u"http://other.example"_s, u"http://box.example:8080"_s}) {
            edit(u"baseAddress"_s)->setText(other);
            QVERIFY2(!accept->isChecked(), qPrintable(other));
        }
        edit(u"baseAddress"_s)->setText(u"http://box.example:80/of the same origin"_s);
        QVERIFY(accept->isChecked());
        edit(u"baseAddress"_s)->setText(u"http://box.example"_s);
        click(u"save"_s);
        QTRY_COMPARE(m_saved->count(), 1);
        QVERIFY(savedConnection().plainHttpAccepted);
    }

    void anExistingOneKeepsItsKeyWhenTheFieldStaysEmpty()
    {
        m_list->save(m_desk->connection);
        m_desk->store.keep(m_desk->connection, Secret::fromStored("old"));
        open(m_desk->connection);
        QCOMPARE(edit(u"apiKey"_s)->text(), QString());
        QCOMPARE(edit(u"apiKey"_s)->placeholderText(), u"A key is stored. Leave empty to keep it."_s);
        edit(u"connectionName"_s)->selectAll();
        QTest::keyClicks(edit(u"connectionName"_s), u"Renamed"_s);
        click(u"save"_s);
        QTRY_COMPARE(m_saved->count(), 1);
        QCOMPARE(m_desk->store.asked.write, 0);
        QCOMPARE(m_list->find(m_desk->connection.id)->name, u"Renamed"_s);
        QCOMPARE(ended(), u"Saved. The key was not changed."_s); // a name needs no test
    }

    void anotherWayToTheServiceIsTestedWithTheStoredKey()
    {
        m_list->save(m_desk->connection);
        m_desk->secrets.forget(m_desk->connection.id); // it is in the keychain
        m_desk->store.keep(m_desk->connection, Secret::fromStored("old"));
        open(m_desk->connection);
        edit(u"baseAddress"_s)->selectAll();
        QTest::keyClicks(edit(u"baseAddress"_s), u"api.example/v9"_s);
        m_desk->network.expect("GET /v9/v1/agents?page=1&per_page=1", FakeAnswer::with(404));
        click(u"save"_s);
        QTRY_VERIFY(told().startsWith(u"Nothing was saved: the test failed."_s));
        QCOMPARE(m_list->find(m_desk->connection.id), m_desk->connection);
        click(u"save"_s);
        QTRY_COMPARE(ended(), u"Saved. The key was not changed. Works: 7 agents."_s);
        QCOMPARE(m_desk->store.asked.write, 0);
    }

    void aStoredKeyThatIsGoneIsAskedFor()
    {
        m_list->save(m_desk->connection);
        m_desk->secrets.forget(m_desk->connection.id);
        open(m_desk->connection);
        edit(u"baseAddress"_s)->selectAll();
        QTest::keyClicks(edit(u"baseAddress"_s), u"api.example/v9"_s);
        click(u"save"_s);
        QTRY_VERIFY(edit(u"apiKey"_s)->hasFocus());
        QVERIFY(edit(u"apiKey"_s)->property("invalid").toBool());
        QVERIFY(m_dialog->isVisible());
    }

    void plainHttpNamesTheProxyThatReadsTheKey()
    {
        m_dialog.reset();
        m_book.reset();
        m_desk.reset();
        m_desk.emplace(u"journal.sqlite"_s, [](const QUrl &address) -> FoundProxies {
            return {{QNetworkProxy(address.scheme() == u"http" ? QNetworkProxy::HttpProxy : QNetworkProxy::NoProxy, u"proxy.example"_s, 3128)}};
        });
        m_book = std::make_unique<ConnectionBook>(*m_list, m_desk->store, m_desk->secrets);
        open();
        auto *accept = part<QCheckBox>(u"acceptPlainHttp"_s);
        QTest::keyClicks(edit(u"baseAddress"_s), u"http://box.example"_s);
        QVERIFY(accept->isVisible());
        QTRY_COMPARE(accept->text(), u"Send the key readable over the network to box.example, through the proxy proxy.example:3128"_s);
        edit(u"baseAddress"_s)->setText(u"http://127.0.0.1:80"_s);
        QVERIFY(!accept->isVisible());
    }

    /// Another host, port or scheme: what listens there gets nothing that was stored for this one.
    void aKeyIsOfOneOrigin_data()
    {
        QTest::addColumn<QString>("address");
        QTest::newRow("host") << u"https://api.example.evil"_s;
        QTest::newRow("port") << u"https://api.example:8443"_s;
        QTest::newRow("scheme") << u"http://api.example"_s;
        QTest::newRow("scheme and port") << u"http://api.example:443"_s;
    }
    void aKeyIsOfOneOrigin()
    {
        QFETCH(const QString, address);
        m_list->save(m_desk->connection);
        const bool isOfSession = QByteArrayView(QTest::currentDataTag()) == "port";
        if (!isOfSession) {
            m_desk->secrets.forget(m_desk->connection.id);
            m_desk->store.keep(m_desk->connection, Secret::fromStored("old"));
        }
        open(m_desk->connection);
        edit(u"baseAddress"_s)->setText(address);
        QCOMPARE(edit(u"apiKey"_s)->placeholderText(), QString());
        if (auto *accept = part<QCheckBox>(u"acceptPlainHttp"_s); accept->isVisible())
            QTest::keyClick(accept, Qt::Key_Space);
        const qsizetype before = m_desk->network.asked().size();
        click(u"save"_s);
        QTRY_VERIFY(edit(u"apiKey"_s)->property("invalid").toBool());
        QCOMPARE(m_desk->network.asked().size(), before);
        QCOMPARE(m_list->find(m_desk->connection.id), m_desk->connection);
        edit(u"baseAddress"_s)->setText(u"https://API.example:443/v9"_s); // the same, written otherwise
        QCOMPARE(edit(u"apiKey"_s)->placeholderText(), u"A key is stored. Leave empty to keep it."_s);
    }

    void whetherItMayStopIsAskedPlainly()
    {
        open();
        auto *yes = part<QRadioButton>(u"canStop"_s);
        auto *no = part<QRadioButton>(u"readOnly"_s);
        auto *environment = part<QComboBox>(u"environment"_s);
        for (int index = 0; index < environment->count(); ++index) {
            environment->setCurrentIndex(index);
            QVERIFY(!yes->isChecked() && !no->isChecked());
        }
        QTest::keyClicks(edit(u"connectionName"_s), u"Self hosted"_s);
        QTest::keyClicks(edit(u"baseAddress"_s), u"https://self.example/xp"_s);
        QTest::keyClicks(edit(u"apiKey"_s), u"secret-1"_s);
        click(u"save"_s);
        QVERIFY(yes->hasFocus());
        QVERIFY(yes->property("invalid").toBool());
        QCOMPARE(yes->accessibleDescription(), u"Say whether this connection may stop conversations."_s);
        QCOMPARE(m_desk->store.asked.write, 0);
        QTest::mouseClick(no, Qt::LeftButton, {}, QPoint(8, no->height() / 2));
        QVERIFY(!yes->property("invalid").toBool());
        click(u"save"_s);
        QTRY_COMPARE(m_saved->count(), 1);
        QVERIFY(savedConnection().readOnly);
        open(savedConnection());
        QVERIFY(part<QRadioButton>(u"readOnly"_s)->isChecked());
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

}

STOPDESK_TEST(connectiondialog, ConnectionDialogTest, QApplication)
#include "tst_connectiondialog.moc"
