#include "ui/dialogs/questiontargets.h"

#include "app/models/newsince.h"
#include "app/words/words.h"
#include "ui/dialogs/targetlist.h"
#include "ui/parts/formrow.h"
#include "ui/parts/headline.h"

#include <QPushButton>

using namespace Qt::StringLiterals;

namespace {

QPushButton *link(const QString &text, const QString &name, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setObjectName(name);
    button->setProperty("link", true);
    return button;
}

}

QuestionTargets::QuestionTargets(const QList<StopTarget> &targets, const AgentId &allOf, const QuestionContext &context,
                                 QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_allOf(allOf)
    , m_model(targets, context.conversations)
    , m_headline(new Headline(this))
    , m_agents(new QLabel(this))
    , m_waiting(new QLabel(this))
    , m_time(new QLabel(this))
    , m_count(mutedLabel({}, this))
    , m_all(link(tr("Tick all"), u"tickAll"_s, this))
    , m_none(link(tr("Tick none"), u"tickNone"_s, this))
    , m_list(new TargetList(m_model, this))
    , m_age(mutedLabel({}, this))
    , m_changes(new QLabel(this))
    , m_untickEnded(link(tr("Untick those that no longer run"), u"untickEnded"_s, this))
{
    if (m_model.first().command == Command::StopConversation)
        m_new = new NewSince(targets, allOf, context.conversations, this);
    m_headline->setObjectName(u"headline"_s);
    m_agents->setObjectName(u"agents"_s);
    m_waiting->setObjectName(u"waitingInAll"_s);
    m_time->setObjectName(u"sendingTime"_s);
    m_count->setObjectName(u"tickedCount"_s);
    m_age->setObjectName(u"stateAge"_s);
    m_changes->setObjectName(u"changedMeanwhile"_s);
    layOut();
    connectParts();
}

void QuestionTargets::layOut()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto *facts = new QFormLayout;
    layOutFacts(*facts);
    column->addWidget(m_headline);
    column->addSpacing(4);
    column->addLayout(facts);
    layOutTicks(*column);
    column->addWidget(m_list, 1);
    column->addWidget(m_age);
    layOutChanges(*column);
}

void QuestionTargets::layOutFacts(QFormLayout &facts)
{
    facts.setHorizontalSpacing(16);
    facts.setVerticalSpacing(4);
    facts.setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    const auto add = [&facts, this](const QString &caption, QLabel *value) {
        value->setTextFormat(Qt::PlainText);
        value->setWordWrap(true);
        QLabel *label = mutedLabel(caption, this);
        label->setMinimumWidth(120);
        label->setWordWrap(false);
        facts.addRow(label, value);
    };
    const Command command = m_model.first().command;
    add(m_model.agents().size() == 1 ? tr("Agent") : tr("Agents"), m_agents);
    if (command == Command::StopConversation)
        add(tr("Waiting messages"), m_waiting);
    if (command == Command::StopConversation || command == Command::StopSubTask)
        add(tr("Sending"), m_time);
    m_waiting->setVisible(command == Command::StopConversation);
    m_time->setVisible(command == Command::StopConversation || command == Command::StopSubTask);
}

void QuestionTargets::layOutTicks(QVBoxLayout &column)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(m_count, 1);
    row->addWidget(m_all);
    row->addWidget(m_none);
    column.addLayout(row);
}

/// Its line stands there from the beginning, so that nothing moves when something changes.
void QuestionTargets::layOutChanges(QVBoxLayout &column)
{
    m_changes->setTextFormat(Qt::PlainText);
    m_changes->setProperty("warning", true);
    keepRoom(m_untickEnded);
    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(m_changes);
    row->addWidget(m_untickEnded);
    row->addStretch(1);
    column.addLayout(row);
}

