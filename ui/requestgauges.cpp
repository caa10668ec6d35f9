#include "ui/requestgauges.h"

#include "app/words/words.h"
#include "ui/parts/palette.h"

#include <QPainter>
#include <QStyle>
#include <QStyleOptionFocusRect>

using namespace Qt::StringLiterals;

namespace {

constexpr int barWidth = 48;
constexpr int barHeight = 6;
constexpr int gap = 6;
constexpr int between = 16;
constexpr int margin = 6;
constexpr int figuresFrom = 70; ///< per cent

bool isNearLimit(int used, int limit)
{
    return used * 100 >= limit * figuresFrom;
}

}

RequestGauges::RequestGauges(QWidget *parent)
    : QAbstractButton(parent)
{
    setObjectName(u"requests"_s);
    setAccessibleName(tr("Requests"));
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void RequestGauges::showUse(const RequestUse &use)
{
    if (use == m_use)
        return;
    m_use = use;
    const QString figures = words::requestFigures(use);
    setAccessibleDescription(figures);
    setToolTip(use.elsewhere ? figures + u'\n' + tr("This key is also used elsewhere.") : figures);
    updateGeometry();
    update();
}

QList<RequestGauges::Gauge> RequestGauges::gauges() const
{
    return {{tr("minute"), m_use.minute, m_use.minuteLimit}, {tr("hour"), m_use.hour, m_use.hourLimit}};
}

QString RequestGauges::textOf(const Gauge &gauge) const
{
    const QString figures = locale().toString(gauge.used) + u'/' + locale().toString(gauge.limit);
    return isNearLimit(gauge.used, gauge.limit) ? figures + u' ' + gauge.name : gauge.name;
}

QSize RequestGauges::sizeHint() const
{
    int width = 2 * margin + between;
    for (const Gauge &gauge : gauges())
        width += barWidth + gap + fontMetrics().horizontalAdvance(textOf(gauge));
    return {width, qMax(24, fontMetrics().height() + 4)};
}

void RequestGauges::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (underMouse())
        painter.fillRect(rect(), mixed(palette().color(QPalette::Window), palette().color(QPalette::Text), 0.06));
    int x = margin;
    for (const Gauge &gauge : gauges()) {
        const int width = barWidth + gap + fontMetrics().horizontalAdvance(textOf(gauge));
        paintGauge(painter, QStyle::visualRect(layoutDirection(), rect(), {x, 0, width, height()}), gauge);
        x += width + between;
    }
    if (hasFocus()) {
        QStyleOptionFocusRect focus;
        focus.initFrom(this);
        focus.backgroundColor = palette().color(QPalette::Window);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, &painter, this);
    }
}

/// Full is also told by the figures, which stand there then.
void RequestGauges::paintGauge(QPainter &painter, const QRect &place, const Gauge &gauge) const
{
    const QColor window = palette().color(QPalette::Window);
    const QColor text = palette().color(QPalette::WindowText);
    const bool near = isNearLimit(gauge.used, gauge.limit);
    const double share = gauge.limit > 0 ? qBound(0.0, double(gauge.used) / gauge.limit, 1.0) : 0;
    const QRect bar = QStyle::visualRect(
        layoutDirection(), place, {place.x(), place.center().y() - barHeight / 2, barWidth, barHeight});
    painter.setPen(QPen(mixed(window, text, 0.5), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(bar).adjusted(0.5, 0.5, -0.5, -0.5));
    const QRect filled(bar.x(), bar.y(), qRound(bar.width() * share), bar.height());
    painter.fillRect(QStyle::visualRect(layoutDirection(), bar, filled),
                     near ? colorsOf(Tone::Amber, palette()).text : mixed(window, text, 0.6));
    painter.setPen(readable(mixed(window, text, 0.55), window, text));
    const QRect words = QStyle::visualRect(layoutDirection(), place, place.adjusted(barWidth + gap, 0, 0, 0));
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeading, textOf(gauge));
}
