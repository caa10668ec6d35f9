// What MainWindow does about several conversations at once: a selection, or all that runs of an agent.
#include "ui/mainwindow.h"

#include "app/models/newsince.h"
#include "app/words/words.h"
#include "ui/lowertabs.h"
#include "ui/panels/conversationspanel.h"
#include "ui/panels/detailspanel.h"
#include "ui/panels/stopspanel.h"
#include "ui/stopflow.h"

void MainWindow::connectMany()
{
    connect(m_conversations, &ConversationsPanel::selectionChanged, this, [this](const QList<ConversationId> &ids) {
        if (!ids.isEmpty())
            link().cancelRunning();
        m_selection.choose(ids);
        showDetails();
    });
    connect(&m_selection, &Selection::changed, this, &MainWindow::showDetails);
    connect(m_details, &DetailsPanel::takeOutWanted, m_conversations, &ConversationsPanel::takeOut);
    connect(m_details, &DetailsPanel::readingCancelWanted, this, [this] { link().cancelRunning(); });
    connect(&m_actions.stopAll, &QAction::triggered, this, &MainWindow::readAllOfAgent);
    connect(m_stopFlow, &StopFlow::newSinceChanged, this, &MainWindow::followOthers);
    connect(m_tabs->stops(), &StopsPanel::othersWanted, this, [this] {
        if (const NewSince *others = m_stopFlow->newSince())
            m_conversations->select(others->found());
    });
}

/// What runs besides the last decision about several is said beside its outcomes, and left alone.
void MainWindow::followOthers()
{
    if (const NewSince *others = m_stopFlow->newSince())
        connect(others, &NewSince::changed, this, &MainWindow::showOthers);
    showOthers();
}

void MainWindow::showOthers()
{
    const NewSince *others = m_stopFlow->newSince();
    m_tabs->stops()->showOthers(others ? int(others->found().size()) : 0);
}

void MainWindow::updateManyActions()
{
    if (m_selection.isMany()) {
        const SelectionFacts &facts = m_selection.facts();
        const int count = int(facts.stoppable.size());
        const bool can = facts.stopability == Stopability::Can;
        m_actions.stop.setText(count == 0       ? tr("Stop conversations…")
                                   : count == 1 ? tr("Stop 1 conversation…")
                                                : tr("Stop %n conversations…", nullptr, count));
        m_actions.stop.setEnabled(can);
        m_actions.stop.setToolTip(can ? tr("Asks first") : words::whyNot(facts.stopability));
    }
    const AgentId &agent = link().chosenAgent();
    const std::optional<int> running = link().agents().runningOf(agent);
    const bool isOld = link().isStale(); // then a number is none that can be promised
    const bool isReading = link().runningReading().state == RunningReading::State::Reading;
    const bool isReadOnly = link().connection() && link().connection()->readOnly;
    const bool hasKey = link().isKeyKnown();
    const QString whyNot = agent.isEmpty() ? tr("Choose an agent first.")
        : isReadOnly                       ? words::whyNot(Stopability::ReadOnly)
        : !hasKey                          ? words::whyNot(Stopability::NoKey)
        : !m_parts.place.lock.isArmed()             ? words::whyNot(Stopability::Locked)
        : running == 0 && !isOld           ? tr("Nothing of this agent runs.")
        : isReading                        ? tr("What runs is being read.")
                                           : QString();
    m_actions.stopAll.setText(running.value_or(0) == 0 || isOld ? tr("Stop all running…")
                                                                : tr("Stop all %n running…", nullptr, *running));
    m_actions.stopAll.setEnabled(whyNot.isEmpty());
    m_actions.stopAll.setToolTip(whyNot.isEmpty() ? tr("Reads all that runs, then asks") : whyNot);
}

void MainWindow::askAboutMany()
{
    if (m_selection.facts().stopability == Stopability::Can)
        m_stopFlow->askForMany(m_selection.targets(), {}, m_details->clearQueue());
}

/// What is chosen gives way: Details shows how far the reading is.
void MainWindow::readAllOfAgent()
{
    m_conversations->choose({});
    link().choose({}); // also what is shown in Details alone
    link().readRunningOf(link().chosenAgent());
}

void MainWindow::askAboutAllOfAgent(const AgentId &agent, const QList<ConversationId> &running)
{
    const QList<StopTarget> targets = m_selection.targetsAmong(running);
    if (!targets.isEmpty())
        m_stopFlow->askForMany(targets, agent, m_details->clearQueue());
}
