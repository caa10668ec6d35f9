#pragma once

#include "app/models/conversationlistmodel.h"

/// What stands in the cells of a conversation's row, as facts and words. `now` is the model's time.
namespace cells {

/// Whether the State column shows our stop rather than the service's state: while the stop is open, and afterwards
/// until a later read says that the conversation is live: its own state, or a list more than 30 s after the outcome. What
/// started again shows that until a read as much later says that it has ended.
bool showsStop(const ConversationRow &row);

/// Whether our stop has ended it, and no newer read says that it runs.
bool isProvenOver(const ConversationRow &row);

/// Whether nothing runs any more, by the list or by our own proof.
bool isOver(const ConversationRow &row);

QString columnTitle(int column);
QString text(const ConversationRow &row, int column, const QString &agentName, const QDateTime &now);
QString state(const ConversationRow &row);
QString title(const ConversationRow &row);                          ///< a sub-task is marked
QString started(const ConversationRow &row, const QDateTime &now);  ///< "11:48", a date when not today, "–"
QString runningFor(const ConversationRow &row, const QDateTime &now); ///< "18 min 02 s", "seen for 4 min", "–"
bool isLong(const ConversationRow &row, const QDateTime &now);      ///< running for 30 min or longer
QString queue(const ConversationRow &row);
bool isSubTask(const ConversationRow &row);

QString toolTip(const ConversationRow &row, int column, const QString &agentName);
/// Of a column that is not sorted by its text. Does not change while time passes.
qint64 sortNumber(const ConversationRow &row, int column);

}
