#include "app/types/runstate.h"

RunState runStateOf(const Record &record, const QDateTime &readAt)
{
    RunState state;
    state.conversation = record.id;
    state.isRunning = !hasEnded(record.state);
    state.stateWord = record.stateWord;
    state.readAt = readAt;
    return state;
}
