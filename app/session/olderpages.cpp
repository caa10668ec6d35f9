#include "app/session/olderpages.h"

#include <QLocale>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

void OlderPages::use(const std::shared_ptr<Gateway> &gateway)
{
    begin({});
    m_gateway = gateway;
}

void OlderPages::begin(const AgentId &agent)
{
    m_asker.reset();
    m_agent = agent;
    m_page = m_loaded = m_total = m_unreadable = 0;
    m_atEnd = m_isCut = false;
    m_search = {};
}

void OlderPages::readNext()
{
    if (!canRead())
        return;
    ask(true);
    Q_EMIT changed();
}

void OlderPages::search()
{
    if (isSearching() || m_atEnd || m_isCut || !m_gateway)
        return;
    m_search = {OlderSearch::State::Reading, 0, 0, 0, {}};
    m_firstPage = m_page;
    m_searchedSince = m_clock.monotonic();
    readNext();
    Q_EMIT changed();
}

void OlderPages::cancelSearch()
{
    if (!isSearching())
        return;
    m_asker.reset();
    m_search.state = OlderSearch::State::Cancelled;
    Q_EMIT changed();
}

void OlderPages::leaveOff()
{
    m_isCut = true;
    cancelSearch();
}

void OlderPages::ask(bool isAsked)
{
    m_asker = std::make_unique<QObject>();
    m_search.requests += isSearching() ? 1 : 0;
    m_gateway->forPerson(isAsked).conversations({m_agent, {}, {}, m_page + 1}, m_asker.get(),
                                                [this](const Result<Page<Conversation>> &page) { take(page); });
}

void OlderPages::take(const Result<Page<Conversation>> &page)
{
    m_asker.release()->deleteLater(); // the answer comes from a child of it
    if (!page)
        return fail(page.error());
    ++m_page;
    m_loaded += int(page->rows.size());
    m_unreadable += page->unreadable;
    m_total = page->total;
    m_atEnd = page->isLast() || page->rows.isEmpty();
    m_isCut = m_isCut || m_page >= mostPages;
    if (isSearching() && m_atEnd)
        m_search.state = OlderSearch::State::Done;
    if (isSearching() && m_isCut)
        m_search.state = OlderSearch::State::Cancelled;
    if (isSearching())
        ask();
    Q_EMIT read(page->rows);
}

void OlderPages::fail(const Failure &failure)
{
    if (failure.kind == FailureKind::Cancelled && failure.reached == Reached::NeverLeft) { // gave way to a stop
        m_asker = std::make_unique<QObject>();
        m_search.requests -= isSearching() ? 1 : 0;
        m_clock.after(patience, m_asker.get(), [this] { ask(); });
        return;
    }
    if (isSearching())
        m_search.state = OlderSearch::State::Failed;
    Q_EMIT failed(failure);
    Q_EMIT changed();
}

OlderSearch OlderPages::progress() const
{
    OlderSearch search = m_search;
    search.total = m_total;
    search.looked = qMin(m_loaded, m_total); // rows that moved on while it was read come twice
    if (isSearching() && m_page > m_firstPage)
        search.left = timeLeft();
    return search;
}

/// By the pace so far, but no faster than the limits allow.
Duration OlderPages::timeLeft() const
{
    const int pages = (qMax(0, m_total - m_loaded) + Gateway::mostPerPage - 1) / Gateway::mostPerPage;
    const Duration passed = m_clock.monotonic() - m_searchedSince;
    const Duration byPace = passed * pages / (m_page - m_firstPage);
    return qMax(byPace, m_gateway->waitForPolls(pages));
}

QString OlderPages::loadedText() const
{
    const QLocale locale;
    QStringList parts;
    if (m_page > 0 && !m_atEnd)
        parts << tr("%1 of %2 loaded").arg(locale.toString(m_loaded), locale.toString(m_total));
    if (m_unreadable > 0)
        parts << (m_unreadable == 1 ? tr("1 row cannot be read")
                                    : tr("%1 rows cannot be read").arg(locale.toString(m_unreadable)));
    return parts.join(u", "_s);
}
