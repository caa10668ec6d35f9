#include "tests/app/session/sessioninhand.h"
#include "tests/support/testmain.h"

namespace locator_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// From typed ids to the target of a stop, and what a person should know of them first.
class TestLocator : public QObject {
    Q_OBJECT

    std::unique_ptr<SessionInHand> m_in;
    std::unique_ptr<QObject> m_asker;
    std::optional<Result<Located>> m_found;
    int m_answers = 0;

    void ask(const QString &conversation, const QString &agent = {})
    {
        m_found.reset();
        m_answers = 0;
        m_in->console.link().locator().locate({conversation}, {agent}, m_asker.get(), [this](const Result<Located> &answer) {
            m_found = answer;
            ++m_answers;
        });
        QVERIFY(!m_found);
    }
    const Located &locate(const QString &conversation, const QString &agent = {})
    {
        ask(conversation, agent);
        m_in->pass();
        static const Located nothing;
        return m_found && *m_found ? **m_found : nothing;
    }
    void recordOf(const QByteArray &id, const QByteArray &more)
    {
        m_in->network.expect("GET /v1/tasks/" + id, FakeAnswer::with(200, "{\"id\":\"" + id + "\"," + more + "}"));
    }
    int problems() const { return int(m_in->console.models.problems.rows().size()); }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_asker = std::make_unique<QObject>();
        m_in = std::make_unique<SessionInHand>();
        m_in->network.always(running,
                             page({row("c1"), row("c2"),
                                   R"({"id":"s1","agent_id":"a1","status":"executing","title":"Part",)"
                                   R"("parent_task_id":"c1"})"}));
        m_in->open(u"acme"_s);
    }
    void cleanup()
    {
        m_asker.reset();
        m_in.reset();
    }

    void whatIsListedNeedsNoRead()
    {
        const qsizetype asked = m_in->network.count("GET /v1/tasks/");
        const Located found = locate(u"c1"_s);
        QCOMPARE(found.target.agent.value, u"a1"_s);
        QCOMPARE(found.target.agentName, u"Billing"_s);
        QCOMPARE(found.target.title, u"T c1"_s);
        QCOMPARE(found.target.askedFrom, AskedFrom::StopById);
        QVERIFY(found.belongsTo.isEmpty());
        QCOMPARE(locate(u"c1"_s, u"a1"_s), found);
        QCOMPARE(m_in->network.count("GET /v1/tasks/"), asked);
    }

    void whatIsNotListedIsReadInEveryCase()
    {
        recordOf("c8", R"("agent_id":"a4","title":"Refund")");
        QCOMPARE(locate(u"c8"_s).target.agent.value, u"a4"_s);
        recordOf("c8", R"("agent_id":"a4","title":"Refund")");
        const Located typed = locate(u"c8"_s, u"a4"_s);
        QCOMPARE(typed.target.agent.value, u"a4"_s);
        QCOMPARE(typed.target.title, u"Refund"_s);
        QCOMPARE(typed.target.command, Command::StopConversation);
        QVERIFY(typed.belongsTo.isEmpty());
        QCOMPARE(m_in->network.count("GET /v1/tasks/c8"), 2);
        QVERIFY(m_in->network.allAsked());
    }

    void aSubTaskSaysWhoseItIs_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QByteArray>("record");
        QTest::addColumn<QString>("parent");
        QTest::addColumn<QString>("title");
        QTest::newRow("listed") << u"s1"_s << QByteArray() << u"c1"_s << u"T c1"_s;
        QTest::newRow("read, the conversation is listed")
            << u"s9"_s << QByteArray(R"("agent_id":"a4","parent_execution":"c2")") << u"c2"_s << u"T c2"_s;
        QTest::newRow("read, nothing is known of the conversation")
            << u"s9"_s << QByteArray(R"("agent_id":"a4","parent_execution":"c9")") << u"c9"_s << QString();
    }
    void aSubTaskSaysWhoseItIs()
    {
        QFETCH(const QString, id);
        QFETCH(const QByteArray, record);
        for (const QString &agent : {QString(), u"a9"_s}) {
            if (!record.isEmpty())
                recordOf(id.toLatin1(), record);
            const Located found = locate(id, agent);
            QVERIFY(found.target.isSubTask());
            QTEST(found.target.parent.value, "parent");
            QTEST(found.parentTitle, "title");
        }
    }

    void anotherAgentThanTheTypedOneIsTold()
    {
        Located found = locate(u"c1"_s, u"a9"_s); // listed
        QCOMPARE(found.target.agent.value, u"a9"_s);
        QCOMPARE(found.target.agentName, u"a9"_s);
        QCOMPARE(found.belongsTo.value, u"a1"_s);
        QCOMPARE(found.belongsToName, u"Billing"_s);
        recordOf("c8", R"("agent_id":"a1","title":"Refund")");
        found = locate(u"c8"_s, u"a9"_s); // read
        QCOMPARE(found.target.agent.value, u"a9"_s);
        QCOMPARE(found.target.title, u"Refund"_s);
        QCOMPARE(found.belongsTo.value, u"a1"_s);
        found = locate(u"s1"_s, u"a9"_s); // a sub-task is stopped by its own id alone
        QCOMPARE(found.target.agent.value, u"a1"_s);
        QCOMPARE(found.belongsTo.value, u"a1"_s);
    }

    void aFailedReadHindersNobodyWhoTypedTheAgent()
    {
        m_in->network.always("GET /v1/tasks/c404", FakeAnswer::with(404));
        const Located found = locate(u"c404"_s, u"a9"_s);
        QCOMPARE(found.target.agent.value, u"a9"_s);
        QCOMPARE(found.target.conversation.value, u"c404"_s);
        QVERIFY(found.belongsTo.isEmpty());
        QCOMPARE(m_in->network.count("GET /v1/tasks/c404"), 1);
        QCOMPARE(problems(), 0);

        locate(u"c404"_s);
        QCOMPARE(m_found->error().kind, FailureKind::NotFound);
        QCOMPARE(problems(), 1);
        QCOMPARE(m_in->console.models.problems.rows().first().problem.subject, Subject::StopById);
    }

    void aSlowReadHindersNobodyWhoTypedTheAgent()
    {
        m_in->network.always("GET /v1/tasks/c8", FakeAnswer::hangs());
        ask(u"c8"_s, u"a9"_s);
        m_in->pass(1900ms);
        QVERIFY(!m_found);
        m_in->pass(200ms);
        QVERIFY(m_found);
        QCOMPARE((*m_found)->target.agent.value, u"a9"_s);
        QVERIFY(m_in->network.answer("GET /v1/tasks/c8", FakeAnswer::with(200, R"({"id":"c8","agent_id":"a4"})")));
        m_in->pass();
        QCOMPARE(m_answers, 1); // it comes too late

        ask(u"c8"_s); // the agent is needed
        m_in->pass(3s);
        QVERIFY(!m_found);
    }

    void anotherConnectionMeanwhileAnswersNothing()
    {
        for (const QString &agent : {QString(), u"a9"_s}) {
            m_in->network.expect("GET /v1/tasks/c8", FakeAnswer::hangs());
            ask(u"c8"_s, agent);
            m_in->pass();
            m_in->open(u"beta"_s);
            m_in->pass(3s);
            m_in->network.answer("GET /v1/tasks/c8", FakeAnswer::with(200, R"({"id":"c8","agent_id":"a4"})"));
            m_in->pass();
            QVERIFY(m_found);
            QVERIFY(!*m_found);
            QCOMPARE(m_found->error().kind, FailureKind::Cancelled);
            QCOMPARE(m_answers, 1);
            m_in->open(u"acme"_s);
        }
        QCOMPARE(problems(), 0);
    }

    void anIdIsSentAsItIs_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QByteArray>("sent");
        QTest::newRow("slash") << u"a/b"_s << QByteArray("a%2Fb");
        QTest::newRow("query") << u"c7?x=1&y#z"_s << QByteArray("c7%3Fx%3D1%26y%23z");
        QTest::newRow("percent") << u"%41"_s << QByteArray("%2541");
        QTest::newRow("umlaut") << u"ä"_s << QByteArray("%C3%A4");
        QTest::newRow("emoji") << u"\U0001F600"_s << QByteArray("%F0%9F%98%80");
        QTest::newRow("full-width dots") << u"．．"_s << QByteArray("%EF%BC%8E%EF%BC%8E");
        QTest::newRow("three dots") << u"..."_s << QByteArray("...");
        QTest::newRow("markup") << u"<b>\"'&amp;</b>"_s << QByteArray("%3Cb%3E%22%27%26amp%3B%3C%2Fb%3E");
    }
    void anIdIsSentAsItIs()
    {
        QFETCH(const QString, id);
        QFETCH(const QByteArray, sent);
        m_in->network.expect("GET /v1/tasks/" + sent, FakeAnswer::with(200, R"({"id":"c8","agent_id":"a4"})"));
        QCOMPARE(locate(id).target.agent.value, u"a4"_s);
        QCOMPARE(m_found->value().target.conversation.value, id);
        QVERIFY2(m_in->network.allAsked(), m_in->network.asked().last().line.constData());
    }
};

}

STOPDESK_TEST(locator, TestLocator, QCoreApplication)
#include "tst_locator.moc"
