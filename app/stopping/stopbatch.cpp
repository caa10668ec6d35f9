#include "app/stopping/stopbatch.h"

#include <algorithm>

namespace {

bool stops(Command command)
{
    return command == Command::StopConversation || command == Command::StopSubTask;
}

}

StopBatch::StopBatch(Journal &journal, Clock &clock, QObject *parent)
    : QObject(parent), m_journal(journal), m_clock(clock)
{
}

void StopBatch::start(const QList<StopTarget> &targets, const StopReport &decided,
                      const std::shared_ptr<Gateway> &gateway)
{
    for (const StopTarget &target : targets) {
        const bool undecided = std::ranges::any_of(m_stops, [&target](const Stop *stop) {
            return isSameDecision(stop->report().target, target) && ::isUndecided(stop->report().state);
        });
        if (undecided)
            continue;
        StopReport report = decided;
        report.target = target;
        add(report, gateway)->start();
    }
}

void StopBatch::resume(const QList<JournalEntry> &left)
{
    for (const JournalEntry &entry : left)
        add(entry.report, nullptr)->resume();
}

void StopBatch::lookUp(const std::shared_ptr<Gateway> &gateway)
{
    for (Stop *stop : std::as_const(m_stops)) {
        if (stop->report().target.connection == gateway->connection().id)
            stop->use(gateway);
    }
}

Stop *StopBatch::add(StopReport report, const std::shared_ptr<Gateway> &gateway)
{
    report.id = m_stops.size() + 1;
    auto *stop = new Stop(report, gateway, m_journal, m_clock, this);
    m_stops.append(stop);
    connect(stop, &Stop::changed, this, &StopBatch::changed);
    connect(stop, &Stop::failed, this, [this, stop](const Failure &failure) { Q_EMIT failed(stop->report(), failure); });
    connect(stop, &Stop::journalFailed, this, &StopBatch::journalFailed);
    return stop;
}

void StopBatch::cancelUnsent()
{
    for (Stop *stop : std::as_const(m_stops))
        stop->cancel();
}

Stop *StopBatch::find(qint64 id) const
{
    return id >= 1 && id <= m_stops.size() ? m_stops.at(id - 1) : nullptr;
}

bool StopBatch::isUndecided(const ConversationId &conversation) const
{
    return std::ranges::any_of(m_stops, [&conversation](const Stop *stop) {
        const StopReport &report = stop->report();
        return report.target.conversation == conversation && stops(report.target.command) && ::isUndecided(report.state);
    });
}
