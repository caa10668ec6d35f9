#pragma once

#include "tests/support/fakenetwork.h"

#include <QMap>

#include <algorithm>

/// A service with many conversations, as far as a batch asks it: it takes stops, counts what was delivered, and lists
/// what runs, 50 a page. What a test sets of a conversation decides what becomes of its stop.
class ManyWorld {
public:
    struct Chat {
        QByteArray agent;
        bool runs = true;
        bool obeys = true;       ///< a stop ends it
        bool listed = true;      ///< while it runs
        QByteArray parent;       ///< of a sub-task
        int waiting = 0;
        int delivered = 0;
        FakeAnswer answer = FakeAnswer::with(200); ///< to its stop
    };

    Chat &add(const QByteArray &id, const QByteArray &agent = "a1")
    {
        Chat &chat = m_chats[id];
        chat.agent = agent;
        return chat;
    }
    Chat &operator[](const QByteArray &id) { return m_chats[id]; }
    const QMap<QByteArray, Chat> &chats() const { return m_chats; }

    FakeAnswer answer(const QByteArray &line)
    {
        if (line.startsWith("POST "))
            return stop(m_chats[line.split('/').value(6)]);
        if (line.contains("/run-state"))
            return runState(m_chats[line.split('/').value(6)]);
        if (line.contains("status=executing"))
            return list(line);
        return line.contains("parent_task_id") ? page({}, 1, 0) : FakeAnswer::with(404);
    }

    QByteArrayList listed(const QByteArray &agent = {}) const
    {
        QByteArrayList ids;
        for (auto chat = m_chats.begin(); chat != m_chats.end(); ++chat) {
            if (chat->runs && chat->listed && (agent.isEmpty() || chat->agent == agent))
                ids.append(chat.key());
        }
        return ids;
    }

private:
    static FakeAnswer stop(Chat &chat)
    {
        if (!chat.answer.takesBody)
            return chat.answer;
        ++chat.delivered;
        const bool works = chat.answer.status < 300 || chat.answer.status >= 500;
        if (works && chat.obeys)
            chat.runs = false;
        return chat.answer;
    }

    static FakeAnswer runState(const Chat &chat)
    {
        return FakeAnswer::with(200, QByteArray(R"({"is_running":)") + (chat.runs ? "true" : "false")
                                         + ",\"queue_depth\":" + QByteArray::number(chat.waiting) + '}');
    }

    FakeAnswer list(const QByteArray &line) const
    {
        const qsizetype at = line.indexOf("page=") + 5;
        const int number = line.mid(at, line.indexOf('&', at) - at).toInt();
        const QByteArray agent = line.startsWith("GET /v1/agents/") ? line.split('/').value(3) : QByteArray();
        const QByteArrayList ids = listed(agent);
        return page(ids.mid(50 * (number - 1), 50), number, int(ids.size()));
    }

    FakeAnswer page(const QByteArrayList &ids, int number, int total) const
    {
        QByteArrayList rows;
        for (const QByteArray &id : ids) {
            const Chat &chat = *m_chats.find(id);
            const QByteArray parent = chat.parent.isEmpty() ? "" : ",\"parent_task_id\":\"" + chat.parent + '"';
            rows.append("{\"id\":\"" + id + "\",\"agent_id\":\"" + chat.agent + "\",\"status\":\"executing\",\"title\":\"T\""
                        + parent + '}');
        }
        return FakeAnswer::with(200, "{\"items\":[" + rows.join(',') + "],\"page\":" + QByteArray::number(number)
                                         + ",\"total_pages\":" + QByteArray::number((total + 49) / 50) + ",\"total\":"
                                         + QByteArray::number(total) + '}');
    }

    QMap<QByteArray, Chat> m_chats;
};
