#include "ui/dialogs/stopbyiddialog.h"

#include "tests/ui/dialogs/desk.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <optional>

using namespace Qt::StringLiterals;

class StopByIdDialogTest : public QObject {
    Q_OBJECT

    std::optional<Desk> m_desk;
    std::unique_ptr<StopByIdDialog> m_dialog;
    std::unique_ptr<QSignalSpy> m_located;
    std::unique_ptr<QSignalSpy> m_problem;
    QLineEdit *m_conversation = nullptr;
    QLineEdit *m_agent = nullptr;
    QPushButton *m_stop = nullptr;

    Failure lastFailure() const { return m_problem->last().first().value<Failure>(); }

private Q_SLOTS:
    void init()
    {
        m_desk.emplace();
        m_dialog = std::make_unique<StopByIdDialog>(m_desk->session);
        m_located = std::make_unique<QSignalSpy>(m_dialog.get(), &StopByIdDialog::located);
        m_problem = std::make_unique<QSignalSpy>(m_dialog.get(), &StopByIdDialog::problemFound);
        m_conversation = m_dialog->findChild<QLineEdit *>(u"conversationId"_s);
        m_agent = m_dialog->findChild<QLineEdit *>(u"agentId"_s);
        m_stop = m_dialog->findChild<QPushButton *>(u"stopConversation"_s);
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    }

    void cleanup()
    {
        m_dialog.reset();
        m_desk.reset();
    }

    void itIsNamedAsPromised()
    {
        QCOMPARE(m_dialog->windowTitle(), u"Stop by id"_s);
        QCOMPARE(m_conversation->accessibleName(), u"Conversation id"_s);
        QCOMPARE(m_agent->accessibleName(), u"Agent id"_s);
        QCOMPARE(m_stop->accessibleName(), u"Stop conversation…"_s);
        QVERIFY(m_conversation->hasFocus());
        QVERIFY(!m_dialog->isModal());
    }

