#pragma once

#include "app/types/ids.h"

/// An agent of the list. The id is empty where the service gave null: such a row is shown, but cannot be opened.
struct Agent {
    AgentId id;
    QString name;
    QString status; ///< the service's word: DRAFT, ACTIVE, INACTIVE or another

    bool operator==(const Agent &) const = default;
};
