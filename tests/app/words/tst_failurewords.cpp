#include "app/words/failurewords.h"
#include "tests/support/testmain.h"

#include <QMetaEnum>
#include <QtTest>

namespace failurewords_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What each kind looks like when it really happens.
struct Typical {
    FailureKind kind;
    const char *name;
    Reached reached;
    int status;
};

constexpr Typical typical[] = {
    {FailureKind::BadRequest, "BadRequest", Reached::Answered, 400},
    {FailureKind::KeyRefused, "KeyRefused", Reached::Answered, 401},
    {FailureKind::Forbidden, "Forbidden", Reached::Answered, 403},
    {FailureKind::NotFound, "NotFound", Reached::Answered, 404},
    {FailureKind::Conflict, "Conflict", Reached::Answered, 409},
    {FailureKind::Invalid, "Invalid", Reached::Answered, 422},
    {FailureKind::TooMany, "TooMany", Reached::Answered, 429},
    {FailureKind::PlanLimit, "PlanLimit", Reached::Answered, 429},
    {FailureKind::ServerTimeout, "ServerTimeout", Reached::Answered, 504},
    {FailureKind::ServerError, "ServerError", Reached::Answered, 500},
    {FailureKind::Redirected, "Redirected", Reached::Answered, 307},
    {FailureKind::Unreadable, "Unreadable", Reached::Answered, 200},
    {FailureKind::TooLarge, "TooLarge", Reached::Answered, 200},
    {FailureKind::NameNotFound, "NameNotFound", Reached::NeverLeft, 0},
    {FailureKind::ConnectionRefused, "ConnectionRefused", Reached::NeverLeft, 0},
    {FailureKind::Unreachable, "Unreachable", Reached::NeverLeft, 0},
    {FailureKind::Tls, "Tls", Reached::NeverLeft, 0},
    {FailureKind::CertificateDate, "CertificateDate", Reached::NeverLeft, 0},
    {FailureKind::Proxy, "Proxy", Reached::NeverLeft, 0},
    {FailureKind::TimedOut, "TimedOut", Reached::MayHaveArrived, 0},
    {FailureKind::ConnectionLost, "ConnectionLost", Reached::MayHaveArrived, 0},
    {FailureKind::ReadOnly, "ReadOnly", Reached::NeverLeft, 0},
    {FailureKind::UnsafeId, "UnsafeId", Reached::NeverLeft, 0},
    {FailureKind::NoKey, "NoKey", Reached::NeverLeft, 0},
    {FailureKind::Cancelled, "Cancelled", Reached::NeverLeft, 0},
    {FailureKind::Halted, "Halted", Reached::NeverLeft, 0},
    {FailureKind::Interrupted, "Interrupted", Reached::MayHaveArrived, 0},
    {FailureKind::JournalUnusable, "JournalUnusable", Reached::NeverLeft, 0},
    {FailureKind::UnsafeAddress, "UnsafeAddress", Reached::NeverLeft, 0},
    {FailureKind::KeychainMissing, "KeychainMissing", Reached::NeverLeft, 0},
    {FailureKind::KeychainLocked, "KeychainLocked", Reached::NeverLeft, 0},
    {FailureKind::KeychainSilent, "KeychainSilent", Reached::NeverLeft, 0},
    {FailureKind::KeychainBusy, "KeychainBusy", Reached::NeverLeft, 0},
    {FailureKind::KeychainRefused, "KeychainRefused", Reached::NeverLeft, 0},
    {FailureKind::KeychainFailed, "KeychainFailed", Reached::NeverLeft, 0},
};

constexpr int kinds = int(FailureKind::KeychainFailed) + 1;
constexpr int subjects = int(Subject::Journal) + 1;
static_assert(std::size(typical) == kinds);

Failure failureOf(const Typical &one)
{
    Failure failure;
    failure.kind = one.kind;
    failure.reached = one.reached;
    failure.status = one.status;
    return failure;
}

Failure interim()
{
    return {FailureKind::Unreadable, Reached::MayHaveArrived, 103, {}, u"103"_s, {}, {}};
}

Failure networkSignIn()
{
    return {FailureKind::Unreachable, Reached::NeverLeft, networkAsksForSignIn, {}, u"<html>"_s, {}, {}};
}

