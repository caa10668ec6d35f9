#include "ui/requestchart.h"

#include "app/words/words.h"
#include "ui/parts/palette.h"

#include <QPainter>

#include <array>

using namespace Qt::StringLiterals;

namespace {

constexpr int runningHeight = 56;
constexpr int requestsHeight = 104;
constexpr int chartWidth = 440;
constexpr int chartGap = 8;
constexpr int minutes = 60;

struct Part {
    int MinuteOfUse::*count;
    Qt::BrushStyle pattern;
    Tone tone;
    const char *name;
};

/// From the bottom of a column up.
constexpr std::array parts{
    Part{&MinuteOfUse::reads, Qt::Dense6Pattern, Tone::Grey, QT_TRANSLATE_NOOP("RequestChart", "reading")},
    Part{&MinuteOfUse::checks, Qt::BDiagPattern, Tone::Blue, QT_TRANSLATE_NOOP("RequestChart", "checking stops")},
    Part{&MinuteOfUse::stops, Qt::SolidPattern, Tone::Blue, QT_TRANSLATE_NOOP("RequestChart", "stops")},
};

void paintBlock(QPainter &painter, const QRectF &place, const Part &part, const QPalette &palette)
{
    const QColor color = colorsOf(part.tone, palette).text;
    painter.setPen(QPen(color, 1));
    painter.setBrush(QBrush(color, part.pattern));
    painter.drawRect(place);
}

}

RequestChart::RequestChart(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"requestChart"_s);
    setAccessibleName(tr("Requests in the last hour"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void RequestChart::showHour(const QList<MinuteOfUse> &hour, int limit)
{
    if (hour == m_hour && limit == m_limit)
        return;
    m_hour = hour;
    m_limit = limit;
    setAccessibleDescription(words::hourSummary(hour));
    update();
}

QSize RequestChart::sizeHint() const
{
    const int line = fontMetrics().height();
    return {chartWidth, 2 * (line + chartGap) + runningHeight + requestsHeight + 3 * chartGap + 2 * line};
}

void RequestChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int line = fontMetrics().height();
    QRect place(0, line + chartGap, width() - 1, runningHeight);
    paintRunning(painter, place);
    place = QRect(0, place.bottom() + 2 * chartGap + line, width() - 1, requestsHeight);
    paintRequests(painter, place);
    paintAxis(painter, {0, place.bottom() + chartGap, width(), line});
    paintLegend(painter, {0, place.bottom() + 2 * chartGap + line, width(), line});
}

/// A step for each minute; a gap where nothing was read.
void RequestChart::paintRunning(QPainter &painter, const QRect &place) const
{
    int most = 1;
    for (const MinuteOfUse &minute : m_hour)
        most = qMax(most, minute.running.value_or(0));
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRect(place.x(), place.y() - fontMetrics().height() - chartGap / 2, place.width(), 40),
                     tr("Running conversations, at most %1").arg(locale().toString(most)));
    painter.setPen(mixed(palette().color(QPalette::Window), palette().color(QPalette::WindowText), 0.3));
    painter.drawLine(place.bottomLeft(), place.bottomRight());
    painter.setPen(QPen(colorsOf(Tone::Blue, palette()).text, 2));
    const double column = double(place.width()) / minutes;
    QPointF before;
    bool isLine = false; // an optional point is one too many for the optimizer's warnings
    for (int i = 0; i < m_hour.size(); ++i) {
        const std::optional<int> running = m_hour.at(i).running;
        const bool goesOn = std::exchange(isLine, running.has_value());
        if (!running)
            continue;
        const double y = place.bottom() - double(place.height() - 2) * *running / most;
        const QPointF left(place.x() + i * column, y);
        if (goesOn)
            painter.drawLine(before, left);
        before = QPointF(left.x() + column, y);
        painter.drawLine(left, before);
    }
}

void RequestChart::paintRequests(QPainter &painter, const QRect &place) const
{
    int most = m_limit;
    for (const MinuteOfUse &minute : m_hour)
        most = qMax(most, minute.requests());
    const QColor faint = mixed(palette().color(QPalette::Window), palette().color(QPalette::WindowText), 0.3);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRect(place.x(), place.y() - fontMetrics().height() - chartGap / 2, place.width(), 40),
                     tr("Requests a minute, limit %1").arg(locale().toString(m_limit)));
    const double unit = double(place.height() - 12) / qMax(1, most);
    painter.setPen(QPen(faint, 1, Qt::DashLine));
    painter.drawLine(QPointF(place.left(), place.bottom() - unit * m_limit),
                     QPointF(place.right(), place.bottom() - unit * m_limit));
    painter.setPen(faint);
    painter.drawLine(place.bottomLeft(), place.bottomRight());
    const double column = double(place.width()) / minutes;
    for (int i = 0; i < m_hour.size(); ++i) {
        double y = place.bottom();
        for (const Part &part : parts) {
            const double height = unit * (m_hour.at(i).*part.count);
            y -= height;
            if (height > 0)
                paintBlock(painter, {place.x() + i * column + 1, y, column - 2, height}, part, palette());
        }
        if (m_hour.at(i).refused > 0) {
            painter.setPen(colorsOf(Tone::Red, palette()).text);
            painter.drawText(QRectF(place.x() + (i - 1) * column, y - 14, 3 * column, 14), Qt::AlignCenter, u"▲"_s);
        }
    }
}

void RequestChart::paintAxis(QPainter &painter, const QRect &place) const
{
    const QColor window = palette().color(QPalette::Window);
    const QColor text = palette().color(QPalette::WindowText);
    painter.setPen(readable(mixed(window, text, 0.55), window, text));
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, tr("60 min ago"));
    painter.drawText(place, Qt::AlignHCenter | Qt::AlignVCenter, tr("30 min ago"));
    painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, tr("now"));
}

void RequestChart::paintLegend(QPainter &painter, const QRect &place) const
{
    const int box = fontMetrics().ascent();
    int x = place.x();
    for (const Part &part : parts) {
        paintBlock(painter, QRectF(x, place.center().y() - box / 2.0, box, box), part, palette());
        painter.setPen(palette().color(QPalette::WindowText));
        const QString name = tr(part.name);
        x += box + chartGap;
        painter.drawText(QRect(x, place.y(), place.width(), place.height()), Qt::AlignVCenter, name);
        x += fontMetrics().horizontalAdvance(name) + 2 * chartGap;
    }
    const QString refused = u"▲ "_s + tr("refused as too many");
    painter.setPen(colorsOf(Tone::Red, palette()).text);
    painter.drawText(QRect(x, place.y(), place.width(), place.height()), Qt::AlignVCenter, refused);
}
