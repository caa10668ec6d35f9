#include "app/session/livelists.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Duration waitingAge = 60s; ///< from which on it is always read again when something stopped running

}

LiveLists::LiveLists(Gateway &gateway, Clock &clock, ExtraReads &extra)
    : m_gateway(gateway)
    , m_clock(clock)
    , m_extraReads(extra)
    , m_reads(std::make_unique<QObject>())
    , m_lists{List{u"executing"_s, {}}, List{u"pending"_s, {}}, List{u"paused"_s, {}}}
{
}

void LiveLists::begin(bool everything, bool waitingToo, int extra, bool isAsked)
{
    m_failed = false;
    m_extra = extra;
    m_keptForRows = extra / 3;
    for (List &list : m_lists)
        list.asked = list.read = list.ended = false;
    // A long list goes on with its next page every other time; each page tells the count.
    const bool goesOn = !everything && m_goesOn && !running().hasEnded();
    m_goesOn = !goesOn;
    readPage(m_lists[0], goesOn ? running().next() : 1, isAsked);
    if (everything || waitingToo)
        readWaiting();
}

void LiveLists::giveUp()
{
    m_reads.release()->deleteLater(); // one of its children may be telling
    m_reads = std::make_unique<QObject>();
    m_underWay = 0;
}

int LiveLists::unreadable() const
{
    int all = 0;
    for (const List &list : m_lists)
        all += list.sweep.unreadable();
    return all;
}

void LiveLists::readWaiting()
{
    m_waitingAt = m_clock.monotonic();
    for (List &list : m_lists) {
        if (!list.asked)
            readPage(list, 1);
    }
}

/// What no longer runs may wait now. Where much comes and goes, that is not worth two reads every time.
void LiveLists::lookAmongWaiting()
{
    const bool isOld = m_clock.monotonic() - m_waitingAt >= waitingAge;
    if (!isOld && m_extra < 2)
        return;
    if (!isOld) {
        m_extra -= 2;
        m_extraReads.note(2);
    }
    readWaiting();
}

void LiveLists::readPage(List &list, int number, bool isAsked)
{
    list.asked = true;
    ++m_underWay;
    const auto answer = [this, &list, number, askedAt = m_clock.now(),
                         reads = m_reads.get()](const Result<Page<Conversation>> &page) {
        if (reads == m_reads.get()) // nobody gave up meanwhile
            take(list, number, askedAt, page);
    };
    m_gateway.forPerson(isAsked).conversations({{}, list.stateWord, {}, number}, m_reads.get(), answer);
}

void LiveLists::take(List &list, int number, const QDateTime &askedAt, const Result<Page<Conversation>> &page)
{
    if (page)
        takePage(list, number, *page, askedAt);
    else
        m_failed = true;
    if (--m_underWay == 0)
        end();
    // Dropped for a stop, which needed the place: the next round reads it.
    if (!page && page.error().kind != FailureKind::Cancelled)
        Q_EMIT failed(page.error());
}

/// A long list goes on where its pass stopped in the round before.
void LiveLists::takePage(List &list, int number, const Page<Conversation> &page, const QDateTime &askedAt)
{
    const bool isOfPass = number > 1 || list.sweep.hasEnded();
    list.sweep.take(number, page, askedAt);
    list.read = true;
    Q_EMIT pageRead(page.rows);
    list.ended = list.ended || (isOfPass && list.sweep.hasEnded());
    if (list.ended && list.sweep.lostSome())
        lookAmongWaiting();
    if (list.sweep.hasEnded() || m_extra <= m_keptForRows)
        return;
    --m_extra;
    m_extraReads.note();
    readPage(list, list.sweep.next());
}

void LiveLists::end()
{
    for (const List &list : m_lists) {
        if (!m_failed && list.ended && list.sweep.goneBefore().isValid())
            Q_EMIT listEnded(list.stateWord, list.sweep.goneBefore());
    }
    Q_EMIT ended(m_lists[0].read, !m_failed, m_extra);
}
