#pragma once

#include "app/types/requestuse.h"

#include <QFrame>

class QLabel;
class RequestChart;

/// What was asked of the service in the last hour, in figures, a chart and a sentence. Goes away with Esc or a click
/// elsewhere. A window of its own rather than a popup, which a screen reader would not be told of.
class RequestPopup final : public QFrame {
    Q_OBJECT

public:
    explicit RequestPopup(QWidget *parent);

    void showUse(const RequestUse &use, const QList<MinuteOfUse> &hour);
    void openAbove(const QWidget &place); ///< within the screen

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QLabel *m_figures;
    RequestChart *m_chart;
    QLabel *m_summary;
};
