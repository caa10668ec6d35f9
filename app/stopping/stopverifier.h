#pragma once

#include "app/gateway/gateway.h"
#include "app/stopping/stoptable.h"

/// When and with which read the outcome of a stop is found out, and what came of it afterwards. Run-state (of a
/// sub-task: its record) is read 0.5, 1, 2 and 4 s after the service's answer, then every 2 s up to 30 s, every 15 s up
/// to 10 min, every minute up to an hour, then every 5 min. What stopped is watched for two minutes more, its sub-tasks
/// and its record are looked at. A failed read is never "stopped".
class StopVerifier final : public QObject {
    Q_OBJECT

public:
    /// `report` is its owner's, read as it stands at each moment.
    StopVerifier(std::shared_ptr<Gateway> gateway, Clock &clock, const StopReport &report, QObject *parent);

    void begin(); ///< the service's answer has just come, or its loss has just been noticed
    void beginTogether(); ///< the same, but what its batch reads is told to it, until it is to `goOnAlone`
    void goOnAlone();
    void takeAbsent(const QDateTime &readAt, const QList<Conversation> &subTasks); ///< from the whole running list
    void takeListed(const QDateTime &readAt);
    void endWaiting(); ///< the time in which it should have been seen to stop is over
    void end();   ///< nothing more is to be found out
    void readNow();
    void use(std::shared_ptr<Gateway> gateway) { m_gateway = std::move(gateway); } ///< for the reads to come

    /// How long after the answer the read that follows `elapsed` is due.
    static Duration dueAfter(Duration elapsed);

    static constexpr Duration timeUp = std::chrono::seconds(30);
    static constexpr Duration watch = std::chrono::minutes(2); ///< after something has stopped

Q_SIGNALS:
    void read(const Evidence &evidence);
    void seen(StopEvent event);
    void startedAgain(const StartedAgain &mark);
    void recordRead(const Record &record);
    void subTasksRead(const QList<Conversation> &running); ///< before `seen` tells what follows from it

private:
    void readLater();
    Duration wait() const;
    void takeRunState(const Result<RunState> &answer);
    void takeRecord(const Result<Record> &answer);
    void take(const RunState &state, Evidence::Source source);
    void takeFailure(Evidence::Source source);
    void tellOfList(const QDateTime &readAt, bool listed);
    void judge(const RunState &state);
    void say(StopEvent event);
    void sayItRunsAgain();
    bool waitedBefore() const;
    void lookForRecord();
    void lookAfter();
    void readSubTasks();
    void takeSubTasks(const Page<Conversation> &page);
    bool isSubTask() const { return m_report.target.isSubTask(); }
    bool ofConversation() const { return m_report.target.command == Command::StopConversation; }
    Duration elapsed() const { return m_clock.monotonic() - m_begin; }

    std::shared_ptr<Gateway> m_gateway;
    Clock &m_clock;
    const StopReport &m_report;
    Duration m_begin{0};
    std::optional<Duration> m_stoppedAt; ///< monotonic
    int m_turn = 0;                      ///< of waiting: only the newest leads to a read
    bool m_active = false;
    bool m_isTogether = false;           ///< nothing is read but when told to
    bool m_idleSeen = false;
    bool m_lookedAfter = false;
    bool m_subTasksKnown = false;
    std::optional<bool> m_lastRunning;
    std::optional<RunState> m_lastIdle;
    QString m_source; ///< what starts this conversation, as its record says
};
