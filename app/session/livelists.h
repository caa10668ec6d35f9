#pragma once

#include "app/gateway/gateway.h"
#include "app/session/extrareads.h"
#include "app/session/sweep.h"

#include <array>

/// The lists of what runs and of what waits, over all agents, a round at a time: the first page of what runs or the next
/// of a long list, further pages as far as the round may cost, and what waits when it is wanted or something stopped
/// running. Rows go only at the end of a round: one that went from one state to another does not go and come back.
class LiveLists final : public QObject {
    Q_OBJECT

public:
    LiveLists(Gateway &gateway, Clock &clock, ExtraReads &extra);

    /// `extra`: reads that this round may cost beyond its first pages. `isAsked`: by a person. Not while one is under
    /// way.
    void begin(bool everything, bool waitingToo, int extra, bool isAsked);
    void giveUp(); ///< what has not left need not leave, and what comes is not heard
    bool isUnderWay() const { return m_underWay > 0; }
    const Sweep &running() const { return m_lists[0].sweep; }
    int unreadable() const; ///< rows of all lists

Q_SIGNALS:
    void pageRead(const QList<Conversation> &rows);
    void failed(const Failure &failure);
    /// The round is over; `spare` of its extra reads are left. `whole`: all that was asked was read.
    void ended(bool runningRead, bool whole, int spare);
    /// Before `ended`: the list was read whole, and rows that no page has named since `goneBefore` are gone.
    void listEnded(const QString &stateWord, const QDateTime &goneBefore);

private:
    struct List {
        List(LiveLists &lists, const QString &word);

        QString stateWord;
        bool isAsked = false; ///< by a person, the page under way
        Sweep sweep;
        bool asked = false; ///< this round
        bool read = false;
        bool ended = false; ///< a pass of it
    };

    void readWaiting();
    void lookAmongWaiting();
    void readFirst(List &list, bool isAsked = false);
    void readNext(List &list, bool isAsked = false);
    Answer<Page<Conversation>> begin(List &list, bool isAsked, bool isOfPass);
    void applyPage(List &list, const Page<Conversation> &page, bool isOfPass);
    void end();

    Gateway &m_gateway;
    Clock &m_clock;
    ExtraReads &m_extraReads;
    std::array<List, 3> m_lists;      ///< what runs, then what waits
    Duration m_waitingAt{0};          ///< when what waits was read last
    int m_underWay = 0;
    int m_extra = 0;       ///< reads left to this round
    int m_keptForRows = 0; ///< of them not for further pages
    bool m_failed = false; ///< a page, or it had to give way
    bool m_goesOn = false; ///< the next round goes on with a long list instead of its first page
};
