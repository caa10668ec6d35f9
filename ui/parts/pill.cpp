#include "ui/parts/pill.h"

#include <QFontMetrics>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace {

constexpr int side = 8;
constexpr int above = 2;
constexpr int gap = 5;

/// A little smaller than what stands around it.
QFont smaller(QFont font)
{
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * 0.92);
    return font;
}

/// Shapes differ in width; a cell of one width keeps the words of all rows aligned.
int shapeWidth(const QFontMetrics &metrics)
{
    return qMax(metrics.horizontalAdvance(u'■'), metrics.horizontalAdvance(u'▶'));
}

}

QSize Pill::size(const QFont &font) const
{
    const QFontMetrics metrics(smaller(font));
    return {side + shapeWidth(metrics) + gap + metrics.horizontalAdvance(text) + side + 1,
            QFontMetrics(font).height() + 2 * above};
}

void Pill::paint(QPainter &painter, const QRect &rect, const QFont &font, const QPalette &palette) const
{
    const ToneColors colors = colorsOf(look.tone, palette);
    const QFontMetrics metrics(smaller(font));
    const bool mirrored = painter.layoutDirection() == Qt::RightToLeft;
    const int shape = shapeWidth(metrics);
    QRect shapeRect(rect.left() + side, rect.top(), shape, rect.height());
    QRect textRect = rect.adjusted(side + shape + gap, 0, -side, 0);
    if (mirrored) {
        shapeRect.moveRight(rect.right() - side);
        textRect = rect.adjusted(side, 0, -(side + shape + gap), 0);
    }

    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(isOutlined ? QPen(colors.text) : QPen(Qt::NoPen));
    painter.setBrush(isOutlined ? QBrush(Qt::NoBrush) : QBrush(colors.pill));
    const QRectF shown = isOutlined ? QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5) : QRectF(rect);
    painter.drawRoundedRect(shown, shown.height() / 2, shown.height() / 2);
    painter.setFont(smaller(font));
    painter.setPen(colors.text);
    painter.drawText(shapeRect, Qt::AlignCenter | Qt::TextDontClip, look.shape);
    painter.drawText(textRect, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine,
                     metrics.elidedText(text, Qt::ElideRight, textRect.width()));
    painter.restore();
}
