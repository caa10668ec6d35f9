#include "ui/statusline.h"

#include <QHBoxLayout>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace {

constexpr int share = 90; ///< per cent of the service's limits that are used (product.md, "Request budget")
constexpr int shownFrom = 70; ///< per cent of that

}

StatusLine::StatusLine(QWidget *parent)
    : QWidget(parent)
    , m_next(new QLabel(this))
    , m_requests(new QLabel(this))
{
    setObjectName(u"statusLine"_s);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(12, 0, 12, 0);
    line->setSpacing(16);
    for (QLabel *label : {m_next, m_requests}) {
        label->setTextFormat(Qt::PlainText);
        label->setProperty("muted", true);
        line->addWidget(label);
    }
    line->addStretch();
}

void StatusLine::showSession(const Session &session, const QDateTime &now)
{
    const std::optional<Connection> &connection = session.connection();
    const Freshness &freshness = session.freshness();
    const qint64 seconds = freshness.nextAt.isValid() ? qMax<qint64>(0, now.secsTo(freshness.nextAt)) : 0;
    m_next->setText(!connection                       ? QString()
                        : freshness.held              ? tr("updates are held")
                        : freshness.loading           ? tr("reading…")
                        : !freshness.nextAt.isValid() ? QString()
                                                      : tr("next refresh in %1 s").arg(seconds));
    const int minuteLimit = connection ? connection->requestsPerMinute * share / 100 : 0;
    const int hourLimit = connection ? connection->requestsPerHour * share / 100 : 0;
    const int minute = session.requestsThisMinute();
    const int hour = session.requestsThisHour();
    const QString figures =
        tr("requests %1/%2 this minute, %3/%4 this hour").arg(minute).arg(minuteLimit).arg(hour).arg(hourLimit);
    const bool nearLimit = minute * 100 > minuteLimit * shownFrom || hour * 100 > hourLimit * shownFrom;
    m_requests->setText(connection && nearLimit ? figures : QString());
    setToolTip(connection ? figures : QString());
}
