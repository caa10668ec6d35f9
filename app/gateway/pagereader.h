#pragma once

#include "app/types/page.h"
#include "app/types/result.h"

#include <QObject>
#include <QSet>

#include <functional>
#include <memory>

/// How far one pass over the pages of a list has come.
template <class Row> struct PagePass {
    using Id = decltype(Row::id);

    int pages = 0;      ///< that were read
    int totalPages = 1; ///< as the service counts
    int total = 0;      ///< rows, as the service counts
    int rows = 0;       ///< that came and could be read
    int unreadable = 0;
    QSet<Id> ids{};
    bool hasEnded = true; ///< with the last page or an empty one, or because there are too many; before the first, too
    bool isCut = false;       ///< it has ended because there are too many pages
    bool isShort = false;     ///< it has ended before the last page that the service counts
    bool hasTwice = false;    ///< an id came twice
    bool isDisturbed = false; ///< the total changed, or an id came again on a later page: rows may have slipped by

    /// No row of the list can be missing.
    bool isWhole() const
    {
        return hasEnded && !isCut && !isShort && !hasTwice && !isDisturbed && unreadable == 0 && ids.size() >= total;
    }
    bool operator==(const PagePass &) const = default;
};

/// Reads one list of the service page by page, and alone knows which page is next, when the list has ended, what came
/// twice and what shifted meanwhile. The page after a pass has ended is the first of another one. How fast, in which
/// lane, and what becomes of the rows is its owner's. Who destroys it or cancels is not told any more, and what has not
/// left then never leaves; it may be destroyed from within an answer.
template <class Row> class PageReader {
public:
    /// Asks the service for that page; the answer dies with the asker.
    using Ask = std::function<void(int page, QObject *asker, Answer<Page<Row>> answer)>;

    PageReader(Ask ask, int mostPages) : m_ask(std::move(ask)), m_mostPages(mostPages) { }
    Q_DISABLE_COPY_MOVE(PageReader) // what is under way answers to this one

    /// The next page of the pass; answered after it is counted in `pass`. One at a time.
    void readNext(Answer<Page<Row>> answer) { read(next(), std::move(answer)); }
    /// The first page of a new pass; while one goes on it is read again for its counts alone.
    void readFirst(Answer<Page<Row>> answer) { read(1, std::move(answer)); }
    void cancel() { m_asker.reset(); } ///< the page under way; the pass can go on where it is
    void restart()                     ///< as if nothing had been read
    {
        cancel();
        m_pass = {};
    }

    bool isReading() const { return m_asker != nullptr; }
    int next() const { return m_pass.hasEnded ? 1 : m_pass.pages + 1; } ///< the page to be read next
    const PagePass<Row> &pass() const { return m_pass; } ///< under way, or else the last one

private:
    void read(int number, Answer<Page<Row>> answer)
    {
        m_asker = std::make_unique<QObject>();
        m_ask(number, m_asker.get(), [this, number, answer = std::move(answer)](const Result<Page<Row>> &page) {
            m_asker.release()->deleteLater(); // the answer comes from a child of it
            if (page)
                count(number, *page);
            answer(page);
        });
    }

    void count(int number, const Page<Row> &page)
    {
        if (number == 1 && m_pass.hasEnded) {
            m_pass = {};
            m_pass.hasEnded = false;
            m_totalAtBegin = page.total;
        }
        m_pass.total = page.total;
        m_pass.totalPages = page.totalPages;
        m_pass.isDisturbed = m_pass.isDisturbed || page.total != m_totalAtBegin;
        if (number != m_pass.pages + 1)
            return; // the first page, read again
        for (const Row &row : page.rows) {
            const bool isKnown = m_pass.ids.contains(row.id);
            m_pass.hasTwice = m_pass.hasTwice || isKnown;
            m_pass.isDisturbed = m_pass.isDisturbed || (isKnown && number > 1);
            m_pass.ids.insert(row.id);
        }
        ++m_pass.pages;
        m_pass.rows += int(page.rows.size());
        m_pass.unreadable += page.unreadable;
        m_pass.isShort = page.rows.isEmpty() && number < page.totalPages;
        m_pass.isCut = number >= m_mostPages && number < page.totalPages && !m_pass.isShort;
        m_pass.hasEnded = number >= page.totalPages || m_pass.isShort || m_pass.isCut;
    }

    Ask m_ask;
    int m_mostPages;
    std::unique_ptr<QObject> m_asker; ///< of the page under way
    PagePass<Row> m_pass;
    int m_totalAtBegin = 0;
};
