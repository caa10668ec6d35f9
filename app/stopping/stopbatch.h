#pragma once

#include "app/stopping/stop.h"

/// The stops of this run. Knows which targets are undecided, and keeps every stop until the program ends.
class StopBatch final : public QObject {
    Q_OBJECT

public:
    StopBatch(Journal &journal, Clock &clock, QObject *parent = nullptr);

    /// One decision of a person: one stop for each target that is not undecided already.
    void start(const QList<StopTarget> &targets, ClearQueue clearQueue, const QString &reason,
               const std::shared_ptr<Gateway> &gateway);
    void cancelUnsent(); ///< what is still in line is not sent

    bool isUndecided(const ConversationId &conversation) const;

Q_SIGNALS:
    void changed(const StopReport &report);
    void failed(const StopReport &report, const Failure &failure);
    void journalFailed(const Failure &failure);

private:
    void add(const StopReport &decided, const std::shared_ptr<Gateway> &gateway);

    Journal &m_journal;
    Clock &m_clock;
    QList<Stop *> m_stops;
};
