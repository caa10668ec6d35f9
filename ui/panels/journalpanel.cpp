#include "ui/panels/journalpanel.h"

#include "app/words/entrywords.h"
#include "app/words/failurewords.h"
#include "app/words/words.h"
#include "ui/panels/journalfilterbar.h"
#include "ui/panels/panelheader.h"
#include "ui/panels/rowtable.h"
#include "ui/parts/savefile.h"
#include "ui/parts/statedelegate.h"

#include <QDir>
#include <QFrame>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto patience = 300ms;
constexpr auto beat = 1s;
constexpr auto lingering = 15s;
constexpr int widthForConnection = 1200;
constexpr int widthForAgent = 1000;

QPushButton *makeButton(const QString &text, const QString &objectName, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setObjectName(objectName);
    button->setAutoDefault(false);
    return button;
}

}

JournalPanel::JournalPanel(JournalPages &pages, QWidget *parent)
    : QWidget(parent)
    , m_pages(pages)
    , m_filter(new JournalFilterBar(this))
    , m_table(new RowTable(tr("Journal"), u"journal"_s, this))
    , m_ticket(makeButton(tr("Copy ticket text"), u"copyTicketTextOfEntry"_s, this))
    , m_curl(makeButton(tr("Copy as curl"), u"copyAsCurl"_s, this))
    , m_export(makeButton(tr("Export…"), u"exportJournal"_s, this))
    , m_progressLine(new QWidget(this))
    , m_progress(new QLabel(m_progressLine))
    , m_cancel(makeButton(tr("Cancel"), u"cancelJournal"_s, m_progressLine))
{
    layOut();
    layOutColumns();
    connectPages();
    connectTable();
    updateTexts();
}

QWidget *JournalPanel::makeButtons()
{
    auto *formats = new QMenu(m_export);
    formats->setToolTipsVisible(true);
    QAction *csv = formats->addAction(tr("CSV, for a spreadsheet…"), this, [this] { askForFile(ExportFormat::Csv); });
    csv->setObjectName(u"exportCsv"_s);
    csv->setToolTip(tr("UTF-8, times in UTC. Have the spreadsheet import it as text: it changes long numbers otherwise."));
    formats->addAction(tr("JSON, for a program…"), this, [this] { askForFile(ExportFormat::Json); })
        ->setObjectName(u"exportJson"_s);
    m_export->setMenu(formats);
    m_export->setProperty("menuButton", true);
    auto *side = new QWidget(this);
    auto *buttons = new QVBoxLayout(side);
    buttons->setContentsMargins(12, 8, 12, 8);
    buttons->setSpacing(8);
    for (QPushButton *button : {m_ticket, m_curl, m_export})
        buttons->addWidget(button);
    buttons->addStretch();
    return side;
}

QWidget *JournalPanel::makeProgress()
{
    m_progress->setObjectName(u"journalProgress"_s);
    m_progress->setTextFormat(Qt::PlainText);
    m_progress->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *line = new QHBoxLayout(m_progressLine);
    line->setContentsMargins(12, 4, 12, 4);
    line->addWidget(m_progress, 1);
    line->addWidget(m_cancel);
    m_progressLine->hide();
    return m_progressLine;
}

void JournalPanel::layOut()
{
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    column->addWidget(m_filter);
    column->addWidget(m_table, 1);
    column->addWidget(makeProgress());
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(0);
    line->addLayout(column, 1);
    line->addWidget(makeButtons());
    setTabOrder(m_table, m_cancel);
    setTabOrder(m_cancel, m_ticket);
}

void JournalPanel::layOutColumns()
{
    m_table->setModel(&m_pages.model());
    m_table->setIdRole(JournalModel::ConversationIdRole);
    m_table->setItemDelegateForColumn(JournalModel::Outcome,
                                      new StateDelegate({-1, JournalModel::StopStateRole, JournalModel::StartedAgainRole}, this));
    QHeaderView *header = m_table->horizontalHeader();
    header->setMinimumSectionSize(40);
    header->resizeSection(JournalModel::Time, 168);
    header->resizeSection(JournalModel::Outcome, 184);
    header->resizeSection(JournalModel::What, 136);
    header->resizeSection(JournalModel::Title, 176);
    header->resizeSection(JournalModel::Agent, 120);
    header->resizeSection(JournalModel::By, 72);
    header->resizeSection(JournalModel::Connection, 96);
    header->setStretchLastSection(true);
}

void JournalPanel::connectPages()
{
    connect(m_filter, &JournalFilterBar::changed, this, &JournalPanel::follow);
    connect(&m_pages, &JournalPages::progressed, this, &JournalPanel::beginBusy);
    connect(&m_pages, &JournalPages::exportEnded, this, &JournalPanel::showEnd);
    connect(m_cancel, &QPushButton::clicked, this, &JournalPanel::actOnProgress);
    connect(&m_beat, &QTimer::timeout, this, &JournalPanel::showProgress);
    m_linger.setSingleShot(true);
    connect(&m_linger, &QTimer::timeout, this, &JournalPanel::endProgress);
    for (const auto changed : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_pages.model(), changed, this, &JournalPanel::updateTexts);
    connect(&m_pages.model(), &QAbstractItemModel::dataChanged, this, &JournalPanel::updateTexts);
}

