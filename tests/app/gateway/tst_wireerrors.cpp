#include "app/gateway/wire.h"
#include "tests/support/fixture.h"

#include <QtTest>

using namespace Qt::StringLiterals;

namespace {

QString line(const FieldError &error)
{
    return error.place.join(u" › "_s) + u": "_s + error.message
        + (error.type.isEmpty() ? QString() : u" ["_s + error.type + u']');
}

QStringList lines(const QList<FieldError> &errors)
{
    QStringList lines;
    for (const FieldError &error : errors)
        lines.append(line(error));
    return lines;
}

}

/// What stands in the body of a refusal: in words, and as places of a 422.
class TestWireErrors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wordsOfEveryBody_data()
    {
        QTest::addColumn<QString>("text");
        const QString notBoolean = u"value could not be parsed to a boolean"_s;
        const QString notUuid = u"value is not a valid uuid"_s;
        const QList<QPair<QString, QString>> all{
            {u"cut.json"_s, u"{\"detail\":[{\"loc\":[\"body\",\"clear_queue\"],\"msg\":\"value could not be pa"_s},
            {u"detail-empty-list.json"_s, {}},
            {u"detail-odd-entries.json"_s, u"Odd words in the place; No place; not; text; Only a string"_s},
            {u"detail-single-object.json"_s, u"Not in a list"_s},
            {u"empty.json"_s, {}},
            {u"not-utf8.json"_s, u"{\"detail\":\"caf\uFFFD\"}"_s},
            {u"plain.txt"_s, u"upstream connect error or disconnect/reset before headers"_s},
            {u"plan-limit-message.json"_s, u"Your plan has no credits left"_s},
            {u"plan-limit-nested.json"_s, u"Plan limit reached"_s},
            {u"plan-limit-string-of-json.json"_s, u"Monthly plan limit reached. Upgrade your billing plan."_s},
            {u"problem.json"_s, u"The conversation is being moved"_s},
            {u"proxy.html"_s, u"502 Bad Gateway"_s},
            {u"rate-limit.json"_s, u"Rate limit exceeded"_s},
            {u"string-key-refused.json"_s, u"Invalid API key"_s},
            {u"string-method-not-allowed.json"_s, u"Method Not Allowed"_s},
            {u"string-no-such-route.json"_s, u"Not Found"_s},
            {u"string-not-found.json"_s, u"Conversation not found"_s},
            {u"v1-body-json-position.json"_s,
             u"Expecting property name enclosed in double quotes: line 1 column 21 (char 20)"_s},
            {u"v1-body-missing.json"_s, u"field required"_s},
            {u"v1-body-not-a-boolean.json"_s, notBoolean},
            {u"v1-body-not-an-object.json"_s, u"value is not a valid dict"_s},
            {u"v1-body-not-permitted.json"_s, u"unexpected value; permitted: False"_s},
            {u"v1-body-null.json"_s, u"none is not an allowed value"_s},
            {u"v1-path-and-body.json"_s, notUuid + u"; "_s + notUuid + u"; "_s + notBoolean},
            {u"v1-path-conversation.json"_s, notUuid},
            {u"v1-query.json"_s,
             u"ensure this value is greater than or equal to 1; ensure this value is less than or "
             "equal to 50"_s},
            {u"v1-several-of-a-right-request.json"_s,
             u"value is not a valid integer; unexpected value; permitted: 'never'; field required"_s},
            {u"v2-body-json-position.json"_s, u"JSON decode error"_s},
            {u"v2-body-not-a-boolean.json"_s, u"Input should be a valid boolean, unable to interpret input"_s},
            {u"v2-missing-extra-and-list-index.json"_s,
             u"Field required; Extra inputs are not permitted; Input should be less than or equal to 10"_s},
            {u"v2-path-conversation.json"_s, u"Input should be a valid UUID, invalid character: found `n` at 1"_s},
        };
        QStringList names;
        for (const auto &[name, text] : all) {
            QTest::newRow(qPrintable(name)) << text;
            names.append(name);
        }
        QCOMPARE(fixtureNames(u"errors"_s), names);
    }
    void wordsOfEveryBody()
    {
        const QString name = QString::fromUtf8(QTest::currentDataTag());
        QTEST(wire::errorText(fixture(u"errors/"_s + name)), "text");
    }

    void placesOfEveryEntry_data()
    {
        QTest::addColumn<QStringList>("errors");
        QTest::newRow("v1-body-not-a-boolean")
            << QStringList{u"body › clear_queue: value could not be parsed to a boolean [type_error.bool]"_s};
        QTest::newRow("v1-path-and-body")
            << QStringList{u"path › agent_id: value is not a valid uuid [type_error.uuid]"_s,
                           u"path › conversation_id: value is not a valid uuid [type_error.uuid]"_s,
                           u"body › clear_queue: value could not be parsed to a boolean [type_error.bool]"_s};
        QTest::newRow("v1-body-json-position")
            << QStringList{u"body › 20: Expecting property name enclosed in double quotes: line 1 column 21 (char 20) "
                           "[value_error.jsondecode]"_s};
        QTest::newRow("v2-missing-extra-and-list-index")
            << QStringList{u"body › clear_queue: Field required [missing]"_s,
                           u"body › x: Extra inputs are not permitted [extra_forbidden]"_s,
                           u"body › jobs › 1 › n: Input should be less than or equal to 10 [less_than_equal]"_s};
        QTest::newRow("detail-odd-entries") << QStringList{u"null › true › 1.5 › ? › ?: Odd words in the place [odd]"_s,
                                                           u": No place"_s,
                                                           u"body: not; text"_s,
                                                           u": Only a string"_s,
                                                           u": null"_s,
                                                           u": 7"_s};
        QTest::newRow("detail-single-object") << QStringList{u"body › clear_queue: Not in a list [odd]"_s};
        for (const char *none :
             {"detail-empty-list", "string-not-found", "plan-limit-nested", "problem", "cut", "empty", "not-utf8"})
            QTest::newRow(none) << QStringList();
    }
    void placesOfEveryEntry()
    {
        const QString name = QString::fromUtf8(QTest::currentDataTag());
        QTEST(lines(wire::fieldErrors(fixture(u"errors/"_s + name))), "errors");
    }

    void whatTheServiceEchoesOfOurInputIsNotTaken()
    {
        const QByteArray body = R"({"detail":[{"loc":["body"],"msg":"no","type":"t","input":{"k":"canary"},)"
                                R"("ctx":{"doc":"canary"},"url":"https://canary.example"}]})";
        QCOMPARE(lines(wire::fieldErrors(body)), QStringList{u"body: no [t]"_s});
        QCOMPARE(wire::errorText(body), u"no"_s);
    }

    void lengthsAreBounded()
    {
        const QJsonObject entry{{u"loc"_s, QJsonArray::fromStringList(QStringList(50, u"w"_s))},
                                {u"msg"_s, QString(5000, u'm')},
                                {u"type"_s, QString(5000, u't')}};
        QJsonArray entries;
        for (int i = 0; i < 1100; ++i)
            entries.append(entry);
        const QByteArray body = QJsonDocument(QJsonObject{{u"detail"_s, entries}}).toJson();
        const QList<FieldError> errors = wire::fieldErrors(body);
        QCOMPARE(errors.size(), 1000);
        QCOMPARE(errors.first().place.size(), 16);
        QCOMPARE(errors.first().message.size(), 2000);
        QCOMPARE(errors.first().type.size(), 200);
        QCOMPARE(wire::errorText(body).size(), 2000);
        QCOMPARE(wire::errorText(QByteArray(1'000'000, 'x')).size(), 2000);
    }

    void bodiesMadeToHurt_data()
    {
        QTest::addColumn<QByteArray>("body");
        QByteArray strings = R"("deep")";
        for (int i = 0; i < 12; ++i)
            strings = QJsonDocument(QJsonObject{{u"detail"_s, QString::fromUtf8(R"({"detail":)" + strings + '}')}})
                          .toJson(QJsonDocument::Compact);
        QTest::newRow("lists in lists") << R"({"detail":)" + QByteArray(100'000, '[');
        QTest::newRow("objects in objects") << QByteArray(R"({"detail":)").repeated(1000) + "1" + QByteArray(1000, '}');
        QTest::newRow("strings in strings") << strings;
        QTest::newRow("a NUL") << QByteArray("{\"detail\":\"a\\u0000b\"}");
        QTest::newRow("bare NULs") << QByteArray(100, '\0');
        QTest::newRow("a lone surrogate")
            << QByteArray(R"({"detail":[{"loc":["\ud800"],"msg":"\udfff","type":"\ud800"}]})");
        QTest::newRow("an open tag") << QByteArray("<") + QByteArray(100'000, '<');
        QTest::newRow("a title without an end") << QByteArray("<title>") + QByteArray(100'000, 'x');
    }
    void bodiesMadeToHurt()
    {
        QFETCH(QByteArray, body);
        QElapsedTimer took;
        took.start();
        QVERIFY(wire::errorText(body).size() <= 2000);
        QVERIFY(wire::fieldErrors(body).size() <= 1000);
        wire::isPlanLimit(body);
        QVERIFY(took.elapsed() < 1000);
    }

    void aSpentPlanIsNotARate_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("plan");
        for (const QString &name : {u"plan-limit-message"_s, u"plan-limit-nested"_s, u"plan-limit-string-of-json"_s})
            QTest::newRow(qPrintable(name)) << fixture(u"errors/"_s + name) << true;
        QTest::newRow("billing limit") << QByteArray(R"({"error":"Billing limit exceeded"})") << true;
        QTest::newRow("rate-limit") << fixture(u"errors/rate-limit"_s) << false;
        QTest::newRow("the rate of a plan") << QByteArray(R"({"detail":"Rate limit of your plan"})") << false;
        QTest::newRow("no word of it") << QByteArray(R"({"detail":"Too many requests"})") << false;
        QTest::newRow("part of a word") << QByteArray(R"({"detail":"planet explained"})") << false;
        QTest::newRow("empty") << QByteArray() << false;
    }
    void aSpentPlanIsNotARate()
    {
        QFETCH(QByteArray, body);
        QTEST(wire::isPlanLimit(body), "plan");
    }
};

QTEST_GUILESS_MAIN(TestWireErrors)
#include "tst_wireerrors.moc"