void QuestionTargets::connectParts()
{
    connect(&m_model, &TargetModel::ticksChanged, this, [this] {
        showTicks();
        Q_EMIT ticksChanged();
    });
    connect(&m_model, &TargetModel::factsChanged, this, [this] {
        showWaiting();
        showChanges();
        Q_EMIT waitingChanged();
    });
    if (m_new)
        connect(m_new, &NewSince::changed, this, [this] { m_age->setText(listAge()); });
    connect(m_all, &QPushButton::clicked, this, [this] { m_model.tickAll(true); });
    connect(m_none, &QPushButton::clicked, this, [this] { m_model.tickAll(false); });
    connect(m_untickEnded, &QPushButton::clicked, this, [this] {
        m_model.untickEnded();
        m_list->setFocus(Qt::OtherFocusReason); // the link goes, as there is nothing left for it to do
    });
    showTicks();
}

QWidget *QuestionTargets::list() const
{
    return m_list;
}

QList<QWidget *> QuestionTargets::fields() const
{
    return {m_all, m_none, m_list, m_untickEnded};
}

void QuestionTargets::showHeadline(const QString &text)
{
    m_headline->setText(text);
}

void QuestionTargets::showTicks()
{
    const int all = m_model.rowCount();
    const QList<AgentShare> shares = m_model.agents();
    const QString named = shares.size() == 1 ? words::plain(shares.first().name, 120) : words::agentShares(shares);
    if (!m_allOf.isEmpty())
        m_agents->setText(tr("%1: all that ran when this was asked").arg(words::plain(m_model.first().agentName, 120)));
    else
        m_agents->setText(shares.size() < 2 ? named : tr("%1: %2", "number, names").arg(shares.size()).arg(named));
    m_count->setText(tr("%1 of %2 ticked").arg(QLocale().toString(m_model.tickedCount()), QLocale().toString(all)));
    m_all->setEnabled(m_model.tickedCount() < all);
    m_none->setEnabled(m_model.tickedCount() > 0);
    showWaiting();
    showChanges();
    showTime();
}

void QuestionTargets::showWaiting()
{
    m_waiting->setText(words::waitingInAll(m_model.waiting()));
}

void QuestionTargets::showChanges()
{
    const int changed = m_model.changedCount();
    m_changes->setText(changed == 0       ? QString()
                           : changed == 1 ? tr("▲ 1 changed while you were deciding.")
                                          : tr("▲ %n changed while you were deciding.", nullptr, changed));
    m_untickEnded->setVisible(m_model.endedCount() > 0);
}

void QuestionTargets::showTime()
{
    if (!m_now.isValid())
        return; // the first tick is about to come
    const int stops = m_model.tickedCount();
    const std::optional<SendForecast> forecast = m_context.whenSent(stops, m_readsAlone ? stops : 0);
    m_time->setText(m_model.tickedCount() == 0 ? u"–"_s
                        : forecast             ? words::sendingTime(*forecast)
                                               : tr("not known"));
}

void QuestionTargets::setClearQueue(ClearQueue choice)
{
    m_readsAlone = choice == ClearQueue::Yes;
    showTime();
}

QString QuestionTargets::listAge() const
{
    const int unlisted = m_model.unlisted();
    const QDateTime readAt = m_model.readAt();
    QString text;
    if (readAt.isValid()) {
        const QString age = words::age(Duration(readAt.msecsTo(m_now)));
        text = unlisted == 0 ? tr("As listed, read %1.").arg(age)
                             : tr("As listed, read %1; %2 of them in no list.").arg(age, QLocale().toString(unlisted));
    } else {
        text = m_model.first().isSubTask() ? tr("As read after the stop.") : tr("In no list: their state is not known.");
    }
    const int found = m_new ? int(m_new->found().size()) : 0;
    if (found == 0)
        return text;
    return text + u' '
        + (found == 1 ? tr("1 more runs by now: not among these.")
                      : tr("%n more run by now: not among these.", nullptr, found));
}

void QuestionTargets::tick(const QDateTime &now)
{
    m_now = now;
    m_age->setText(listAge());
    showTime();
}