QString tableLine(const QString &name, const Failure &failure)
{
    QStringList cells{name};
    for (const Subject subject : {Subject::Stop, Subject::Queue, Subject::Conversations, Subject::ConnectionTest}) {
        Problem problem;
        problem.effect = words::effectOf(failure, subject);
        problem.subject = subject;
        problem.failure = failure;
        cells.append(words::entry(problem));
    }
    return u"| %1 |\n"_s.arg(cells.join(u" | "_s));
}

QString generatedTable()
{
    QString table = u"# What is said about failures\n\nWritten by tst_failurewords.\n\n"
                    "| Kind | A stop | A queue | A read | A connection |\n| --- | --- | --- | --- | --- |\n"_s;
    for (const Typical &one : typical) {
        table += tableLine(QLatin1StringView(one.name), failureOf(one));
        if (one.kind == FailureKind::TooMany) {
            Failure wait = failureOf(one);
            wait.retryAfter = 38s;
            table += tableLine(u"TooMany, 38 s told"_s, wait);
        }
        if (one.kind == FailureKind::Unreadable)
            table += tableLine(u"Unreadable, 103"_s, interim());
        if (one.kind == FailureKind::Unreachable)
            table += tableLine(u"Unreachable, 511"_s, networkSignIn());
    }
    return table;
}

Problem problemAt(const QStringList &place, Subject subject = Subject::Stop)
{
    Problem problem;
    problem.subject = subject;
    problem.error = {place, u"value could not be parsed to a boolean"_s, u"type_error.bool"_s};
    problem.field = words::fieldOf(place, subject);
    return problem;
}

