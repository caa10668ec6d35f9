#include "ui/panels/journalfilterbar.h"

#include "app/types/clock.h"
#include "app/words/words.h"

#include <QComboBox>
#include <QDateEdit>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto untilTyped = 250ms;

enum class TimeSpan { Any, Today, SevenDays, ThirtyDays, Day };

constexpr StopState states[] = {
    StopState::Stopped,  StopState::StoppedQueueKept, StopState::NoLongerRunning, StopState::WasNotRunning,
    StopState::NotKnown, StopState::NextStarted,      StopState::StillRunning,    StopState::SubTasksStillRunning,
    StopState::Refused,  StopState::NotSent,          StopState::Unconfirmed,     StopState::Accepted,
    StopState::Sending,  StopState::InLine,
};

QList<StopState> statesThat(bool (*fits)(StopState))
{
    QList<StopState> found;
    std::ranges::copy_if(states, std::back_inserter(found), fits);
    return found;
}

void name(QWidget *widget, const QString &name, const QString &objectName)
{
    widget->setAccessibleName(name);
    widget->setAccessibleDescription(name); // Qt 6.4 calls a combo box what it shows
    widget->setObjectName(objectName);
}

QLineEdit *makeField(const QString &placeholder, const QString &objectName, QWidget *parent)
{
    auto *field = new QLineEdit(parent);
    field->setAccessibleName(placeholder);
    field->setObjectName(objectName);
    field->setPlaceholderText(placeholder);
    field->setClearButtonEnabled(true);
    field->setMaxLength(200);
    field->setMinimumWidth(40);
    return field;
}

}

JournalFilterBar::JournalFilterBar(QWidget *parent)
    : QWidget(parent)
    , m_time(new QComboBox(this))
    , m_day(new QDateEdit(QDate::currentDate(), this))
    , m_by(makeField(tr("By"), u"journalBy"_s, this))
    , m_agent(makeField(tr("Agent"), u"journalAgent"_s, this))
    , m_outcome(new QComboBox(this))
    , m_find(makeField(tr("Find in the journal"), u"findInTheJournal"_s, this))
{
    fillTimes();
    fillOutcomes();
    layOut();
    watch();
}

void JournalFilterBar::fillTimes()
{
    name(m_time, tr("Time"), u"journalTime"_s);
    m_time->addItem(tr("Any time"), int(TimeSpan::Any));
    m_time->addItem(tr("Today"), int(TimeSpan::Today));
    m_time->addItem(tr("Last 7 days"), int(TimeSpan::SevenDays));
    m_time->addItem(tr("Last 30 days"), int(TimeSpan::ThirtyDays));
    m_time->addItem(tr("One day:"), int(TimeSpan::Day));
    name(m_day, tr("Day"), u"journalDay"_s);
    m_day->setCalendarPopup(true);
    m_day->setDisplayFormat(u"d MMM yyyy"_s);
    m_day->setMinimumWidth(m_day->fontMetrics().horizontalAdvance(u"30 MMM 2000"_s) + 44); // its hint forgets the arrow
    m_day->hide();
}

void JournalFilterBar::fillOutcomes()
{
    name(m_outcome, tr("Outcome"), u"journalOutcome"_s);
    const auto add = [this](const QString &text, const QList<StopState> &outcomes) {
        m_outcome->addItem(text, QVariant::fromValue(outcomes));
    };
    add(tr("Any outcome"), {});
    add(tr("Still open"), statesThat([](StopState state) { return isOpen(state); }));
    add(tr("Seen to have stopped"), statesThat(hasStopped));
    m_outcome->insertSeparator(m_outcome->count());
    for (const StopState state : states)
        add(words::stopState(state), {state});
    m_outcome->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_outcome->setMinimumContentsLength(12);
    m_outcome->setMaxVisibleItems(20);
}

void JournalFilterBar::layOut()
{
    for (QWidget *choice : {static_cast<QWidget *>(m_time), static_cast<QWidget *>(m_outcome)})
        choice->setMinimumWidth(80); // a small window may cut its text
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(12, 4, 12, 4);
    line->setSpacing(8);
    line->addWidget(m_time);
    line->addWidget(m_day);
    line->addWidget(m_by, 2);
    line->addWidget(m_agent, 2);
    line->addWidget(m_outcome);
    line->addWidget(m_find, 3);
}

void JournalFilterBar::watch()
{
    m_typing.setSingleShot(true);
    m_typing.setInterval(untilTyped);
    connect(&m_typing, &QTimer::timeout, this, &JournalFilterBar::changed);
    for (QLineEdit *field : {m_by, m_agent, m_find})
        connect(field, &QLineEdit::textChanged, this, [this] { m_typing.start(); });
    connect(m_time, &QComboBox::currentIndexChanged, this, &JournalFilterBar::change);
    connect(m_outcome, &QComboBox::currentIndexChanged, this, &JournalFilterBar::change);
    connect(m_day, &QDateEdit::dateChanged, this, [this] { m_typing.start(); });
}

void JournalFilterBar::change()
{
    m_day->setVisible(TimeSpan(m_time->currentData().toInt()) == TimeSpan::Day);
    m_typing.stop();
    Q_EMIT changed();
}

JournalFilter JournalFilterBar::filter(const QDateTime &now) const
{
    JournalFilter filter;
    filter.person = m_by->text().trimmed();
    filter.agent = m_agent->text().trimmed();
    filter.text = m_find->text().trimmed();
    filter.outcomes = m_outcome->currentData().value<QList<StopState>>();
    const QDate today = toWall(now).toLocalTime().date();
    const auto beginOf = [](QDate day) { return fromWall(day.startOfDay().toUTC()); };
    switch (TimeSpan(m_time->currentData().toInt())) {
    case TimeSpan::Any: break;
    case TimeSpan::Today: filter.from = beginOf(today); break;
    case TimeSpan::SevenDays: filter.from = beginOf(today.addDays(-6)); break;
    case TimeSpan::ThirtyDays: filter.from = beginOf(today.addDays(-29)); break;
    case TimeSpan::Day:
        filter.from = beginOf(m_day->date());
        filter.to = beginOf(m_day->date().addDays(1));
        break;
    }
    return filter;
}

bool JournalFilterBar::isEmpty() const
{
    return filter({}) == JournalFilter() && TimeSpan(m_time->currentData().toInt()) == TimeSpan::Any;
}

void JournalFilterBar::clear()
{
    {
        const QSignalBlocker time(m_time);
        const QSignalBlocker outcome(m_outcome);
        m_time->setCurrentIndex(0);
        m_outcome->setCurrentIndex(0);
    }
    for (QLineEdit *field : {m_by, m_agent, m_find})
        field->clear();
    change();
}
