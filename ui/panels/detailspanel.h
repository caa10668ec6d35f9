#pragma once

#include "app/session/session.h"

#include <QWidget>

class DetailsFacts;
class PanelHeader;
class StopFooter;
class QAction;
class QCheckBox;
class QLabel;
class QScrollArea;
class QueueList;

/// The chosen conversation, before the click: what is known of it, what waits behind it, and the footer that stops it.
/// The tick is off for each conversation that comes to be shown.
class DetailsPanel final : public QWidget {
    Q_OBJECT

public:
    DetailsPanel(QueueModel &queue, QAction &stop, QWidget *parent = nullptr);

    /// `canClearQueue`: whether the connection's routes can. `now` is UTC; called once a second too.
    void showDetails(const std::optional<Details> &details, bool canClearQueue, const QDateTime &now);
    ClearQueue clearQueue() const;
    QCheckBox *clearQueueBox() const;
    QLabel *clearQueueMark() const;

Q_SIGNALS:
    void ticketWanted(const StopReport &report);
    void clearQueueChanged();

private:
    void layOut(QueueModel &queue);
    void showFooter(bool canClearQueue);
    void countWaiting();

    PanelHeader *m_header;
    QLabel *m_nothing;
    QWidget *m_something;
    DetailsFacts *m_facts;
    QLabel *m_waitingTitle;
    QueueList *m_waiting;
    StopFooter *m_footer;
    std::optional<Details> m_details;
};
