// What the table of TargetModel shows and says, cell by cell.
#include "ui/dialogs/targetmodel.h"

#include "app/words/words.h"

#include <QLocale>

using namespace Qt::StringLiterals;

QVariant TargetModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const int number = index.row();
    const Row &row = m_rows.at(number);
    switch (role) {
    case Qt::DisplayRole: return text(number, index.column());
    case Qt::ToolTipRole: return toolTip(number, index.column());
    case Qt::AccessibleTextRole: return index.column() == Title ? QVariant(sentence(number)) : QVariant();
    case Qt::CheckStateRole:
        return index.column() == Title ? QVariant(row.isTicked ? Qt::Checked : Qt::Unchecked) : QVariant();
    case Qt::TextAlignmentRole:
        return index.column() == Waiting ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    case StateRole: return index.column() == State ? QVariant(int(row.asked)) : QVariant();
    case NowRole: return index.column() == Now && hasChanged(row) ? QVariant(int(row.now)) : QVariant();
    default: return {};
    }
}

bool TargetModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::CheckStateRole || index.column() != Title)
        return false;
    const bool ticked = value.toInt() == Qt::Checked;
    if (std::exchange(m_rows[index.row()].isTicked, ticked) != ticked) {
        m_ticked += ticked ? 1 : -1;
        Q_EMIT dataChanged(index, index, {Qt::CheckStateRole});
        Q_EMIT ticksChanged();
    }
    return true;
}

QVariant TargetModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == Waiting ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Title: return tr("Title");
    case Agent: return tr("Agent");
    case State: return tr("State");
    case Waiting: return tr("Queue");
    case Now: return tr("Now");
    default: return {};
    }
}

Qt::ItemFlags TargetModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags all = QAbstractTableModel::flags(index);
    return index.column() == Title ? all | Qt::ItemIsUserCheckable : all;
}

QString TargetModel::agentName(int number) const
{
    const StopTarget &target = m_targets.at(number);
    const QString name = words::plain(target.agentName, 120);
    return name.isEmpty() ? words::shortId(target.agent.value) : name;
}

QString TargetModel::text(int number, int column) const
{
    const Row &row = m_rows.at(number);
    switch (column) {
    case Title: return words::title(m_targets.at(number).title);
    case Agent: return agentName(number);
    case State: return words::rowState(row.asked, row.askedWord);
    case Waiting: return row.waiting ? QLocale().toString(*row.waiting) : u"–"_s;
    case Now: return hasChanged(row) ? words::rowState(row.now, row.nowWord) : QString();
    default: return {};
    }
}

/// The row for a screen reader.
QString TargetModel::sentence(int number) const
{
    const Row &row = m_rows.at(number);
    QString said = tr("%1: %2; agent %3", "state, title, agent")
                       .arg(text(number, State), text(number, Title), agentName(number));
    if (row.waiting)
        said += *row.waiting == 1 ? tr("; 1 waiting message") : tr("; %n waiting messages", nullptr, *row.waiting);
    if (hasChanged(row))
        said += tr("; changed while you were deciding: %1").arg(text(number, Now));
    return said;
}

QString TargetModel::toolTip(int number, int column) const
{
    const Row &row = m_rows.at(number);
    if (column == Title)
        return words::toolTip(text(number, Title) + u'\n' + words::plain(m_targets.at(number).conversation.value));
    if (column == Now && hasChanged(row))
        return words::toolTip(tr("Changed while you were deciding: %1").arg(text(number, Now)));
    return column == Waiting ? QString() : words::toolTip(text(number, column));
}
