#pragma once

#include "app/journal/journal.h"
#include "app/stopping/runningsweep.h"

#include <deque>

class Stop;

/// Finds out what became of the stops of a batch, for all at once: the list of what runs is read whole, and a
/// conversation that is no longer on a list begun `settling` after the service's answer has stopped. While the batch
/// sends, a reading has to be earned, one page by `stopsPerRead` stops, and is made in a gap between them. Afterwards
/// it reads at its own pace until all is known, and two minutes more for what starts again. The few that are left over,
/// and those that stay listed, are read one by one.
class BatchProof final : public QObject {
    Q_OBJECT

public:
    /// `agent`: of all its stops; empty when there are several. `listed`: how many of them are on the list.
    BatchProof(std::shared_ptr<Gateway> gateway, const AgentId &agent, int listed, Journal &journal, Clock &clock,
               QObject *parent);

    /// Whether the list can prove it: it was on it, and nothing is asked that only run-state tells.
    static bool canProve(const StopReport &report);

    void earn();          ///< a stop has left
    void add(Stop *stop); ///< it was accepted just now
    /// Pages of a reading that is due although stops wait to be sent; 0: none is.
    int pagesDue() const;
    /// While stops wait: waits for the list to settle, reads it, and tells `gapEnded`. A page that hangs ends it.
    void readInGap();
    bool isInGap() const { return m_isInGap; }
    /// Nothing waits to be sent any more.
    void goOn();

    static constexpr Duration settling = std::chrono::seconds(2); ///< lists come from another store and lag
    static constexpr Duration patience = std::chrono::seconds(3); ///< with one page, while stops wait
    static constexpr Duration doubtful = std::chrono::seconds(8); ///< still listed so long after the answer
    static constexpr Duration givenUp = std::chrono::seconds(90); ///< after the last answer, without any proof
    static constexpr int few = 3;
    static constexpr int fewPages = 3;       ///< of a list that is short enough to be read often
    static constexpr int mostDisturbed = 3;  ///< in a row
    static constexpr int judgedAtOnce = 10;  ///< in one turn of the event loop
    static constexpr int readAtOnce = 20;    ///< one by one, after one list

Q_SIGNALS:
    void gapEnded();
    void journalFailed(const Failure &failure); ///< what was found out could not be written
    void pageRead(const QList<Conversation> &rows);
    /// No list of this agent (of all, if empty) has named what is not on it since then.
    void listEnded(const AgentId &agent, const QDateTime &since);

private:
    struct Member {
        Stop *stop;
        Duration answeredAt;
        Duration stoppedAt{0}; ///< 0: not yet
        Duration readAt{0};    ///< by itself; 0: never
    };

    void beginReading(Lane lane, int mostPages);
    void watchPage();
    void take(const Result<RunningList> &list);
    void leave(); ///< the reading that is under way
    void endGap();
    void judgeSome();
    bool judge(Member &member);
    void judgeListed(Member &member);
    void endJudging();
    void readLater();
    void readAgain();
    void letGoWithoutProof();
    void checkOneByOne();
    bool isOver(const Member &member) const;
    int unproven() const;
    int pagesExpected() const;
    Duration wait() const;
    Duration sinceEnd() const { return m_clock.monotonic() - *m_endedAt; }

    std::shared_ptr<Gateway> m_gateway;
    AgentId m_agent;
    Journal &m_journal;
    Clock &m_clock;
    std::deque<Member> m_members;
    std::unique_ptr<QObject> m_reading; ///< the sweep under way, and what waits for it
    RunningList m_list;                 ///< the last one that may be believed
    QDateTime m_begunAt;                ///< of the reading under way, UTC
    size_t m_judged = 0;                ///< members to which `m_list` was told
    bool m_isJudging = false;
    bool m_isInGap = false;
    int m_readsLeft = 0;                ///< one by one, after this list
    int m_total;                        ///< of the last list; at first at the least
    bool m_isTotalRead = false;
    int m_sentSince = 0;                ///< since that list
    int m_credit = 0;                   ///< in stops
    int m_disturbed = 0;                ///< in a row
    int m_pageTurn = 0;
    Duration m_lastGapAt;
    std::optional<Duration> m_endedAt;  ///< of sending
};
