#pragma once

#include <QLabel>

/// One line of plain text that gives way when there is no room: it ends in an ellipsis then, and its tool tip has the
/// whole. Takes no more room than its text.
class ElidedLabel final : public QLabel {
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget *parent = nullptr);

    void show(const QString &text);
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};
