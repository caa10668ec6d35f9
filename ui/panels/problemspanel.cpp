#include "ui/panels/problemspanel.h"

#include "app/words/failurewords.h"
#include "ui/panels/effectdelegate.h"
#include "ui/panels/panelheader.h"
#include "ui/panels/rowtable.h"
#include "ui/panels/shownproblems.h"
#include "ui/parts/alertrole.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QFontDatabase>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace {

constexpr int timeWidth = 136; // "over since 12:04"
// the column of the place, in pixels
constexpr int placeWidth = 240;
constexpr int besideDetails = 144;

}

ProblemsPanel::ProblemsPanel(ProblemListModel &problems, QWidget *parent)
    : QWidget(parent)
    , m_problems(problems)
    , m_shown(new ShownProblems(problems, this))
    , m_sum(new PanelHeader({}, this))
    , m_table(new RowTable(tr("Problems"), u"problems"_s, this))
    , m_details(new QPlainTextEdit(this))
    , m_step(new QPushButton(this))
    , m_showDetails(new QPushButton(tr("Technical details"), this))
    , m_copy(new QPushButton(tr("Copy"), this))
    , m_clear(new QPushButton(tr("Clear all"), this))
    , m_all(new QCheckBox(tr("All connections"), this))
    , m_copyOne(new QAction(tr("This problem as text"), this))
    , m_remove(new QAction(tr("Remove"), this))
{
    layOut();
    layOutColumns();
    layOutCopies();
    layOutRemovals();
    connectTable();
    updateActions();
}

void ProblemsPanel::layOut()
{
    m_details->setObjectName(u"problemDetails"_s);
    m_details->setAccessibleName(tr("Details of the problem"));
    m_details->setReadOnly(true);
    m_details->setTabChangesFocus(true);
    m_details->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_details->setFrameShape(QFrame::NoFrame);
    m_details->hide();
    m_step->setObjectName(u"problemStep"_s);
    m_showDetails->setObjectName(u"showProblemDetails"_s);
    m_showDetails->setCheckable(true);
    m_sum->setObjectName(u"problemsSum"_s);
    m_sum->setFocusPolicy(Qt::StrongFocus);
    m_sum->setAttribute(Qt::WA_StyledBackground);
    m_sum->installEventFilter(this);
    makeAlert(m_sum);
    m_sum->addAtEnd(m_all);
    for (QPushButton *button : {m_step, m_showDetails, m_copy, m_clear}) {
        button->setAutoDefault(false);
        m_sum->addAtEnd(button);
    }

    auto *line = new QHBoxLayout;
    line->setSpacing(0);
    line->addWidget(m_table, 3);
    line->addWidget(m_details, 2);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_sum);
    column->addLayout(line, 1);
}

void ProblemsPanel::layOutColumns()
{
    m_table->setModel(m_shown);
    m_table->setItemDelegate(new EffectDelegate(this));
    m_table->setWordWrap(true);
    m_table->verticalHeader()->setDefaultSectionSize(2 * m_table->fontMetrics().lineSpacing() + 12);
    QHeaderView *header = m_table->horizontalHeader();
    header->setMinimumSectionSize(40);
    header->resizeSection(ProblemListModel::Effect, 176);
    header->resizeSection(ProblemListModel::Time, timeWidth);
    header->setSectionResizeMode(ProblemListModel::WhatHappened, QHeaderView::Stretch);
    header->resizeSection(ProblemListModel::Where, placeWidth);
    header->resizeSection(ProblemListModel::Count, 64);
}

void ProblemsPanel::layOutCopies()
{
    auto *menu = new QMenu(m_copy);
    menu->addAction(m_copyOne);
    m_copyOne->setObjectName(u"copyProblem"_s);
    QAction *text = menu->addAction(tr("All as text"));
    text->setObjectName(u"copyProblemsAsText"_s);
    QAction *json = menu->addAction(tr("All as JSON"));
    json->setObjectName(u"copyProblemsAsJson"_s);
    m_copy->setObjectName(u"copyProblems"_s);
    m_copy->setMenu(menu);
    connect(m_copyOne, &QAction::triggered, this, [this] { Q_EMIT copyWanted(words::problemsText({chosen()->problem})); });
    connect(text, &QAction::triggered, this, [this] { Q_EMIT copyWanted(words::problemsText(all())); });
    connect(json, &QAction::triggered, this, [this] { Q_EMIT copyWanted(words::problemsJson(all())); });
}

