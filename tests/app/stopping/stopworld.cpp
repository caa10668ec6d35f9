#include "tests/app/stopping/stopworld.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Duration longEnough = 40min;

QByteArray id(size_t index)
{
    return "c" + QByteArray::number(qulonglong(index));
}

StopTarget targetOf(const TargetPlan &plan, size_t index)
{
    StopTarget target;
    target.agent = {u"a1"_s};
    target.conversation = {QString::fromLatin1(id(index))};
    target.connection = {u"acme"_s};
    target.command = plan.command;
    target.ranBefore = plan.ranBefore;
    target.message.id = {u"m1"_s};
    return target;
}

/// "queue_depth" and messages `first` to `last`.
QByteArray queueOf(int first, int last)
{
    QByteArrayList messages;
    for (int number = first; number <= last; ++number)
        messages.append(R"({"id":"m)" + QByteArray::number(number) + "\"}");
    return R"("queue_depth":)" + QByteArray::number(messages.size()) + R"(,"queued_messages":[)" + messages.join(',')
        + ']';
}

/// The numbers of the messages that wait. What waits is m1, m2, … without those at the front that the command took.
QByteArray queue(const TargetPlan &plan, const Told &told)
{
    const bool ofMessages = plan.command == Command::EmptyQueue || plan.command == Command::DiscardMessage;
    const bool there = told.heard == Heard::There;
    int first = 1;
    int last = told.waiting;
    if (ofMessages && there)
        last = std::max(1, last);
    else if (plan.command == Command::DiscardMessage)
        first = 2;
    else if (plan.command == Command::EmptyQueue)
        last = plan.messages > 0 ? last + plan.messages : 0, first = plan.messages + 1;
    return queueOf(first, last);
}

FakeAnswer answerOf(const TargetPlan &plan, const Told &told)
{
    switch (told.heard) {
    case Heard::There:
    case Heard::Gone: break;
    case Heard::Fails: return FakeAnswer::with(503);
    case Heard::Lost: return FakeAnswer::lost();
    case Heard::Unreadable: return FakeAnswer::with(200, R"({"is_running":"no"})");
    case Heard::Hangs: return FakeAnswer::hangs();
    }
    const bool there = told.heard == Heard::There;
    if (plan.command == Command::StopSubTask)
        return FakeAnswer::with(
            200, R"({"id":"c","agent_id":"a1","status":")" + QByteArray(there ? "executing" : "stopped") + "\"}");
    const bool running = there || plan.command != Command::StopConversation;
    return FakeAnswer::with(200,
                            R"({"conversation_id":"c","is_running":)" + QByteArray(running ? "true" : "false")
                                + R"(,"active_child_id":")" + (told.child ? "k1" : "") + "\"," + queue(plan, told)
                                + '}');
}

FakeAnswer answerOf(const TargetPlan &plan)
{
    FakeAnswer answer = FakeAnswer::with(plan.status);
    if (plan.fate == Fate::Lost)
        answer = FakeAnswer::lost();
    else if (plan.fate == Fate::NoConnection)
        answer = FakeAnswer::refusedConnection();
    else if (plan.fate == Fate::Cut)
        answer.error = QNetworkReply::RemoteHostClosedError;
    return answer;
}

}

StopWorld::StopWorld(const Plan &plan)
    : m_plan(plan)
    , m_world(RateLimits{plan.perMinute, 1000})
    , m_witnesses(plan.targets.size())
    , m_readsGiven(plan.targets.size())
    , m_listsGiven(plan.targets.size())
{
    m_world.network.serveWithBodies({});
    m_world.network.always("/v1/", FakeAnswer::hangs()); // what is said, and when, is said by `serve`
    m_world.told = [this](const StopReport &report) { note(report); };
}

void StopWorld::play()
{
    for (size_t index = 0; index < m_plan.targets.size(); ++index)
        decide(index);
    planActions();
    settle();
    while (const auto wait = m_world.clock.untilNext()) {
        if (m_world.clock.monotonic() + *wait > longEnough)
            break;
        m_world.clock.advance(*wait);
        settle();
    }
}

void StopWorld::decide(size_t index)
{
    const TargetPlan &plan = m_plan.targets[index];
    if (plan.fate == Fate::NoConnection) {
        FakeAnswer unread = FakeAnswer::hangs();
        unread.takesBody = false;
        m_world.network.always("/conversations/" + id(index) + "/stop", unread);
    }
    StopTarget target = targetOf(plan, index);
    if (plan.messages > 0 && !m_before.contains(index))
        return readBefore(target, index);
    target.before = m_before.value(index);
    if (plan.messages == 0 || target.before)
        m_world.stop({target}, plan.clear ? ClearQueue::Yes : ClearQueue::No);
}

/// As the question does.
void StopWorld::readBefore(const StopTarget &target, size_t index)
{
    m_before.insert(index, std::nullopt);
    m_world.gateway->runState(target.agent, target.conversation, Lane::Check, this,
                              [this, index](const Result<RunState> &read) {
                                  m_before.insert(index, *read);
                                  decide(index);
                              });
}

