#pragma once

#include "app/types/connection.h"
#include "app/types/nextstep.h"
#include "app/types/stop.h"

#include <QWidget>

class RowTable;
class StopListModel;
class StopSteps;
class QLabel;
class QPushButton;

/// Every stop of this run with its outcome and how that is known, above them the sum and the steps for the chosen one,
/// which are its menu too. Enter or a double click on a row shows its conversation.
class StopsPanel final : public QWidget {
    Q_OBJECT

public:
    explicit StopsPanel(StopListModel &stops, QWidget *parent = nullptr);

    void showConnection(const std::optional<Connection> &open); ///< decides which steps there are
    void showSending(const Sending &sending);

Q_SIGNALS:
    void sendingEndWanted();
    void stepWanted(NextStep step, const StopReport &report);
    void ticketWanted(const StopReport &report);
    void conversationWanted(const ConversationId &id);

private:
    void layOut();
    void connectTable();
    void showMenu(const QPoint &position);
    void updateTexts();
    QString summary() const;

    StopListModel &m_stops;
    QLabel *m_summary;
    QPushButton *m_stopSending;
    StopSteps *m_steps;
    RowTable *m_table;
    std::optional<Connection> m_open;
    Sending m_sending;
};
