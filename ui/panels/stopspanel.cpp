#include "ui/panels/stopspanel.h"

#include "app/words/batchwords.h"
#include "app/words/words.h"
#include "ui/panels/batchline.h"
#include "ui/panels/rowtable.h"
#include "ui/panels/shownstops.h"
#include "ui/panels/stopsteps.h"
#include "ui/parts/statedelegate.h"

#include <QHeaderView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

StopsPanel::StopsPanel(StopListModel &stops, QWidget *parent)
    : QWidget(parent)
    , m_stops(stops)
    , m_shown(new ShownStops(stops, this))
    , m_line(new BatchLine(this))
    , m_choice(new BatchChoice(stops, this))
    , m_steps(new StopSteps(u"OfRow"_s, this))
    , m_table(new RowTable(tr("Stops"), u"stops"_s, this))
{
    m_nextSums.setSingleShot(true);
    m_nextSums.callOnTimeout(this, [this] {
        if (m_isBehind)
            showSums();
    });
    layOut();
    connectTable();
    connectStops();
    showSums();
    m_nextSums.stop(); // the first change is shown at once
}

void StopsPanel::layOut()
{
    m_table->setModel(m_shown);
    m_table->setIdRole(StopListModel::ConversationIdRole);
    m_table->setItemDelegateForColumn(StopListModel::Outcome,
                                      new StateDelegate({-1, StopListModel::StopStateRole, StopListModel::StartedAgainRole}, this));
    QHeaderView *header = m_table->horizontalHeader();
    header->setMinimumSectionSize(40);
    header->resizeSection(StopListModel::Outcome, 224);
    header->resizeSection(StopListModel::Title, 280);
    header->resizeSection(StopListModel::Agent, 160);
    header->setSectionResizeMode(StopListModel::HowItIsKnown, QHeaderView::Stretch);
    m_line->addWidget(m_steps->first());
    m_line->addWidget(m_steps->more());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_line);
    column->addWidget(m_choice);
    column->addWidget(m_table, 1);
}

void StopsPanel::connectTable()
{
    connect(m_table, &RowTable::rowChosen, this, &StopsPanel::showSteps);
    connect(m_table, &RowTable::linkActivated, m_choice, &BatchChoice::showAllOutcomes);
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

void StopsPanel::connectStops()
{
    connect(m_line, &BatchLine::sendingEndWanted, this, [this] { Q_EMIT sendingEndWanted(batch()); });
    connect(m_choice, &BatchChoice::chosen, this, &StopsPanel::showChosen);
    connect(m_choice, &BatchChoice::retryWanted, this, &StopsPanel::retryWanted);
    connect(m_choice, &BatchChoice::othersWanted, this, &StopsPanel::othersWanted);
    connect(m_choice, &BatchChoice::copyWanted, this, &StopsPanel::copyWanted);
    connect(m_choice, &BatchChoice::saveWanted, this, &StopsPanel::saveWanted);
    connect(m_choice, &BatchChoice::linkActivated, this, &StopsPanel::linkActivated);
    connect(&m_stops, &QAbstractItemModel::rowsInserted, this, &StopsPanel::showDecided);
    connect(&m_stops, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &first, const QModelIndex &last) {
                follow();
                const QModelIndex chosen = m_shown->mapToSource(m_table->chosenRow());
                if (chosen.isValid() && chosen.row() >= first.row() && chosen.row() <= last.row())
                    showSteps();
            });
}

void StopsPanel::showConnection(const std::optional<Connection> &open)
{
    m_open = open;
    m_choice->allowRetry(open && !open->readOnly);
    showSteps();
}

void StopsPanel::showSending(const Sending &sending)
{
    if (sending == m_sending)
        return;
    m_sending = sending;
    follow();
}

QList<StopReport> StopsPanel::ofBatch() const
{
    return m_shown->ofBatch();
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

void StopsPanel::showChosen()
{
    m_choice->say({});
    m_shown->showOnly(m_choice->batch(), m_choice->group());
    showSums();
    showSteps();
}

/// What was just decided is chosen, and not hidden by a choice made before: a batch by itself, one stop in its row.
/// Sub-tasks stand with their conversation.
void StopsPanel::showDecided(const QModelIndex &, int first)
{
    const StopReport &report = m_stops.row(first).report;
    const BatchCounts *batch = m_stops.batch(report.batch);
    const bool begins = !batch || batch->tally.total() == 1;
    const bool isHidden = m_choice->group() || (!m_choice->batch().isEmpty() && m_choice->batch() != report.batch);
    const bool isApart = batch && report.target.command == Command::StopConversation;
    if (begins && !report.fromEarlierRun && (isApart || isHidden))
        m_choice->choose(isApart ? report.batch : BatchId());
    if (begins && !report.fromEarlierRun && !isApart)
        m_table->chooseRow(m_shown->mapFromSource(m_stops.index(first, 0)));
    follow();
}

/// A batch tells of several changes in a turn of the event loop: the sums follow at once, and then a few times a second.
void StopsPanel::follow()
{
    if (m_nextSums.isActive())
        m_isBehind = true;
    else
        showSums();
}

void StopsPanel::showSums()
{
    m_isBehind = false;
    m_nextSums.start(betweenSums);
    const BatchCounts *batch = m_stops.batch(this->batch());
    const StopTally &tally = batch ? batch->tally : m_stops.tally();
    const BatchSending sending = sendingShown();
    const int total = batch ? batch->size : tally.total();
    BatchLine::Shown shown;
    shown.summary = tally.summary();
    shown.trouble = trouble(sending, tally.of(OutcomeGroup::NotSent));
    shown.total = total;
    shown.decided = tally.total() - tally.undecided();
    shown.isUnderWay = total > 1 && shown.decided < total && (batch || sending.left > 0);
    shown.isSending = sending.left > 0;
    if (total > 1)
        shown.size = words::batchSize(total, batch && tally.isOfConversations());
    if (sending.rest > Duration(0))
        shown.rest = words::about(sending.rest);
    m_line->show(shown);
    m_choice->showCounts();
    showMessage();
}

/// Of the shown decision; of all together where all are shown.
BatchSending StopsPanel::sendingShown() const
{
    BatchSending all{{}, m_sending.left, m_sending.pausedUntil, {}, {}};
    for (const BatchSending &each : m_sending.batches) {
        if (each.id == batch())
            return each;
        all.rest = std::max(all.rest, each.rest);
    }
    return batch().isEmpty() ? all : BatchSending();
}

QString StopsPanel::trouble(const BatchSending &sending, int notSent)
{
    if (sending.pausedUntil.isValid())
        return tr("the service asked to wait, sending goes on %1").arg(words::clockTime(sending.pausedUntil));
    return sending.halt ? words::halted(*sending.halt, notSent) : QString();
}

void StopsPanel::showMessage()
{
    if (m_stops.rowCount() == 0)
        m_table->showMessage(tr("Nothing was stopped in this run.").toHtmlEscaped());
    else if (m_shown->rowCount() == 0)
        m_table->showMessage(u"%1 <a href='#'>%2</a>"_s.arg(tr("None has this outcome now.").toHtmlEscaped(),
                                                            tr("Show all outcomes").toHtmlEscaped()));
    else
        m_table->showMessage({});
}

void StopsPanel::showSteps()
{
    m_steps->showReport(m_shown->reportAt(m_table->chosenRow()), m_open);
}
