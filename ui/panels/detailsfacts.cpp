#include "ui/panels/detailsfacts.h"

#include "app/words/words.h"
#include "ui/parts/clipboard.h"
#include "ui/parts/statepill.h"

#include <QFontDatabase>
#include <QFormLayout>
#include <QLabel>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace {

Duration between(const QDateTime &from, const QDateTime &to)
{
    return Duration(qMax<qint64>(0, from.msecsTo(to)));
}

/// Of an id that is shown shortened.
QString idTip(const QString &id)
{
    return words::toolTip(words::plain(id));
}

}

DetailsFacts::DetailsFacts(QWidget *parent)
    : QWidget(parent)
    , m_form(new QFormLayout(this))
    , m_state(new StatePill(this))
    , m_age(new QLabel(this))
    , m_id(new QLabel(this))
{
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setHorizontalSpacing(8);
    m_form->setVerticalSpacing(4);
    m_form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    addState();
    m_parent = addFact(tr("Sub-task of"), u"factParent"_s);
    m_agent = addFact(tr("Agent"), u"factAgent"_s);
    m_person = addFact(tr("Person"), u"factPerson"_s);
    m_started = addFact(tr("Started"), u"factStarted"_s);
    m_runningFor = addFact(tr("Running for"), u"factRunningFor"_s);
    addId();
    for (int row = 0; row < m_form->rowCount(); ++row) {
        QWidget *name = m_form->itemAt(row, QFormLayout::LabelRole)->widget();
        name->setProperty("muted", true);
        name->setMinimumHeight(m_form->itemAt(row, QFormLayout::FieldRole)->sizeHint().height()); // text lines up
    }
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
}

void DetailsFacts::showDetails(const Details &details, const QDateTime &now)
{
    const ConversationRow &row = details.row;
    const Conversation &conversation = row.conversation;
    m_shown = conversation.id;
    m_state->showState(conversation.state, words::rowState(conversation.state, conversation.stateWord), details.isStale);
    const QDateTime readAt = details.runState ? qMax(details.runState->readAt, row.readAt) : row.readAt;
    const QString age = readAt.isValid() ? words::age(between(readAt, now)) : QString();
    const bool hasRoom = m_state->sizeHint().width() < 130; // beside a long state only the age itself fits
    m_age->setText(age.isEmpty() || !hasRoom ? age : tr("read %1").arg(age));
    m_age->setToolTip(readAt.isValid() ? words::exactTime(readAt) : QString());
    const QString parent = words::shortId(conversation.parent.value);
    m_parent->setText(details.parentTitle.isEmpty() ? parent : words::title(details.parentTitle));
    m_parent->setToolTip(idTip(conversation.parent.value));
    m_form->setRowVisible(m_parent, conversation.isSubTask());
    m_agent->setText(words::plain(details.agentName));
    m_agent->setToolTip(idTip(conversation.agent.value));
    m_person->setText(words::person(conversation.person));
    m_person->setToolTip(idTip(conversation.person.id));
    m_id->setText(words::shortId(conversation.id.value));
    m_id->setToolTip(idTip(conversation.id.value));
    showTimes(details, details.isStale ? readAt : now);
}

/// The start of this turn is only in the full record: the list's time is that of the first turn.
void DetailsFacts::showTimes(const Details &details, const QDateTime &now)
{
    const ConversationRow &row = details.row;
    const bool live = isLive(row.conversation.state);
    const QString source = words::plain(row.conversation.source, 40);
    m_started->setText(!row.startedAt.isValid() ? tr("not read")
                           : source.isEmpty()   ? words::timeOfDay(row.startedAt)
                                                : tr("%1 from %2").arg(words::timeOfDay(row.startedAt), source));
    m_started->setToolTip(row.startedAt.isValid() ? words::exactTime(row.startedAt) : QString());
    if (live && row.startedAt.isValid())
        m_runningFor->setText(words::elapsed(between(row.startedAt, now)));
    else if (live && row.seenRunningSince.isValid())
        m_runningFor->setText(tr("seen for %1").arg(words::elapsed(between(row.seenRunningSince, now))));
    else
        m_runningFor->setText(u"–"_s);
}

QLabel *DetailsFacts::addFact(const QString &name, const QString &objectName)
{
    auto *value = new QLabel(this);
    value->setObjectName(objectName);
    value->setTextFormat(Qt::PlainText);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    value->setMinimumWidth(40);
    value->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_form->addRow(name, value);
    return value;
}

void DetailsFacts::addState()
{
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    m_age->setObjectName(u"stateAge"_s);
    m_age->setTextFormat(Qt::PlainText);
    m_age->setProperty("muted", true);
    line->addWidget(m_state); // gives way to the age; its tool tip has the whole word
    line->addWidget(m_age, 1);
    m_form->addRow(tr("State"), line);
}

void DetailsFacts::addId()
{
    m_id->setObjectName(u"factConversation"_s);
    m_id->setTextFormat(Qt::PlainText);
    m_id->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    auto *copy = new QToolButton(this);
    copy->setObjectName(u"copyConversationId"_s);
    copy->setText(tr("Copy"));
    copy->setAccessibleName(tr("Copy conversation id"));
    copy->setToolTip(tr("Copy the whole id"));
    copy->setAutoRaise(true);
    connect(copy, &QToolButton::clicked, this, &DetailsFacts::copyId);
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(m_id);
    line->addWidget(copy);
    line->addStretch();
    m_form->addRow(tr("Conversation"), line);
}

void DetailsFacts::copyId() const
{
    copyIds({m_shown.value});
}
