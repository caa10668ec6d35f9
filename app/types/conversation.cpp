#include "app/types/conversation.h"

#include <QHash>

using namespace Qt::StringLiterals;

RowState rowStateOf(const QString &word, std::optional<bool> manuallyStopped)
{
    static const QHash<QString, RowState> states{
        {u"pending"_s, RowState::NotStarted},     {u"executing"_s, RowState::Running},
        {u"paused"_s, RowState::WaitingForPerson}, {u"completed"_s, RowState::Completed},
        {u"failed"_s, RowState::Failed},          {u"error"_s, RowState::Failed},
    };
    if (word == u"stopped") {
        if (!manuallyStopped)
            return RowState::Ended;
        return *manuallyStopped ? RowState::StoppedByPerson : RowState::EndedByService;
    }
    if (word.isEmpty())
        return RowState::NotRead;
    return states.value(word, RowState::Unknown);
}

RowState finerState(RowState before, const QString &wordBefore, RowState said, const QString &word)
{
    const bool isTold = before == RowState::StoppedByPerson || before == RowState::EndedByService;
    return isTold && said == RowState::Ended && word == wordBefore ? before : said;
}

bool isLive(RowState state)
{
    return state == RowState::NotStarted || state == RowState::Running || state == RowState::WaitingForPerson
        || state == RowState::Unknown;
}

bool hasEnded(RowState state)
{
    switch (state) {
    case RowState::Completed:
    case RowState::Failed:
    case RowState::StoppedByPerson:
    case RowState::EndedByService:
    case RowState::Ended:
        return true;
    case RowState::NotRead:
    case RowState::NotStarted:
    case RowState::Running:
    case RowState::WaitingForPerson:
    case RowState::Unknown:
    case RowState::NoLongerListed:
        return false;
    }
    return false;
}
