#include "ui/statusline.h"

#include "app/words/words.h"
#include "ui/requestgauges.h"
#include "ui/requestpopup.h"

#include <QHBoxLayout>
#include <QLabel>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

StatusLine::StatusLine(QWidget *parent)
    : QWidget(parent)
    , m_next(new QLabel(this))
    , m_waiting(new QLabel(this))
    , m_gauges(new RequestGauges(this))
    , m_popup(new RequestPopup(this))
{
    setObjectName(u"statusLine"_s);
    m_next->setObjectName(u"nextRefresh"_s);
    m_waiting->setObjectName(u"waitingStops"_s);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(12, 0, 6, 0);
    line->setSpacing(16);
    for (QLabel *label : {m_next, m_waiting}) {
        label->setTextFormat(Qt::PlainText);
        label->setProperty("muted", true);
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        line->addWidget(label, 1);
    }
    m_waiting->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    line->addWidget(m_gauges);
    connect(m_gauges, &QAbstractButton::clicked, this, [this] { m_popup->openAbove(*m_gauges); });
}

void StatusLine::showLink(const ServiceLink &link, const QString &underWay, const QDateTime &now)
{
    m_next->setText(refreshText(link, now));
    m_next->setToolTip(words::toolTip(m_next->text()));
    m_waiting->setText(waitingText(link, underWay));
    m_gauges->setVisible(link.connection().has_value());
    const RequestUse use = link.usage().now();
    m_gauges->showUse(use);
    m_popup->showUse(use, link.usage().lastHour());
}

QString StatusLine::refreshText(const ServiceLink &link, const QDateTime &now) const
{
    const Freshness &freshness = link.freshness();
    if (!link.connection())
        return {};
    if (freshness.held)
        return tr("updates are held");
    if (freshness.loading)
        return tr("reading…");
    if (!freshness.nextAt.isValid())
        return words::whySlow(freshness);
    const Duration wait(qMax<qint64>(0, now.msecsTo(freshness.nextAt)));
    const QString next = tr("next refresh in %1").arg(wait < 2min ? words::elapsed(wait) : words::roughly(wait));
    const QString why = words::whySlow(freshness);
    return why.isEmpty() ? next : next + u" · "_s + why;
}

/// A stop that waits for its place in the limits says so, with the time.
QString StatusLine::waitingText(const ServiceLink &link, const QString &underWay) const
{
    QStringList parts;
    if (!underWay.isEmpty())
        parts << tr("Stops: %1", "1 sending, 3 in line").arg(underWay);
    const Duration wait = link.usage().now().stopWait;
    if (wait > 0ms)
        parts << tr("the next stop can leave in %1").arg(words::elapsed(wait + 999ms));
    return parts.join(u" · "_s);
}
