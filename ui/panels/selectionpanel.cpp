#include "ui/panels/selectionpanel.h"

#include "app/words/words.h"
#include "ui/panels/rowtable.h"
#include "ui/parts/formrow.h"

#include <QHeaderView>
#include <QPushButton>
#include <QShortcut>

using namespace Qt::StringLiterals;

namespace {

QString number(int count)
{
    return QLocale().toString(count);
}

QString waitingText(const WaitingSum &sum)
{
    return sum.of == 0 ? u"–"_s : words::waitingInAll(sum);
}

}

SelectionPanel::SelectionPanel(QWidget *parent)
    : QWidget(parent)
    , m_headline(new QLabel(this))
    , m_remark(mutedLabel({}, this))
    , m_form(newForm())
    , m_table(new RowTable(tr("Chosen conversations"), u"chosenConversations"_s, this))
    , m_takeOut(new QPushButton(tr("Take out"), this))
{
    m_agents = addFact(tr("Agents"), u"selectionAgents"_s);
    m_persons = addFact(tr("People"), u"selectionPeople"_s);
    m_longest = addFact(tr("Longest"), u"selectionLongest"_s);
    m_waiting = addFact(tr("Waiting"), u"selectionWaiting"_s);
    layOutList();
    layOut();
    connect(m_takeOut, &QPushButton::clicked, this, &SelectionPanel::takeOut);
    auto *key = new QShortcut(QKeySequence::Delete, m_table);
    key->setContext(Qt::WidgetShortcut);
    connect(key, &QShortcut::activated, this, &SelectionPanel::takeOut);
}

void SelectionPanel::layOut()
{
    m_headline->setObjectName(u"selectionHeadline"_s);
    m_headline->setTextFormat(Qt::PlainText);
    m_headline->setWordWrap(true);
    m_headline->setProperty("heading", true);
    m_remark->setObjectName(u"selectionRemark"_s);
    m_takeOut->setObjectName(u"takeOut"_s);
    m_takeOut->setAutoDefault(false);
    m_takeOut->setToolTip(tr("Leave this conversation alone"));
    auto *heading = new QLabel(tr("Chosen"), this);
    heading->setProperty("heading", true);
    heading->setBuddy(m_table);
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(heading, 1);
    line->addWidget(m_takeOut);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(8);
    column->addWidget(m_headline);
    column->addWidget(m_remark);
    column->addLayout(m_form);
    column->addLayout(line); // above the list, which may be long
    column->addWidget(m_table, 1);
}

void SelectionPanel::layOutList()
{
    m_table->setModel(&m_rows);
    QHeaderView *header = m_table->horizontalHeader();
    header->hide();
    header->setMinimumSectionSize(40);
    header->setStretchLastSection(false);
    header->setSectionResizeMode(ChosenListModel::Title, QHeaderView::Stretch);
    header->resizeSection(ChosenListModel::State, 104);
    m_table->setMinimumHeight(2 * m_table->verticalHeader()->defaultSectionSize());
    connect(m_table, &RowTable::rowChosen, this, [this] { m_takeOut->setEnabled(m_table->chosenRow().isValid()); });
    m_takeOut->setEnabled(false);
}

QLabel *SelectionPanel::addFact(const QString &name, const QString &objectName)
{
    auto *value = new QLabel(this);
    value->setObjectName(objectName);
    value->setTextFormat(Qt::PlainText);
    value->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *caption = new QLabel(name, this);
    caption->setProperty("muted", true);
    caption->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_form->addRow(caption, value);
    return value;
}

void SelectionPanel::showSelection(const ConversationListModel &conversations, const QList<ConversationId> &ids,
                                   const SelectionFacts &facts, int hidden, const QDateTime &now)
{
    QStringList parts;
    if (facts.stopability != Stopability::ReadOnly)
        parts << tr("%1 can be stopped").arg(number(int(facts.stoppable.size())));
    if (facts.notRunning > 0)
        parts << (facts.notRunning == 1 ? tr("1 is not running") : tr("%n are not running", nullptr, facts.notRunning));
    if (facts.underWay > 0)
        parts << (facts.underWay == 1 ? tr("1 is being stopped") : tr("%n are being stopped", nullptr, facts.underWay));
    if (facts.withoutAgent > 0)
        parts << tr("%n without an agent", nullptr, facts.withoutAgent);
    const QString chosen = number(facts.chosen);
    m_headline->setText(parts.isEmpty() ? tr("%1 chosen").arg(chosen) : tr("%1 chosen: %2").arg(chosen, parts.join(u", "_s)));

    QStringList remarks;
    if (facts.subTasks > 0)
        remarks << (facts.subTasks == 1
                        ? tr("1 sub-task is stopped on its own: choose it alone.")
                        : tr("%n sub-tasks are stopped on their own: choose each alone.", nullptr, facts.subTasks));
    if (hidden > 0)
        remarks << (hidden == 1
                        ? tr("1 more is not visible under the filter and will not be stopped.")
                        : tr("%n more are not visible under the filter and will not be stopped.", nullptr, hidden));
    m_remark->setText(remarks.join(u'\n'));
    m_remark->setVisible(!remarks.isEmpty());

    say(*m_agents, facts.agents.isEmpty() ? u"–"_s : words::agentShares(facts.agents));
    say(*m_persons, facts.persons.isEmpty() ? u"–"_s : words::agentShares(facts.persons));
    say(*m_waiting, waitingText(facts.waiting));
    say(*m_longest, longestText(conversations, facts, now));
    m_rows.show(conversations, ids);
}

/// One line each, as the list below needs the room; all of it in the tool tip and for screen readers.
void SelectionPanel::say(QLabel &value, const QString &text)
{
    value.setAccessibleName(text);
    value.setToolTip(words::toolTip(text));
    value.setText(value.fontMetrics().elidedText(text, Qt::ElideRight, value.width()));
}

void SelectionPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_form->activate();
    for (QLabel *value : {m_agents, m_persons, m_longest, m_waiting})
        say(*value, value->accessibleName());
}

QString SelectionPanel::longestText(const ConversationListModel &conversations, const SelectionFacts &facts,
                                    const QDateTime &now)
{
    const int row = conversations.find(facts.longest);
    if (!facts.longestSince || row < 0)
        return u"–"_s;
    const QString time = words::elapsed(Duration(qMax<qint64>(0, facts.longestSince->msecsTo(now))));
    const QString told = facts.longestOnlySeen ? tr("seen for %1").arg(time) : time;
    return tr("%1: %2", "time: title").arg(told, words::title(conversations.row(row).conversation.title));
}

/// The next one is chosen, so that several can be taken out one after another.
void SelectionPanel::takeOut()
{
    const QModelIndex current = m_table->currentIndex();
    if (!current.isValid())
        return;
    const ConversationId id = m_rows.row(current.row()).id;
    const int next = current.row() + 1 < m_rows.rowCount() ? current.row() + 1 : current.row() - 1;
    if (next >= 0)
        m_table->chooseRow(m_rows.index(next, ChosenListModel::Title));
    Q_EMIT takeOutWanted(id);
}
