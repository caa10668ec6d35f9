#include "ui/panels/stopspanel.h"

#include "app/models/stoplistmodel.h"
#include "app/words/words.h"
#include "ui/panels/rowtable.h"
#include "ui/panels/stopsteps.h"
#include "ui/parts/statedelegate.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

StopsPanel::StopsPanel(StopListModel &stops, QWidget *parent)
    : QWidget(parent)
    , m_stops(stops)
    , m_summary(new QLabel(this))
    , m_stopSending(new QPushButton(tr("Stop sending"), this))
    , m_steps(new StopSteps(u"OfRow"_s, this))
    , m_table(new RowTable(tr("Stops"), u"stops"_s, this))
{
    layOut();
    connectTable();
    updateTexts();
}

void StopsPanel::layOut()
{
    m_summary->setObjectName(u"stopsSummary"_s);
    m_summary->setTextFormat(Qt::PlainText);
    m_table->setModel(&m_stops);
    m_table->setItemDelegateForColumn(StopListModel::Outcome,
                                      new StateDelegate({-1, StopListModel::StopStateRole, StopListModel::StartedAgainRole}, this));
    QHeaderView *header = m_table->horizontalHeader();
    header->setMinimumSectionSize(40);
    header->resizeSection(StopListModel::Outcome, 224);
    header->resizeSection(StopListModel::Title, 280);
    header->resizeSection(StopListModel::Agent, 160);
    header->setSectionResizeMode(StopListModel::HowItIsKnown, QHeaderView::Stretch);

    auto *line = new QHBoxLayout;
    line->setContentsMargins(12, 4, 12, 4);
    m_stopSending->setObjectName(u"stopSending"_s);
    m_stopSending->setToolTip(tr("What has left goes on to its outcome; the rest is not sent"));
    m_stopSending->setAutoDefault(false);
    m_stopSending->hide();
    connect(m_stopSending, &QPushButton::clicked, this, &StopsPanel::sendingEndWanted);
    line->addWidget(m_summary, 1);
    line->addWidget(m_stopSending);
    line->setSpacing(8);
    line->addWidget(m_steps->first());
    line->addWidget(m_steps->more());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(line);
    column->addWidget(m_table, 1);
}

void StopsPanel::connectTable()
{
    connect(m_table, &RowTable::rowChosen, this, &StopsPanel::updateTexts);
    for (const auto changed : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_stops, changed, this, &StopsPanel::updateTexts);
    connect(&m_stops, &QAbstractItemModel::dataChanged, this, &StopsPanel::updateTexts);
    connect(&m_stops, &QAbstractItemModel::modelReset, this, &StopsPanel::updateTexts);
    connect(m_steps, &StopSteps::stepWanted, this, &StopsPanel::stepWanted);
    connect(m_steps, &StopSteps::ticketWanted, this, &StopsPanel::ticketWanted);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QWidget::customContextMenuRequested, this, &StopsPanel::showMenu);
    const auto show = [this](const QModelIndex &row) {
        Q_EMIT conversationWanted(ConversationId{row.data(StopListModel::ConversationIdRole).toString()});
    };
    connect(m_table, &RowTable::entered, this, show);
    connect(m_table, &QAbstractItemView::doubleClicked, this, show);
}

void StopsPanel::showConnection(const std::optional<Connection> &open)
{
    m_open = open;
    updateTexts();
}

void StopsPanel::showSending(const Sending &sending)
{
    if (sending == m_sending)
        return;
    m_sending = sending;
    updateTexts();
}

QString StopsPanel::summary() const
{
    if (!m_sending.pausedUntil.isValid())
        return m_stops.summary();
    return m_stops.summary() + u" · "_s
        + tr("the service asked to wait, sending goes on %1").arg(words::clockTime(m_sending.pausedUntil));
}

void StopsPanel::showMenu(const QPoint &position)
{
    QModelIndex row = m_table->indexAt(position);
    QPoint at = position;
    if (!row.isValid()) { // asked for by keyboard
        row = m_table->currentIndex();
        at = m_table->visualRect(row).center();
    }
    if (!row.isValid())
        return;
    m_table->chooseRow(row);
    m_steps->popup(m_table->viewport()->mapToGlobal(at));
}

void StopsPanel::updateTexts()
{
    const bool any = m_stops.rowCount() > 0;
    m_summary->setText(any ? summary() : QString());
    m_stopSending->setVisible(m_sending.left > 0);
    const QModelIndex row = m_table->chosenRow();
    m_steps->showReport(row.isValid() ? std::optional(m_stops.row(row.row()).report) : std::nullopt, m_open);
    m_table->showMessage(any ? QString() : tr("Nothing was stopped in this run."));
}
