#include "ui/panels/filterchips.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

FilterChips::FilterChips(QWidget *parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
{
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    add(StateFilter::Live, tr("Live"), tr("Whatever runs, waits or may start"), u"live"_s);
    add(StateFilter::Running, tr("Running"), tr("A turn is at work"), u"running"_s);
    add(StateFilter::NotStarted, tr("Not started"), tr("Accepted, but not at work yet"), u"notStarted"_s);
    add(StateFilter::WaitingForPerson, tr("Waiting for a person"), tr("Paused until somebody answers"),
        u"waitingForAPerson"_s);
    add(StateFilter::All, tr("All"), tr("Also what has ended"), u"all"_s);
    add(StateFilter::JustStopped, tr("Just stopped"), tr("A stop was sent from here since the program was started"), u"justStopped"_s);
    line->addStretch();
    choose(StateFilter::Live);
    offerJustStopped(false);
    connect(m_group, &QButtonGroup::idClicked, this, [this] { Q_EMIT filterChosen(chosen()); });
}

StateFilter FilterChips::chosen() const
{
    return StateFilter(m_group->checkedId());
}

void FilterChips::choose(StateFilter filter)
{
    m_group->button(int(filter))->setChecked(true);
}

void FilterChips::offerJustStopped(bool offered)
{
    m_group->button(int(StateFilter::JustStopped))->setVisible(offered || chosen() == StateFilter::JustStopped);
}

void FilterChips::add(StateFilter filter, const QString &text, const QString &hint, const QString &name)
{
    auto *chip = new QPushButton(text, this);
    chip->setObjectName(name);
    chip->setCheckable(true);
    chip->setAutoDefault(false);
    chip->setToolTip(hint);
    chip->setProperty("chip", true);
    chip->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_group->addButton(chip, int(filter));
    layout()->addWidget(chip);
}
