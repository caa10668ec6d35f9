// Problems for a ticket: as text for people, as JSON for programs, and the words on the buttons beside them.
#include "app/words/failurewords.h"
#include "app/words/words.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Records {
    Q_DECLARE_TR_FUNCTIONS(Records)
};

QJsonObject recordOf(const Problem &problem)
{
    const Failure &failure = problem.failure;
    QJsonObject record{
        {u"at"_s, problem.at.toUTC().toString(Qt::ISODateWithMs)},
        {u"effect"_s, words::effect(problem.effect)},
        {u"message"_s, words::messageOf(problem)},
        {u"times"_s, problem.count},
    };
    const auto add = [&record](const QString &name, const QString &text) {
        if (!text.isEmpty())
            record.insert(name, text);
    };
    add(u"about"_s, words::plain(problem.about));
    add(u"place"_s, words::place(problem.error));
    add(u"type"_s, words::plain(problem.error.type));
    add(u"request_id"_s, words::plain(failure.request.value));
    add(u"said"_s, words::plain(failure.text, 4000));
    if (failure.status != 0)
        record.insert(u"http_status"_s, failure.status);
    return record;
}

}

namespace words {

QString problemsText(const QList<Problem> &problems)
{
    QStringList texts;
    for (const Problem &problem : problems) {
        QString text = detailsOf(problem);
        if (problem.count > 1)
            text += u'\n' + Records::tr("Times: %1").arg(problem.count);
        texts.append(text);
    }
    return texts.join(u"\n\n"_s);
}

QString problemsJson(const QList<Problem> &problems)
{
    QJsonArray records;
    for (const Problem &problem : problems)
        records.append(recordOf(problem));
    return QString::fromUtf8(QJsonDocument(records).toJson());
}

QString problemStep(ProblemStep step, Duration wait)
{
    switch (step) {
    case ProblemStep::None:
        return {};
    case ProblemStep::ShowField:
        return Records::tr("Show the field");
    case ProblemStep::NewKey:
        return Records::tr("Enter a new key…");
    case ProblemStep::EditConnection:
        return Records::tr("Edit connection…");
    case ProblemStep::Wait:
        return Records::tr("Wait %1", "40 s").arg(elapsed(wait + 999ms));
    case ProblemStep::CheckAgain:
        return Records::tr("Check again");
    case ProblemStep::StopById:
        return Records::tr("Stop by id…");
    }
    return {};
}

}
