#include "ui/panels/problemspanel.h"

#include "app/models/problemlistmodel.h"
#include "app/words/failurewords.h"
#include "ui/panels/effectdelegate.h"
#include "ui/panels/rowtable.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

ProblemsPanel::ProblemsPanel(ProblemListModel &problems, QWidget *parent)
    : QWidget(parent)
    , m_problems(problems)
    , m_table(new RowTable(tr("Problems"), u"problems"_s, this))
    , m_details(new QPlainTextEdit(this))
    , m_step(new QPushButton(this))
    , m_showDetails(new QPushButton(tr("Details"), this))
    , m_copy(new QPushButton(tr("Copy"), this))
    , m_copyOne(new QAction(tr("This problem as text"), this))
    , m_now(QDateTime::currentDateTimeUtc())
{
    layOut();
    layOutColumns();
    layOutCopies();
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

    auto *buttons = new QVBoxLayout;
    buttons->setContentsMargins(12, 4, 12, 4); // three fit beside the rows of the smallest dock
    buttons->setSpacing(4);
    for (QPushButton *button : {m_step, m_showDetails, m_copy}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    buttons->addStretch();
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(0);
    line->addWidget(m_table, 3);
    line->addWidget(m_details, 2);
    line->addLayout(buttons);
}

void ProblemsPanel::layOutColumns()
{
    m_table->setModel(&m_problems);
    m_table->setItemDelegateForColumn(ProblemListModel::Effect, new EffectDelegate(this));
    QHeaderView *header = m_table->horizontalHeader();
    header->setMinimumSectionSize(40);
    header->resizeSection(ProblemListModel::Effect, 176);
    header->setSectionResizeMode(ProblemListModel::WhatHappened, QHeaderView::Stretch);
    header->resizeSection(ProblemListModel::Where, 264);
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
    connect(m_copyOne, &QAction::triggered, this, [this] { Q_EMIT copyWanted(words::problemsText({*chosen()})); });
    connect(text, &QAction::triggered, this, [this] { Q_EMIT copyWanted(words::problemsText(all())); });
    connect(json, &QAction::triggered, this, [this] { Q_EMIT copyWanted(words::problemsJson(all())); });
}

void ProblemsPanel::connectTable()
{
    connect(m_table, &RowTable::rowChosen, this, &ProblemsPanel::updateActions);
    connect(m_table, &QAbstractItemView::clicked, this, &ProblemsPanel::lead);
    connect(m_table, &RowTable::entered, this, &ProblemsPanel::lead);
    connect(m_step, &QPushButton::clicked, this, &ProblemsPanel::takeStep);
    connect(m_showDetails, &QPushButton::toggled, m_details, &QWidget::setVisible);
    connect(&m_problems, &QAbstractItemModel::dataChanged, this, &ProblemsPanel::updateActions);
    const auto showEmpty = [this] {
        m_table->showMessage(m_problems.rowCount() > 0 ? QString() : tr("No problems so far."));
        updateActions();
    };
    connect(&m_problems, &QAbstractItemModel::rowsInserted, this, showEmpty);
    connect(&m_problems, &QAbstractItemModel::rowsRemoved, this, showEmpty);
    connect(&m_problems, &QAbstractItemModel::modelReset, this, showEmpty);
    showEmpty();
}

void ProblemsPanel::lead(const QModelIndex &row)
{
    const auto field = Field(row.data(ProblemListModel::FieldRole).toInt());
    if (row.isValid() && field != Field::None)
        Q_EMIT fieldWanted(field);
}

void ProblemsPanel::showTime(const QDateTime &now)
{
    m_now = now;
    updateStep();
}

void ProblemsPanel::takeStep()
{
    const std::optional<Problem> problem = chosen();
    const ProblemStep step = problem ? stepOf(*problem, m_now) : ProblemStep::None;
    if (step == ProblemStep::ShowField)
        lead(m_table->chosenRow());
    else if (step != ProblemStep::None)
        Q_EMIT stepWanted(step);
}

std::optional<Problem> ProblemsPanel::chosen() const
{
    const QModelIndex row = m_table->chosenRow();
    return row.isValid() ? std::optional(m_problems.row(row.row()).problem) : std::nullopt;
}

QList<Problem> ProblemsPanel::all() const
{
    QList<Problem> problems;
    for (const ProblemRow &row : m_problems.rows())
        problems.append(row.problem);
    return problems;
}

/// The button stays in its place: without a step it is grey.
void ProblemsPanel::updateStep()
{
    const std::optional<Problem> problem = chosen();
    const ProblemStep step = problem ? stepOf(*problem, m_now) : ProblemStep::None;
    const bool isThere = step != ProblemStep::None;
    m_step->setText(words::problemStep(isThere ? step : ProblemStep::ShowField,
                                       isThere ? waitOf(*problem, m_now) : Duration(0)));
    m_step->setEnabled(isThere && step != ProblemStep::Wait);
}

void ProblemsPanel::updateActions()
{
    const QModelIndex row = m_table->chosenRow();
    const QString details = row.data(ProblemListModel::DetailsRole).toString();
    updateStep();
    m_copyOne->setEnabled(row.isValid());
    m_copy->setEnabled(m_problems.rowCount() > 0);
    m_showDetails->setEnabled(row.isValid() || m_showDetails->isChecked());
    if (m_details->toPlainText() != details)
        m_details->setPlainText(details);
}
