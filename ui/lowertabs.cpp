#include "ui/lowertabs.h"

#include "app/models/problemlistmodel.h"
#include "app/models/stoplistmodel.h"
#include "ui/panels/journalpanel.h"
#include "ui/panels/problemspanel.h"
#include "ui/panels/stopspanel.h"

#include <QTabBar>

using namespace Qt::StringLiterals;

LowerTabs::LowerTabs(ProblemListModel &problems, StopListModel &stops, JournalPages &journal, QWidget *parent)
    : QTabWidget(parent)
    , m_problems(new ProblemsPanel(problems, this))
    , m_stops(new StopsPanel(stops, this))
    , m_journal(new JournalPanel(journal, this))
{
    setObjectName(u"lowerTabs"_s);
    setDocumentMode(true);
    for (QWidget *page : {static_cast<QWidget *>(m_problems), static_cast<QWidget *>(m_stops),
                          static_cast<QWidget *>(m_journal)}) {
        page->setProperty("page", true);
        page->setAttribute(Qt::WA_StyledBackground);
    }
    addTab(m_problems, tr("Problems"));
    addTab(m_stops, tr("Stops"));
    addTab(m_journal, tr("Journal"));
    follow(m_problems->shown(), m_problems, tr("Problems"));
    follow(stops, m_stops, tr("Stops"));
    setMinimumHeight(tabBar()->sizeHint().height());
}

void LowerTabs::raiseProblems()
{
    show();
    setCurrentWidget(m_problems);
}

void LowerTabs::raiseStops()
{
    setCurrentWidget(m_stops);
}

/// The tab's text bears the count; its name for screen readers and tests stays.
void LowerTabs::follow(const QAbstractItemModel &model, QWidget *page, const QString &name)
{
    tabBar()->setAccessibleTabName(indexOf(page), name);
    const auto count = [this, &model, page, name] {
        const int rows = model.rowCount();
        setTabText(indexOf(page), rows > 0 ? u"%1  %2"_s.arg(name, locale().toString(rows)) : name);
    };
    for (const auto changed : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&model, changed, this, count);
    connect(&model, &QAbstractItemModel::modelReset, this, count);
}
