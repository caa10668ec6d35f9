#pragma once

#include "app/stopping/stoptable.h"

/// What reads have said about one stop, all of them begun after the service's answer. Moments are the clock's that
/// never jumps.
struct Facts {
    enum class Newest { None, Failed, Itself, Lists };
    enum class RecordFate { NotRead, Found, Missing };

    Newest newest = Newest::None;       ///< the last read, and what it was of
    Duration readAfter{0};              ///< how long after the answer it began
    std::optional<RunState> itself;     ///< the newest run state, of a sub-task the record
    bool idleBefore = false;            ///< an earlier read of itself said that nothing runs
    bool waitedWhenIdle = false;        ///< messages waited when nothing ran
    RecordFate record = RecordFate::NotRead;

    bool isListed = false;              ///< the newest whole reading of all live lists has it
    bool wasListed = false;             ///< some live list had it, when it was shown or since
    bool changedState = false;          ///< a list had it in another state than when it was shown
    std::optional<Duration> absentSince; ///< begin of the first of the whole readings in a row that lack it
    Duration absentUntil{0};             ///< begin of the newest of them

    std::optional<Duration> stoppedFor; ///< how long before the newest read it was first seen to have stopped
    std::optional<QList<Conversation>> subTasks; ///< those that run on; unset: not known
};

/// "Still running" and "Unconfirmed" are said only of a read that began so long after the answer.
inline constexpr Duration timeUp = std::chrono::seconds(30);
/// After it was seen to have stopped: what waited starts within this time, whatever comes later has started again.
inline constexpr Duration followUp = std::chrono::seconds(10);
/// Between two whole readings of the live lists that lack a conversation, before they prove anything.
inline constexpr Duration betweenAbsences = std::chrono::seconds(2);

/// Whether being on no live list can say that it has stopped: the stop was accepted, it was on a list before and never
/// on another one, and no question is open that only its run state answers (its queue, a sub-task, a single message).
bool canListsProve(const StopReport &report, const Facts &facts);

/// The one place that decides what counts as stopped, for one and for many, after a restart and in a retry. Nothing
/// while the facts prove nothing, and not again what the state says already. One read may prove several steps: to be
/// asked again after each.
std::optional<StopEvent> verdict(const StopReport &report, const Facts &facts);
