#pragma once

#include "app/session/connector.h"

/// Leads from stops that were refused, not sent or never confirmed to a new question about them: reads each first, and
/// says which still run. Sends nothing.
class Retry final : public QObject {
    Q_OBJECT

public:
    /// What was read. `targets` are to be asked about: they run on, or nobody could read whether they do.
    struct Found {
        QList<StopTarget> targets;
        int notRead = 0;         ///< of the targets
        int noLongerRunning = 0; ///< left out
        int leftOut = 0;         ///< of another connection, or another stop is under way
    };

    Retry(StopService &stops, Connector &connector);

    void start(const QList<StopReport> &reports); ///< takes of them what can be retried; one at a time
    void cancel();                                ///< no `ended` any more
    bool isReading() const { return m_asker != nullptr; }

    static constexpr int atOnce = 2;

Q_SIGNALS:
    void progressed(int read, int total);
    void ended(const Retry::Found &found); ///< never before `start` has returned

private:
    void take(const QList<StopReport> &reports);
    void readNext();
    void note(int place, const Result<RunState> &read);
    void finish();

    StopService &m_stops;
    Connector &m_connector;
    std::unique_ptr<QObject> m_asker; ///< of the reads under way
    QList<StopTarget> m_wanted;
    QList<bool> m_stays;
    Found m_found;
    int m_asked = 0;
    int m_read = 0;
};
