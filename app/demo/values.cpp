#include "app/demo/values.h"

#include "app/demo/demostate.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace demo {

QJsonValue timeValue(const QDateTime &time)
{
    return time.isValid() ? QJsonValue(time.toUTC().toString(u"yyyy-MM-ddTHH:mm:ss.zzz"_s) + u"123Z"_s)
                          : QJsonValue(QJsonValue::Null);
}

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QJsonValue userValue(const Person &person)
{
    if (person.id.isEmpty()) {
        return QJsonValue::Null;
    }
    return QJsonObject{{u"id"_s, person.id},
                       {u"first_name"_s, person.firstName},
                       {u"last_name"_s, person.lastName},
                       {u"email"_s, person.email},
                       {u"display_name"_s, person.firstName + u' ' + person.lastName},
                       {u"role"_s, u"member"_s},
                       {u"timezone"_s, QJsonValue::Null}};
}

QJsonArray childrenWhere(const Task &task, State &state, bool isRunning)
{
    QJsonArray ids;
    for (const QString &id : task.children) {
        if (state.task(id)->isRunning == isRunning) {
            ids.append(id);
        }
    }
    return ids;
}

}
