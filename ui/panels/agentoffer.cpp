#include "ui/panels/agentoffer.h"

#include "app/words/words.h"
#include "ui/parts/formrow.h"

#include <QLocale>
#include <QPushButton>

using namespace Qt::StringLiterals;

AgentOffer::AgentOffer(QWidget *parent)
    : QWidget(parent)
    , m_count(mutedLabel({}, this))
    , m_reading(mutedLabel({}, this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
{
    m_count->setObjectName(u"agentCount"_s);
    m_reading->setObjectName(u"agentReading"_s);
    m_cancel->setObjectName(u"cancelAgentReading"_s);
    m_cancel->setAutoDefault(false);
    m_cancel->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    for (QLabel *label : {m_count, m_reading})
        label->setAlignment(Qt::AlignCenter);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(12);
    column->addStretch();
    column->addWidget(m_count);
    column->addWidget(m_reading);
    column->addWidget(m_cancel, 0, Qt::AlignHCenter);
    column->addStretch();
    connect(m_cancel, &QPushButton::clicked, this, &AgentOffer::cancelWanted);
}

void AgentOffer::showAgent(std::optional<int> running, const RunningReading &reading, const QDateTime &countedAt)
{
    const QString count = !running ? tr("Not read yet how much of this agent runs.")
        : *running == 0            ? tr("Nothing of this agent runs.")
        : *running == 1            ? tr("1 conversation of this agent runs.")
                                   : tr("%n conversations of this agent run.", nullptr, *running);
    const QString read = running && countedAt.isValid() ? tr("Read at %1.").arg(words::timeOfDay(countedAt)) + u' ' : QString();
    m_count->setText(count + u' ' + read + tr("Choose one to see what it does."));
    m_reading->setText(textOf(reading));
    m_reading->setVisible(reading.state != RunningReading::State::None);
    m_cancel->setVisible(reading.state == RunningReading::State::Reading);
}

QString AgentOffer::textOf(const RunningReading &reading)
{
    const QLocale locale;
    switch (reading.state) {
    case RunningReading::State::None: return {};
    case RunningReading::State::Reading: {
        const QString text = reading.total == 0
            ? tr("Reading all that runs…")
            : tr("Reading all that runs: %1 of %2").arg(locale.toString(reading.read), locale.toString(reading.total));
        return reading.pass == 1 ? text : tr("%1. The list changed; reading it again.").arg(text);
    }
    case RunningReading::State::Failed: return tr("What runs could not be read. Nothing was asked or stopped.");
    case RunningReading::State::Done:
        return reading.disturbed ? tr("The list changed each time it was read: some that run may be missing.")
                                 : tr("All that runs was read.");
    }
    return {};
}
