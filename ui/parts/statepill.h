#pragma once

#include "ui/parts/pill.h"

#include <QWidget>

/// The pill of a state as a widget of its own, for Details and the question. Its accessible name is the word.
class StatePill final : public QWidget {
    Q_OBJECT

public:
    explicit StatePill(QWidget *parent = nullptr);

    bool isOutlined() const { return m_pill.isOutlined; }
    void showState(RowState state, const QString &text, bool isStale = false); ///< outlined where it is stale
    void showStop(const StopReport &report);
    void clear(); ///< nothing is painted, the height stays

    QString text() const { return m_pill.text; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void show(const Pill &pill);

    Pill m_pill;
};
