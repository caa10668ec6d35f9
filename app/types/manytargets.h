#pragma once

#include <QString>

/// How many messages wait for several conversations, as far as their queues were read.
struct WaitingSum {
    int messages = 0;
    int known = 0; ///< conversations whose queue was read
    int of = 0;    ///< all of them

    bool isWhole() const { return known == of; }
    bool operator==(const WaitingSum &) const = default;
};

/// How many of several targets are of one agent.
struct AgentShare {
    QString name;
    int targets = 0;

    bool operator==(const AgentShare &) const = default;
};
