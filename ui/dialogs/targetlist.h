#pragma once

#include "app/types/stop.h"

#include <QTableWidget>

class ConversationListModel;

/// Several targets of one question, frozen: title, agent, state as listed when it was asked.
class TargetList final : public QTableWidget {
    Q_OBJECT

public:
    TargetList(const QList<StopTarget> &targets, const ConversationListModel &conversations,
               QWidget *parent = nullptr);

    QDateTime readAt() const { return m_readAt; } ///< of the oldest state; invalid where no list has told one
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

private:
    void addTarget(int row, const StopTarget &target, const ConversationListModel &conversations);

    QDateTime m_readAt;
};
