#include "app/gateway/gateway.h"

#include "app/gateway/httpchannel.h"
#include "app/gateway/wire.h"
#include "app/types/background.h"

#include <QMutex>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

QMutex readingLong; ///< one at a time: while it is read it takes ten times as much memory

/// Whether the key would travel where nobody agreed to, or nowhere.
bool isUnsafe(const Connection &connection)
{
    const QUrl &address = connection.address;
    const bool isHttp = address.scheme() == u"https" || address.scheme() == u"http";
    return !isHttp || address.host().isEmpty() || (isPlainHttpElsewhere(address) && !connection.plainHttpAccepted);
}

/// Why the request must not leave, if it must not.
std::optional<FailureKind> refusal(const Connection &connection, const HttpRequest &request)
{
    if (isUnsafe(connection))
        return FailureKind::UnsafeAddress;
    if (request.verb != "GET" && connection.readOnly)
        return FailureKind::ReadOnly;
    if (std::ranges::any_of(request.path, collapsesPath))
        return FailureKind::UnsafeId;
    return std::nullopt;
}

void addPage(QUrlQuery &query, int page, int perPage)
{
    query.addQueryItem(u"page"_s, QString::number(page));
    query.addQueryItem(u"per_page"_s, QString::number(perPage));
}

/// A value in a query: everything but unreserved characters encoded, `+` too, which would arrive as a space.
QString encoded(const QString &value)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(value));
}

template <class T> void refuse(FailureKind kind, const RequestId &id, QObject *asker, const Answer<T> &answer)
{
    const Failure refused{kind, Reached::NeverLeft, 0, {}, {}, {}, id};
    QMetaObject::invokeMethod(asker, [answer, refused] { answer(tl::unexpected(refused)); }, Qt::QueuedConnection);
}

}

static_assert(Gateway::mostPerPage == wire::mostRows);

Gateway::Gateway(const Connection &connection, std::shared_ptr<HttpChannel> channel)
    : m_connection(connection), m_channel(std::move(channel))
{
}

Gateway::Gateway(const Connection &connection, const Secret &secret, std::shared_ptr<RequestBudget> budget, Clock &clock,
                 const Network &network)
    : Gateway(connection, std::make_shared<HttpChannel>(connection, secret, std::move(budget), clock, network))
{
}

Gateway Gateway::forPerson(bool isAsked) const
{
    Gateway made = *this;
    made.m_isForPerson = isAsked;
    return made;
}

template <class T>
void Gateway::ask(HttpRequest request, QObject *asker, Answer<T> answer, Read<T> read)
{
    if (const auto kind = refusal(m_connection, request))
        return refuse(*kind, request.id, asker, answer);
    request.isAsked = m_isForPerson;
    m_channel->send(request, asker, [answer, read, asker, id = request.id](const Result<HttpAnswer> &reply) {
        if (!reply) {
            Failure failure = reply.error();
            failure.request = id;
            return answer(tl::unexpected(failure));
        }
        const auto readValue = [read, reply = *reply, id] {
            Result<T> value = read(reply);
            if (!value)
                value.error().request = id;
            return value;
        };
        if (reply->body.size() < longBody)
            return answer(readValue());
        const auto readLong = [readValue] {
            const QMutexLocker one(&readingLong);
            return readValue();
        };
        workInBackground<Result<T>>(asker, readLong, answer);
    });
}

QStringList Gateway::conversationPath(const AgentId &agent, const ConversationId &conversation,
                                      const QString &last) const
{
    QStringList path{u"v1"_s, u"agents"_s, agent.value};
    if (m_connection.routes == RouteFamily::Gateway)
        path.append(u"gateway"_s);
    return path << u"conversations"_s << conversation.value << last;
}

void Gateway::agents(int page, int perPage, QObject *asker, Answer<Page<Agent>> answer)
{
    HttpRequest request{.path = {u"v1"_s, u"agents"_s}, .cap = bodycap::list};
    addPage(request.query, page, perPage);
    ask<Page<Agent>>(request, asker, std::move(answer),
                     [](const HttpAnswer &reply) { return wire::agents(reply.body); });
}

void Gateway::conversations(const ConversationQuery &query, QObject *asker, Answer<Page<Conversation>> answer)
{
    HttpRequest request{.path = {u"v1"_s, u"tasks"_s}, .lane = query.lane, .cap = bodycap::list};
    if (!query.agent.isEmpty())
        request.path = {u"v1"_s, u"agents"_s, query.agent.value, u"tasks"_s};
    addPage(request.query, query.page, mostPerPage);
    if (!query.stateWord.isEmpty())
        request.query.addQueryItem(u"status"_s, encoded(query.stateWord));
    if (!query.parent.isEmpty())
        request.query.addQueryItem(u"parent_task_id"_s, encoded(query.parent.value));
    ask<Page<Conversation>>(request, asker, std::move(answer),
                            [](const HttpAnswer &reply) { return wire::conversations(reply.body, reply.serviceClock); });
}

