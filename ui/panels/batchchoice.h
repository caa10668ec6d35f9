#pragma once

#include "app/models/stoplistmodel.h"

#include <QComboBox>

class QLabel;
class QPushButton;

/// Which decision and which outcomes the table shows, and what can be done about that decision. Says what came of it in
/// the same line.
class BatchChoice final : public QWidget {
    Q_OBJECT

public:
    enum class Copy { Ticket, Text };
    enum class Save { Csv, Json };

    explicit BatchChoice(const StopListModel &stops, QWidget *parent = nullptr);

    BatchId batch() const; ///< empty: all
    std::optional<OutcomeGroup> group() const;
    void choose(const BatchId &batch); ///< and any outcome
    void showAllOutcomes() { m_groups->setCurrentIndex(0); }
    void showCounts(); ///< as the model has them now
    void allowRetry(bool allowed);
    void showOthers(int count); ///< that run besides the last decision, and were left alone
    /// `html`: may hold one link, followed by `linkActivated`; everything else in it is escaped.
    void say(const QString &html);

Q_SIGNALS:
    void chosen(); ///< another decision, or other outcomes
    void retryWanted();
    void othersWanted();
    void copyWanted(BatchChoice::Copy what);
    void saveWanted(BatchChoice::Save format);
    void linkActivated();

private:
    void layOut();
    void fillMenu();
    const StopTally &tally() const;
    void showBatches();
    void showGroups();

    const StopListModel &m_stops;
    QComboBox *m_batches;
    QComboBox *m_groups;
    QLabel *m_said;
    QPushButton *m_others;
    QPushButton *m_retry;
    QPushButton *m_more;
    bool m_mayRetry = false;
};
