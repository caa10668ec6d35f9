#pragma once

#include "app/types/connection.h"
#include "app/types/stop.h"

/// One decision as the journal has it: who, when, through which connection, and the newest step. Of the connection only
/// id, name, address, routes, kind of credential and environment are kept; of the report no text of a message and
/// nothing of a failure but its status.
struct JournalEntry {
    StopReport report; ///< `intent` numbers the entry
    Connection connection;
    QString confirmedBy; ///< which read confirmed the newest step, when, and what it said; English, as it is in the file

    bool operator==(const JournalEntry &) const = default;
};

/// What is to be shown of the journal. Empty parts let everything through.
struct JournalFilter {
    QDateTime from; ///< of the decision, UTC
    QDateTime to;   ///< the moment after the last one, UTC
    QString person; ///< part of the operator's name
    QString agent;  ///< part of the agent's name or id
    QList<StopState> outcomes;
    BatchId batch;  ///< one decision about several
    QString text;   ///< in title, ids, reason or connection, whatever the case

    bool operator==(const JournalFilter &) const = default;
};