void ProblemsPanel::layOutRemovals()
{
    m_all->setObjectName(u"allConnections"_s);
    m_clear->setObjectName(u"clearProblems"_s);
    m_clear->setToolTip(tr("Removes the problems shown here. The journal keeps what was stopped."));
    m_remove->setObjectName(u"removeProblem"_s);
    m_remove->setShortcut(QKeySequence::Delete);
    m_remove->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(m_remove);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_all, &QCheckBox::toggled, m_shown, &ShownProblems::showAll);
    connect(m_all, &QCheckBox::toggled, this, &ProblemsPanel::updateSum);
    connect(m_clear, &QPushButton::clicked, this, &ProblemsPanel::clearAll);
    connect(m_remove, &QAction::triggered, this, &ProblemsPanel::removeChosen);
    connect(m_table, &QWidget::customContextMenuRequested, this, &ProblemsPanel::showMenu);
}

void ProblemsPanel::showConnection(const std::optional<Connection> &open)
{
    m_shown->showOf(open ? open->id : ConnectionId());
    updateSum();
}

const QAbstractItemModel &ProblemsPanel::shown() const
{
    return *m_shown;
}

bool ProblemsPanel::showsNewest() const
{
    return m_shown->hasNewest();
}

/// The next one is chosen, so that several can be removed one after another.
void ProblemsPanel::removeChosen()
{
    const ProblemRow *row = chosen();
    if (!row || !row->problem.isSettled())
        return;
    const int place = m_table->chosenRow().row();
    m_problems.remove({row->number});
    m_table->chooseRow(m_shown->index(qMin(place, m_shown->rowCount() - 1), 0));
}

void ProblemsPanel::clearAll()
{
    QSet<qint64> numbers;
    for (int row = 0; row < m_shown->rowCount(); ++row)
        numbers.insert(m_shown->rowAt(m_shown->index(row, 0))->number);
    m_problems.remove(numbers);
}

void ProblemsPanel::showMenu(const QPoint &position)
{
    const QModelIndex beneath = m_table->indexAt(position);
    const QModelIndex index = beneath.isValid() ? beneath : m_table->currentIndex(); // by keyboard: the current one
    if (!index.isValid())
        return;
    m_table->chooseRow(index);
    auto *menu = new QMenu(m_table);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(m_remove);
    menu->addAction(m_copyOne);
    menu->popup(m_table->viewport()->mapToGlobal(beneath.isValid() ? position : m_table->visualRect(index).center()));
}

void ProblemsPanel::connectTable()
{
    connect(m_table, &RowTable::rowChosen, this, [this] {
        showWhyNot({});
        updateActions();
    });
    connect(m_table, &QAbstractItemView::clicked, this, [this](const QModelIndex &row) {
        m_followed = 0;
        lead(row);
    });
    connect(m_table, &RowTable::entered, this, &ProblemsPanel::lead);
    connect(m_step, &QPushButton::clicked, this, &ProblemsPanel::takeStep);
    connect(m_showDetails, &QPushButton::toggled, this, [this](bool shown) {
        m_details->setVisible(shown);
        m_table->horizontalHeader()->resizeSection(ProblemListModel::Where, shown ? besideDetails : placeWidth);
    });
    for (const auto changed : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_problems, changed, this, &ProblemsPanel::updateSum); // also of what is hidden
    connect(m_shown, &QAbstractItemModel::layoutChanged, this, &ProblemsPanel::updateSum);
    connect(m_shown, &QAbstractItemModel::dataChanged, this, [this] {
        updateSum();
        updateActions();
    });
    const auto showEmpty = [this] {
        m_table->showMessage(m_shown->rowCount() > 0 ? QString() : tr("What goes wrong is told here, and what to do about it."));
        updateSum();
        updateActions();
    };
    connect(&m_problems, &ProblemListModel::added, this, &ProblemsPanel::followNewest);
    connect(m_shown, &QAbstractItemModel::rowsInserted, this, showEmpty);
    connect(m_shown, &QAbstractItemModel::rowsRemoved, this, showEmpty);
    showEmpty();
}

void ProblemsPanel::lead(const QModelIndex &index)
{
    const ProblemRow *row = m_shown->rowAt(index);
    if (row && row->problem.field != Field::None)
        Q_EMIT fieldWanted(ProblemRow(*row)); // what it leads to may change the rows
}

void ProblemsPanel::followNewest()
{
    if (!showsNewest())
        return;
    showWhyNot({});
    const ProblemRow *row = chosen();
    if (!row || row->number == m_followed)
        chooseNewest();
}

