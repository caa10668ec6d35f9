#pragma once

#include "app/types/stop.h"

#include <rapidcheck.h>

/// What becomes of a command on its way.
enum class Fate { Accepted, Refused, Fails, Lost, Cut, Hangs, NoConnection };
/// What a read says of the thing that the command is aimed at, or why it says nothing.
enum class Heard { There, Gone, Fails, Lost, Unreadable, Hangs };
enum class RecordFate { Found, Missing, Fails };

struct Told {
    Heard heard = Heard::Gone;
    int waiting = 0;
    bool child = false; ///< run-state names a sub-task at work
    int delay = 0; ///< ms
};

struct TargetPlan {
    Command command = Command::StopConversation;
    std::optional<bool> ranBefore;
    int messages = 0; ///< that waited when the question was asked
    bool clear = false;
    Fate fate = Fate::Accepted;
    int status = 200;
    int delay = 0;
    std::vector<Told> reads; ///< one after another, and from then on
    Told end;
    RecordFate record = RecordFate::Found;
    int childReads = 0; ///< so many lists of sub-tasks say that one runs
    int checkAt = -1; ///< ms from the start; -1: never
    int dismissAt = -1;
    int againAt = -1;
};

struct Plan {
    std::vector<TargetPlan> targets;
    int cancelAt = -1;
    int crashAt = -1; ///< the program ends and starts again
    int perMinute = 100;
};

std::ostream &operator<<(std::ostream &out, const Plan &plan);

/// One to six targets with whatever can happen to them.
rc::Gen<Plan> anyPlan();
