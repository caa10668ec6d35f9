#include "ui/parts/headline.h"

#include "app/words/words.h"

#include <QFontMetrics>
#include <QPainter>
#include <QTextLayout>

namespace {

constexpr double enlargement = 1.35;
constexpr int maximumLines = 2;

}

Headline::Headline(QWidget *parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void Headline::setText(const QString &text)
{
    m_text = text;
    setToolTip(words::toolTip(text));
    setAccessibleName(text);
    updateGeometry();
    update();
}

QFont Headline::largeFont() const
{
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() > 0 ? large.pointSizeF() * enlargement : 13);
    large.setBold(true);
    return large;
}

QStringList Headline::lines(int width) const
{
    const QFontMetrics metrics(largeFont());
    QTextLayout layout(m_text, largeFont());
    QStringList found;
    layout.beginLayout();
    while (found.size() < maximumLines) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(width);
        const QString rest = m_text.mid(line.textStart());
        found.append(found.size() + 1 == maximumLines ? metrics.elidedText(rest, Qt::ElideRight, width)
                                                      : rest.left(line.textLength()).trimmed());
    }
    layout.endLayout();
    return found;
}

int Headline::heightForWidth(int width) const
{
    return int(qMax<qsizetype>(1, lines(width).size())) * QFontMetrics(largeFont()).lineSpacing();
}

QSize Headline::sizeHint() const
{
    const QFontMetrics metrics(largeFont());
    const int width = qMin(metrics.horizontalAdvance(m_text) + 2, 480);
    return {width, heightForWidth(width)};
}

QSize Headline::minimumSizeHint() const
{
    return {80, QFontMetrics(largeFont()).lineSpacing()};
}

void Headline::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setLayoutDirection(layoutDirection());
    painter.setFont(largeFont());
    painter.setPen(palette().color(foregroundRole()));
    QRect row(0, 0, width(), QFontMetrics(largeFont()).lineSpacing());
    for (const QString &line : lines(width())) {
        painter.drawText(row, Qt::AlignLeading | Qt::AlignVCenter | Qt::TextSingleLine, line);
        row.translate(0, row.height());
    }
}
