#pragma once

#include "app/credentials/connectionbook.h"
#include "tests/support/hostile.h"
#include "tests/ui/dialogs/desk.h"
#include "tests/ui/workplaceof.h"
#include "ui/mainwindow.h"

// Answers of a service whose every word is one text of the hostile set, and the whole window on them.
namespace hostile {

inline const QString canary = QStringLiteral("echo-canary-41"); ///< in what repeats the data that was sent

inline QByteArray quoted(const Text &text)
{
    return json(text.raw);
}

/// An id that is no whole text, or over 100 letters, names nothing, so both stay out of this.
inline QString idOf(const Text &text, const QString &suffix = {})
{
    constexpr qsizetype most = 90; // and the suffix; no cut parts a pair
    const QString id = text.raw.isValidUtf16() ? text.raw : text.shown;
    return (id.size() > most ? id.first(most) + u'…' : id) + suffix;
}

inline QByteArray quotedId(const Text &text, const QString &suffix = {})
{
    return json(idOf(text, suffix));
}

inline QByteArray object(const QList<QPair<QByteArray, QByteArray>> &members)
{
    QByteArrayList all;
    for (const auto &[name, value] : members)
        all.append('"' + name + "\":" + value);
    return '{' + all.join(',') + '}';
}

inline QByteArray person(const Text &text)
{
    return object({{"id", quotedId(text)}, {"email", quoted(text)}, {"display_name", quoted(text)}});
}

inline QByteArray row(const Text &text, const QString &id, const QByteArray &state, const QString &parent = {})
{
    return object({{"id", quotedId(text, id)},
                   {"agent_id", quotedId(text)},
                   {"user_id", quoted(text)},
                   {"parent_task_id", parent.isEmpty() ? "null" : quotedId(text, parent)},
                   {"status", state},
                   {"source_node_type", quoted(text)},
                   {"title", quoted(text)}});
}

inline QByteArray listOf(const QByteArrayList &items)
{
    return object({{"items", '[' + items.join(',') + ']'}, {"page", "1"}, {"total_pages", "1"},
                   {"total", QByteArray::number(items.size())}});
}

inline QByteArray runState(const Text &text)
{
    const QByteArray message = object({{"id", quotedId(text)}, {"text", quoted(text)}, {"user", person(text)}});
    return object({{"conversation_id", quotedId(text, QStringLiteral("-1"))}, {"is_running", "true"}, {"queue_depth", "3"},
                   {"active_child_id", quotedId(text, QStringLiteral("-s"))}, {"execution_status", quoted(text)},
                   {"queued_messages", '[' + message + ']'}});
}

inline QByteArray record(const Text &text, const QByteArray &id)
{
    return object({{"id", id}, {"agent_id", quotedId(text)}, {"status", R"("executing")"},
                   {"title", quoted(text)}, {"source", quoted(text)}, {"input", object({{"user", person(text)}})}});
}

/// The answer to a stop: wrong at a field that there is, at one that there is not, and at a word of the stranger's.
inline QByteArray refusal(const Text &text)
{
    const QByteArray echo = json(canary);
    const auto entry = [&](const QByteArray &loc) {
        return object({{"loc", loc}, {"msg", quoted(text)}, {"type", quoted(text)}, {"input", echo}, {"url", echo},
                       {"ctx", object({{"given", echo}})}});
    };
    return object({{"detail", '[' + entry(R"(["body","clear_queue"])") + ',' + entry(R"(["path","conversation_id"])") + ','
                        + entry('[' + quoted(text) + ",7," + quoted(text) + ']') + ']'}});
}

/// The whole window on a service whose every word is the text.
struct HostileDesk : Desk {
    explicit HostileDesk(const Text &said)
        : text(said)
    {
        const QByteArray executing = R"("executing")";
        network.always("GET ", FakeAnswer::with(404, object({{"detail", quoted(text)}})));
        network.always("GET /v1/agents?", FakeAnswer::with(200, listOf({object(
            {{"id", quotedId(text)}, {"name", quoted(text)}, {"status", quoted(text)}})})));
        const QByteArray rows = listOf({row(text, QStringLiteral("-1"), executing), row(text, QStringLiteral("-2"), executing),
                                        row(text, QStringLiteral("-3"), quoted(text)), row(text, QStringLiteral("-s"), executing, QStringLiteral("-1"))});
        network.always("GET /v1/tasks?", FakeAnswer::with(200, rows));
        network.always("/tasks?page", FakeAnswer::with(200, rows));
        network.always("GET /v1/tasks/", FakeAnswer::with(200, record(text, quotedId(text, QStringLiteral("-1")))));
        network.always("/run-state", FakeAnswer::with(200, runState(text)));
        network.always("POST ", FakeAnswer::with(422, refusal(text)));
        connection.id = {QStringLiteral("k2")};
        connection.name = text.raw;
        connection.environment = Environment::Other;
        connection.requestsPerMinute = 6000;
        connection.requestsPerHour = 60000;
        secrets.keep(connection, Secret::fromStored("canary-key"));
        (void)list.save(connection);
    }

    Text text;
    MainWindow window{{workplaceOf(console, book), {}}};
};

}
