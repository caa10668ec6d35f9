#pragma once

#include "app/models/queuemodel.h"

#include <QWidget>

class QLabel;
class QPushButton;
class WaitingMessages;

/// The messages that wait behind the conversation in Details, and what can be done about them: one is chosen and
/// discarded, or all are cleared away. Both are only wanted here; the question comes first.
class WaitingArea final : public QWidget {
    Q_OBJECT

public:
    explicit WaitingArea(QueueModel &queue, QWidget *parent = nullptr);

    /// `waiting`: how many the service says wait, unset where not read. `canClear`: whether the connection's routes can
    /// clear a queue by itself. `whyNot`: why nothing can be discarded now; empty where it can.
    void showQueue(std::optional<int> waiting, bool canClear, const QString &whyNot);

Q_SIGNALS:
    void discardWanted(const QueuedMessage &message);
    void clearWanted();

private:
    void layOut();
    void update();
    void showMenu(const QPoint &position);
    void discardChosen();
    std::optional<QueuedMessage> chosen() const; ///< none either where it has no id

    QueueModel &m_queue;
    std::optional<int> m_waiting;
    bool m_canClear = false;
    QString m_whyNot;
    QLabel *m_title;
    WaitingMessages *m_list;
    QLabel *m_unlisted;
    QWidget *m_buttons;
    QPushButton *m_discard;
    QPushButton *m_clear;
};
