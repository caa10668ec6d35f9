#include "ui/requestpopup.h"

#include "app/words/words.h"
#include "ui/requestchart.h"

#include <QKeyEvent>
#include <QLabel>
#include <QScreen>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

RequestPopup::RequestPopup(QWidget *parent)
    : QFrame(parent, Qt::Tool | Qt::FramelessWindowHint)
    , m_figures(new QLabel(this))
    , m_chart(new RequestChart(this))
    , m_summary(new QLabel(this))
{
    setObjectName(u"requestPopup"_s);
    setWindowTitle(tr("Requests"));
    setFrameShape(QFrame::StyledPanel);
    setFocusPolicy(Qt::StrongFocus);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(12);
    m_figures->setProperty("heading", true);
    m_summary->setProperty("muted", true);
    m_summary->setWordWrap(true);
    for (QLabel *label : {m_figures, m_summary})
        label->setTextFormat(Qt::PlainText);
    column->addWidget(m_figures);
    column->addWidget(m_chart);
    column->addWidget(m_summary);
}

void RequestPopup::showUse(const RequestUse &use, const QList<MinuteOfUse> &hour)
{
    m_figures->setText(words::requestFigures(use));
    m_chart->showHour(hour, use.minuteLimit);
    const QString elsewhere = use.elsewhere ? u' ' + tr("This key is also used elsewhere.") : QString();
    m_summary->setText(words::hourSummary(hour) + elsewhere);
}

void RequestPopup::openAbove(const QWidget &place)
{
    adjustSize();
    const QRect on = place.screen()->availableGeometry();
    const QPoint corner = place.mapToGlobal(QPoint(place.width(), 0)) - QPoint(width(), height() + 4);
    move(qBound(on.left(), corner.x(), qMax(on.left(), on.right() - width())), qMax(on.top(), corner.y()));
    show();
    activateWindow();
    setFocus();
}

bool RequestPopup::event(QEvent *event)
{
    if (event->type() == QEvent::WindowDeactivate)
        hide();
    return QFrame::event(event);
}

void RequestPopup::keyPressEvent(QKeyEvent *event)
{
    event->matches(QKeySequence::Cancel) ? hide() : QFrame::keyPressEvent(event);
}
