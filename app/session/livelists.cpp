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
    , m_lists{List(*this, u"executing"_s), List(*this, u"pending"_s), List(*this, u"paused"_s)}
{
}

LiveLists::List::List(LiveLists &lists, const QString &word)
    : stateWord(word)
    , sweep([&lists, this](int page, QObject *asker, Answer<Page<Conversation>> answer) {
        lists.m_gateway.forPerson(isAsked).conversations({{}, stateWord, {}, page}, asker, std::move(answer));
    })
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
    goesOn ? readNext(m_lists[0], isAsked) : readFirst(m_lists[0], isAsked);
    if (everything || waitingToo)
        readWaiting();
}

void LiveLists::giveUp()
{
    for (List &list : m_lists)
        list.sweep.cancel();
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
            readFirst(list);
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

void LiveLists::readFirst(List &list, bool isAsked)
{
    const bool isOfPass = list.sweep.hasEnded();
    list.sweep.readFirst(m_clock.now(), begin(list, isAsked, isOfPass));
}

void LiveLists::readNext(List &list, bool isAsked)
{
    list.sweep.readNext(m_clock.now(), begin(list, isAsked, true));
}

Answer<Page<Conversation>> LiveLists::begin(List &list, bool isAsked, bool isOfPass)
{
    list.isAsked = isAsked;
    list.asked = true;
    ++m_underWay;
    return [this, &list, isOfPass](const Result<Page<Conversation>> &page) {
        if (page)
            applyPage(list, *page, isOfPass);
        else
            m_failed = true;
        if (--m_underWay == 0)
            end();
        // Dropped for a stop, which needed the place: the next round reads it.
        if (!page && page.error().kind != FailureKind::Cancelled)
            Q_EMIT failed(page.error());
    };
}

/// A long list goes on where its pass stopped in the round before.
void LiveLists::applyPage(List &list, const Page<Conversation> &page, bool isOfPass)
{
    list.read = true;
    Q_EMIT pageRead(page.rows);
    list.ended = list.ended || (isOfPass && list.sweep.hasEnded());
    if (list.ended && list.sweep.lostSome())
        lookAmongWaiting();
    if (list.sweep.hasEnded() || m_extra <= m_keptForRows)
        return;
    --m_extra;
    m_extraReads.note();
    readNext(list);
}

void LiveLists::end()
{
    for (const List &list : m_lists) {
        if (!m_failed && list.ended && list.sweep.goneBefore().isValid())
            Q_EMIT listEnded(list.stateWord, list.sweep.goneBefore());
    }
    Q_EMIT ended(m_lists[0].read, !m_failed, m_extra);
}