void Gateway::record(const ConversationId &conversation, Lane lane, QObject *asker, Answer<Record> answer)
{
    const HttpRequest request{.path = {u"v1"_s, u"tasks"_s, conversation.value}, .lane = lane};
    ask<Record>(request, asker, std::move(answer),
                [](const HttpAnswer &reply) { return wire::record(reply.body, reply.serviceClock); });
}

void Gateway::runState(const AgentId &agent, const ConversationId &conversation, Lane lane, QObject *asker,
                       Answer<RunState> answer)
{
    const HttpRequest request{.path = conversationPath(agent, conversation, u"run-state"_s), .lane = lane};
    ask<RunState>(request, asker, std::move(answer), [](const HttpAnswer &reply) {
        return wire::runState(reply.body, reply.receivedAt, reply.serviceClock);
    });
}

HttpRequest Gateway::requestFor(const StopTarget &target, ClearQueue clearQueue) const
{
    const auto path = [this, &target](const QString &last) {
        return conversationPath(target.agent, target.conversation, last);
    };
    switch (target.command) {
    case Command::StopConversation:
        return {.verb = "POST", .path = path(u"stop"_s), .body = wire::stopBody(clearQueue)};
    case Command::StopSubTask: // without a body (contract, table of requests)
        return {.verb = "POST", .path = {u"v1"_s, u"tasks"_s, target.conversation.value, u"stop"_s}};
    case Command::EmptyQueue:
        return {.verb = "DELETE", .path = path(u"queue"_s)};
    case Command::DiscardMessage:
        return {.verb = "DELETE", .path = path(u"queue"_s) << target.message.id.value};
    }
    Q_UNREACHABLE();
}

void Gateway::order(const StopTarget &target, ClearQueue clearQueue, const RequestId &id,
                    std::function<bool()> leaving, QObject *asker, Answer<int> answer)
{
    if (target.command == Command::EmptyQueue && !m_connection.canClearQueueAlone())
        return refuse(FailureKind::NotFound, id, asker, answer); // as the service would say; the contract has no such route
    HttpRequest request = requestFor(target, clearQueue);
    request.lane = Lane::Stop;
    request.id = id;
    request.leaving = std::move(leaving);
    ask<int>(request, asker, std::move(answer),
             [](const HttpAnswer &reply) { return Result<int>(reply.status); });
}

LaneWait Gateway::waitOf(Lane lane, bool isAsked) const
{
    return m_channel->budget().waitOf(lane, isAsked);
}

bool Gateway::hasPlace(Lane lane) const
{
    return m_channel->budget().hasPlace(lane);
}

int Gateway::placesLeft(Lane lane) const
{
    return m_channel->budget().placesLeft(lane);
}

Duration Gateway::waitForPolls(int polls) const
{
    const RequestBudget &budget = m_channel->budget();
    const int perMinute = budget.pollsPerMinute();
    const int beyond = polls - std::max(0, perMinute - budget.spentThisMinute());
    return budget.pollWait() + Duration(std::chrono::minutes(1)) * std::max(0, beyond) / std::max(1, perMinute);
}

const RateLimits &Gateway::limits() const
{
    return m_channel->budget().limits();
}

RequestUse Gateway::use() const
{
    const RequestBudget &budget = m_channel->budget();
    return {budget.spentThisMinute(), budget.perMinute(), budget.spentThisHour(), budget.perHour(),
            budget.waitOf(Lane::Stop).time, budget.isUsedElsewhere(), budget.waitOf(Lane::Poll, true).time,
            budget.pollsPerHour()};
}

QList<MinuteCount> Gateway::lastHour() const
{
    return m_channel->budget().lastHour();
}

SendForecast Gateway::whenSent(int stops, Duration answer, int readAlone) const
{
    return m_channel->budget().whenSent(stops, answer / RequestBudget::inFlight, readAlone);
}

std::shared_ptr<void> Gateway::holdPolls()
{
    return m_channel->budget().holdPolls();
}

void Gateway::whenBudgetChanged(QObject *context, const std::function<void()> &call) const
{
    QObject::connect(&m_channel->budget(), &RequestBudget::changed, context, call);
}

void Gateway::prewarm()
{
    m_channel->prewarm();
}

void Gateway::whenRenewed(QObject *context, const std::function<void()> &call) const
{
    QObject::connect(m_channel.get(), &HttpChannel::renewed, context, call);
}

Duration Gateway::serviceAhead() const
{
    return m_channel->serviceAhead();
}
