#include "app/session/olderpages.h"

#include <QLocale>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

OlderPages::OlderPages(std::shared_ptr<Gateway> gateway, Clock &clock)
    : m_clock(clock)
    , m_gateway(std::move(gateway))
    , m_reader(
          [this](int page, QObject *asker, Answer<Page<Conversation>> answer) {
              m_gateway->forPerson(m_isAsked).conversations({m_agent, {}, {}, page}, asker, std::move(answer));
          },
          mostPages)
{
}

void OlderPages::begin(const AgentId &agent)
{
    m_reader.restart();
    m_patience.reset();
    m_agent = agent;
    m_isCut = false;
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
    if (isSearching() || isAtEnd() || m_isCut)
        return;
    m_search = {OlderSearch::State::Reading, 0, 0, 0, {}};
    m_firstPage = page();
    m_searchedSince = m_clock.monotonic();
    readNext();
    Q_EMIT changed();
}

void OlderPages::cancelSearch()
{
    if (!isSearching())
        return;
    m_reader.cancel();
    m_patience.reset();
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
    m_isAsked = isAsked;
    m_search.requests += isSearching() ? 1 : 0;
    m_reader.readNext([this](const Result<Page<Conversation>> &page) { take(page); });
}

void OlderPages::take(const Result<Page<Conversation>> &page)
{
    if (!page)
        return fail(page.error());
    m_isCut = m_isCut || m_reader.pass().isCut;
    if (isSearching() && isAtEnd())
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
        m_search.requests -= isSearching() ? 1 : 0;
        m_patience = std::make_unique<QObject>();
        m_clock.after(patience, m_patience.get(), [this] {
            m_patience.release()->deleteLater(); // this is called from its timer
            ask();
        });
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
    search.total = m_reader.pass().total;
    search.looked = qMin(m_reader.pass().rows, m_reader.pass().total); // rows that moved on while it was read come twice
    if (isSearching() && page() > m_firstPage)
        search.left = timeLeft();
    return search;
}

/// By the pace so far, but no faster than the limits allow.
Duration OlderPages::timeLeft() const
{
    const int pages = (qMax(0, m_reader.pass().total - m_reader.pass().rows) + Gateway::mostPerPage - 1) / Gateway::mostPerPage;
    const Duration passed = m_clock.monotonic() - m_searchedSince;
    const Duration byPace = passed * pages / (page() - m_firstPage);
    return qMax(byPace, m_gateway->waitForPolls(pages));
}

QString OlderPages::loadedText() const
{
    const QLocale locale;
    QStringList parts;
    if (page() > 0 && !isAtEnd())
        parts << tr("%1 of %2 loaded").arg(locale.toString(m_reader.pass().rows), locale.toString(m_reader.pass().total));
    if (const int unreadable = m_reader.pass().unreadable; unreadable > 0)
        parts << (unreadable == 1 ? tr("1 row cannot be read")
                                  : tr("%1 rows cannot be read").arg(locale.toString(unreadable)));
    return parts.join(u", "_s);
}
