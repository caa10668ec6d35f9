#pragma once

#include "app/types/page.h"
#include "app/types/result.h"

#include <QObject>

/// A list put together from its pages.
template <class Row> struct WholeList {
    QList<Row> rows;
    int total = 0;
    int unreadable = 0;
    bool isCut = false; ///< there were too many pages
    bool complete = true; ///< false when there were too many pages, or the list moved while it was read
};

/// Reads the pages of a list one after another, until the last or until `mostPages`. A page that fails fails the list.
/// A child of its asker.
template <class Row> class AllPages final : public QObject {
public:
    using Ask = std::function<void(int page, QObject *asker, Answer<Page<Row>> answer)>;

    static void read(const Ask &ask, int mostPages, QObject *asker, Answer<WholeList<Row>> answer)
    {
        (new AllPages(ask, mostPages, asker, std::move(answer)))->next();
    }

private:
    AllPages(const Ask &ask, int mostPages, QObject *asker, Answer<WholeList<Row>> answer)
        : QObject(asker), m_ask(ask), m_mostPages(mostPages), m_answer(std::move(answer))
    {
    }

    void next()
    {
        m_ask(++m_page, this, [this](const Result<Page<Row>> &page) { take(page); });
    }

    void take(const Result<Page<Row>> &page)
    {
        if (!page)
            return end(tl::unexpected(page.error()));
        m_list.complete = m_list.complete && (m_page == 1 || page->total == m_list.total);
        m_list.rows += page->rows;
        m_list.total = page->total;
        m_list.unreadable += page->unreadable;
        if (m_page >= page->totalPages || page->rows.isEmpty())
            return end(m_list);
        if (m_page < m_mostPages)
            return next();
        m_list.complete = false;
        m_list.isCut = true;
        end(m_list);
    }

    void end(const Result<WholeList<Row>> &result)
    {
        deleteLater();
        const auto answer = std::move(m_answer);
        answer(result);
    }

    Ask m_ask;
    int m_mostPages;
    Answer<WholeList<Row>> m_answer;
    WholeList<Row> m_list;
    int m_page = 0;
};
