#include "app/demo/organization.h"

#include <array>

using namespace Qt::StringLiterals;

namespace demo {

QList<Agent> agents()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto agent = [&now](QStringView name, QStringView description, QStringView icon, int days) {
        return Agent{agentId(name),   name.toString(), description.toString(),
                     icon.toString(), u"ACTIVE"_s,     now.addDays(-days)};
    };
    QList<Agent> all{
        agent(agentname::billing, u"Answers questions about invoices", u"🧾", 12),
        agent(agentname::sales, u"Writes to contacts and follows up", u"📣", 30),
        agent(agentname::returns, u"Handles parcels that come back", u"📦", 41),
        agent(agentname::devops, u"Runs maintenance on the staging machines", u"🛠️", 77),
        agent(agentname::onboarding, u"Shows new customers around", u"🧭", 120),
        agent(agentname::product, u"Knows the catalogue", u"💡", 200),
        agent(u"Draft without an id", u"Was never saved by the service", u"", 300),
    };
    all.last().id.clear();
    all.last().status = u"DRAFT"_s;
    return all;
}

Task conversation(QStringView title, QStringView agentName, int minutesAgo)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    Task task;
    task.id = taskId(title);
    task.agentId = agentId(agentName);
    task.title = title.toString();
    task.text = u"Please take care of this: %1"_s.arg(title);
    task.status = u"executing"_s;
    task.source = u"assistant"_s;
    task.isRunning = true;
    task.createdAt = now.addDays(-1).addSecs(-60 * minutesAgo);
    task.startedAt = now.addSecs(-60 * minutesAgo - 2);
    task.updatedAt = now.addSecs(-4);
    return task;
}

QList<Message> waitingMessages(QStringView title, int count, const Person &sender)
{
    static constexpr std::array<QStringView, 5> texts{u"Also include the partners list", u"Stop!! wrong list",
                                                      u"please stop", u"Is anybody there?", u"I will call you"};
    static constexpr std::array<int, 5> ages{120, 60, 20, 12, 5};
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QList<Message> messages;
    for (int i = 0; i < count; ++i) {
        const std::size_t k = std::size_t(i) % texts.size();
        messages.append({messageId(title, i), texts[k].toString(), i == 1 ? person(3) : sender, now.addSecs(-ages[k])});
    }
    return messages;
}

}
