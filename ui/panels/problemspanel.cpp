#include "ui/panels/problemspanel.h"

#include "app/models/problemlistmodel.h"
#include "ui/panels/effectdelegate.h"
#include "ui/panels/rowtable.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

ProblemsPanel::ProblemsPanel(ProblemListModel &problems, QWidget *parent)
    : QWidget(parent)
    , m_problems(problems)
    , m_table(new RowTable(tr("Problems"), u"problems"_s, this))
    , m_details(new QPlainTextEdit(this))
    , m_showField(new QPushButton(tr("Show the field"), this))
    , m_showDetails(new QPushButton(tr("Details"), this))
{
    layOut();
    layOutColumns();
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
    m_showField->setObjectName(u"showTheField"_s);
    m_showDetails->setObjectName(u"showProblemDetails"_s);
    m_showDetails->setCheckable(true);

    auto *buttons = new QVBoxLayout;
    buttons->setContentsMargins(12, 8, 12, 8);
    buttons->setSpacing(8);
    for (QPushButton *button : {m_showField, m_showDetails}) {
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

void ProblemsPanel::connectTable()
{
    connect(m_table, &RowTable::rowChosen, this, &ProblemsPanel::updateActions);
    connect(m_table, &QAbstractItemView::clicked, this, &ProblemsPanel::lead);
    connect(m_table, &RowTable::entered, this, &ProblemsPanel::lead);
    connect(m_showField, &QPushButton::clicked, this, [this] { lead(m_table->chosenRow()); });
    connect(m_showDetails, &QPushButton::toggled, m_details, &QWidget::setVisible);
    connect(&m_problems, &QAbstractItemModel::dataChanged, this, &ProblemsPanel::updateActions);
    const auto showEmpty = [this] {
        m_table->showMessage(m_problems.rowCount() > 0 ? QString() : tr("No problems so far."));
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

void ProblemsPanel::updateActions()
{
    const QModelIndex row = m_table->chosenRow();
    const QString details = row.data(ProblemListModel::DetailsRole).toString();
    m_showField->setEnabled(row.isValid() && Field(row.data(ProblemListModel::FieldRole).toInt()) != Field::None);
    m_showDetails->setEnabled(row.isValid() || m_showDetails->isChecked());
    if (m_details->toPlainText() != details)
        m_details->setPlainText(details);
}
