#pragma once

#include "app/types/requestuse.h"

#include <QAbstractButton>

/// How full the minute and the hour are, as two small gauges with their names; a click shows the last hour. The
/// figures stand beside a gauge from 70 % on, else in the tool tip.
class RequestGauges final : public QAbstractButton {
    Q_OBJECT

public:
    explicit RequestGauges(QWidget *parent = nullptr);

    void showUse(const RequestUse &use);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Gauge {
        QString name;
        int used = 0;
        int limit = 0;
    };

    QList<Gauge> gauges() const;
    QString textOf(const Gauge &gauge) const;
    void paintGauge(QPainter &painter, const QRect &place, const Gauge &gauge) const;

    RequestUse m_use;
};
