#include "ui/parts/statepill.h"

#include "app/words/words.h"

#include <QApplication>
#include <QEvent>
#include <QPainter>
#include <QStyle>

StatePill::StatePill(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

void StatePill::showState(RowState state, const QString &text, bool isStale)
{
    show({lookOf(state), text, isStale});
}

void StatePill::showStop(const StopReport &report)
{
    show({lookOf(report.state, report.startedAgain.has_value()), words::stopPill(report)});
}

void StatePill::clear()
{
    show({});
}

void StatePill::show(const Pill &pill)
{
    if (m_pill == pill)
        return;
    m_pill = pill;
    setAccessibleName(pill.text);
    setToolTip(words::toolTip(pill.text));
    updateGeometry();
    update();
}

QSize StatePill::sizeHint() const
{
    return m_pill.size(font());
}

QSize StatePill::minimumSizeHint() const
{
    return {m_pill.text.isEmpty() ? 0 : qMin(96, sizeHint().width()), sizeHint().height()};
}

void StatePill::paintEvent(QPaintEvent *)
{
    if (m_pill.text.isEmpty())
        return;
    QPainter painter(this);
    painter.setLayoutDirection(layoutDirection());
    const QSize size = sizeHint().boundedTo(this->size());
    m_pill.paint(painter, QStyle::alignedRect(layoutDirection(), Qt::AlignLeading | Qt::AlignVCenter, size, rect()),
                 font(), QApplication::palette());
}

void StatePill::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    QWidget::changeEvent(event);
}
