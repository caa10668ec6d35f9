#include "app/gateway/wire.h"
#include "app/words/failurewords.h"
#include "app/words/words.h"
#include "tests/support/fixture.h"
#include "tests/support/testmain.h"

#include <QtTest>

namespace wireerrors_test {

using namespace Qt::StringLiterals;

const QString folder = u"errors"_s;

/// As a person reads it: plain, the place in words.
QString line(const FieldError &error)
{
    const QString type = words::plain(error.type);
    return words::place(error) + u": "_s + words::plain(error.message, 2000)
        + (type.isEmpty() ? QString() : u" ["_s + type + u']');
}

QString rowsOf(const QByteArray &body)
{
    const Refusal refusal = wire::refusal(body);
    QStringList lines{words::plain(refusal.text, 2000)};
    for (const FieldError &error : refusal.fields)
        lines.append(line(error));
    if (refusal.moreFields > 0)
        lines.append(u"and %1 more"_s.arg(refusal.moreFields));
    if (!refusal.rest.isEmpty())
        lines.append(u"| "_s + words::plain(refusal.rest, 4000));
    return lines.join(u'\n') + u'\n';
}

QList<QStringList> placesIn(const QByteArray &body)
{
    QList<QStringList> places;
    const Refusal refusal = wire::refusal(body);
    for (const FieldError &error : refusal.fields)
        places.append(error.place);
    return places;
}

/// The names in the corpus with that ending, or without it, without their own ending.
QStringList namesInCorpus(bool rows)
{
    QStringList names;
    for (const QString &name : fixtureNames(folder)) {
        if (name.endsWith(u".rows") == rows)
            names.append(name.section(u'.', 0, 0));
    }
    return names;
}

/// Beside the test program, under another name than the committed ones: nobody reads them by mistake.
void keepForReading(const QString &name, const QString &rows)
{
    QDir().mkpath(u"errors.new"_s);
    QFile file(u"errors.new/"_s + name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(rows.toUtf8());
}

QByteArray entries(int count)
{
    const QByteArray entry =
        R"({"loc":["body","jobs",7,"n"],"msg":"Field required","type":"missing","input":"canary"})";
    return R"({"detail":[)" + (entry + ',').repeated(count - 1) + entry + "]}";
}

/// What stands in the body of a refusal, in words and as places: every shape, charset and cut that may come.
class TestWireErrors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Texts are cut; what is left of a key at the end of one would be too short to be known as such.
    void aKeyIsBlottedOutBeforeAnythingIsCut()
    {
        const QByteArray key = "xp-canary-0123456789-abcdefghij";
        const Secret secret = Secret::fromStored(key);
        for (int before = 1960; before < 2001; ++before) {
            const QByteArray words = QByteArray(before, '.') + key;
            for (const QByteArray &body : {R"({"detail":[{"loc":["body"],"msg":")" + words + R"("}]})", words, words.toBase64()}) {
                const Refusal refusal = wire::refusal(body, 422, secret);
                QStringList told{refusal.text, refusal.rest};
                for (const FieldError &error : refusal.fields)
                    told.append(error.message);
                for (const QString &text : told)
                    QVERIFY2(!text.contains(u"xp-"_s), qPrintable(text.right(40)));
            }
        }
    }

    void everyBodyHasItsRowsAndTheOtherWayRound()
    {
        const QStringList bodies = namesInCorpus(false);
        QCOMPARE(QSet<QString>(bodies.begin(), bodies.end()).size(), bodies.size());
        QVERIFY(bodies.size() >= 120);
        for (const QString &name : namesInCorpus(true))
            QVERIFY2(bodies.contains(name), qPrintable(name + u".rows belongs to no body"_s));
    }

    void rowsOfEveryBody_data()
    {
        QTest::addColumn<QString>("body");
        for (const QString &name : fixtureNames(folder)) {
            if (!name.endsWith(u".rows"))
                QTest::newRow(qPrintable(name)) << name;
        }
    }
    void rowsOfEveryBody()
    {
        QFETCH(QString, body);
        const QString rows = rowsOf(fixture(folder + u'/' + body));
        const QString name = body.section(u'.', 0, 0) + u".rows"_s;
        const bool isExpected = fixtureNames(folder).contains(name);
        const QString expected = isExpected ? QString::fromUtf8(fixture(folder + u'/' + name)) : QString();
        if (rows != expected) {
            keepForReading(name, rows);
            QFAIL(qPrintable(u"Expected:\n%1\nRead:\n%2\nIf that is right, copy %3 to the fixtures."_s.arg(
                isExpected ? expected : u"(no %1)"_s.arg(name), rows,
                QFileInfo(u"errors.new/"_s + name).absoluteFilePath())));
        }
    }

    /// The corpus has the word wherever a framework repeats what it was sent.
    void nothingThatWasSentIsRepeated_data() { rowsOfEveryBody_data(); }
    void nothingThatWasSentIsRepeated()
    {
        QFETCH(QString, body);
        const QString rows = rowsOf(fixture(folder + u'/' + body));
        QVERIFY2(!rows.contains(u"canary"_s, Qt::CaseInsensitive), qPrintable(rows));
    }

    void numbersOfAPlaceAreToldFromNames()
    {
        const QByteArray body = R"({"detail":[{"loc":["body","jobs",1,"n"]},{"loc":["body","by_number","1","n"]},)"
                                R"({"loc":["body",20],"type":"json_invalid"},{"loc":["body",-1,1.5,true,null]}]})";
        const QList<QStringList> expected{{u"body"_s, u"jobs"_s, u"[1]"_s, u"n"_s},
                                          {u"body"_s, u"by_number"_s, u"1"_s, u"n"_s},
                                          {u"body"_s, u"[20]"_s},
                                          {u"body"_s, u"-1"_s, u"1.5"_s, u"true"_s, u"null"_s}};
        QCOMPARE(placesIn(body), expected);
    }

    void ofTenThousandEntriesAHundredAreReadAndTheRestIsCounted()
    {
        const Refusal refusal = wire::refusal(entries(10'000));
        QCOMPARE(refusal.fields.size(), 100);
        QCOMPARE(refusal.moreFields, 9'900);
        QCOMPARE(refusal.text, u"Field required"_s);
        QCOMPARE(wire::refusal(entries(100)).moreFields, 0);
        QCOMPARE(wire::refusal(entries(101)).moreFields, 1);
    }

    void lengthsAreBounded()
    {
        const QJsonObject entry{{u"loc"_s, QJsonArray::fromStringList(QStringList(50, QString(5000, u'w')))},
                                {u"msg"_s, QString(5000, u'm')},
                                {u"type"_s, QString(5000, u't')}};
        const Refusal refusal =
            wire::refusal(QJsonDocument(QJsonObject{{u"detail"_s, QJsonArray{entry, entry}}}).toJson());
        const FieldError &error = refusal.fields.first();
        QCOMPARE(error.place.size(), 16);
        QCOMPARE(error.place.first().size(), 200);
        QCOMPARE(error.message.size(), 2000);
        QCOMPARE(error.type.size(), 200);
        QCOMPARE(refusal.text.size(), 2000);
        QCOMPARE(wire::refusal(QByteArray(1'000'000, 'x')).text.size(), 2000);
    }

    /// What broken JSON says cannot be told from what it repeats: it is quoted, and never what was sent.
    void aBodyCutAnywhereIsQuotedUpToWhatRepeatsOurInput()
    {
        const QByteArray body =
            R"({"detail":[{"loc":["body","jobs",12,"né"],"msg":"No \u0022boolean\u0022 \u00e9","type":"bool",)"
            R"("input":{"a":["canary"]}},{"ctx":{"doc":"canary"},"loc":["path","id"],"msg":"No"}]})";
        for (qsizetype size = 0; size < body.size(); ++size) {
            const Refusal part = wire::refusal(body.first(size));
            QCOMPARE(part.text, QString());
            QVERIFY(part.fields.isEmpty());
            QVERIFY2(!part.rest.contains(u"can"_s), qPrintable(part.rest));
        }
        const QString quoted = QString::fromUtf8(R"({"detail":[{"loc":["body","jobs",12,"né"],"msg":"No "boolean" é","type":"bool",)");
        QCOMPARE(wire::refusal(body.first(body.indexOf(R"("input")"))).rest, quoted);
        QCOMPARE(wire::refusal(body.chopped(1)).rest, quoted + u'…');
        QCOMPARE(wire::refusal("Wrong: " + body.chopped(1)).text, u"Wrong: "_s + quoted + u'…');
        QCOMPARE(wire::refusal(body).fields.size(), 2);
    }

    void whatRepeatsOurInputIsKnownHoweverItIsWritten_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("text");
        const auto row = [](const QByteArray &body, const QString &text = {}, int status = 422) {
            QTest::newRow(body.constData()) << status << body << text;
        };
        row(R"({"statusCode":404,"timestamp":"2026","path":"/v1/tasks?canary"})", {}, 404);
        row(R"({"statusCode":422,"timestamp":"2026","path":"/v1/tasks?canary"})");
        row(R"({"prompt":"canary"})", {}, 500);
        row(R"({"request":{"prompt":"canary"}})", {}, 500);
        row(R"({"request":{"prompt":"canary"}})");
        row(R"({"clear_queue":["No"],"body":{"clear_queue":"canary"}})", u"No"_s);
        for (const QByteArray name : {"requestBody", "request_url", "rawBody", "form_data", "query_string", "userInput",
                                      "URL", "request-URL", "config.json", "inputValue", "HTTPBody", "user input"})
            row(R"({"message":"No",")" + name + R"(":"canary"})", u"No"_s);
        row(R"({"message":"No",")" + QByteArray(201, 'n') + R"(":"canary"})", u"No"_s);
        row(R"(No: {\u0022input\u0022: \u0022canary\u0022})", u"No: {…"_s);
        row(R"(No: {"input"=>"canary"})", u"No: {…"_s);
        row(R"(No: {:input=>"canary"})", u"No: {:…"_s);
        row(R"(No: { input: 'canary' })", u"No: { …"_s);
        row(R"(No: {input=canary})", u"No: {…"_s);
        row(R"(No: {&quot;input&quot;:&quot;canary&quot;})", u"No: {…"_s);
        row("{\"detail\":\"The queue is away\",\"us\\u0065r_input\":\"canary"); // cut
        row(R"(No agent {id} of [a-z]{2,3})", u"No agent {id} of [a-z]{2,3}"_s);
    }
    void whatRepeatsOurInputIsKnownHoweverItIsWritten()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        const Refusal refusal = wire::refusal(body, status);
        QTEST(refusal.text, "text");
        QVERIFY2(!refusal.rest.contains(u"canary") || body.startsWith("{\"prompt"), qPrintable(refusal.rest));
        QVERIFY(refusal.fields.size() <= 1);
    }

    void bodiesMadeToHurt_data()
    {
        QTest::addColumn<QByteArray>("body");
        QByteArray strings = R"("deep")";
        for (int i = 0; i < 12; ++i)
            strings = QJsonDocument(QJsonObject{{u"detail"_s, QString::fromUtf8(R"({"detail":)" + strings + '}')}})
                          .toJson(QJsonDocument::Compact);
        const QByteArray openText = "{\"detail\":\"";
        const qsizetype much = 10'000'000;
        QTest::newRow("lists in lists") << R"({"detail":)" + QByteArray(much, '[');
        QTest::newRow("objects in objects") << QByteArray(R"({"detail":)").repeated(much / 10);
        QTest::newRow("strings in strings") << strings;
        QTest::newRow("braces and quotes") << QByteArray("{'").repeated(much / 2);
        QTest::newRow("backslashes") << openText + QByteArray(much + 1, '\\');
        QTest::newRow("an open tag") << QByteArray(much, '<');
        QTest::newRow("tags without an end") << "<html>" + QByteArray("<h1").repeated(much / 3);
        QTest::newRow("comments without an end") << "<html>" + QByteArray("<!--").repeated(much / 4);
        QTest::newRow("scripts") << "<html>" + QByteArray("<script></script>").repeated(much / 17);
        QTest::newRow("a title without an end") << "<title>" + QByteArray(much, 'x');
        QTest::newRow("entities") << "<title>" + QByteArray("&amp").repeated(much / 4);
        QTest::newRow("one long text") << openText + QByteArray(much, 'x') + "\"}";
        QTest::newRow("types of pydantic") << openText + QByteArray("(type=x; ").repeated(much / 9) + "\"}";
        QTest::newRow("words far apart") << openText + "far" + QByteArray(much, ' ') + "apart\"}";
        QTest::newRow("white space") << QByteArray(much, ' ');
        QTest::newRow("zeros") << QByteArray(much, '\0');
        QTest::newRow("bytes of no charset") << QByteArray(much, '\xff');
        QTest::newRow("a long name") << "{\"" + QByteArray("input").repeated(180'000) + "\":\"\"}";
        QTest::newRow("long names in text") << openText + QByteArray("input").repeated(much / 5) + "\"}";
        QTest::newRow("many entries") << entries(100'000);
    }
    void bodiesMadeToHurt()
    {
        QFETCH(QByteArray, body);
        QElapsedTimer took;
        took.start();
        const Refusal refusal = wire::refusal(body);
        const qint64 milliseconds = took.elapsed();
        QVERIFY(refusal.text.size() <= 2000);
        QVERIFY(refusal.fields.size() <= 100);
        QVERIFY2(milliseconds < 10000, qPrintable(QString::number(milliseconds)));
    }

    void aSpentPlanIsNotARate_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("plan");
        for (const QString &name :
             {u"plan-limit-message"_s, u"plan-limit-nested"_s, u"plan-limit-string-of-json"_s, u"plan-limit-payment"_s})
            QTest::newRow(qPrintable(name)) << wire::refusal(fixture(u"errors/"_s + name)).text << true;
        QTest::newRow("billing limit") << u"Billing limit exceeded"_s << true;
        QTest::newRow("rate-limit") << wire::refusal(fixture(u"errors/rate-limit"_s)).text << false;
        QTest::newRow("the rate of a plan") << u"Rate limit of your plan"_s << false;
        QTest::newRow("a quota of a minute") << u"Quota exceeded: 100 requests per minute."_s << false;
        QTest::newRow("a quota that comes back") << u"Quota exceeded. Retry after 8 seconds."_s << false;
        QTest::newRow("a quota") << u"Monthly quota of your plan exceeded"_s << true;
        QTest::newRow("no word of it") << u"Too many requests"_s << false;
        QTest::newRow("part of a word") << u"planet explained"_s << false;
        QTest::newRow("empty") << QString() << false;
    }
    void aSpentPlanIsNotARate()
    {
        QFETCH(QString, text);
        QTEST(wire::isPlanLimit(text), "plan");
    }
};

}

STOPDESK_TEST(wireerrors, TestWireErrors, QCoreApplication)
#include "tst_wireerrors.moc"
