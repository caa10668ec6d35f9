#pragma once

#include "app/types/ending.h"
#include "ui/dialogs/questioncontext.h"
#include "ui/dialogs/questionwords.h"

#include <QDialog>

class NewSince;
class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QVBoxLayout;
class QuestionConditions;
class QuestionFacts;
class QuestionTargets;
class TargetReading;

/// What is asked: to do the same to each of these, which are of one kind.
struct StopQuestion {
    QList<StopTarget> targets;
    ClearQueue clearQueue = ClearQueue::No; ///< the tick to begin with
    AgentId allOf{}; ///< the agent all of which is meant; empty: these were chosen
};

/// The question before a decision, about one target or about several of one kind. They are frozen when it is asked:
/// what was shown and is ticked is what is hit. It reads the live state of a single one meanwhile; not knowing it never
/// keeps anybody from deciding. Open it with open(). Confirms at most once.
class StopDialog final : public QDialog {
    Q_OBJECT

public:
    StopDialog(const StopQuestion &question, const Connection &connection, const QuestionContext &context,
               QWidget *parent = nullptr);

    void done(int result) override;
    /// What runs since it was asked and is not meant; null where that is no matter. May be given another parent.
    NewSince *newSince() const;
    void followLock(); ///< whether something can be decided may have changed

Q_SIGNALS:
    void armWanted(); ///< the person pressed what stands in the place of Stop while nothing can be decided
    /// The person decided: about those that are ticked, in the order of the list. A single target carries the run state
    /// that was read last, if one was.
    void confirmed(const QList<StopTarget> &targets, ClearQueue clearQueue, const QString &reason, bool withoutRecord);
    void clearQueueToggled(bool clear);
    void endedTicketWanted(const Ending &ending); ///< its one target is read as ended

protected:
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool isAboutOne() const { return m_reading != nullptr; }
    bool canClear() const;
    void addConditions();
    void layOut();
    QWidget *layOutMiddle();
    void layOutChoice(QVBoxLayout &column);
    void layOutReason(QVBoxLayout &column);
    QWidget *layOutFooter();
    void fit();
    void nameParts();
    void orderTabs();
    void connectParts();
    void confirm();
    void decide();
    void tick();
    void showRead();
    void showCount();
    void showQueueChoice();
    void showConsequence();
    bool isEnded() const;
    void showWhatIsMissing();
    QString whatIsMissing() const;
    const StopQuestion m_question;
    const Connection m_connection;
    QuestionWords m_words;
    const QuestionContext m_context;
    Clock &m_clock;
    bool m_confirming = false;

    QScrollArea *m_middle;
    TargetReading *m_reading = nullptr; ///< of a single target
    QuestionFacts *m_facts = nullptr;
    QuestionTargets *m_targets = nullptr; ///< several
    QCheckBox *m_clear;
    QLabel *m_choice; ///< what will become of the queue
    QuestionConditions *m_conditions;
    QLineEdit *m_reason;
    QLabel *m_consequence;
    QLabel *m_missing; ///< in its place: why the red button is grey
    QPushButton *m_keep;
    QPushButton *m_stop;
    QPushButton *m_unlock; ///< in its place while the desk is disarmed
};
