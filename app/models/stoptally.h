#pragma once

#include "app/types/outcomegroup.h"

#include <array>
#include <map>

/// How many stops have come to which outcome, counted as they change: no look at it depends on how many there are.
class StopTally {
public:
    void count(const StopReport &report, int step); ///< 1 more of these, or -1

    int total() const { return m_total; }
    int of(OutcomeGroup group) const { return m_groups[size_t(group)]; }
    int unsent() const { return m_unsent; }       ///< in line
    int undecided() const { return m_undecided; } ///< the answer or its first checks are awaited
    int retryable() const { return m_retryable; }
    bool isOfConversations() const { return m_conversations == m_total; } ///< nothing but stops of whole ones

    QString summary() const;  ///< "1 refused · 2 stopped · 3 in line", failures first; empty without stops
    QString underWay() const; ///< "1 sending · 3 in line": what has no answer yet

private:
    struct Named { ///< outcomes that bear the same words count together
        StopState state;
        Command command;
        auto operator<=>(const Named &) const = default;
    };

    QStringList texts(StopState state) const;

    int m_total = 0;
    int m_unsent = 0;
    int m_undecided = 0;
    int m_retryable = 0;
    int m_conversations = 0;
    int m_startedAgain = 0;
    std::array<int, size_t(OutcomeGroup::UnderWay) + 1> m_groups{};
    std::map<Named, int> m_counts;
};
