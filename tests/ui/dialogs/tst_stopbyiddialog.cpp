#include "ui/dialogs/stopbyiddialog.h"

#include "app/words/failurewords.h"
#include "tests/support/testmain.h"
#include "tests/ui/dialogs/desk.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <optional>

namespace stopbyiddialog_test {

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

    StopTarget target() const { return m_located->last().first().value<StopTarget>(); }
    QPushButton *offered() const { return m_dialog->findChild<QPushButton *>(u"noticeAction"_s); }
    QString warning() const
    {
        const bool warns = m_dialog->notice().isVisible() && m_dialog->notice().severity() == NoticeBar::Severity::Warning;
        return warns ? m_dialog->notice().text() : QString();
    }
    /// c1 and its sub-task s1 are listed, both of agent a1.
    void list()
    {
        m_desk->settle();
        m_desk->console.connector.holdUpdates(true);
        Agent billing;
        billing.id = {u"a1"_s};
        billing.name = u"Billing & helper"_s;
        m_desk->console.link().agents().merge({billing});
        Conversation conversation;
        conversation.id = {u"c1"_s};
        conversation.agent = {u"a1"_s};
        conversation.title = u"Weekly <b>outreach</b>"_s;
        Conversation subTask = conversation;
        subTask.id = {u"s1"_s};
        subTask.parent = {u"c1"_s};
        subTask.title = u"Part"_s;
        m_desk->console.link().conversations().merge({conversation, subTask}, {}, m_desk->clock.now());
    }
    void submit(const QString &conversation, const QString &agent = {})
    {
        m_conversation->setText(conversation);
        m_agent->setText(agent);
        QTest::mouseClick(m_stop, Qt::LeftButton);
    }
    Failure lastFailure() const { return m_problem->last().first().value<Failure>(); }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support )"_s));
        QApplication::setDoubleClickInterval(0);
        m_desk.emplace();
        m_dialog = std::make_unique<StopByIdDialog>(m_desk->locate());
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
        QTest::newRow("line breaks") << u"\r\n\u2028"_s << u"Enter"_s;
        QTest::newRow("space inside") << u"a b"_s << u"space"_s;
        QTest::newRow("no-break space inside") << u"a\u00a0b"_s << u"space"_s;
        QTest::newRow("tab inside") << u"a\tb"_s << u"space"_s;
        QTest::newRow("line break inside") << u"a\nb"_s << u"line break"_s;
        QTest::newRow("next line inside") << u"a\u0085b"_s << u"line break"_s;
        QTest::newRow("line separator inside") << u"a\u2028b"_s << u"line break"_s;
        QTest::newRow("paragraph separator inside") << u"a\u2029b"_s << u"line break"_s;
        QTest::newRow("control character") << u"a\u0007b"_s << u"control"_s;
        QTest::newRow("NUL") << u"a"_s + QChar(0) + u'b' << u"control"_s;
        QTest::newRow("DEL") << u"a\u007f"_s << u"control"_s;
        QTest::newRow("C1") << u"\u0090a"_s << u"control"_s;
        QTest::newRow("half a character") << u"a"_s + QChar(0xd83d) << u"control"_s;
        QTest::newRow("too long") << QString(257, u'x') << u"256"_s;
        QTest::newRow("too long, of pairs") << u"\U0001F600"_s.repeated(257) << u"256"_s;
        QTest::newRow("dot") << u"."_s << u"no id"_s;
        QTest::newRow("two dots and a slash") << u"../agents"_s << u"no id"_s;
        QTest::newRow("two dots between") << u"a/../b"_s << u"no id"_s;
        QTest::newRow("backslash") << u"..\\a"_s << u"no id"_s;
        QTest::newRow("encoded slash") << u"%2e%2e%2fa"_s << u"no id"_s;
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

    void anythingElseIsAnId_data()
    {
        QTest::addColumn<QString>("id");
        QTest::newRow("256 characters") << QString(256, u'x');
        QTest::newRow("256 pairs") << u"\U0001F600"_s.repeated(256);
        QTest::newRow("full-width dots") << u"．．"_s;
        QTest::newRow("three dots") << u"..."_s;
        QTest::newRow("slash") << u"a/b"_s;
        QTest::newRow("percent") << u"%zz"_s;
        QTest::newRow("markup") << u"<b>&amp;</b>"_s;
    }
    void anythingElseIsAnId()
    {
        QFETCH(const QString, id);
        m_conversation->setText(id);
        m_agent->setText(id);
        QTest::mouseClick(m_stop, Qt::LeftButton);
        QTRY_COMPARE(m_located->count(), 1);
        QCOMPARE(target().conversation.value, id);
        QCOMPARE(target().agent.value, id);
    }

    void whatIsPastedIsTrimmedAndChecked()
    {
        QGuiApplication::clipboard()->setText(u"\u2028 c7\r\n"_s);
        m_conversation->paste();
        m_agent->setText(u"a1"_s);
        QTest::mouseClick(m_stop, Qt::LeftButton);
        QTRY_COMPARE(m_located->count(), 1);
        QCOMPARE(target().conversation.value, u"c7"_s);
        m_dialog->show();
        QGuiApplication::clipboard()->setText(u"c7\nc8"_s);
        m_conversation->clear();
        m_conversation->paste();
        QTest::mouseClick(m_stop, Qt::LeftButton);
        QVERIFY(m_conversation->property("invalid").toBool());
        QCOMPARE(m_located->count(), 1);
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

    void twoProblemsAreSummedUpAndLeadToTheirFields()
    {
        submit(u""_s, u"a b"_s);
        const auto *summary = m_dialog->findChild<ProblemSummary *>();
        QVERIFY(summary->isVisible());
        QCOMPARE(m_dialog->focusWidget(), summary);
        QCOMPARE(summary->accessibleName(),
                 u"2 problems. Conversation id: Enter the conversation's id. Agent id: There is a space or a line break "
                 "inside this id. Paste the id alone."_s);
        const QList<QPushButton *> links = summary->findChildren<QPushButton *>(u"problemLink"_s);
        QTest::mouseClick(links.at(1), Qt::LeftButton);
        QVERIFY(m_agent->hasFocus());
        QCOMPARE(m_agent->text(), u"a b"_s);
        QTest::mouseClick(links.at(0), Qt::LeftButton);
        QVERIFY(m_conversation->hasFocus());

        QTest::keyClicks(m_conversation, u"c"_s); // one is left: it has its mark
        QVERIFY(!summary->isVisible());
        QVERIFY(m_conversation->hasFocus());
        QVERIFY(m_agent->property("invalid").toBool());
    }

    void theWordsAreTheSameEverywhere()
    {
        submit(u""_s, u"a b"_s);
        m_desk->console.models.problems.add(lastFailure(), {Subject::StopById, {}}, m_desk->clock.now());
        const auto *summary = m_dialog->findChild<ProblemSummary *>();
        const QList<QLineEdit *> fields{m_conversation, m_agent};
        QCOMPARE(m_desk->console.models.problems.rows().size(), 2);
        for (int i = 0; i < 2; ++i) {
            const Problem problem = m_desk->console.models.problems.rows().at(i).problem;
            const QString words = words::messageOf(problem);
            QCOMPARE(summary->lines().at(i).second, words::placeInWords(problem) + u": "_s + words);
            QCOMPARE(fields.at(i)->accessibleDescription(), words);
            const QList<QLabel *> labels = m_dialog->findChildren<QLabel *>();
            QVERIFY(std::ranges::any_of(labels, [&words](auto *label) { return label->text() == u"▲ "_s + words; }));
        }
    }

    void whatProblemsTakesAwayLeavesTheSummaryToo()
    {
        submit(u""_s, u"a b"_s);
        const auto *summary = m_dialog->findChild<ProblemSummary *>();
        m_dialog->showMarks({{Field::AgentId, u"other words"_s}, {Field::ConversationId, u"x"_s}});
        QCOMPARE(summary->lines().at(1).second, u"Agent id: other words"_s);
        m_dialog->showMarks({{Field::AgentId, u"other words"_s}});
        QVERIFY(!summary->isVisible());
        m_dialog->showMarks({{Field::AgentId, u"a"_s}, {Field::ConversationId, u"b"_s}}); // nobody sent anything
        QVERIFY(!summary->isVisible());
        submit(u""_s, u"a b"_s);
        QVERIFY(summary->isVisible());
        m_dialog->setConversation({u"c7"_s});
        QVERIFY(!summary->isVisible());
    }

    void oneProblemIsLeftToItsField()
    {
        submit(u""_s);
        QVERIFY(!m_dialog->findChild<ProblemSummary *>()->isVisible());
        QCOMPARE(m_dialog->focusWidget(), m_conversation);
    }

    void theServicesErrorsAreSummedUpToo()
    {
        m_desk->network.expect("GET /v1/tasks/c7",
                               FakeAnswer::with(422, R"({"detail":[{"loc":["path","task_id"],"msg":"not an id"},)"
                                                     R"({"loc":["path","agent_id"],"msg":"nor this"},)"
                                                     R"({"loc":["body"],"msg":"odd"}]})"));
        submit(u"c7"_s);
        const auto *summary = m_dialog->findChild<ProblemSummary *>();
        QTRY_VERIFY(summary->isVisible());
        QCOMPARE(summary->accessibleName(), u"2 problems. Conversation id: not an id. Agent id: nor this."_s);
        QCOMPARE(m_dialog->notice().text(), u"odd"_s); // belongs to no field
        QCOMPARE(m_dialog->focusWidget(), summary);
        submit(u"c8"_s, u"a1"_s); // sent again
        QVERIFY(!summary->isVisible());
    }

    void tabGoesFromTopToBottom()
    {
        list();
        submit(u"s1"_s);
        QTRY_VERIFY(!warning().isEmpty());
        m_conversation->setFocus();
        QStringList passed;
        for (int i = 0; i < 6; ++i) {
            passed.append(m_dialog->focusWidget()->objectName());
            QTest::keyClick(m_dialog->focusWidget(), Qt::Key_Tab);
        }
        QCOMPARE(passed, QStringList({u"conversationId"_s, u"agentId"_s, u"noticeAction"_s, u"noticeClose"_s,
                                      u"cancel"_s, u"stopConversation"_s}));
        QCOMPARE(m_dialog->focusWidget(), m_conversation);
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

    void aSubTaskIsSaidToBeOneFirst()
    {
        list();
        submit(u"s1"_s);
        QTRY_COMPARE(warning(),
                     u"This is a sub-task of “Weekly <b>outreach</b>”. Stopping it leaves that conversation running."_s);
        QVERIFY(m_dialog->isVisible());
        QCOMPARE(m_located->count(), 0);
        QCOMPARE(m_stop->text(), u"Stop sub-task…"_s);
        QCOMPARE(m_stop->accessibleName(), m_stop->text());
        QCOMPARE(m_dialog->focusWidget(), m_stop);
        QTest::mouseClick(m_stop, Qt::LeftButton);
        QCOMPARE(m_located->count(), 1);
        QCOMPARE(target().command, Command::StopSubTask);
        QCOMPARE(target().parent, ConversationId{u"c1"_s});
        QVERIFY(!m_dialog->isVisible());
        QCOMPARE(m_desk->network.count("GET /v1/tasks/s1"), 0);
        QCOMPARE(m_desk->network.count("POST"), 0);
    }

    void itsConversationCanBeStoppedInstead()
    {
        list();
        submit(u"s1"_s, u"a1"_s);
        QTRY_COMPARE(offered()->text(), u"Stop the conversation instead…"_s);
        QTest::mouseClick(offered(), Qt::LeftButton);
        QTRY_COMPARE(m_located->count(), 1);
        QCOMPARE(target().conversation.value, u"c1"_s);
        QCOMPARE(target().command, Command::StopConversation);
        QCOMPARE(target().agent.value, u"a1"_s);
        QCOMPARE(m_conversation->text(), u"c1"_s);
        QCOMPARE(m_stop->text(), u"Stop conversation…"_s);
    }

    void aSubTaskThatIsNotListedIsWarnedOfToo()
    {
        QByteArray record = fixture(u"record-running"_s);
        record.replace(record.lastIndexOf('}'), 1, R"(,"parent_execution":"c1"})");
        m_desk->network.expect("GET /v1/tasks/c7", FakeAnswer::with(200, record));
        m_desk->network.always("GET /v1/tasks/c1", FakeAnswer::with(404));
        submit(u"c7"_s, u"a1"_s);
        QTRY_COMPARE(warning(),
                     u"This is a sub-task of conversation c1. Stopping it leaves that conversation running. It belongs "
                     "to 6f0c1f6e…2a10, not to the agent typed here."_s);
        QTest::mouseClick(offered(), Qt::LeftButton); // which is not known
        QTRY_COMPARE(m_dialog->notice().severity(), NoticeBar::Severity::Error);
        QCOMPARE(m_conversation->text(), u"c1"_s);
        QCOMPARE(m_located->count(), 0);
    }

    void anotherAgentIsSaidAndOffered()
    {
        list();
        submit(u"c1"_s, u"a9"_s);
        QTRY_COMPARE(warning(),
                     u"This conversation belongs to Billing & helper, not to the agent typed here. Press “Stop "
                     "conversation…” again to use the typed agent all the same."_s);
        QCOMPARE(offered()->text(), u"Use Billing && helper"_s);
        QCOMPARE(m_located->count(), 0);
        QTest::mouseClick(offered(), Qt::LeftButton);
        QCOMPARE(m_located->count(), 1);
        QCOMPARE(target().agent.value, u"a1"_s);
        QCOMPARE(target().agentName, u"Billing & helper"_s);
        QCOMPARE(m_agent->text(), u"a1"_s);
    }

    void theTypedAgentCanBeUsedOnPurpose()
    {
        list();
        submit(u"c1"_s, u"a9"_s);
        QTRY_VERIFY(!warning().isEmpty());
        QTest::keyClick(m_agent, Qt::Key_Return);
        QCOMPARE(m_located->count(), 1);
        QCOMPARE(target().agent.value, u"a9"_s);
    }

    void aDoubleClickReadsNoWarning()
    {
        QApplication::setDoubleClickInterval(60'000);
        list();
        submit(u"c1"_s, u"a9"_s);
        QTRY_VERIFY(!warning().isEmpty());
        QTest::mouseClick(m_stop, Qt::LeftButton);
        QVERIFY(!warning().isEmpty());
        QCOMPARE(m_located->count(), 0);
    }

    void typingTakesTheWarningAway()
    {
        list();
        for (QLineEdit *edit : {m_conversation, m_agent}) {
            submit(u"s1"_s, u"a1"_s);
            QTRY_VERIFY(!warning().isEmpty());
            edit->end(false);
            QTest::keyClicks(edit, u"0"_s);
            QCOMPARE(warning(), QString());
            QVERIFY(!m_dialog->notice().isVisible());
            QCOMPARE(m_stop->text(), u"Stop conversation…"_s);
        }
        submit(u"c1"_s, u"a1"_s); // what was warned of is forgotten
        QTRY_COMPARE(m_located->count(), 1);
        QCOMPARE(target().conversation.value, u"c1"_s);
    }

    void closingOrAnotherConnectionTakesTheWarningAway()
    {
        list();
        submit(u"s1"_s);
        QTRY_VERIFY(!warning().isEmpty());
        m_dialog->reject();
        m_dialog->show();
        QCOMPARE(warning(), QString());
        QTest::mouseClick(m_stop, Qt::LeftButton);
        QTRY_VERIFY(!warning().isEmpty());
        m_dialog->dropWarning(); // as `StopFlow` does when another connection is open
        QCOMPARE(warning(), QString());
        QCOMPARE(m_located->count(), 0);
    }

    void aReadThatFailsDoesNotHinderWhoTypedTheAgent()
    {
        m_desk->network.expect("GET /v1/tasks/c7", FakeAnswer::with(500));
        submit(u"c7"_s, u"a1"_s);
        QTRY_COMPARE(m_located->count(), 1);
        QCOMPARE(m_problem->count(), 0);
        QCOMPARE(m_desk->console.models.problems.rowCount(), 0);
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
        QTRY_COMPARE(m_desk->console.models.problems.rowCount(), 1);
    }

    void closingItMeanwhileAsksNothing()
    {
        m_desk->network.expect("GET /v1/tasks/c7", FakeAnswer::hangs());
        QTest::keyClicks(m_conversation, u"c7"_s);
        QTest::keyClick(m_conversation, Qt::Key_Return);
        m_desk->settle();
        QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
        m_desk->settle();
        QVERIFY2(!m_desk->network.answer("GET /v1/tasks/c7", FakeAnswer::with(200, fixture(u"record-running"_s))),
                 "it is still looked up");
        m_dialog->show();
        m_desk->settle();
        QCOMPARE(m_located->count(), 0);
        QVERIFY(!m_conversation->isReadOnly());
        QVERIFY(m_stop->isEnabled());
    }

    void anotherIdPutInMeanwhileIsNotAnsweredByTheOld()
    {
        m_desk->network.expect("GET /v1/tasks/c7", FakeAnswer::hangs());
        QTest::keyClicks(m_conversation, u"c7"_s);
        QTest::keyClick(m_conversation, Qt::Key_Return);
        m_desk->settle();
        m_dialog->setConversation({u"c8"_s});
        QVERIFY(!m_desk->network.answer("GET /v1/tasks/c7", FakeAnswer::with(200, fixture(u"record-running"_s))));
        m_desk->settle();
        QCOMPARE(m_located->count(), 0);
        QCOMPARE(m_conversation->text(), u"c8"_s);
        QVERIFY(m_stop->isEnabled());
    }

    void aLookUpThatFailsStoppedNothing()
    {
        m_desk->network.expect("GET /v1/tasks/c7", FakeAnswer::with(500, "{}"));
        QTest::keyClicks(m_conversation, u"c7"_s);
        QTest::keyClick(m_conversation, Qt::Key_Return);
        QTRY_COMPARE(m_desk->console.models.problems.rowCount(), 1);
        const Problem &problem = m_desk->console.models.problems.row(0).problem;
        QCOMPARE(problem.effect, Effect::NothingStopped);
        const QString said = m_dialog->notice().text();
        QVERIFY2(said.startsWith(u"Nothing was stopped."_s) && !said.contains(u"looked up"_s), qPrintable(said));
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

}

STOPDESK_TEST(stopbyiddialog, StopByIdDialogTest, QApplication)
#include "tst_stopbyiddialog.moc"
