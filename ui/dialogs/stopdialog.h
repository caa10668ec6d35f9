#pragma once

#include "app/types/clock.h"
#include "app/types/connection.h"
#include "app/types/result.h"
#include "app/types/stop.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QuestionFacts;
class Session;

/// The question before a stop. Its target is frozen when it is asked: what was shown is what is hit. It reads the live
/// state meanwhile; not knowing it never keeps anybody from stopping. Open it with open(). Confirms at most once.
class StopDialog final : public QDialog {
    Q_OBJECT

public:
    /// `clock` is the machine's own time where none is given.
    StopDialog(const StopTarget &target, const Connection &connection, ClearQueue initial, Session &session,
               QWidget *parent = nullptr, Clock *clock = nullptr);

    void done(int result) override;

Q_SIGNALS:
    /// The person decided; the target carries the run state that was read last, if one was.
    void confirmed(const StopTarget &target, ClearQueue clearQueue, const QString &reason);
    void clearQueueToggled(bool clear);

protected:
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum class Reading { First, Known, Failed, Again };

    void freeze();
    void layOut(const Connection &connection);
    QWidget *layOutMiddle(bool canClear);
    QWidget *layOutFooter();
    void fit();
    void nameParts();
    void read();
    void takeState(const Result<RunState> &answer);
    void confirm();
    void decide();
    void tick();
    void showReading();
    void showMessages();
    void showQueueChoice();
    RowState state() const;
    QString ageWords() const;
    QString runningFor() const;

    StopTarget m_target;
    Session &m_session;
    SystemClock m_ownClock;
    Clock &m_clock;
    Reading m_reading = Reading::First;
    Duration m_readAt{0}; ///< monotonic, of the last answer with a state
    bool m_confirming = false;
    QDateTime m_startedAt; ///< of the turn, as known when the question was asked
    QDateTime m_seenRunningSince;
    RowState m_listState = RowState::NotRead;
    QString m_listWord;

    QScrollArea *m_middle;
    QuestionFacts *m_facts;
    QCheckBox *m_clear;
    QLabel *m_choice; ///< what will become of the queue
    QLineEdit *m_reason;
    QPushButton *m_keep;
    QPushButton *m_stop;
};
