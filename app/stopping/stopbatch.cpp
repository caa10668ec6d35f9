#include "app/stopping/stopbatch.h"

#include <algorithm>

StopBatch::StopBatch(Journal &journal, Clock &clock, QObject *parent)
    : QObject(parent), m_journal(journal), m_clock(clock)
{
}

void StopBatch::start(const QList<StopTarget> &targets, ClearQueue clearQueue, const QString &reason,
                      const std::shared_ptr<Gateway> &gateway)
{
    for (const StopTarget &target : targets) {
        if (isUndecided(target.conversation))
            continue;
        StopReport decided;
        decided.id = m_stops.size() + 1;
        decided.target = target;
        decided.clearQueue = clearQueue;
        decided.reason = reason;
        add(decided, gateway);
    }
}

void StopBatch::add(const StopReport &decided, const std::shared_ptr<Gateway> &gateway)
{
    auto *stop = new Stop(decided, gateway, m_journal, m_clock, this);
    m_stops.append(stop);
    connect(stop, &Stop::changed, this, &StopBatch::changed);
    connect(stop, &Stop::failed, this, [this, stop](const Failure &failure) { Q_EMIT failed(stop->report(), failure); });
    connect(stop, &Stop::journalFailed, this, &StopBatch::journalFailed);
    stop->start();
}

void StopBatch::cancelUnsent()
{
    for (Stop *stop : std::as_const(m_stops))
        stop->cancel();
}

bool StopBatch::isUndecided(const ConversationId &conversation) const
{
    return std::ranges::any_of(m_stops, [&conversation](const Stop *stop) {
        return stop->report().target.conversation == conversation && ::isUndecided(stop->report().state);
    });
}
