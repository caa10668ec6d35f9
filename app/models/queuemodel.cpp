#include "app/models/queuemodel.h"

#include "app/words/words.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace {

constexpr int shortText = 300; ///< letters
constexpr int longText = 2000;

}

QString QueueRow::key() const
{
    return message.id.isEmpty() ? u"place %1"_s.arg(place) : u"id "_s + message.id.value;
}

QueueModel::QueueModel(QObject *parent) : RowModel(parent) { }

void QueueModel::show(const QList<QueuedMessage> &queue, const QDateTime &now)
{
    QList<QueueRow> wanted;
    QSet<QString> known;
    for (const QueuedMessage &message : queue) {
        const QueueRow row{message, message.id.isEmpty() ? int(wanted.size()) : 0};
        if (known.contains(row.key()))
            continue;
        known.insert(row.key());
        wanted.append(row);
    }
    mergeRows(wanted);
    tick(now);
}

void QueueModel::clear()
{
    mergeRows({});
}

void QueueModel::tick(const QDateTime &now)
{
    QList<int> different;
    for (int i = 0; i < rowCount(); ++i) {
        if (waiting(row(i), m_now) != waiting(row(i), now))
            different.append(i);
    }
    m_now = now;
    for (const Run &run : runsOf(different))
        Q_EMIT dataChanged(index(run.first, Text), index(run.last, Text), {WaitingRole, Qt::AccessibleTextRole});
}

void QueueModel::hideTexts(bool hidden)
{
    if (std::exchange(m_isHidden, hidden) == hidden || rowCount() == 0)
        return;
    Q_EMIT dataChanged(index(0, Text), index(rowCount() - 1, Text),
                       {Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleTextRole});
}

/// `most`: letters.
QString QueueModel::text(const QueueRow &row, int most) const
{
    const QString text = m_isHidden ? hiddenText() : words::plain(row.message.text, most);
    return text.isEmpty() ? tr("No text") : text;
}

QString QueueModel::hiddenText()
{
    return tr("Text hidden");
}

QString QueueModel::waiting(const QueueRow &row, const QDateTime &now) const
{
    if (!row.message.waitingSince.isValid() || !now.isValid())
        return u"–"_s;
    return words::roughly(Duration(row.message.waitingSince.msecsTo(now)));
}

QString QueueModel::sentence(const QueueRow &row) const
{
    QStringList parts{text(row, shortText)};
    if (const QString who = words::person(row.message.person); who != u"–")
        parts.append(tr("from %1").arg(who));
    if (const QString time = waiting(row, m_now); time != u"–")
        parts.append(tr("waiting for %1").arg(time));
    return parts.join(u", "_s);
}

QString QueueModel::toolTip(const QueueRow &row) const
{
    QStringList lines{text(row, longText)};
    if (const QString who = words::person(row.message.person); who != u"–")
        lines.append(tr("From %1").arg(who));
    lines.append(row.message.waitingSince.isValid()
                     ? tr("Waiting since %1").arg(words::exactTime(row.message.waitingSince))
                     : tr("The service did not say since when this message waits."));
    return words::toolTip(lines.join(u'\n'));
}

QVariant QueueModel::cell(const QueueRow &row, int, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return text(row, shortText);
    case Qt::ToolTipRole:
        return toolTip(row);
    case Qt::AccessibleTextRole:
        return sentence(row);
    case PersonRole:
        return words::person(row.message.person);
    case WaitingRole:
        return waiting(row, m_now);
    default:
        return {};
    }
}

QString QueueModel::columnTitle(int) const
{
    return tr("Message");
}
