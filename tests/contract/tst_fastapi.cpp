#include "app/journal/journal.h"
#include "tests/support/console.h"
#include "app/words/failurewords.h"
#include "app/words/words.h"
#include "tests/support/memorysecretstore.h"
#include "tests/support/peers.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>
#include <QTemporaryDir>
#include <QtTest>

namespace fastapi_test {

using namespace Qt::StringLiterals;

/// The console against the framework that makes the real service's errors, on the real network stack. Debian 12 has it
/// with pydantic 1, Debian 13 with pydantic 2: other words and types for the same errors.
class TestFastApi : public QObject {
    Q_OBJECT

private:
    ConversationId idOf(const QString &title)
    {
        for (const ConversationRow &row : m_console->link().conversations().rows()) {
            if (row.conversation.title == title)
                return row.conversation.id;
        }
        return {};
    }

    void stop(const StopTarget &target, ClearQueue clearQueue = ClearQueue::No)
    {
        m_console->stops.decide({target}, clearQueue, {});
    }

    /// The target with the run-state that the question would show.
    StopTarget freshly(std::optional<StopTarget> target)
    {
        std::optional<Result<RunState>> read;
        m_console->link().locator().readRunState(*target, this, [&read](const Result<RunState> &answer) { read = answer; });
        if (QTest::qWaitFor([&read] { return read.has_value(); }, 20'000) && *read) {
            target->before = **read;
            target->ranBefore = isStillThere(*target, **read);
        }
        return *target;
    }

    StopState state() const { return m_console->models.stops.rows().first().report.state; }

    QString said(const QString &byPydantic1, const QString &byPydantic2) const
    {
        return m_isPydantic2 ? byPydantic2 : byPydantic1;
    }

    /// Effect, place in words and message of each problem, oldest first; the message without the position in an UUID,
    /// which the releases of pydantic 2 tell differently.
    QStringList problems() const
    {
        QStringList lines;
        for (const ProblemRow &row : m_console->models.problems.rows()) {
            const Problem &problem = row.problem;
            lines.prepend(words::effect(problem.effect) + u" | "_s + words::placeInWords(problem) + u" | "_s
                          + words::messageOf(problem).section(u", invalid character"_s, 0, 0));
        }
        return lines;
    }

    QJsonArray askService(const QString &path) const
    {
        QNetworkAccessManager network;
        const std::unique_ptr<QNetworkReply> reply(
            network.get(QNetworkRequest(m_service->url().resolved(QUrl(path)))));
        if (!QTest::qWaitFor([&reply] { return reply->isFinished(); }, 20'000))
            return {u"no answer"_s};
        return QJsonDocument::fromJson(reply->readAll()).array();
    }

    /// The orders that arrived, as the service counted them: verb, end of the path, body.
    QStringList ordersThatArrived()
    {
        QStringList orders;
        const QJsonArray deliveries = askService(u"/test/deliveries"_s);
        for (const QJsonValue &delivery : deliveries) {
            const QString verb = delivery[u"method"].toString();
            if (verb != u"GET")
                orders.append(verb + u' ' + delivery[u"path"].toString().section(u'/', -2) + u' '
                              + delivery[u"body"].toString());
        }
        return orders;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Peer> m_service;
    bool m_isPydantic2 = false;
    SystemClock m_clock;
    MemorySecretStore m_store;
    SessionSecrets m_secrets;
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<Console> m_console;

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_service = std::make_unique<Peer>(Peer::fastapi());
        m_isPydantic2 = askService(u"/test/pydantic"_s).first().toString().startsWith(u"2."_s);
        m_journal = std::make_unique<Journal>(m_folder->filePath(u"journal.sqlite"_s), u"noa"_s);
        m_console = std::make_unique<Console>(Console::Parts{m_store, m_secrets, *m_journal, m_clock,
                                                             [] { return std::make_unique<QNetworkAccessManager>(); }});
        Connection connection;
        connection.id = {u"service"_s};
        connection.address = m_service->url();
        m_store.keep(connection, *Secret::fromInput(u"test-key"_s));
        m_console->open(connection);
        QTRY_VERIFY_WITH_TIMEOUT(!idOf(u"Greedy conversation"_s).isEmpty(), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(m_console->link().agents().rowCount() == 5, 20'000);
    }
    void cleanup()
    {
        m_console.reset();
        m_journal.reset();
    }

    void aStopIsAcceptedProvenAndCountedOnce()
    {
        stop(*m_console->link().locator().targetOf(idOf(u"Stops at once"_s)), ClearQueue::Yes);
        QTRY_COMPARE_WITH_TIMEOUT(state(), StopState::Stopped, 20'000);
        const QString id = idOf(u"Stops at once"_s).value;
        QCOMPARE(ordersThatArrived(), QStringList{u"POST %1/stop {\"clear_queue\":true}"_s.arg(id)});
        QCOMPARE(problems(), QStringList());
    }

    void aKeptQueueIsSentAsSuch()
    {
        stop(*m_console->link().locator().targetOf(idOf(u"Stops at once"_s)), ClearQueue::No);
        QTRY_COMPARE_WITH_TIMEOUT(state(), StopState::Stopped, 20'000);
        const QString id = idOf(u"Stops at once"_s).value;
        QCOMPARE(ordersThatArrived(), QStringList{u"POST %1/stop {\"clear_queue\":false}"_s.arg(id)});
        QCOMPARE(m_console->models.stops.rows().first().report.evidence->waiting, 2);
    }

    void anErrorInTheBodyLeadsToTheCheckBox()
    {
        stop(*m_console->link().locator().targetOf(idOf(u"Picky conversation"_s)), ClearQueue::Yes);
        QTRY_COMPARE_WITH_TIMEOUT(state(), StopState::Refused, 20'000);
        QCOMPARE(problems(), QStringList{u"Nothing was stopped | Also clear the queue | "_s
                                         + said(u"unexpected value; permitted: False"_s, u"Input should be False"_s)});
        QCOMPARE(m_console->models.problems.rows().first().problem.field, Field::ClearQueue);
        QCOMPARE(m_console->models.problems.rows().first().problem.error.type,
                 said(u"value_error.const"_s, u"literal_error"_s));
        QCOMPARE(m_console->models.problems.marks().size(), 1);
    }

    void anErrorInThePathLeadsToTheId()
    {
        StopTarget typed = *m_console->link().locator().targetOf(idOf(u"Stops at once"_s));
        typed.conversation = {u"nonsense"_s};
        typed.askedFrom = AskedFrom::StopById;
        stop(typed);
        QTRY_COMPARE_WITH_TIMEOUT(state(), StopState::Refused, 20'000);
        QCOMPARE(problems(), QStringList{u"Nothing was stopped | Conversation id | "_s
                                         + said(u"value is not a valid uuid"_s, u"Input should be a valid UUID"_s)});
        QCOMPARE(m_console->models.problems.rows().first().problem.field, Field::ConversationId);
    }

    void eachOfSeveralErrorsHasItsRow()
    {
        stop(*m_console->link().locator().targetOf(idOf(u"Greedy conversation"_s)), ClearQueue::Yes);
        QTRY_COMPARE_WITH_TIMEOUT(state(), StopState::Refused, 20'000);
        QStringList found = problems();
        found.sort();
        const QString effect = u"Nothing was stopped | "_s;
        const QString never = said(u"unexpected value; permitted: 'never'"_s, u"Input should be 'never'"_s);
        const QString number = said(u"value is not a valid integer"_s,
                                    u"Input should be a valid integer, unable to parse string as an integer"_s);
        const QString missing = said(u"field required"_s, u"Field required"_s);
        QCOMPARE(found,
                 QStringList({effect + u"Also clear the queue | "_s + never, effect + u"Conversations | "_s + number,
                              effect + u"body › reason | "_s + missing}));
        QCOMPARE(ordersThatArrived().size(), 1);
    }

    void aSubTaskIsStoppedWithoutABody()
    {
        const ConversationId id = idOf(u"Delegated work that ends late"_s);
        stop(*m_console->link().locator().targetOf(id));
        QTRY_COMPARE_WITH_TIMEOUT(state(), StopState::Stopped, 20'000);
        QCOMPARE(ordersThatArrived(), QStringList{u"POST %1/stop "_s.arg(id.value)});
        QCOMPARE(problems(), QStringList());
    }

    void whatAStopLeavesRunningIsStoppedOneByOne()
    {
        const StopListModel &stops = m_console->models.stops;
        stop(*m_console->link().locator().targetOf(idOf(u"Delegates work"_s)));
        QTRY_COMPARE_WITH_TIMEOUT(state(), StopState::SubTasksStillRunning, 20'000);
        m_console->stops.decide(m_console->link().locator().subTasksOf(stops.rows().first().report), {}, {});
        QCOMPARE(stops.rows().size(), 3);
        QTRY_COMPARE_WITH_TIMEOUT(stops.rows().at(0).report.state, StopState::Stopped, 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(stops.rows().at(1).report.state, StopState::Stopped, 20'000);
        QCOMPARE(ordersThatArrived().size(), 3);
    }

    void aQueueIsEmptiedWithoutAStop()
    {
        const ConversationId id = idOf(u"Stops at once"_s);
        stop(freshly(m_console->link().locator().queueOf(id)));
        QTRY_COMPARE_WITH_TIMEOUT(state(), StopState::Stopped, 20'000);
        QCOMPARE(ordersThatArrived(), QStringList{u"DELETE %1/queue "_s.arg(id.value)});
        QCOMPARE(m_console->models.stops.rows().first().report.evidence->waiting, 0);
    }

    void aMessageIsDiscardedOnce()
    {
        const StopTarget queue = freshly(m_console->link().locator().queueOf(idOf(u"Stops at once"_s)));
        const QueuedMessage message = queue.before->queue.first();
        const StopTarget target = *m_console->link().locator().messageOf(queue.conversation, message);
        stop(freshly(target));
        QTRY_COMPARE_WITH_TIMEOUT(state(), StopState::Stopped, 20'000);
        QCOMPARE(ordersThatArrived(), QStringList{u"DELETE queue/%1 "_s.arg(message.id.value)});
        QCOMPARE(m_console->models.stops.rows().first().report.evidence->waiting, 1);

        stop(target); // it still waits as far as the person knows
        QTRY_COMPARE_WITH_TIMEOUT(state(), StopState::WasNotRunning, 20'000);
        QCOMPARE(m_console->models.stops.rows().first().report.failure->text, u"Message not found"_s);
    }

    void anErrorInThePathOfAMessageIsSaid()
    {
        const QueuedMessage nonsense{{u"nonsense"_s}, {}, {}, {}};
        stop(*m_console->link().locator().messageOf(idOf(u"Stops at once"_s), nonsense));
        QTRY_COMPARE_WITH_TIMEOUT(state(), StopState::Refused, 20'000);
        QCOMPARE(m_console->models.problems.rows().first().problem.error.place, QStringList({u"path"_s, u"message_id"_s}));
        const QString message = m_console->models.problems.rows().first().problem.error.message;
        QVERIFY2(message.startsWith(said(u"value is not a valid uuid"_s, u"Input should be a valid UUID"_s)),
                 qPrintable(message));
    }

    void aLocatedIdThatDoesNotExistIsSaid()
    {
        std::optional<Failure> failure;
        m_console->link().locator().locate({u"5b0d1a57-7a0f-4c7c-9a52-3f2f5b1f0c11"_s}, {}, this,
                          [&failure](const Result<Located> &answer) { failure = answer.error(); });
        QTRY_VERIFY_WITH_TIMEOUT(failure, 20'000);
        QCOMPARE(failure->kind, FailureKind::NotFound);
        QCOMPARE(failure->text, u"Task not found"_s);
    }

    void aWrongKeyIsRefusedInItsWords()
    {
        m_secrets.keep(*m_console->link().connection(), *Secret::fromInput(u"another-key"_s));
        m_console->open(*m_console->link().connection());
        QTRY_COMPARE_WITH_TIMEOUT(m_console->link().keyState(), ServiceLink::KeyState::Failed, 20'000);
        QCOMPARE(m_console->link().keyFailure()->text, u"Invalid API key"_s);
    }
};

}

STOPDESK_TEST(fastapi, TestFastApi, QCoreApplication)
#include "tst_fastapi.moc"