void StopWorld::planActions()
{
    const auto at = [this](int milliseconds, const std::function<void()> &act) {
        if (milliseconds >= 0)
            m_world.clock.after(Duration(milliseconds), this, act);
    };
    at(m_plan.cancelAt, [this] { m_world.batch->cancelUnsent(); });
    at(m_plan.crashAt, [this] { m_world.restart(); });
    for (size_t index = 0; index < m_plan.targets.size(); ++index) {
        const TargetPlan &plan = m_plan.targets[index];
        const auto with = [this, index](void (Stop::*act)()) {
            if (Stop *stop = stopOf(index))
                (stop->*act)();
        };
        at(plan.checkAt, [with] { with(&Stop::checkNow); });
        at(plan.dismissAt, [with] { with(&Stop::dismiss); });
        at(plan.againAt, [this, index] { decide(index); });
    }
}

/// The first that this program knows.
Stop *StopWorld::stopOf(size_t index) const
{
    for (qint64 number = 1; Stop *stop = m_world.batch->find(number); ++number) {
        if (indexOf(stop->report()) == index)
            return stop;
    }
    return nullptr;
}

/// Lets all that is under way arrive, without time passing.
void StopWorld::settle()
{
    do {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        while (m_served < m_world.network.asked().size())
            serve(m_world.network.asked().at(m_served++));
    } while (m_world.clock.untilNext() == 0ms && (m_world.clock.advance(0ms), true));
}

void StopWorld::serve(const FakeNetwork::Asked &asked)
{
    static const QRegularExpression number(u"[/=]c(\\d)"_s);
    const QString line = QString::fromLatin1(asked.line);
    const size_t index = number.match(line).captured(1).toUInt();
    if (!asked.line.startsWith("GET "))
        serveCommand(index, asked);
    else if (line.contains(u"parent_task_id"_s))
        serveChildren(index, asked);
    else if (line.endsWith(u"/run-state"_s) || m_plan.targets[index].command == Command::StopSubTask)
        serveRead(index, asked);
    else
        serveRecord(index, asked);
}

void StopWorld::serveCommand(size_t index, const FakeNetwork::Asked &asked)
{
    const TargetPlan &plan = m_plan.targets[index];
    Witness &witness = m_witnesses[index];
    const QByteArray request = asked.request.rawHeader("X-Request-ID");
    ++witness.commands[request];
    if (plan.fate == Fate::Hangs)
        return;
    answerIn(plan.delay, asked, answerOf(plan), [&plan, &witness, request] {
        if (plan.fate == Fate::Accepted || plan.fate == Fate::Refused || plan.fate == Fate::Fails)
            witness.answers.insert(request, plan.status);
        else if (plan.fate == Fate::NoConnection)
            witness.answers.insert(request, 0);
    });
}

void StopWorld::serveRead(size_t index, const FakeNetwork::Asked &asked)
{
    const TargetPlan &plan = m_plan.targets[index];
    if (plan.messages > 0 && !m_before.value(index)) {
        const QByteArray body = R"({"conversation_id":"c","is_running":true,)" + queueOf(1, plan.messages) + '}';
        FakeNetwork::answer(asked, FakeAnswer::with(200, body));
        return;
    }
    const size_t number = m_readsGiven[index]++;
    const Told told = number < plan.reads.size() ? plan.reads[number] : plan.end;
    if (told.heard != Heard::Hangs)
        answerIn(told.delay, asked, answerOf(plan, told), [this, index, told] { hear(index, told); });
}

void StopWorld::hear(size_t index, const Told &told)
{
    if (told.heard != Heard::There && told.heard != Heard::Gone)
        return;
    const TargetPlan &plan = m_plan.targets[index];
    m_witnesses[index].reads.append(
        {m_world.clock.now(), told.heard == Heard::There, told.waiting, told.child, told.waiting < plan.messages});
}

void StopWorld::serveRecord(size_t index, const FakeNetwork::Asked &asked)
{
    Witness &witness = m_witnesses[index];
    switch (m_plan.targets[index].record) {
    case RecordFate::Found:
        return answerIn(0, asked, FakeAnswer::with(200, R"({"id":"c","agent_id":"a1"})"),
                        [&witness] { witness.recordFound = true; });
    case RecordFate::Missing:
        return answerIn(0, asked, FakeAnswer::with(404), [&witness] { witness.recordMissing = true; });
    case RecordFate::Fails: return answerIn(0, asked, FakeAnswer::with(503), [] {});
    }
}

void StopWorld::serveChildren(size_t index, const FakeNetwork::Asked &asked)
{
    const bool runs = m_listsGiven[index]++ < m_plan.targets[index].childReads;
    const QByteArray row =
        R"({"id":"k2","agent_id":"a1","parent_task_id":")" + id(index) + R"(","status":"executing"})";
    answerIn(0, asked,
             FakeAnswer::with(200, R"({"items":[)" + (runs ? row : QByteArray()) + R"(],"page":1,"total_pages":1})"),
             [this, index, runs] { m_witnesses[index].childListed = m_witnesses[index].childListed || runs; });
}

/// `told` is noted before anybody hears it. What was given up meanwhile is not answered any more.
void StopWorld::answerIn(int delay, const FakeNetwork::Asked &asked, const FakeAnswer &answer,
                         const std::function<void()> &told)
{
    m_world.clock.after(Duration(delay), this, [asked, answer, told] {
        if (FakeNetwork::answer(asked, answer))
            told();
    });
}

size_t StopWorld::indexOf(const StopReport &report)
{
    return report.target.conversation.value.mid(1).toUInt();
}

void StopWorld::note(const StopReport &report)
{
    if (report.intent == 0)
        return; // about to leave: it is written together with "sent"
    const StopReport before = m_reports.value(report.intent);
    m_reports.insert(report.intent, report);
    Q_EMIT changed(before, report);
}
