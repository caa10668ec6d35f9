#include "tests/support/playedservice.h"

#include "app/demo/reaction.h"

#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int perPage = 50;

QByteArray valueOf(const QByteArray &line, const QString &name)
{
    return QUrlQuery(QString::fromLatin1(line.mid(line.indexOf('?') + 1))).queryItemValue(name).toLatin1();
}

int countSince(const QList<Duration> &times, Duration from)
{
    return int(std::ranges::count_if(times, [from](Duration at) { return at > from; }));
}

QByteArrayList messages(int count)
{
    QByteArrayList ids;
    for (int i = 1; i <= count; ++i)
        ids.append("m" + QByteArray::number(i));
    return ids;
}

}

bool PlayedChat::isLive(const QByteArray &state)
{
    return state == "executing" || state == "pending" || state == "paused";
}

const PlayedChat::Moment &PlayedChat::at(Duration moment) const
{
    const auto next = std::ranges::upper_bound(m_moments, moment, {}, &Moment::since);
    return next == m_moments.begin() ? m_moments.first() : *(next - 1);
}

const PlayedChat::Moment &PlayedChat::begin(Duration moment) const
{
    const Moment *first = &at(moment);
    while (first != &m_moments.first() && isLive((first - 1)->state) == isLive(first->state))
        --first;
    return *first;
}

PlayedService::PlayedService(FakeClock &clock, FakeNetwork &network) : m_clock(clock), m_network(network)
{
    network.serveWithBodies(
        [this](const QByteArray &line, const FakeNetwork::ReadBody &body) { return answer(line, body); });
}

PlayedChat &PlayedService::add(const QByteArray &id, const QByteArray &state, int waiting)
{
    PlayedChat &chat = m_chats[id];
    m_order.append(id);
    chat.m_moments = {{m_clock.monotonic(), state, messages(waiting)}};
    return chat;
}

void PlayedService::set(const QByteArray &id, const QByteArray &state)
{
    PlayedChat &chat = m_chats[id];
    push(chat, state, chat.m_moments.last().queue);
}

void PlayedService::setWaiting(const QByteArray &id, int waiting)
{
    PlayedChat &chat = m_chats[id];
    push(chat, chat.state(), messages(waiting));
}

void PlayedService::push(PlayedChat &chat, const QByteArray &state, const QByteArrayList &queue)
{
    chat.m_moments.append({m_clock.monotonic(), state, queue});
}

void PlayedService::later(Duration wait, const std::function<void()> &then)
{
    m_clock.after(wait, this, then);
}

/// What it says is what was so when the request arrived; the answer needs its time.
FakeAnswer PlayedService::answer(const QByteArray &line, const FakeNetwork::ReadBody &body)
{
    FakeAnswer answer = answerNow(line, body);
    answer.headers.append({"Date", demo::httpDate(dateOf(m_clock.monotonic()))});
    if (latency == 0ms || answer.later || !answer.takesBody)
        return answer;
    m_clock.after(latency, this, [this, answer, number = m_network.asked().size()] {
        FakeNetwork::answer(m_network.asked().at(number), answer);
    });
    return FakeAnswer::hangs();
}

/// By its own clock.
QDateTime PlayedService::dateOf(Duration moment) const
{
    return m_clock.now().addMSecs((moment - m_clock.monotonic() + clockAhead).count());
}

FakeAnswer PlayedService::answerNow(const QByteArray &line, const FakeNetwork::ReadBody &body)
{
    if (isAboveLimit())
        return FakeAnswer::with(429, R"({"detail":"Too many requests"})");
    const QByteArrayList path = line.mid(line.indexOf(' ') + 1).split('?').first().split('/');
    const bool isGateway = path.value(4) == "gateway";
    const QByteArray id = isGateway ? path.value(6) : path.value(3);
    if (line.startsWith("GET /v1/agents?"))
        return FakeAnswer::with(200, R"({"items":[{"id":"a1","name":"Billing","status":"ACTIVE"}],"page":1,"total_pages":1,"total":1})");
    if (line.contains('?'))
        return list(line);
    if (!m_chats.contains(id))
        return FakeAnswer::with(404, R"({"detail":"Not found"})");
    PlayedChat &chat = m_chats[id];
    if (line.startsWith("POST ") && path.last() == "stop")
        return chat.answer.takesBody ? stop(chat, body().contains("true")) : chat.answer;
    if (line.startsWith("DELETE "))
        return changeQueue(chat, path.last() == "queue" ? QByteArray() : path.last());
    return path.last() == "run-state" ? runState(id) : record(id);
}

bool PlayedService::isAboveLimit()
{
    const Duration now = m_clock.monotonic();
    const bool isAbove = (perMinute > 0 && countSince(received, now - 1min) >= perMinute)
        || (perHour > 0 && countSince(received, now - 1h) >= perHour);
    received.append(now);
    refused += isAbove ? 1 : 0;
    return isAbove;
}

