#include "app/stopping/livesweep.h"

#include <algorithm>

using namespace Qt::StringLiterals;

LiveSweep::LiveSweep(std::shared_ptr<Gateway> gateway, Clock &clock, const Range &range, QObject *parent)
    : QObject(parent)
    , m_gateway(std::move(gateway))
    , m_clock(clock)
    , m_range(range)
    , m_reader(
          [this](int page, QObject *asker, Answer<Page<Conversation>> answer) {
              m_gateway->conversations({m_range.agent, m_range.states.at(m_state), {}, page, m_range.lane}, asker,
                                       std::move(answer));
          },
          mostPages)
{
}

const QStringList &LiveSweep::allLive()
{
    static const QStringList words{u"pending"_s, u"executing"_s, u"paused"_s};
    return words;
}

void LiveSweep::begin()
{
    m_lists.begunAt = m_clock.monotonic();
    readNext();
}

void LiveSweep::readNext()
{
    m_reader.readNext([this](const Result<Page<Conversation>> &page) {
        if (page)
            applyPage(*page);
        else
            Q_EMIT ended(tl::unexpected(page.error()));
    });
}

void LiveSweep::applyPage(const Page<Conversation> &page)
{
    const PagePass<Conversation> &pass = m_reader.pass();
    if (pass.pages == 1) {
        m_lists.total += page.total;
        m_pages += std::max(1, page.totalPages);
    }
    for (const Conversation &row : page.rows)
        addRow(row);
    Q_EMIT pageRead(page.rows);
    if (pass.hasEnded) {
        m_isDisturbed = m_isDisturbed || !pass.isWhole();
        ++m_state;
    }
    if (m_state >= m_range.states.size())
        return end(true);
    if (m_pages > m_range.mostPages || ++m_read >= mostPages)
        return end(false);
    readNext();
}

void LiveSweep::addRow(const Conversation &row)
{
    m_lists.states.insert(row.id, row.state);
    if (!row.isSubTask())
        return;
    const auto [first, last] = std::as_const(m_lists.subTasks).equal_range(row.parent);
    if (std::none_of(first, last, [&row](const Conversation &known) { return known.id == row.id; }))
        m_lists.subTasks.insert(row.parent, row);
}

void LiveSweep::end(bool isComplete)
{
    m_lists.readAt = m_clock.now();
    m_lists.isWhole = isComplete && !m_isDisturbed;
    Q_EMIT ended(m_lists);
}
