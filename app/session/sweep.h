#pragma once

#include "app/gateway/pagereader.h"
#include "app/types/conversation.h"

#include <QDateTime>

/// The list of one state, read over many rounds where it is long. The first page is read each round, for its count; the
/// others in passes. A pass that was disturbed proves nothing alone: rows may have slipped from a page not yet read to
/// one that was. A list of more than `mostPages` is begun anew there, and proves nothing.
class Sweep {
public:
    static constexpr int mostPages = 1000; ///< as many rows as the table has room for

    explicit Sweep(PageReader<Conversation>::Ask ask) : m_reader(std::move(ask), mostPages) { }

    void readFirst(const QDateTime &now, const Answer<Page<Conversation>> &answer);
    void readNext(const QDateTime &now, const Answer<Page<Conversation>> &answer);
    void cancel() { m_reader.cancel(); } ///< the page under way

    bool hasEnded() const { return m_reader.pass().hasEnded; } ///< no pass is under way
    int total() const { return m_reader.pass().total; }   ///< as the service counts
    int totalPages() const { return m_reader.pass().totalPages; }
    int listed() const;                     ///< rows read, of the last whole pass or of the first
    int unreadable() const;                 ///< rows that could not be read, of the same
    QDateTime wholeAt() const { return m_wholeAt; } ///< when the last whole pass began; invalid before

    /// Of the pass that ended last: rows that no list has named since then are no longer there. Invalid: not known.
    QDateTime goneBefore() const { return m_goneBefore; }
    bool lostSome() const { return m_lostSome; } ///< ids of the pass before were not in it

private:
    Answer<Page<Conversation>> counted(bool isOfPass, const QDateTime &askedAt, const Answer<Page<Conversation>> &answer);
    void endPass();

    PageReader<Conversation> m_reader;
    PagePass<Conversation> m_before; ///< the pass that ended last
    bool m_lostSome = false;
    QDateTime m_begunAt;
    QDateTime m_wholeAt;
    QDateTime m_goneBefore;
};