    void whatCannotBeAnIdIsRefusedAtTheField_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("words");
        QTest::newRow("empty") << u""_s << u"Enter"_s;
        QTest::newRow("blanks") << u"   "_s << u"Enter"_s;
        QTest::newRow("space inside") << u"a b"_s << u"space"_s;
        QTest::newRow("control character") << u"a\u0007b"_s << u"control"_s;
        QTest::newRow("too long") << QString(257, u'x') << u"256"_s;
        QTest::newRow("dot") << u"."_s << u"no id"_s;
        QTest::newRow("two dots, encoded") << u"%2E%2e"_s << u"no id"_s;
        QTest::newRow("two dots, twice encoded") << u"%252e."_s << u"no id"_s;
    }

    void whatCannotBeAnIdIsRefusedAtTheField()
    {
        QFETCH(const QString, id);
        QFETCH(const QString, words);
        m_conversation->setText(id);
        m_agent->setFocus();
        const qsizetype asked = m_desk->network.asked().size();
        QTest::mouseClick(m_stop, Qt::LeftButton);
        QCOMPARE(m_problem->count(), 1);
        QCOMPARE(m_problem->first().at(1).value<Subject>(), Subject::StopById);
        QCOMPARE(lastFailure().kind, FailureKind::Invalid);
        QCOMPARE(lastFailure().reached, Reached::NeverLeft);
        QVERIFY(m_conversation->property("invalid").toBool());
        QVERIFY2(m_conversation->accessibleDescription().contains(words),
                 qPrintable(m_conversation->accessibleDescription()));
        QVERIFY(m_conversation->hasFocus());
        QVERIFY(!m_agent->property("invalid").toBool());
        QCOMPARE(m_desk->network.asked().size(), asked);
        QCOMPARE(m_located->count(), 0);
    }

    void theLongestIdIsAllowed()
    {
        m_conversation->setText(QString(256, u'x'));
        m_agent->setText(u"a1"_s);
        QTest::mouseClick(m_stop, Qt::LeftButton);
        QTRY_COMPARE(m_located->count(), 1);
    }

    void aBadAgentIsMarkedToo()
    {
        m_conversation->setText(u"c7"_s);
        m_agent->setText(u".."_s);
        QTest::keyClick(m_agent, Qt::Key_Return);
        QVERIFY(m_agent->property("invalid").toBool());
        QVERIFY(!m_conversation->property("invalid").toBool());
        QCOMPARE(m_located->count(), 0);
    }

    void typingMendsTheMark()
    {
        QTest::mouseClick(m_stop, Qt::LeftButton);
        QVERIFY(m_conversation->property("invalid").toBool());
        QSignalSpy corrected(m_dialog.get(), &EditDialog::corrected);
        QTest::keyClicks(m_conversation, u"c"_s);
        QVERIFY(!m_conversation->property("invalid").toBool());
        QCOMPARE(corrected.count(), 1);
        QCOMPARE(corrected.first().first().value<Field>(), Field::ConversationId);
    }

    void twoIdsLeadToTheQuestion()
    {
        QTest::keyClicks(m_conversation, u" c7 "_s);
        QTest::keyClicks(m_agent, u"a1"_s);
        QTest::keyClick(m_agent, Qt::Key_Return);
        QTRY_COMPARE(m_located->count(), 1);
        const auto target = m_located->first().first().value<StopTarget>();
        QCOMPARE(target.conversation.value, u"c7"_s);
        QCOMPARE(target.agent.value, u"a1"_s);
        QCOMPARE(target.askedFrom, AskedFrom::StopById);
        QVERIFY(!m_dialog->isVisible());
        QCOMPARE(m_desk->network.count("POST"), 0);
    }

    void withoutAnAgentItIsLookedUp()
    {
        m_desk->network.expect("GET /v1/tasks/c7", FakeAnswer::with(200, fixture(u"record-running"_s)));
        QTest::keyClicks(m_conversation, u"c7"_s);
        QTest::keyClick(m_conversation, Qt::Key_Return);
        QTRY_COMPARE(m_located->count(), 1);
        QCOMPARE(m_located->first().first().value<StopTarget>().agent.value, u"6f0c1f6e-3c1b-4b7e-9d43-3e3f7f1d2a10"_s);
    }

    void aSubTaskLeadsToItsOwnQuestion()
    {
        QByteArray record = fixture(u"record-running"_s);
        record.replace(record.lastIndexOf('}'), 1, R"(,"parent_execution":"c1"})");
        m_desk->network.expect("GET /v1/tasks/c7", FakeAnswer::with(200, record));
        QTest::keyClicks(m_conversation, u"c7"_s);
        QTest::mouseClick(m_stop, Qt::LeftButton);
        QTRY_COMPARE(m_located->count(), 1);
        const auto target = m_located->first().first().value<StopTarget>();
        QCOMPARE(target.command, Command::StopSubTask);
        QCOMPARE(target.parent, ConversationId{u"c1"_s});
        QVERIFY(!m_dialog->isVisible());
    }

    void whatTheServiceSaysOfAFieldIsShownPlain()
    {
        m_desk->network.expect("GET /v1/tasks/c7",
                               FakeAnswer::with(422, R"({"detail":[{"loc":["path","task_id"],"msg":"not\u202e an\nid"},)"
                                                     R"({"loc":["body"]}]})"));
        QTest::keyClicks(m_conversation, u"c7"_s);
        QTest::keyClick(m_conversation, Qt::Key_Return);
        QTRY_COMPARE(m_conversation->accessibleDescription(), u"not\ufffd an id"_s);
        QCOMPARE(m_dialog->notice().text(), u"The service did not accept this value."_s);
    }

    void aFailedLookUpIsSaidInsideAndKnownToProblems()
    {
        m_desk->network.expect("GET /v1/tasks/c7", FakeAnswer::with(404, R"({"detail":"no such task"})"));
        QTest::keyClicks(m_conversation, u"c7"_s);
        QTest::keyClick(m_conversation, Qt::Key_Return);
        QTRY_COMPARE(m_dialog->notice().severity(), NoticeBar::Severity::Error);
        QVERIFY(!m_dialog->notice().text().isEmpty());
        QVERIFY(m_dialog->isVisible());
        QVERIFY(m_stop->isEnabled());
        QCOMPARE(m_located->count(), 0);
        QTRY_COMPARE(m_desk->session.problems().rowCount(), 1);
    }

    void closingItMeanwhileAsksNothing()
    {
        m_desk->network.expect("GET /v1/tasks/c7", FakeAnswer::hangs());
        QTest::keyClicks(m_conversation, u"c7"_s);
        QTest::keyClick(m_conversation, Qt::Key_Return);
        m_desk->settle();
        QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
        m_desk->settle();
        QVERIFY(m_desk->network.answer("GET /v1/tasks/c7", FakeAnswer::with(200, fixture(u"record-running"_s))));
        m_desk->settle();
        QCOMPARE(m_located->count(), 0);
    }

    void problemsLeadIntoIt()
    {
        m_agent->setFocus();
        m_dialog->hide();
        m_dialog->showMarks({{Field::ConversationId, u"value is not a valid uuid"_s}});
        m_dialog->focusField(Field::ConversationId);
        QVERIFY(m_dialog->isVisible());
        QCOMPARE(m_dialog->focusWidget(), m_conversation); // offscreen gives a hidden window its focus back only inside
        QCOMPARE(m_conversation->accessibleDescription(), u"value is not a valid uuid"_s);
    }
};

QTEST_MAIN(StopByIdDialogTest)
#include "tst_stopbyiddialog.moc"
