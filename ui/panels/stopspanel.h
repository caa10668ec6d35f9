#pragma once

#include "app/types/connection.h"
#include "app/types/nextstep.h"
#include "app/types/sending.h"
#include "ui/panels/batchchoice.h"

#include <QTimer>

class BatchLine;
class RowTable;
class ShownStops;
class StopSteps;

/// Every stop of this run with its outcome and how that is known, all of them or those of one decision; above them the
/// sum, how the sending goes and the steps for the chosen one, which are its menu too. Shows at once what a person has
/// just decided. Enter or a double click on a row shows its conversation.
class StopsPanel final : public QWidget {
    Q_OBJECT

public:
    explicit StopsPanel(StopListModel &stops, QWidget *parent = nullptr);

    void showConnection(const std::optional<Connection> &open); ///< decides which steps there are
    void showSending(const Sending &sending);
    void say(const QString &html) { m_choice->say(html); } ///< as `BatchChoice` does
    void showOthers(int count) { m_choice->showOthers(count); }
    BatchId batch() const { return m_choice->batch(); }    ///< that is shown; empty: all
    RowTable *table() const { return m_table; }
    QList<StopReport> ofBatch() const; ///< all of the shown decision, the oldest first

    static constexpr int betweenSums = 250; ///< ms, at the least, from one showing of the sums to the next

Q_SIGNALS:
    void sendingEndWanted(const BatchId &batch); ///< empty: of all
    void stepWanted(NextStep step, const StopReport &report);
    void ticketWanted(const StopReport &report);
    void conversationWanted(const ConversationId &id);
    void retryWanted();
    void othersWanted(); ///< what runs besides is to be shown
    void copyWanted(BatchChoice::Copy what);
    void saveWanted(BatchChoice::Save format);
    void linkActivated(); ///< of what was said

private:
    void layOut();
    void connectTable();
    void connectStops();
    void showMenu(const QPoint &position);
    void showChosen();
    void showDecided(const QModelIndex &, int first);
    void follow();
    void showSums();
    void showSteps();
    void showMessage();
    BatchSending sendingShown() const;
    static QString trouble(const BatchSending &sending, int notSent);

    StopListModel &m_stops;
    ShownStops *m_shown;
    BatchLine *m_line;
    BatchChoice *m_choice;
    StopSteps *m_steps;
    RowTable *m_table;
    std::optional<Connection> m_open;
    Sending m_sending;
    QTimer m_nextSums;
    bool m_isBehind = false; ///< of what the sums have to show
};
