#pragma once

#include "app/types/stop.h"

#include <QWidget>

class RowTable;
class StopListModel;
class QLabel;
class QPushButton;

/// Every stop of this run with its outcome and how that is known, above them the sum. Enter or a double click on a row
/// shows its conversation.
class StopsPanel final : public QWidget {
    Q_OBJECT

public:
    explicit StopsPanel(StopListModel &stops, QWidget *parent = nullptr);

Q_SIGNALS:
    void ticketWanted(const StopReport &report);
    void conversationWanted(const ConversationId &id);

private:
    void layOut();
    void connectTable();
    void updateTexts();

    StopListModel &m_stops;
    QLabel *m_summary;
    QPushButton *m_ticket;
    RowTable *m_table;
};
