#include "tests/app/session/pollday.h"

#include "tests/app/session/mostwithin.h"

#include <QCoreApplication>
#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int perPage = 50;

Connection simulated()
{
    Connection connection;
    connection.id = {u"simulated"_s};
    connection.address = QUrl(u"https://simulated.test"_s);
    return connection;
}

}

LimitedService::LimitedService(FakeClock &clock, int conversations, std::mt19937 &random)
    : m_clock(clock)
    , m_random(random)
{
    for (int i = 0; i < conversations; ++i)
        m_ids.append("c" + QByteArray::number(m_nextId++));
}

void LimitedService::churn(int changes)
{
    for (int i = 0; i < changes && !m_ids.isEmpty(); ++i) {
        m_ids.removeAt(qsizetype(m_random() % unsigned(m_ids.size())));
        m_ids.insert(qsizetype(m_random() % unsigned(m_ids.size() + 1)), "c" + QByteArray::number(m_nextId++));
    }
}

int LimitedService::within(Duration span) const
{
    const Duration from = m_clock.monotonic() - span;
    const auto counts = [from](Duration at) { return at > from; };
    return int(std::ranges::count_if(m_received, counts) + std::ranges::count_if(m_stops, counts));
}

int LimitedService::most(Duration span) const
{
    QList<Duration> all = m_received + m_stops;
    std::ranges::sort(all);
    return mostWithin(all, span);
}

int LimitedService::mostPolls(Duration span) const
{
    return mostWithin(m_received, span);
}

FakeAnswer LimitedService::answer(const QByteArray &line)
{
    const bool tooMany = within(1min) >= perMinute || within(1h) >= perHour;
    m_received.append(m_clock.monotonic());
    m_refused += tooMany;
    if (tooMany)
        return FakeAnswer::with(429, R"({"detail":"Too many requests"})");
    if (line.contains("/run-state"))
        return FakeAnswer::with(200, R"({"conversation_id":"c0","is_running":true,"queue_depth":1})");
    if (line.contains("status=executing"))
        return listPage(line);
    if (line.startsWith("GET /v1/tasks/"))
        return FakeAnswer::with(200, R"({"id":"c0","agent_id":"a1","status":"executing"})");
    return FakeAnswer::with(200, R"({"items":[],"page":1,"total_pages":1,"total":0})");
}

FakeAnswer LimitedService::listPage(const QByteArray &line) const
{
    const int page = QUrlQuery(QString::fromLatin1(line.mid(line.indexOf('?') + 1))).queryItemValue(u"page"_s).toInt();
    QByteArrayList rows;
    for (const QByteArray &id : m_ids.mid((page - 1) * perPage, perPage))
        rows.append(R"({"agent_id":"a1","status":"executing","title":"T","id":")" + id + "\"}");
    const qsizetype pages = std::max<qsizetype>(1, (m_ids.size() + perPage - 1) / perPage);
    return FakeAnswer::with(200, R"({"items":[)" + rows.join(',') + R"(],"page":)" + QByteArray::number(page)
                                + R"(,"total_pages":)" + QByteArray::number(pages) + R"(,"total":)"
                                + QByteArray::number(m_ids.size()) + '}');
}

PollDay::PollDay(int conversations, unsigned seed)
    : m_random(seed)
    , m_service(m_clock, conversations, m_random)
    , m_budget(std::make_shared<RequestBudget>(LimitedService::perMinute, LimitedService::perHour, m_clock))
{
    m_clock.setRandom([this] { return std::uniform_real_distribution<double>(0, 1)(m_random); });
    m_network.serve([this](const QByteArray &line) { return m_service.answer(line); });
    auto channel = std::make_shared<HttpChannel>(simulated(), Secret::fromStored("key"), m_budget, m_clock,
                                                 m_network.factory());
    m_gateway = std::make_shared<Gateway>(simulated(), channel);
    m_poller = std::make_unique<Poller>(m_gateway, m_clock, nullptr);
    QObject::connect(m_poller.get(), &Poller::runStateRead, &m_asker, [this](const RunState &state) {
        if (state.conversation == ConversationId{u"c0"_s})
            m_chosenReadAt = m_clock.now();
    });
    QObject::connect(m_poller.get(), &Poller::listEnded, &m_asker, [this](const QString &word) {
        if (word == u"executing")
            m_figures.requestsPerPass.append(std::exchange(m_pagesThisPass, 0));
    });
    QObject::connect(m_poller.get(), &Poller::pageRead, &m_asker, [this](const QList<Conversation> &rows) {
        m_pagesThisPass += !rows.isEmpty();
    });
    QObject::connect(m_poller.get(), &Poller::spare, &m_asker, [this](int reads) {
        for (int i = 1; i <= std::min(reads, 20); ++i)
            m_poller->readRunState({u"a1"_s}, {u"c%1"_s.arg(i)});
    });
}

PollDay::Figures PollDay::run(int hours, const std::function<bool(int hour)> &looks)
{
    m_poller->start();
    turn();
    look(looks(0));
    for (int second = 0; second < hours * 3600; ++second) {
        if (second % 3600 == 0)
            look(looks(second / 3600 % 24));
        if (m_looks && second % 30 == 0) // somebody uses it
            m_poller->attend({true, true, m_clock.now()});
        if (second % 60 == 0)
            m_service.churn(3);
        if (m_random() % 1200 == 0)
            stopNow();
        passSecond();
        if (m_looks)
            measure();
    }
    m_figures.requests = m_service.received();
    m_figures.refused = m_service.refused();
    m_figures.mostPerMinute = m_service.most(1min);
    m_figures.mostPerHour = m_service.most(1h);
    m_figures.mostPollsPerMinute = m_service.mostPolls(1min);
    m_figures.mostPollsPerHour = m_service.mostPolls(1h);
    return m_figures;
}

/// By hand, since a day has 86,400 of them: waiting, as other tests do, would make it an hour's test.
void PollDay::turn()
{
    for (int i = 0; i < 6; ++i)
        QCoreApplication::processEvents();
}

void PollDay::passSecond()
{
    const Duration end = m_clock.monotonic() + 1s;
    while (m_clock.monotonic() < end) {
        const Duration step = std::min(m_clock.untilNext().value_or(1s), Duration(end - m_clock.monotonic()));
        m_clock.advance(std::max(step, 1ms));
        turn();
    }
}

void PollDay::look(bool looks)
{
    m_looks = looks;
    m_poller->attend(looks ? Attention{true, true, m_clock.now()} : Attention{false, true, m_clock.now()});
    m_poller->choose({u"a1"_s}, looks ? ConversationId{u"c0"_s} : ConversationId());
}

void PollDay::stopNow()
{
    const Duration asked = m_clock.monotonic();
    m_budget->ask(Lane::Stop, &m_asker, [this, asked] {
        m_service.countStop();
        m_figures.stopWaits.append(double((m_clock.monotonic() - asked).count()));
        m_budget->arrived(Lane::Stop);
    });
}

void PollDay::measure()
{
    const auto age = [this](const QDateTime &at) { return double(at.msecsTo(m_clock.now())) / 1000; };
    const Freshness &freshness = m_poller->freshness();
    if (m_chosenReadAt.isValid())
        m_figures.chosenAges.append(age(m_chosenReadAt));
    if (freshness.readAt.isValid())
        m_figures.listAges.append(age(freshness.readAt));
    if (freshness.wholeAt.isValid())
        m_figures.oldestRows.append(age(freshness.wholeAt));
}
