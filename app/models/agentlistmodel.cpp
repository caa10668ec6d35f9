#include "app/models/agentlistmodel.h"

#include "app/words/words.h"

#include <QSet>

using namespace Qt::StringLiterals;

QString AgentRow::key() const
{
    if (all)
        return u"all"_s;
    return agent.id.isEmpty() ? u"name %1 %2"_s.arg(twin).arg(agent.name) : u"id "_s + agent.id.value;
}

AgentListModel::AgentListModel(QObject *parent) : RowModel(parent)
{
    clear();
}

void AgentListModel::merge(const QList<Agent> &agents, const QDateTime &readAt, const UnlistedAgents &unlisted)
{
    m_readAt = readAt;
    m_unlisted = unlisted;
    QList<AgentRow> wanted{{.agent = {}, .all = true, .running = {}, .twin = 0}};
    QSet<AgentId> known;
    QHash<QString, int> twins;
    for (const Agent &agent : agents) {
        if (!agent.id.isEmpty() && known.contains(agent.id))
            continue;
        known.insert(agent.id);
        const int twin = agent.id.isEmpty() ? twins[agent.name]++ : 0;
        wanted.append({.agent = agent, .all = false, .running = {}, .twin = twin});
    }
    for (AgentRow &row : wanted)
        row.running = runningOf(row);
    mergeRows(wanted);
}

void AgentListModel::setRunning(const QHash<AgentId, int> &running, int all)
{
    m_running = running;
    m_runningInAll = all;
    QList<AgentRow> wanted = rows();
    for (AgentRow &row : wanted)
        row.running = runningOf(row);
    mergeRows(wanted);
}

void AgentListModel::setCountedAt(const QDateTime &time)
{
    if (std::exchange(m_countedAt, time) != time)
        Q_EMIT dataChanged(index(0, Name), index(rowCount() - 1, Name), {Qt::AccessibleTextRole});
}

void AgentListModel::clear()
{
    m_readAt = {};
    m_running.reset();
    merge({});
}

QString AgentListModel::nameOf(const AgentId &agent) const
{
    const int found = agent.isEmpty() ? -1 : find(u"id "_s + agent.value);
    return found < 0 ? words::shortId(agent.value) : name(row(found));
}

std::optional<int> AgentListModel::runningOf(const AgentId &agent) const
{
    return m_running && !agent.isEmpty() ? std::optional(m_running->value(agent, 0)) : std::nullopt;
}

std::optional<int> AgentListModel::runningOf(const AgentRow &row) const
{
    if (!m_running || (!row.all && row.agent.id.isEmpty()))
        return std::nullopt;
    return row.all ? m_runningInAll : m_running->value(row.agent.id, 0);
}

Qt::ItemFlags AgentListModel::flags(const QModelIndex &index) const
{
    const bool canBeChosen = index.isValid() && (row(index.row()).all || !row(index.row()).agent.id.isEmpty());
    return canBeChosen ? RowModel::flags(index) : Qt::NoItemFlags;
}

QString AgentListModel::name(const AgentRow &row) const
{
    return row.all ? tr("All agents") : words::title(row.agent.name);
}

QString AgentListModel::runningText(const AgentRow &row) const
{
    return row.running ? QLocale().toString(*row.running) : u"–"_s;
}

QString AgentListModel::sentence(const AgentRow &row) const
{
    if (!row.all && row.agent.id.isEmpty())
        return tr("%1. %2").arg(name(row), whyNotChosen());
    if (!row.running)
        return name(row);
    const QString running = tr("%1, %2 running").arg(name(row), runningText(row));
    return m_countedAt.isValid() ? tr("%1 at %2", "3 running, time").arg(running, words::timeOfDay(m_countedAt)) : running;
}

QString AgentListModel::whyNotChosen()
{
    return tr("The service gave no id for this agent, so its conversations cannot be listed.");
}

QString AgentListModel::toolTip(const AgentRow &row) const
{
    if (row.all)
        return tr("The conversations of all agents");
    QStringList lines{name(row)};
    if (row.agent.id.isEmpty())
        lines.append(whyNotChosen());
    else
        lines.append(words::plain(row.agent.id.value));
    if (!row.agent.status.isEmpty())
        lines.append(words::plain(row.agent.status, 60));
    return words::toolTip(lines.join(u'\n'));
}

QVariant AgentListModel::cell(const AgentRow &row, int column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return column == Name ? name(row) : runningText(row);
    case Qt::ToolTipRole:
        return toolTip(row);
    case Qt::AccessibleTextRole:
        return column == Name ? sentence(row) : QVariant();
    case AgentIdRole:
        return row.agent.id.value;
    case AllRole:
        return row.all;
    default:
        return {};
    }
}

QString AgentListModel::columnTitle(int column) const
{
    return column == Name ? tr("Agent") : tr("Running");
}
