#include "app/gateway/wire.h"
#include "app/types/clock.h"
#include "tests/support/fixture.h"
#include "tests/support/testmain.h"

#include <QtTest>

namespace wire_test {

using namespace Qt::StringLiterals;

QByteArray tasksWith(const QByteArray &row, const QByteArray &rest = R"("total":1,"page":1,"total_pages":1)")
{
    return R"({"items":[)" + row + "]," + rest + '}';
}

QString line(const Conversation &row)
{
    return QStringList{row.id.value.right(4), row.agent.value.left(4), row.parent.value.left(4), row.stateWord,
                       row.title}
        .join(u" | "_s);
}

QString line(const Agent &row)
{
    return QStringList{row.id.value.left(8), row.name, row.status}.join(u" | "_s);
}

template <class Row> QStringList lines(const Result<Page<Row>> &page)
{
    QStringList lines;
    for (const Row &row : page->rows)
        lines.append(line(row));
    return lines;
}

QString time(const QDateTime &time)
{
    return time.isValid() ? time.toString(Qt::ISODateWithMs) : u"none"_s;
}

const QDateTime now(QDate(2026, 5, 13), QTime(12, 0), utcZone);

/// What the service says, as values; whatever it says, nothing crashes and nothing is taken for what it is not.
class TestWire : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agentsOfOnePage()
    {
        const auto page = wire::agents(fixture(u"agents-page"_s));
        QCOMPARE(lines(page), QStringList{u"6f0c1f6e | Billing helper | ACTIVE"_s});
        QVERIFY(page->isLast());
        QVERIFY(!wire::agents(fixture(u"agents-first-of-two"_s))->isLast());
        QVERIFY(wire::agents(fixture(u"agents-second-of-two"_s))->isLast());
    }

    void anAgentNeedsANameAndMayLackAnId()
    {
        const auto page = wire::agents(fixture(u"agents-odd"_s));
        QCOMPARE(
            lines(page),
            QStringList({u" | An agent without an id | ACTIVE"_s, u"not a uu | Opaque id | RETIRED"_s,
                         u"6f0c1f6e | Billing helper | ACTIVE"_s, u"6f0c1f6e | The same id once more | ACTIVE"_s}));
        QCOMPARE(page->unreadable, 2);
    }

    void conversationsOfOnePage()
    {
        const auto page = wire::conversations(fixture(u"tasks-page"_s));
        QCOMPARE(
            lines(page),
            QStringList({u"4401 | 6f0c |  | executing | Refund for order 1138"_s,
                         u"2b33 | 6f0c |  | completed | Monthly summary"_s, u"f031 | 6f0c | 0284 | pending | "_s}));
        QVERIFY(!page->rows.at(0).isSubTask());
        QVERIFY(page->rows.at(2).isSubTask());
        QCOMPARE(page->rows.at(1).source, u"sdk"_s);
        QCOMPARE(page->total, 3);
    }

