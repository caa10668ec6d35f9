#pragma once

#include "app/types/connection.h"
#include "app/types/outcomegroup.h"

/// The words for a decision about several targets, for panel, ticket and screen reader alike. Plain text.
namespace words {

QString outcomeGroup(OutcomeGroup group);                   ///< "Refused", "Under way"
QString batchSize(int size, bool ofConversations);          ///< "12 conversations", else "12 stops"
QString batchName(const QDateTime &askedAt, const QString &size); ///< "Batch 12:04:10, 12 conversations"
QString about(Duration duration);                           ///< "about 3 s", "about 2 min 20 s"
QString halted(const Failure &failure, int notSent);        ///< "halted: this key was refused; 14 not sent"
QString batchEnd(const QString &size, const QString &summary); ///< "12 conversations: 1 refused, 11 stopped"
QString leftOut(int count);                                 ///< of a decision, because another stop is under way
QString unsentWarning(int unsent);                          ///< what closing the window would mean

/// What a batch's ticket is made of. `summary` counts all of them.
struct BatchTicket {
    QString size;
    QString summary;
    Connection connection; ///< without an id: several
    QList<StopReport> reports;
};
QString batchTicket(const BatchTicket &batch);              ///< for the clipboard: totals, then the first hundred
QString batchText(const QList<StopReport> &reports);        ///< a line for each

}