/// Every failure has a sentence of its own that says what happened, whether anything was stopped, and what to do.
class TestFailureWords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everySentenceIsItsOwn_data()
    {
        QTest::addColumn<int>("subject");
        for (int subject = 0; subject < subjects; ++subject)
            QTest::addRow("subject %d", subject) << subject;
    }
    void everySentenceIsItsOwn()
    {
        QFETCH(int, subject);
        const QRegularExpression code(u"\\b[1-5]\\d\\d\\b"_s);
        const QRegularExpression manners(u"\\b(invalid|oops|please|sorry|illegal|abort)"_s,
                                         QRegularExpression::CaseInsensitiveOption);
        QSet<QString> sentences;
        for (const Typical &one : typical) {
            const QString sentence = words::sentence(failureOf(one), Subject(subject));
            QVERIFY2(sentence.size() > 20 && sentence.endsWith(u'.'), one.name);
            QVERIFY2(!sentence.contains(code) && !sentence.contains(manners), qPrintable(sentence));
            QVERIFY2(!sentence.contains(u"%1"_s), qPrintable(sentence));
            QVERIFY2(!words::happened(failureOf(one), Subject(subject)).isEmpty(), one.name);
            QVERIFY2(!words::whatToDo(failureOf(one), Subject(subject)).isEmpty(), one.name);
            sentences.insert(sentence);
        }
        QCOMPARE(sentences.size(), kinds);
    }

    void aStopSaysWhetherAnythingWasStopped()
    {
        for (const Typical &one : typical) {
            const Failure failure = failureOf(one);
            const QString stop = words::sentence(failure, Subject::Stop);
            const bool nothing = words::effectOf(failure, Subject::Stop) == Effect::NothingStopped;
            QVERIFY2(stop.startsWith(nothing ? u"Nothing was stopped. "_s : u"May have stopped. "_s), qPrintable(stop));
            const QString read = words::sentence(failure, Subject::Conversations);
            QVERIFY2(!read.contains(u"stopped"_s), qPrintable(read));
        }
    }

    void theTableIsTheCommittedOne()
    {
        QFile committed(QFINDTESTDATA("failures.md"));
        QVERIFY(committed.open(QIODevice::ReadOnly));
        const QString generated = generatedTable();
        if (QString::fromUtf8(committed.readAll()) != generated) {
            QFile fresh(u"failures.new.md"_s); // under its own name it would be found in place of the committed one
            QVERIFY(fresh.open(QIODevice::WriteOnly));
            fresh.write(generated.toUtf8());
            QFAIL(qPrintable(u"The sentences changed. Read them in %1 and copy it over the committed one."_s
                                 .arg(QFileInfo(fresh).absoluteFilePath())));
        }
    }

    void effects_data()
    {
        QTest::addColumn<int>("reached");
        QTest::addColumn<int>("status");
        QTest::addColumn<FailureKind>("kind");
        QTest::addColumn<int>("effect");
        const auto row = [](const char *name, Reached reached, int status, FailureKind kind, Effect effect) {
            QTest::newRow(name) << int(reached) << status << kind << int(effect);
        };
        const Effect nothing = Effect::NothingStopped;
        const Effect maybe = Effect::MayHaveStopped;
        row("never left", Reached::NeverLeft, 0, FailureKind::NameNotFound, nothing);
        row("no journal", Reached::NeverLeft, 0, FailureKind::JournalUnusable, nothing);
        row("lost", Reached::MayHaveArrived, 0, FailureKind::ConnectionLost, maybe);
        row("lost after a refusal began", Reached::MayHaveArrived, 403, FailureKind::ConnectionLost, maybe);
        row("307", Reached::Answered, 307, FailureKind::Redirected, nothing);
        row("interim", Reached::MayHaveArrived, 103, FailureKind::Unreadable, maybe);
        row("407", Reached::NeverLeft, 407, FailureKind::Proxy, nothing);
        row("511", Reached::NeverLeft, 511, FailureKind::Unreachable, nothing);
        row("400", Reached::Answered, 400, FailureKind::BadRequest, nothing);
        row("408", Reached::Answered, 408, FailureKind::ServerTimeout, maybe);
        row("422", Reached::Answered, 422, FailureKind::Invalid, nothing);
        row("429", Reached::Answered, 429, FailureKind::TooMany, nothing);
        row("500", Reached::Answered, 500, FailureKind::ServerError, maybe);
        row("504", Reached::Answered, 504, FailureKind::ServerTimeout, maybe);
        row("unreadable 200", Reached::Answered, 200, FailureKind::Unreadable, maybe);
        row("too large", Reached::Answered, 200, FailureKind::TooLarge, maybe);
        row("no status", Reached::Answered, 0, FailureKind::Forbidden, maybe);
    }
    void effects()
    {
        QFETCH(int, reached);
        QFETCH(int, status);
        QFETCH(FailureKind, kind);
        Failure failure;
        failure.kind = kind;
        failure.reached = Reached(reached);
        failure.status = status;
        QTEST(int(words::effectOf(failure, Subject::Stop)), "effect");
        QTEST(int(words::effectOf(failure, Subject::StopById)), "effect");
        for (int subject = int(Subject::Queue); subject < subjects; ++subject)
            QCOMPARE(words::effectOf(failure, Subject(subject)), Effect::NoStopInvolved);
    }

    void whatTheStatusTellsIsSaid()
    {
        const QString read = words::sentence(interim(), Subject::Conversations);
        QVERIFY2(read.contains(u"an interim answer (103)"_s) && read.contains(u"newer Qt"_s), qPrintable(read));
        const QString stop = words::sentence(networkSignIn(), Subject::Stop);
        QVERIFY2(stop.startsWith(u"Nothing was stopped."_s) && stop.contains(u"sign in to the network"_s), qPrintable(stop));
        QVERIFY(!stop.contains(u"html"_s));
    }

    void secondsAreNamedWhenTold()
    {
        Failure failure = failureOf(typical[int(FailureKind::TooMany)]);
        failure.retryAfter = 38s;
        QVERIFY(words::sentence(failure, Subject::Stop).endsWith(u"Stop it again in 38 s."_s));
        QVERIFY(words::sentence(failure, Subject::Agents).endsWith(u"Reading goes on by itself, in 38 s at the earliest."_s));
    }

    void theOtherSidesTextIsQuotedPlainAndBounded()
    {
        Failure failure = failureOf(typical[int(FailureKind::Forbidden)]);
        failure.text = u"No access\n\u202e%1"_s + QString(10000, u'x');
        const QString sentence = words::sentence(failure, Subject::Stop);
        QVERIFY(sentence.contains(u"The service said: “No access \ufffd%1x"_s));
        QVERIFY(sentence.size() < 600);
        QVERIFY(!sentence.contains(u'\n'));
    }

    void aRedirectNamesTheHosts()
    {
        Failure failure = failureOf(typical[int(FailureKind::Redirected)]);
        failure.text = u"api.acme.example to login.acme.example"_s;
        QVERIFY(words::sentence(failure, Subject::Stop).contains(failure.text));
    }

    void placesLeadToTheirControls_data()
    {
        QTest::addColumn<QStringList>("place");
        QTest::addColumn<int>("field");
        QTest::addColumn<int>("byId");
        QTest::addColumn<QString>("inWords");
        const auto row = [](const QString &place, Field field, Field byId, const QString &inWords) {
            QTest::newRow(qPrintable(place)) << place.split(u'.') << int(field) << int(byId) << inWords;
        };
        row(u"body.clear_queue"_s, Field::ClearQueue, Field::ClearQueue, u"Also clear the queue"_s);
        for (const QString &place : {u"clear_queue"_s, u"clearQueue"_s, u"body.body.clear_queue"_s, u"json.clearQueue"_s,
                                     u"body.function-after[check(), list[int]].clear_queue"_s,
                                     u"body.clear_queue.function-after[check(), bool]"_s, u"body.StopRequest.clear_queue"_s,
                                     u"body.data.attributes.clear-queue"_s, u"$.ClearQueue"_s, u"body.clear_queue.bool"_s})
            row(place, Field::ClearQueue, Field::ClearQueue, u"Also clear the queue"_s);
        row(u"path.conversationId"_s, Field::Conversations, Field::ConversationId, u"Conversations"_s);
        row(u"header.X-API-Key"_s, Field::Key, Field::Key, u"API key"_s);
        row(u"header.Authorization"_s, Field::Key, Field::Key, u"API key"_s);
        row(u"body.name"_s, Field::None, Field::None, u"body › name"_s);
        row(u"body.key"_s, Field::None, Field::None, u"body › key"_s);
        row(u"body.clear_queues"_s, Field::None, Field::None, u"body › clear_queues"_s);
        row(u"body.jobs.clear_queue"_s, Field::None, Field::None, u"body › jobs › clear_queue"_s);
        row(u"body.[1].clear_queue"_s, Field::None, Field::None, u"body › item 2 › clear_queue"_s);
        row(u"path.agent_id"_s, Field::Agents, Field::AgentId, u"Agents"_s);
        row(u"path.conversation_id"_s, Field::Conversations, Field::ConversationId, u"Conversations"_s);
        row(u"header.x-api-key"_s, Field::Key, Field::Key, u"API key"_s);
        row(u"agent_id"_s, Field::Agents, Field::AgentId, u"Agents"_s);
        row(u"conversation_id"_s, Field::Conversations, Field::ConversationId, u"Conversations"_s);
        row(u"name"_s, Field::ConnectionName, Field::ConnectionName, u"Connection name"_s);
        row(u"address"_s, Field::Address, Field::Address, u"Base address"_s);
        row(u"plain_http"_s, Field::PlainHttp, Field::PlainHttp, u"Unencrypted http"_s);
        row(u"key"_s, Field::Key, Field::Key, u"API key"_s);
        row(u"authority"_s, Field::Authority, Field::Authority, u"Certificate authority"_s);
        row(u"limits"_s, Field::Limits, Field::Limits, u"Request limits"_s);
        row(u"body"_s, Field::None, Field::None, u"body"_s);
        row(u"body.[20]"_s, Field::None, Field::None, u"body › item 21"_s);
        row(u"body.jobs.[1].name"_s, Field::None, Field::None, u"body › jobs › item 2 › name"_s);
        row(u"body.by_number.1.name"_s, Field::None, Field::None, u"body › by_number › 1 › name"_s);
    }
    void placesLeadToTheirControls()
    {
        QFETCH(QStringList, place);
        QTEST(int(words::fieldOf(place, Subject::Stop)), "field");
        QTEST(int(words::fieldOf(place, Subject::StopById)), "byId");
        QTEST(words::placeInWords(problemAt(place)), "inWords");
    }

    /// A service may write the whole place as one word.
    void aPlaceOfOneWordLeadsThereToo()
    {
        for (const QString &place : {u"body.clear_queue"_s, u"body/clearQueue"_s, u"body[clear_queue]"_s,
                                     u"body.function-after[check(), Stop].clear_queue"_s})
            QCOMPARE(words::fieldOf({place}, Subject::Stop), Field::ClearQueue);
        QCOMPARE(words::fieldOf({u"path.conversation_id"_s}, Subject::StopById), Field::ConversationId);
        QCOMPARE(words::fieldOf({u"body.name"_s}, Subject::Stop), Field::None);
        QCOMPARE(words::fieldOf({u"not clear_queue"_s}, Subject::Stop), Field::None);
    }

    void onlyWhatIsNamedIsToBeCorrected()
    {
        Failure failure = failureOf(typical[int(FailureKind::Invalid)]);
        failure.text = u"This conversation does not take a stop right now"_s;
        failure.fields = {{{}, failure.text, {}}};
        for (const Subject subject : {Subject::Stop, Subject::ConnectionTest})
            QVERIFY(!words::whatToDo(failure, subject).contains(u"what the service names"_s));
        QVERIFY(words::whatToDo(failure, Subject::Stop).startsWith(u"Look at the technical details"_s));
        failure.fields.append({{u"body"_s, u"reason"_s}, {}, {}});
        for (const Subject subject : {Subject::Stop, Subject::ConnectionTest})
            QVERIFY(words::whatToDo(failure, subject).startsWith(u"Correct what the service names, then"_s));
    }

    void whereTheJsonBrokeIsACharacter()
    {
        for (const QString &type : {u"json_invalid"_s, u"value_error.jsondecode"_s}) {
            QCOMPARE(words::place({{u"body"_s, u"[20]"_s}, {}, type}), u"body › character 20"_s);
            QCOMPARE(words::place({{u"body"_s, u"[3]"_s, u"inner"_s}, {}, type}), u"body › item 4 › inner"_s);
            QCOMPARE(words::place({{u"query"_s, u"[3]"_s}, {}, type}), u"query › item 4"_s);
        }
        QCOMPARE(words::place({{u"body"_s, u"[20]"_s}, {}, u"missing"_s}), u"body › item 21"_s);
        QCOMPARE(words::place({{u"[9999999999999999999]"_s}, {}, {}}), u"[9999999999999999999]"_s);
    }

    void aWebPageIsNotQuoted()
    {
        Failure failure = failureOf(typical[int(FailureKind::ServerError)]);
        failure.text = words::webPage();
        QVERIFY(words::sentence(failure, Subject::Agents).contains(u" A web page came instead of an answer. "_s));
    }

    void aHostilePlaceStaysReadable()
    {
        QStringList deep;
        for (int i = 0; i < 1000; ++i)
            deep.append(QString(1000, u'x') + u'\n');
        const QString shown = words::place({deep, {}, {}});
        QVERIFY(shown.size() < 1000);
        QVERIFY(!shown.contains(u'\n'));
        QCOMPARE(words::fieldOf({}, Subject::Stop), Field::None);
        QCOMPARE(words::place(FieldError()), QString());
    }

    void withoutAPlaceTheSubjectOrItsTitleIsNamed()
    {
        Problem problem;
        problem.subject = Subject::Conversations;
        QCOMPARE(words::placeInWords(problem), u"Conversations"_s);
        problem.affected = {{u"Weekly outreach"_s}};
        QCOMPARE(words::placeInWords(problem), u"Weekly outreach"_s);
        problem.subject = Subject::RunState;
        QCOMPARE(words::placeInWords(problem), u"Live state of Weekly outreach"_s);
    }

    void theMessageIsTheFieldsElseTheSentence()
    {
        Problem problem = problemAt({u"body"_s, u"clear_queue"_s});
        QCOMPARE(words::messageOf(problem), u"value could not be parsed to a boolean"_s);
        problem.error.message.clear();
        QCOMPARE(words::messageOf(problem), u"The service did not accept this value."_s);
        problem.error = {};
        QCOMPARE(u"Nothing was stopped. "_s + words::messageOf(problem),
                 words::sentence(problem.failure, problem.subject));
    }

    void whatBecameOfItTakesThePlaceOfWhatToDo()
    {
        Problem problem;
        problem.failure = failureOf(typical[int(FailureKind::TimedOut)]);
        problem.effect = words::effectOf(problem.failure, Subject::Stop);
        problem.affected = {{u"Weekly outreach"_s}};
        QCOMPARE(words::entry(problem), u"May have stopped: The service did not answer this stop in time. It goes on being "
                                        "looked up. Check the conversation before stopping it again."_s);
        problem.affected[0].since = u"Still running"_s;
        QCOMPARE(words::messageOf(problem), u"The service did not answer this stop in time. Since then: Still running. It "
                                            "goes on being looked up. Check the conversation before stopping it again."_s);
        problem.affected[0].since = u"No longer running 12:04:31"_s;
        problem.affected[0].endedAt = QDateTime::currentDateTimeUtc();
        QVERIFY(!words::detailsOf(problem).contains(u"goes on being looked up"_s));
        QCOMPARE(words::entry(problem), u"May have stopped: The service did not answer this stop in time. Since then: No "
                                        "longer running 12:04:31."_s);
        problem.affected.append({u"Rotate certificates"_s});
        QVERIFY2(words::messageOf(problem).contains(u"goes on being looked up"_s), qPrintable(words::messageOf(problem)));
        problem.affected[1].since = u"Still running 12:04:40"_s;
        QVERIFY2(words::messageOf(problem).contains(u"What became of all 2 is known"_s),
                 qPrintable(words::messageOf(problem)));
        const QString details = words::detailsOf(problem);
        QVERIFY2(details.contains(u"About: Weekly outreach (since then: No longer running 12:04:31)"_s)
                     && details.contains(u"Also about: Rotate certificates (since then: Still running 12:04:40)"_s),
                 qPrintable(details));
    }

    void theSumCountsByEffectWhatIsNotSettled()
    {
        Problem refused;
        refused.effect = Effect::NothingStopped;
        Problem lost;
        lost.effect = Effect::MayHaveStopped;
        lost.affected = {{u"Weekly outreach"_s}};
        QCOMPARE(words::problemCount(0), u"No problems"_s);
        QCOMPARE(words::problemCount(1), u"1 problem"_s);
        QCOMPARE(words::problemCount(2), u"2 problems"_s);
        QCOMPARE(words::effectCounts({refused, lost, refused}), u"May have stopped: 1 · Nothing was stopped: 2"_s);
        lost.affected[0].since = u"Still running"_s;
        QCOMPARE(words::effectCounts({lost}), u"May have stopped: 1"_s);
        lost.affected[0].endedAt = QDateTime::currentDateTimeUtc();
        QCOMPARE(words::effectCounts({refused, lost}), u"Nothing was stopped: 1 · Over: 1"_s);
        QCOMPARE(words::effectCounts({}), QString());
    }

    void detailsHaveWhatEngineersAskFor()
    {
        Problem problem = problemAt({u"body"_s, u"clear_queue"_s});
        problem.failure = failureOf(typical[int(FailureKind::Invalid)]);
        problem.failure.request = {u"req-9"_s};
        problem.failure.text = u"line one\nline two"_s;
        problem.failure.rest = u"{\"why\":\n\u202eaway"_s + QString(5000, u'y');
        const QStringList lines = words::detailsOf(problem).split(u'\n');
        for (const QString &line : {u"Place: body › clear_queue"_s, u"Type: type_error.bool"_s, u"Request id: req-9"_s,
                                    u"HTTP status: 422"_s, u"The other side's text: line one line two"_s})
            QVERIFY2(lines.contains(line), qPrintable(line));
        QVERIFY(lines.last().startsWith(u"Rest of the answer: {\"why\": \ufffdawayyy"_s));
        QVERIFY(lines.last().endsWith(u'…'));
        QVERIFY(words::problemsJson({problem}).contains(u"\"rest_of_answer\": \"{\\\"why\\\": "_s));
    }
};

}

STOPDESK_TEST(failurewords, TestFailureWords, QCoreApplication)
#include "tst_failurewords.moc"
