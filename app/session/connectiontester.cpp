#include "app/session/connectiontester.h"

#include "app/credentials/tokenend.h"
#include "app/gateway/proxylookup.h"
#include "app/session/servicelink.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

/// Why what a person asks to be read cannot leave now.
std::optional<Failure> whyReadWaits(Gateway &gateway)
{
    const LaneWait wait = gateway.waitOf(Lane::Poll, true);
    if (wait.time <= ServiceLink::readPatience)
        return std::nullopt;
    const auto kind = wait.reason == WaitReason::PlanLimit ? FailureKind::PlanLimit : FailureKind::TooMany;
    return Failure{kind, Reached::NeverLeft, 0, wait.time, {}, {}, {}};
}

/// Reads the run state of one that is listed; a sub-task has none of its own.
void testRoutes(Gateway &gateway, const QList<Conversation> &listed, QObject *asker, const Answer<Done> &answer)
{
    const auto one = std::ranges::find_if(listed, [](const Conversation &row) {
        return !row.isSubTask() && !row.agent.isEmpty();
    });
    if (one == listed.end())
        return answer(Done{});
    gateway.runState(one->agent, one->id, Lane::Poll, asker, [answer](const Result<RunState> &read) {
        if (read)
            return answer(Done{});
        constexpr int wrongVerb = 405;
        Failure failure = read.error();
        if (failure.kind == FailureKind::NotFound || failure.status == wrongVerb)
            failure.fields = {{{u"routes"_s},
                               QCoreApplication::translate(
                                   "ConnectionTester", "A conversation is listed, but its live state is not found on "
                                                       "these routes. Choose the other ones."),
                               u"test"_s}};
        answer(tl::unexpected(failure));
    });
}

}

ConnectionTester::ConnectionTester(Budgets &budgets, Clock &clock, const Network &network)
    : m_budgets(budgets), m_clock(clock), m_network(network)
{
}

void ConnectionTester::test(const Connection &connection, const Secret &secret, QObject *asker,
                            Answer<ConnectionTest> tell)
{
    const Gateway tried(connection, secret, m_budgets.budgetToTry(connection, secret), m_clock, m_network);
    const auto gateway = std::make_shared<Gateway>(tried.forPerson());
    const auto answer = [this, gateway, tell = std::move(tell),
                         end = tokenEndOf(connection, secret)](const Result<ConnectionTest> &seen) {
        m_tokenEnd = fromService(end, gateway->serviceAhead());
        tell(seen);
    };
    if (const auto why = whyReadWaits(*gateway)) {
        QMetaObject::invokeMethod(asker, [answer, why = *why] { answer(tl::unexpected(why)); }, Qt::QueuedConnection);
        return;
    }
    gateway->agents(1, 1, asker, [gateway, asker, answer](const Result<Page<Agent>> &agents) {
        if (const auto why = agents ? whyReadWaits(*gateway) : agents.error())
            return answer(tl::unexpected(*why));
        gateway->conversations({}, asker, [=, seen = ConnectionTest{agents->total}](const Result<Page<Conversation>> &page) {
            if (const auto why = page ? whyReadWaits(*gateway) : page.error())
                return answer(tl::unexpected(*why));
            testRoutes(*gateway, page->rows, asker, [answer, seen](const Result<Done> &tested) {
                answer(tested.map([seen](Done) { return seen; }));
            });
        });
    });
}

void ConnectionTester::findProxy(const QUrl &address, QObject *asker,
                                 const std::function<void(const QString &proxy)> &answer)
{
    auto *lookup = new ProxyLookup(address, m_network.proxies, m_clock);
    lookup->setParent(asker);
    lookup->whenKnown(asker, [lookup, answer] {
        lookup->deleteLater();
        answer(lookup->way().isProxied() ? lookup->way().name() : QString());
    });
}
