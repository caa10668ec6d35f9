#pragma once

#include "app/types/conversation.h"
#include "app/types/page.h"

#include <QSet>

/// The list of one state, read page by page, over many rounds where it is long. The first page is read each round, for
/// its count; the others in passes. A pass that was disturbed (a total that changed, an id that came again on a later
/// page) proves nothing alone: rows may have slipped from a page not yet read to one that was. A list of more than
/// `mostPages` is begun anew there, and proves nothing.
class Sweep {
public:
    static constexpr int mostPages = 1000; ///< as many rows as the table has room for

    /// Takes the page that was asked for as `number` at `askedAt`.
    void take(int number, const Page<Conversation> &page, const QDateTime &askedAt);

    int next() const { return m_next; }     ///< the page to read next; 1: no pass is under way
    bool hasEnded() const { return m_next == 1; }
    int total() const { return m_total; }   ///< as the service counts
    int totalPages() const { return m_totalPages; }
    int listed() const;                     ///< rows read, of the last whole pass or of the first
    int unreadable() const;                 ///< rows that could not be read, of the same
    QDateTime wholeAt() const { return m_wholeAt; } ///< when the last whole pass began; invalid before

    /// Of the pass that ended last: rows that no list has named since then are no longer there. Invalid: not known.
    QDateTime goneBefore() const { return m_goneBefore; }
    bool lostSome() const { return m_lostSome; } ///< ids of the pass before were not in it

private:
    void begin(const QDateTime &askedAt, int total);
    void end();
    void cut();

    int m_next = 1;
    int m_total = 0;
    int m_totalPages = 1;
    int m_totalAtBegin = 0;
    int m_unreadable = 0;       ///< of this pass
    int m_unreadableBefore = 0; ///< of the one before
    bool m_disturbed = false;
    bool m_lostSome = false;
    QDateTime m_begunAt;
    QDateTime m_wholeAt;
    QDateTime m_goneBefore;
    QSet<ConversationId> m_ids;       ///< of this pass
    QSet<ConversationId> m_idsBefore; ///< of the last whole one
};
