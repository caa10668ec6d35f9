#include "ui/panels/batchline.h"

#include "ui/parts/elidedlabel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

using namespace Qt::StringLiterals;

BatchLine::BatchLine(QWidget *parent)
    : QWidget(parent)
    , m_size(new QLabel(this))
    , m_summary(new ElidedLabel(this))
    , m_progress(new QProgressBar(this))
    , m_rest(new QLabel(this))
    , m_stopSending(new QPushButton(tr("Stop sending"), this))
{
    m_size->setObjectName(u"stopsSize"_s);
    m_size->setProperty("heading", true);
    m_summary->setObjectName(u"stopsSummary"_s);
    m_progress->setObjectName(u"stopsProgress"_s);
    m_progress->setAccessibleName(tr("Progress of the stops"));
    m_progress->setTextVisible(false);
    m_progress->setProperty("thin", true);
    m_progress->setMinimumWidth(48);
    m_rest->setObjectName(u"stopsRest"_s);
    m_stopSending->setObjectName(u"stopSending"_s);
    m_stopSending->setToolTip(tr("What has left goes on to its outcome; the rest is not sent"));
    m_stopSending->setAutoDefault(false);
    connect(m_stopSending, &QPushButton::clicked, this, &BatchLine::sendingEndWanted);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(12, 4, 12, 4);
    line->setSpacing(8);
    line->addWidget(m_size);
    line->addWidget(m_summary);
    line->addWidget(m_progress, 1);
    line->addWidget(m_rest);
    line->addWidget(m_stopSending);
    line->addStretch(); // where there is no progress
    show({});
}

void BatchLine::show(const Shown &shown)
{
    m_size->setText(shown.size);
    m_size->setVisible(!shown.size.isEmpty());
    QStringList texts{shown.summary, shown.trouble};
    texts.removeAll(QString());
    m_summary->show(texts.join(u" · "_s));
    m_progress->setMaximum(qMax(1, shown.total));
    m_progress->setValue(shown.decided);
    m_progress->setVisible(shown.isUnderWay);
    m_rest->setText(shown.rest);
    m_rest->setVisible(!shown.rest.isEmpty());
    m_stopSending->setVisible(shown.isSending);
}

void BatchLine::addWidget(QWidget *widget)
{
    layout()->addWidget(widget);
}
