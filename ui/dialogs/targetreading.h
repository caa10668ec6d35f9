#pragma once

#include "app/types/ending.h"
#include "ui/dialogs/questioncontext.h"

#include <QObject>

#include <functional>


/// The one target of a question with its live state: frozen but for what is read of it. Reads at once, in the command
/// lane; knows how old what it knows is, and reads once more where that is too old to decide on.
class TargetReading final : public QObject {
    Q_OBJECT

public:
    TargetReading(const StopTarget &target, const QString &stillPossible, const QuestionContext &context,
                  QObject *parent = nullptr);

    const StopTarget &target() const { return m_target; }
    const QString &parentTitle() const { return m_parentTitle; } ///< of a sub-task; empty where not known
    bool isGone() const; ///< the read says that what the command is aimed at is no longer there
    bool hasFailed() const { return m_reading == Reading::Failed; }

    Ending ending() const; ///< once it is gone

    RowState state() const;
    QString stateWord() const;
    QString ageWords() const; ///< "read 3 s ago", and what a person may do all the same
    /// "12 min"; stands where it was read while it could not be read, or the service cannot be reached.
    QString runningFor() const;
    bool isStale() const; ///< what is known of it could not be read again, or the service cannot be reached

    /// Calls `ready` at once, or after one more read where the last is older than 30 s, waiting at most 1 s for it.
    void makeFresh(std::function<void()> ready);

Q_SIGNALS:
    void changed();

private:
    enum class Reading { First, Known, Failed, Again };

    void freeze();
    void read();
    void take(const Result<RunState> &answer);
    void beReady();

    StopTarget m_target;
    QString m_stillPossible; ///< "You can still stop."
    QuestionContext m_context;
    Clock &m_clock;
    Reading m_reading = Reading::First;
    Duration m_readAt{0}; ///< monotonic, of the last answer with a state
    std::function<void()> m_ready;
    QString m_parentTitle;
    QDateTime m_startedAt; ///< of the turn, as known when the question was asked
    QDateTime m_seenRunningSince;
    RowState m_listState = RowState::NotRead;
    QString m_listWord;
    QDateTime m_listReadAt; ///< UTC; of what the list or a later read told
};