void JournalPanel::connectTable()
{
    connect(m_table, &RowTable::rowChosen, this, &JournalPanel::updateTexts);
    connect(m_table, &RowTable::linkActivated, m_filter, &JournalFilterBar::clear);
    connect(m_ticket, &QPushButton::clicked, this, [this] {
        if (const auto entry = chosenEntry())
            Q_EMIT copyWanted(words::ticketText(entry->report, entry->connection), words::ticketCopied(entry->report.target));
    });
    connect(m_curl, &QPushButton::clicked, this, [this] {
        if (const auto entry = chosenEntry())
            Q_EMIT copyWanted(words::curl(*entry), tr("curl line of “%1” copied.").arg(words::plain(words::stopTitle(entry->report.target), 120)));
    });
    const auto show = [this](const QModelIndex &row) {
        Q_EMIT conversationWanted(ConversationId{row.data(JournalModel::ConversationIdRole).toString()});
    };
    connect(m_table, &RowTable::entered, this, show);
    connect(m_table, &QAbstractItemView::doubleClicked, this, show);
}

/// What a row can do without goes first; its tool tips and its sentence still say it.
void JournalPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_table->setColumnHidden(JournalModel::Connection, width() < widthForConnection);
    m_table->setColumnHidden(JournalModel::Agent, width() < widthForAgent);
    m_table->setColumnHidden(JournalModel::HowItIsKnown, width() < widthForAgent);
}

void JournalPanel::follow()
{
    m_linger.stop();
    endProgress();
    m_pages.setFilter(m_filter->filter(m_pages.now()));
}

/// Nothing is said of what takes no time.
void JournalPanel::beginBusy()
{
    const bool busy = !m_pages.progressText().isEmpty();
    if (busy && !m_beat.isActive())
        m_beat.start(patience);
    if (!busy)
        endProgress();
    updateTexts();
}

void JournalPanel::showProgress()
{
    m_beat.start(beat);
    m_linger.stop();
    m_progress->setText(m_pages.progressText());
    m_cancel->setText(m_pages.isCancelled() && !m_pages.isExporting() ? tr("Go on") : tr("Cancel"));
    m_cancel->show();
    m_progressLine->show();
}

void JournalPanel::endProgress()
{
    m_beat.stop();
    if (!m_linger.isActive())
        m_progressLine->hide();
}

void JournalPanel::actOnProgress()
{
    if (m_pages.isExporting())
        m_pages.cancelExport();
    else if (m_pages.isCancelled())
        m_pages.goOnReading();
    else
        m_pages.cancelReading();
    if (m_pages.isCancelled())
        showProgress();
}

void JournalPanel::showEnd(const ExportEnd &end)
{
    const QString file = words::plain(QDir::toNativeSeparators(end.file), 1000);
    m_progress->setText(!end.trouble.isEmpty() ? tr("Nothing was exported. %1").arg(end.trouble)
                            : end.cancelled    ? tr("The export was cancelled. Nothing was written.")
                                               : tr("%1 exported to %2").arg(locale().toString(end.written), file));
    m_progress->setToolTip(words::toolTip(m_progress->text()));
    m_cancel->hide();
    m_progressLine->show();
    m_linger.start(lingering);
}

void JournalPanel::updateTexts()
{
    const std::optional<JournalEntry> entry = chosenEntry();
    const QString whose = entry ? words::ofTarget(entry->report.target) : tr("Choose an entry first.");
    for (QPushButton *button : {m_ticket, m_curl}) {
        button->setToolTip(words::toolTip(whose));
        button->setAccessibleDescription(whose);
    }
    m_ticket->setEnabled(entry.has_value());
    m_curl->setEnabled(entry && !words::curl(*entry).isEmpty());
    m_export->setEnabled(!m_pages.isExporting() && !m_pages.failure());
    m_table->showMessage(emptyText());
}

QString JournalPanel::emptyText() const
{
    if (m_pages.model().rowCount() > 0 || m_pages.isReading() || m_pages.isCancelled())
        return {};
    if (const auto &failure = m_pages.failure())
        return words::sentence(*failure, Subject::Journal).toHtmlEscaped();
    if (m_filter->isEmpty())
        return tr("Nothing was ever stopped from here.").toHtmlEscaped();
    return tr("No match.").toHtmlEscaped() + u" <a href='#'>%1</a>."_s.arg(tr("Remove the filter").toHtmlEscaped());
}

void JournalPanel::askForFile(ExportFormat format)
{
    const QString day = toWall(m_pages.now()).toLocalTime().toString(u"yyyy-MM-dd"_s);
    const SaveFile file{tr("Export the journal"), u"exportFile"_s, u"stopdesk-journal-"_s + day,
                        format == ExportFormat::Csv};
    file.ask(this, [this, format](const QString &chosen) { m_pages.startExport(chosen, format); });
}

std::optional<JournalEntry> JournalPanel::chosenEntry() const
{
    const QModelIndex row = m_table->chosenRow();
    return row.isValid() ? std::optional(m_pages.model().row(row.row()).entry) : std::nullopt;
}
