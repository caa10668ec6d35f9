#pragma once

#include "app/types/requestuse.h"

#include <QWidget>

/// The last hour, a column for each minute: what ran, and what was asked of the service for stops, for checking them and
/// for reading. The three are told apart by pattern, what was refused by a shape. Its sentence is its description.
class RequestChart final : public QWidget {
    Q_OBJECT

public:
    explicit RequestChart(QWidget *parent = nullptr);

    /// 60 minutes, the oldest first; `limit`: requests a minute that the program allows itself.
    void showHour(const QList<MinuteOfUse> &hour, int limit);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintRunning(QPainter &painter, const QRect &place) const;
    void paintRequests(QPainter &painter, const QRect &place) const;
    void paintAxis(QPainter &painter, const QRect &place) const;
    void paintLegend(QPainter &painter, const QRect &place) const;

    QList<MinuteOfUse> m_hour;
    int m_limit = 0;
};
