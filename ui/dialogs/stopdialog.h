#pragma once

#include "app/types/clock.h"
#include "ui/dialogs/questionwords.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QVBoxLayout;
class QuestionConditions;
class QuestionFacts;
class Session;
class TargetList;
class TargetReading;

/// The question before a decision, about one target or about several of one kind. They are frozen when it is asked:
/// what was shown is what is hit. It reads the live state of a single one meanwhile; not knowing it never keeps anybody
/// from deciding. Open it with open(). Confirms at most once.
class StopDialog final : public QDialog {
    Q_OBJECT

public:
    /// `clock` is the machine's own time where none is given.
    StopDialog(const QList<StopTarget> &targets, const Connection &connection, ClearQueue initial, Session &session,
               QWidget *parent = nullptr, Clock *clock = nullptr);

    void done(int result) override;

Q_SIGNALS:
    /// The person decided; a single target carries the run state that was read last, if one was.
    void confirmed(const QList<StopTarget> &targets, ClearQueue clearQueue, const QString &reason, bool withoutRecord);
    void clearQueueToggled(bool clear);

protected:
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool canClear(const Connection &connection) const;
    void addConditions(const Connection &connection);
    void layOut(const Connection &connection);
    QWidget *layOutMiddle(bool canClear);
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
    void showListAge();
    void showQueueChoice();
    void showWhatIsMissing();

    QList<StopTarget> m_targets;
    QuestionWords m_words;
    Session &m_session;
    SystemClock m_ownClock;
    Clock &m_clock;
    bool m_confirming = false;

    QScrollArea *m_middle;
    TargetReading *m_reading = nullptr; ///< of a single target
    QuestionFacts *m_facts = nullptr;
    TargetList *m_list = nullptr; ///< of several
    QLabel *m_listAge = nullptr;
    QCheckBox *m_clear;
    QLabel *m_choice; ///< what will become of the queue
    QuestionConditions *m_conditions;
    QLineEdit *m_reason;
    QLabel *m_consequence;
    QLabel *m_missing; ///< in its place: why the red button is grey
    QPushButton *m_keep;
    QPushButton *m_stop;
};