    void oddPages_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QStringList>("rows");
        QTest::addColumn<int>("unreadable");
        const QString row = u"0001 | 6f0c |  | executing | "_s;
        QTest::newRow("empty") << u"tasks-empty"_s << QStringList() << 0;
        QTest::newRow("null ids") << u"tasks-null-ids"_s << QStringList{u"0002 |  |  | executing | No agent"_s} << 2;
        QTest::newRow("unknown fields") << u"tasks-unknown-fields"_s << QStringList{row + u"Refund for order 1138"_s}
                                        << 0;
        QTest::newRow("unknown words") << u"tasks-unknown-states"_s
                                       << QStringList{u"0001 | 6f0c |  | hibernating | Refund for order 1138"_s,
                                                      u"0002 | 6f0c |  | EXECUTING | Refund for order 1138"_s}
                                       << 1;
        QTest::newRow("missing fields") << u"tasks-missing-fields"_s << QStringList() << 2;
        QTest::newRow("wrong types") << u"tasks-wrong-types"_s << QStringList{u"0002 | 6f0c |  | executing | "_s} << 4;
        QTest::newRow("duplicates") << u"tasks-duplicate-ids"_s
                                    << QStringList{row + u"Seen first"_s, u"0002 | 6f0c |  | executing | Another"_s,
                                                   u"0001 | 6f0c |  | completed | Seen again"_s}
                                    << 0;
    }
    void oddPages()
    {
        QFETCH(QString, name);
        const auto page = wire::conversations(fixture(name));
        QVERIFY(page);
        QTEST(lines(page), "rows");
        QTEST(page->unreadable, "unreadable");
    }

    void anUnknownWordIsKept()
    {
        const auto page = wire::conversations(fixture(u"tasks-unknown-states"_s));
        QCOMPARE(page->rows.at(0).state, RowState::Unknown);
        QCOMPARE(page->rows.at(1).state, RowState::Unknown);
    }

    void titlesArriveAsTheyAre()
    {
        const auto page = wire::conversations(fixture(u"tasks-hostile-titles"_s));
        QCOMPARE(page->rows.at(1).title, u"%1 %2 %n &Stop"_s);
        QCOMPARE(page->rows.size(), 6);
    }

    void numbersBeyondAnIntMeanMoreThanWeCount()
    {
        const auto page = wire::conversations(fixture(u"tasks-big-integers"_s));
        QCOMPARE(page->rows.size(), 1);
        QCOMPARE(page->total, wire::mostCounted);
        QVERIFY(!page->isLast());
    }

    void oddNumbersOfPages_data()
    {
        QTest::addColumn<QByteArray>("rest");
        QTest::addColumn<int>("totalPages");
        QTest::newRow("none") << QByteArray(R"("total":1)") << 1;
        QTest::newRow("null") << QByteArray(R"("total":null,"page":null,"total_pages":null)") << 1;
        QTest::newRow("zero") << QByteArray(R"("total":0,"page":0,"total_pages":0)") << 1;
        QTest::newRow("negative") << QByteArray(R"("total":-4,"page":-1,"total_pages":-7)") << 1;
        QTest::newRow("text") << QByteArray(R"("total":"9","page":"1","total_pages":"2")") << 1;
        QTest::newRow("a fraction") << QByteArray(R"("total":1,"page":1,"total_pages":2.5)") << 2;
        QTest::newRow("huge") << QByteArray(R"("total":1e300,"page":1,"total_pages":1e300)")
                              << wire::mostCounted;
    }
    void oddNumbersOfPages()
    {
        QFETCH(QByteArray, rest);
        const auto page = wire::conversations(tasksWith(R"({"id":"c","status":"paused"})", rest));
        QVERIFY(page);
        QTEST(page->totalPages, "totalPages");
        QCOMPARE(page->page, 1);
        QVERIFY(page->total >= 1);
    }

    void idsAreTextAndExact()
    {
        const auto page = wire::conversations(tasksWith(R"({"id":"9007199254740993","status":"paused"})"));
        QCOMPARE(page->rows.first().id.value, u"9007199254740993"_s);
    }

    void times()
    {
        const auto page = wire::conversations(fixture(u"tasks-odd-times"_s));
        QStringList created;
        for (const Conversation &row : page->rows)
            created.append(row.title + u": "_s + time(row.createdAt));
        QCOMPARE(created,
                 QStringList({u"whole seconds: 2026-05-13T09:01:22.000Z"_s, u"offset: 2026-05-13T09:01:22.899Z"_s,
                              u"offset, whole seconds: 2026-05-13T09:01:22.000Z"_s,
                              u"milliseconds: 2026-05-13T09:01:22.898Z"_s, u"no zone: 2026-05-13T09:01:22.899Z"_s,
                              u"not a time: none"_s}));
        QVERIFY(!page->rows.last().updatedAt.isValid());
    }

    void theFullRecord()
    {
        const auto record = wire::record(fixture(u"record-running"_s));
        QCOMPARE(record->person.email, u"ada@customer.example"_s);
        QCOMPARE(record->person.name, u"Ada"_s);
        QCOMPARE(time(record->startedAt), u"2026-05-13T09:01:23.100Z"_s);
        QCOMPARE(time(record->finishedAt), u"none"_s);
        QCOMPARE(record->state, RowState::Running);
    }

    void whoStoppedIt_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<RowState>("state");
        QTest::newRow("a person") << u"record-stopped"_s << RowState::StoppedByPerson;
        QTest::newRow("the service") << u"record-stopped-by-the-service"_s << RowState::EndedByService;
        QTest::newRow("not said") << u"record-stopped-cause-not-said"_s << RowState::Ended;
    }
    void whoStoppedIt()
    {
        QFETCH(QString, name);
        QTEST(wire::record(fixture(name))->state, "state");
    }

    void whatIsSensitiveNeverGetsIn()
    {
        const QByteArray body = fixture(u"record-with-secrets"_s);
        QVERIFY(body.contains("secret-token-canary"));
        const auto record = wire::record(body);
        const QStringList all{record->id.value,  record->agent.value,  record->parent.value,
                              record->title,     record->stateWord,    record->source,
                              record->person.id, record->person.email, record->person.name};
        QVERIFY(!all.join(u' ').contains(u"canary"_s));
    }

    void theLiveState()
    {
        const auto state = wire::runState(fixture(u"run-state-three-waiting"_s), now);
        QVERIFY(state->isRunning);
        QCOMPARE(state->queue.size(), 3);
        QCOMPARE(state->queue.at(1).text, u"Are you there?"_s);
        QCOMPARE(state->queue.at(1).person.email, u"ada@customer.example"_s);
        QCOMPARE(time(state->queue.at(1).waitingSince), u"2026-05-13T09:02:40.000Z"_s);
        QCOMPARE(state->readAt, now);
        QVERIFY(!wire::runState(fixture(u"run-state-active-child"_s), now)->activeChild.isEmpty());
        QVERIFY(!wire::runState(fixture(u"run-state-idle"_s), now)->isActive());
        QCOMPARE(wire::runState(fixture(u"run-state-unknown-word"_s), now)->stateWord, u"hibernating"_s);
    }

    void theLongerOfDepthAndListCounts()
    {
        QCOMPARE(wire::runState(fixture(u"run-state-deeper-than-its-list"_s), now)->waiting(), 12);
        QCOMPARE(wire::runState(fixture(u"run-state-list-longer-than-depth"_s), now)->waiting(), 1);
        QCOMPARE(wire::runState(fixture(u"run-state-null-messages"_s), now)->waiting(), 3);
    }

    void whatDoesNotSayWhetherItRunsIsNoAnswer_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("missing") << fixture(u"run-state-only-its-id"_s);
        QTest::newRow("null") << fixture(u"run-state-nulls"_s);
        QTest::newRow("number") << QByteArray(R"({"is_running":0})");
        QTest::newRow("text") << QByteArray(R"({"is_running":"false"})");
        QTest::newRow("empty") << QByteArray();
    }
    void whatDoesNotSayWhetherItRunsIsNoAnswer()
    {
        QFETCH(QByteArray, body);
        const auto state = wire::runState(body, now);
        QVERIFY(!state);
        QCOMPARE(state.error().kind, FailureKind::Unreadable);
    }

    void bodiesThatAreNoAnswer_data()
    {
        QTest::addColumn<QByteArray>("body");
        const QByteArray whole = fixture(u"tasks-page"_s);
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut") << whole.left(whole.size() - 3);
        QTest::newRow("text after it") << whole + "x";
        QTest::newRow("a web page") << fixture(u"errors/proxy.html"_s);
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("a word") << QByteArray("\"text\"");
        QTest::newRow("null") << QByteArray("null");
        QTest::newRow("no items") << fixture(u"tasks-no-items"_s);
        QTest::newRow("items of another type") << QByteArray(R"({"items":{"id":"c"}})");
        QTest::newRow("too deep") << R"({"items":)" + QByteArray(2000, '[') + QByteArray(2000, ']') + '}';
        QTest::newRow("bad UTF-8") << QByteArray("{\"items\":[{\"id\":\"\xe9\"}]}");
        QTest::newRow("a bare NUL") << QByteArray("{\"items\":[\0]}", 14);
    }
    void bodiesThatAreNoAnswer()
    {
        QFETCH(QByteArray, body);
        const auto page = wire::conversations(body);
        QVERIFY(!page);
        QCOMPARE(page.error().kind, FailureKind::Unreadable);
        QCOMPARE(page.error().reached, Reached::Answered);
        QVERIFY(!page.error().text.isEmpty());
        QVERIFY(!wire::agents(body));
        QVERIFY(!wire::record(body));
        QVERIFY(!wire::runState(body, now));
    }

    void anEmptyAnswerIsCalledEmpty()
    {
        for (const QByteArray &body : {QByteArray(), QByteArray(" \r\n")}) {
            QCOMPARE(wire::conversations(body).error().text, u"it was empty"_s);
            QCOMPARE(wire::record(body).error().text, u"it was empty"_s);
            QCOMPARE(wire::runState(body, now).error().text, u"it was empty"_s);
        }
        const QString text = wire::conversations("<html>").error().text; // Qt's words differ by version
        QVERIFY2(text.startsWith(u"not JSON: illegal "_s), qPrintable(text));
    }

    void strangeCharactersPassThrough()
    {
        const auto page = wire::conversations(
            tasksWith(R"({"id":"a\u0000b","status":"paused","title":"\ud800 alone","agent_id":{"deep":[[[]]]}})"));
        QCOMPARE(page->rows.first().id.value.size(), 3);
        QCOMPARE(page->rows.first().title.at(0), QChar(0xd800));
        QVERIFY(page->rows.first().agent.isEmpty());
    }

    void ofAPageNoMoreRowsAreTakenThanWereAskedFor()
    {
        QByteArrayList rows;
        for (int number = 0; number < 10'000; ++number)
            rows.append(R"({"id":"c)" + QByteArray::number(number) + R"(","status":"paused","name":"N"})");
        const auto conversations = wire::conversations(tasksWith(rows.join(','), R"("total":2000000000000)"));
        QCOMPARE(conversations->rows.size(), wire::mostRows);
        QCOMPARE(conversations->unreadable, 10'000 - wire::mostRows);
        QCOMPARE(conversations->total, wire::mostCounted);
        QCOMPARE(wire::agents(tasksWith(rows.join(',')))->rows.size(), wire::mostRows);
        QCOMPARE(wire::agents(tasksWith(rows.join(',')))->total, 10'000);
    }

    void whatIsTooDeepOrTooManyIsNotParsed_data()
    {
        QTest::addColumn<QByteArray>("items");
        QTest::addColumn<QString>("why"); ///< empty: it is read
        const auto nested = [](int depth) { return QByteArray(depth, '[') + QByteArray(depth, ']'); };
        QTest::newRow("as deep as allowed") << nested(98) << QString();
        QTest::newRow("deeper") << nested(99) << u"nested too deeply"_s;
        QTest::newRow("without an end") << QByteArray(8'000'000, '[') << u"nested too deeply"_s;
        QTest::newRow("brackets") << QByteArray("{},").repeated(100'000) + "1" << u"too many values"_s;
        QTest::newRow("numbers") << QByteArray("1,").repeated(1'000'000) + "1" << u"too many values"_s;
        QTest::newRow("brackets in texts") << '"' + QByteArray("[{\\\"").repeated(200'000) + '"' << QString();
    }
    void whatIsTooDeepOrTooManyIsNotParsed()
    {
        QFETCH(QByteArray, items);
        const auto page = wire::conversations(tasksWith(items));
        QTEST(page ? QString() : page.error().text, "why");
        QVERIFY(wire::refusal(tasksWith(items), 422).text.size() <= 2000); // nor as an error
    }

    void textsAreCutAndIdsAreNot()
    {
        const QByteArray longest(100, 'i');
        const QByteArray text(300, 't');
        const auto page = wire::conversations(tasksWith(
            R"({"id":")" + longest + R"(","status":")" + text + R"(","title":")" + text + R"(","user_id":"i)" + longest
            + R"("},{"id":"i)" + longest + R"(","status":"paused"},{"id":"c2","status":"paused","agent_id":"i)" + longest
            + R"("})"));
        QCOMPARE(page->unreadable, 2);
        QCOMPARE(page->rows.size(), 1);
        QCOMPARE(page->rows.first().id.value.size(), 100);
        QCOMPARE(page->rows.first().title, QString(199, u't') + u'…');
        QCOMPARE(page->rows.first().stateWord.size(), 40);
        QCOMPARE(page->rows.first().state, RowState::Unknown);
        QVERIFY(page->rows.first().person.id.isEmpty()); // known by another's id it would be another
    }

    void ofALongQueueTheFirstThousandAreShownAndAllAreCounted()
    {
        const auto state = wire::runState(R"({"is_running":true,"queue_depth":3,"queued_messages":[)"
                                              + QByteArray("{},").repeated(1999) + "{}]}",
                                          QDateTime::currentDateTimeUtc());
        QCOMPARE(state->queue.size(), 1000);
        QCOMPARE(state->queueDepth, 2000);
    }

    void theQueueChoiceIsSpelledOut()
    {
        QCOMPARE(wire::stopBody(ClearQueue::Yes), R"({"clear_queue":true})"_ba);
        QCOMPARE(wire::stopBody(ClearQueue::No), R"({"clear_queue":false})"_ba);
    }
};

}

STOPDESK_TEST(wire, TestWire, QCoreApplication)
#include "tst_wire.moc"
