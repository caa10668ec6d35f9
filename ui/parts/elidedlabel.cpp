#include "ui/parts/elidedlabel.h"

#include "app/words/words.h"

#include <QPainter>

namespace {

constexpr int leastWidth = 48;

}

ElidedLabel::ElidedLabel(QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
}

void ElidedLabel::show(const QString &text)
{
    if (text == this->text())
        return;
    setText(text);
    setToolTip(words::toolTip(text));
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {qMin(leastWidth, sizeHint().width()), QLabel::minimumSizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    const QString shown = fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width());
    painter.drawText(contentsRect(), int(Qt::AlignLeading | Qt::AlignVCenter | Qt::TextSingleLine), shown);
}