void ProblemsPanel::chooseNewest()
{
    m_table->chooseRow(m_shown->index(0, 0));
    m_table->scrollToTop();
    m_followed = chosen()->number;
}

void ProblemsPanel::leadToNewest()
{
    chooseNewest();
    focusSum();
}

void ProblemsPanel::announce()
{
    speak(m_sum);
}

/// In place of the sum, until another row is chosen or something new happens.
void ProblemsPanel::showWhyNot(const QString &why)
{
    m_whyNot = why;
    updateSum();
    if (!why.isEmpty())
        announce();
}

void ProblemsPanel::focusSum()
{
    m_sum->setFocus(Qt::OtherFocusReason);
}

/// Keys on the sum lead into what it sums up.
bool ProblemsPanel::eventFilter(QObject *watched, QEvent *event)
{
    const int key = event->type() == QEvent::KeyPress ? static_cast<QKeyEvent *>(event)->key() : 0;
    const bool leads = key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter;
    if (watched != m_sum || !m_sum->hasFocus() || !leads || m_shown->rowCount() == 0)
        return QWidget::eventFilter(watched, event);
    m_table->setFocus(Qt::TabFocusReason);
    m_table->chooseRow(m_shown->index(0, 0));
    if (key != Qt::Key_Down)
        lead(m_table->chosenRow());
    return true;
}

void ProblemsPanel::showTime(const QDateTime &now)
{
    m_now = now;
    updateStep();
}

void ProblemsPanel::takeStep()
{
    const ProblemRow *row = chosen();
    const ProblemStep step = row ? stepOf(row->problem, m_now) : ProblemStep::None;
    if (step == ProblemStep::ShowField)
        lead(m_table->chosenRow());
    else if (step == ProblemStep::Remove)
        removeChosen();
    else if (step != ProblemStep::None)
        Q_EMIT stepWanted(step, ProblemRow(*row));
}

const ProblemRow *ProblemsPanel::chosen() const
{
    return m_shown->rowAt(m_table->chosenRow());
}

QList<Problem> ProblemsPanel::all() const
{
    QList<Problem> problems;
    for (int row = 0; row < m_shown->rowCount(); ++row)
        problems.append(m_shown->rowAt(m_shown->index(row, 0))->problem);
    return problems;
}

/// The button stays in its place: without a step it is grey.
void ProblemsPanel::updateStep()
{
    const ProblemRow *row = chosen();
    const ProblemStep step = row ? stepOf(row->problem, m_now) : ProblemStep::None;
    const bool isThere = step != ProblemStep::None;
    m_step->setText(words::problemStep(isThere ? step : ProblemStep::ShowField,
                                       isThere ? waitOf(row->problem, m_now) : Duration(0)));
    m_step->setEnabled(isThere && step != ProblemStep::Wait);
}

/// How many, how many of each effect, and for screen readers the newest as well.
void ProblemsPanel::updateSum()
{
    const QString count = words::problemCount(m_shown->rowCount());
    m_sum->setTitle(count);
    QStringList counts{m_shown->rowCount() > 1 ? words::effectCounts(all()) : QString()};
    if (const int hidden = m_shown->hidden(); hidden > 0)
        counts << tr("%n of other connections", "problems", hidden);
    counts.removeAll(QString());
    m_sum->setNote(m_whyNot.isEmpty() ? counts.join(u" · "_s) : u"▲ "_s + m_whyNot);
    m_sum->setNoteIsError(!m_whyNot.isEmpty());
    const ProblemRow *first = m_shown->rowAt(m_shown->index(0, 0));
    const QString newest = first ? words::entry(first->problem) : QString();
    const QString more = m_whyNot.isEmpty() ? newest : m_whyNot;
    m_sum->setAccessibleName(more.isEmpty() ? count : tr("%1. %2", "2 problems. The newest").arg(count, more));
}

void ProblemsPanel::updateActions()
{
    const QModelIndex row = m_table->chosenRow();
    const QString details = row.data(ProblemListModel::DetailsRole).toString();
    updateStep();
    m_copyOne->setEnabled(row.isValid());
    m_copy->setEnabled(m_shown->rowCount() > 0);
    m_clear->setEnabled(m_shown->rowCount() > 0);
    m_remove->setEnabled(row.data(ProblemListModel::SettledRole).toBool());
    m_showDetails->setEnabled(row.isValid() || m_showDetails->isChecked());
    if (m_details->toPlainText() != details)
        m_details->setPlainText(details);
}