FakeAnswer PlayedService::stop(PlayedChat &chat, bool clear)
{
    ++chat.delivered;
    chat.answeredAt = chat.answeredAt.value_or(m_clock.monotonic());
    const bool works = chat.answer.status < 300 || chat.answer.status >= 500 || chat.answer.status == 408;
    if (works && chat.takes == 0ms)
        takeEffect(chat, clear);
    else if (works)
        later(chat.takes, [this, &chat, clear] { takeEffect(chat, clear); });
    return chat.answer;
}

void PlayedService::takeEffect(PlayedChat &chat, bool clear)
{
    const bool isCleared = clear && chat.clears;
    if (chat.obeys && chat.isLive())
        push(chat, chat.becomes, isCleared ? QByteArrayList() : chat.m_moments.last().queue);
    else if (isCleared)
        push(chat, chat.state(), {});
    if (!chat.startsNext || chat.waiting() == 0 || chat.isLive())
        return;
    later(*chat.startsNext, [this, &chat] {
        if (!chat.isLive() && chat.waiting() > 0)
            push(chat, "executing", chat.m_moments.last().queue.mid(1));
    });
}

FakeAnswer PlayedService::changeQueue(PlayedChat &chat, const QByteArray &message)
{
    QByteArrayList queue = chat.m_moments.last().queue;
    if (!message.isEmpty() && queue.removeAll(message) == 0)
        return FakeAnswer::with(404, R"({"detail":"Message not found"})");
    push(chat, chat.state(), message.isEmpty() ? QByteArrayList() : queue);
    return FakeAnswer::with(200);
}

FakeAnswer PlayedService::list(const QByteArray &line) const
{
    const QByteArray status = valueOf(line, u"status"_s);
    const QByteArray parent = valueOf(line, u"parent_task_id"_s);
    const QByteArray agent = line.startsWith("GET /v1/agents/") ? line.split('/').value(3) : QByteArray();
    const int number = std::max(1, valueOf(line, u"page"_s).toInt());
    QByteArrayList rows;
    int total = 0;
    for (const QByteArray &id : m_order) {
        const PlayedChat &chat = *m_chats.find(id);
        const QByteArray state = chat.at(m_clock.monotonic() - listLag).state;
        const bool isMeant = chat.isOnLists && (status.isEmpty() || state == status)
            && (agent.isEmpty() || chat.agent == agent) && (parent.isEmpty() || chat.parent == parent);
        if (!isMeant || total++ / perPage != number - 1)
            continue;
        const QByteArray of = chat.parent.isEmpty() ? "" : R"(,"parent_task_id":")" + chat.parent + '"';
        rows.append(R"({"id":")" + id + R"(","agent_id":")" + chat.agent + R"(","status":")" + state
                    + R"(","title":"T )" + id + '"' + of + '}');
    }
    const int pages = std::max(1, (total + perPage - 1) / perPage);
    return FakeAnswer::with(200, R"({"items":[)" + rows.join(',') + R"(],"page":)" + QByteArray::number(number)
                                     + R"(,"total_pages":)" + QByteArray::number(pages) + R"(,"total":)"
                                     + QByteArray::number(total) + '}');
}

FakeAnswer PlayedService::runState(const QByteArray &id) const
{
    const PlayedChat &chat = *m_chats.find(id);
    const PlayedChat::Moment &then = chat.at(m_clock.monotonic() - stateLag);
    QByteArrayList waiting;
    for (const QByteArray &message : then.queue)
        waiting.append(R"({"id":")" + message + R"(","content":"text"})");
    return FakeAnswer::with(200, R"({"conversation_id":")" + id + R"(","is_running":)"
                                     + (then.state == "executing" ? "true" : "false") + R"(,"queue_depth":)"
                                     + QByteArray::number(then.queue.size()) + R"(,"queued_messages":[)"
                                     + waiting.join(',') + R"(],"execution_status":")" + then.state + "\"}");
}

FakeAnswer PlayedService::record(const QByteArray &id) const
{
    const PlayedChat &chat = *m_chats.find(id);
    if (!chat.hasRecord)
        return FakeAnswer::with(404, R"({"detail":"Not found"})");
    const QByteArray of = chat.parent.isEmpty() ? "" : R"(,"parent_task_id":")" + chat.parent + '"';
    const Duration then = m_clock.monotonic() - stateLag;
    const QByteArray state = chat.at(then).state;
    const QByteArray since = dateOf(chat.begin(then).since).toString(Qt::ISODateWithMs).toLatin1();
    const QByteArray time = PlayedChat::isLive(state) ? R"(,"started_at":")" : R"(,"finished_at":")";
    return FakeAnswer::with(200, R"({"id":")" + id + R"(","agent_id":")" + chat.agent + R"(","status":")" + state
                                     + R"(","title":"T )" + id + '"' + of + time + since + "\"}");
}
