#include "tests/app/stopping/stopplan.h"

#include <algorithm>
#include <ostream>

namespace {

rc::Gen<Told> anyRead()
{
    return rc::gen::exec([] {
        Told told;
        told.heard = *rc::gen::weightedElement<Heard>({{6, Heard::There},
                                                       {6, Heard::Gone},
                                                       {2, Heard::Fails},
                                                       {1, Heard::Lost},
                                                       {1, Heard::Unreadable},
                                                       {1, Heard::Hangs}});
        told.waiting = *rc::gen::inRange(0, 3);
        told.child = *rc::gen::weightedElement<bool>({{9, false}, {1, true}});
        told.delay = *rc::gen::element(0, 20, 300, 1500, 5000);
        return told;
    });
}

void addFate(TargetPlan &plan)
{
    const std::pair<Fate, int> fate = *rc::gen::weightedElement<std::pair<Fate, int>>({{8, {Fate::Accepted, 200}},
                                                                                       {1, {Fate::Accepted, 204}},
                                                                                       {1, {Fate::Refused, 307}},
                                                                                       {1, {Fate::Refused, 401}},
                                                                                       {1, {Fate::Refused, 404}},
                                                                                       {1, {Fate::Refused, 410}},
                                                                                       {1, {Fate::Refused, 422}},
                                                                                       {1, {Fate::Refused, 429}},
                                                                                       {1, {Fate::Fails, 408}},
                                                                                       {1, {Fate::Fails, 500}},
                                                                                       {1, {Fate::Fails, 503}},
                                                                                       {2, {Fate::Lost, 0}},
                                                                                       {2, {Fate::Cut, 200}},
                                                                                       {1, {Fate::Hangs, 0}},
                                                                                       {1, {Fate::NoConnection, 0}}});
    plan.fate = fate.first;
    plan.status = fate.second;
    plan.delay = *rc::gen::element(0, 10, 700, 4000, 15000);
}

rc::Gen<TargetPlan> anyTarget()
{
    return rc::gen::exec([] {
        TargetPlan plan;
        plan.command = *rc::gen::weightedElement<Command>({{5, Command::StopConversation},
                                                           {1, Command::StopSubTask},
                                                           {1, Command::EmptyQueue},
                                                           {1, Command::DiscardMessage}});
        plan.ranBefore = *rc::gen::element<std::optional<bool>>(true, true, true, false, std::nullopt);
        plan.messages = *rc::gen::inRange(0, 3);
        plan.clear = *rc::gen::arbitrary<bool>();
        addFate(plan);
        plan.reads = *rc::gen::container<std::vector<Told>>(*rc::gen::inRange(0, 9), anyRead());
        plan.end.heard = *rc::gen::element(Heard::There, Heard::Gone);
        plan.end.waiting = *rc::gen::inRange(0, 3);
        plan.record = *rc::gen::element(RecordFate::Found, RecordFate::Missing, RecordFate::Fails);
        plan.childReads = *rc::gen::weightedElement<int>({{4, 0}, {1, 1}, {1, 3}});
        const auto sometimes = rc::gen::weightedElement<int>({{6, -1}, {1, 5}, {1, 800}, {1, 9000}, {1, 45000}});
        plan.checkAt = *sometimes;
        plan.dismissAt = *sometimes;
        plan.againAt = *sometimes;
        return plan;
    });
}

/// The journal keeps no ids of messages: after a new start, newer ones cannot be told from those that were to go.
void leaveNoNewerMessages(TargetPlan &plan)
{
    if (plan.command != Command::EmptyQueue)
        return;
    plan.reads.push_back(plan.end);
    for (Told &told : plan.reads)
        told.waiting = told.heard == Heard::Gone ? 0 : told.waiting;
    plan.end = plan.reads.back();
}

}

rc::Gen<Plan> anyPlan()
{
    return rc::gen::exec([] {
        Plan plan;
        plan.targets = *rc::gen::container<std::vector<TargetPlan>>(*rc::gen::inRange(1, 7), anyTarget());
        plan.cancelAt = *rc::gen::weightedElement<int>({{6, -1}, {1, 0}, {1, 15}, {1, 2500}});
        plan.crashAt = *rc::gen::weightedElement<int>({{4, -1}, {1, 5}, {1, 700}, {1, 3500}, {1, 12000}, {1, 70000}});
        if (plan.crashAt >= 0)
            std::ranges::for_each(plan.targets, leaveNoNewerMessages);
        plan.perMinute = *rc::gen::element(100, 20);
        return plan;
    });
}

std::ostream &operator<<(std::ostream &out, const Plan &plan)
{
    out << "cancel at " << plan.cancelAt << " ms, crash at " << plan.crashAt << " ms, " << plan.perMinute
        << " a minute\n";
    for (const TargetPlan &target : plan.targets) {
        out << "  command " << int(target.command) << ", ran "
            << (target.ranBefore ? *target.ranBefore ? "yes" : "no" : "not read") << ", " << target.messages
            << " waited, clear " << target.clear << ", fate " << int(target.fate) << ' ' << target.status << " after "
            << target.delay << " ms, record " << int(target.record) << ", children " << target.childReads << ", check "
            << target.checkAt << ", dismiss " << target.dismissAt << ", again " << target.againAt << "; reads";
        for (const Told &told : target.reads)
            out << ' ' << int(told.heard) << '/' << told.waiting << '/' << told.child << '@' << told.delay;
        out << ", then " << int(target.end.heard) << '/' << target.end.waiting << '\n';
    }
    return out;
}
