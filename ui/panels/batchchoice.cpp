#include "ui/panels/batchchoice.h"

#include "app/words/batchwords.h"
#include "app/words/words.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTextDocumentFragment>

using namespace Qt::StringLiterals;

namespace {

constexpr OutcomeGroup groups[] = {OutcomeGroup::Refused, OutcomeGroup::Unconfirmed, OutcomeGroup::StillRunning,
                                   OutcomeGroup::NotSent, OutcomeGroup::Stopped, OutcomeGroup::UnderWay};

void setText(QComboBox &box, int item, const QString &text)
{
    if (box.itemText(item) != text)
        box.setItemText(item, text);
}

}

BatchChoice::BatchChoice(const StopListModel &stops, QWidget *parent)
    : QWidget(parent)
    , m_stops(stops)
    , m_batches(new QComboBox(this))
    , m_groups(new QComboBox(this))
    , m_said(new QLabel(this))
    , m_others(new QPushButton(this))
    , m_retry(new QPushButton(tr("Retry…"), this))
    , m_more(new QPushButton(tr("Copy or export…"), this))
{
    layOut();
    fillMenu();
    showBatches();
    showGroups();
    connect(m_batches, &QComboBox::currentIndexChanged, this, [this] {
        showCounts();
        Q_EMIT chosen();
    });
    connect(m_groups, &QComboBox::currentIndexChanged, this, &BatchChoice::chosen);
    connect(m_others, &QPushButton::clicked, this, &BatchChoice::othersWanted);
    connect(m_retry, &QPushButton::clicked, this, &BatchChoice::retryWanted);
    connect(m_said, &QLabel::linkActivated, this, &BatchChoice::linkActivated);
}

void BatchChoice::layOut()
{
    m_batches->setObjectName(u"stopsBatch"_s);
    m_batches->setAccessibleName(tr("Which stops"));
    m_batches->setMinimumWidth(80);
    m_groups->setObjectName(u"stopsOutcome"_s);
    m_groups->setAccessibleName(tr("Which outcomes"));
    m_groups->setMinimumWidth(80);
    for (QComboBox *box : {m_batches, m_groups})
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_said->setObjectName(u"stopsSaid"_s);
    m_said->setTextFormat(Qt::RichText);
    m_said->setMinimumWidth(0);
    m_said->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_said->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    m_said->setFocusPolicy(Qt::NoFocus);
    m_others->setObjectName(u"othersRunning"_s);
    m_others->setProperty("link", true);
    m_others->setAutoDefault(false);
    m_others->hide();
    m_retry->setObjectName(u"retryStops"_s);
    m_retry->setAutoDefault(false);
    m_more->setObjectName(u"exportStops"_s);
    m_more->setAutoDefault(false);
    m_more->setProperty("menuButton", true);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(12, 0, 12, 4);
    line->setSpacing(8);
    line->addWidget(m_batches);
    line->addWidget(m_groups);
    line->addWidget(m_said, 1);
    line->addWidget(m_others);
    line->addWidget(m_retry);
    line->addWidget(m_more);
}

void BatchChoice::fillMenu()
{
    auto *menu = new QMenu(m_more);
    menu->setToolTipsVisible(true);
    QAction *ticket = menu->addAction(tr("Copy ticket text"), this, [this] { Q_EMIT copyWanted(Copy::Ticket); });
    ticket->setObjectName(u"copyBatchTicket"_s);
    connect(menu, &QMenu::aboutToShow, ticket, [this, ticket] { ticket->setToolTip(tr("Of “%1”").arg(m_batches->currentText())); });
    menu->addAction(tr("Copy as text"), this, [this] { Q_EMIT copyWanted(Copy::Text); })
        ->setObjectName(u"copyBatchText"_s);
    menu->addSeparator();
    menu->addAction(tr("Save as CSV…"), this, [this] { Q_EMIT saveWanted(Save::Csv); })
        ->setObjectName(u"saveBatchCsv"_s);
    menu->addAction(tr("Save as JSON…"), this, [this] { Q_EMIT saveWanted(Save::Json); })
        ->setObjectName(u"saveBatchJson"_s);
    m_more->setMenu(menu);
}

BatchId BatchChoice::batch() const
{
    return {m_batches->currentData().toString()};
}

std::optional<OutcomeGroup> BatchChoice::group() const
{
    const QVariant group = m_groups->currentData();
    return group.isValid() ? std::optional(OutcomeGroup(group.toInt())) : std::nullopt;
}

void BatchChoice::choose(const BatchId &batch)
{
    showBatches();
    m_groups->setCurrentIndex(0);
    m_batches->setCurrentIndex(qMax(0, m_batches->findData(batch.value)));
}

const StopTally &BatchChoice::tally() const
{
    const BatchCounts *shown = m_stops.batch(batch());
    return shown ? shown->tally : m_stops.tally();
}

void BatchChoice::showCounts()
{
    showBatches();
    showGroups();
    const int count = tally().retryable();
    m_retry->setText(count > 0 ? tr("Retry %1…").arg(locale().toString(count)) : tr("Retry…"));
    m_retry->setEnabled(m_mayRetry && count > 0);
    setVisible(!m_stops.batches().isEmpty());
}

void BatchChoice::allowRetry(bool allowed)
{
    m_mayRetry = allowed;
    showCounts();
}

void BatchChoice::showOthers(int count)
{
    m_others->setText(count == 1 ? tr("1 more runs now: review…") : tr("%n more run now: review…", nullptr, count));
    m_others->setToolTip(tr("They were not among what was decided, and were left alone"));
    m_others->setVisible(count > 0);
}

/// The newest stands right below *All stops*; a new one moves the others, and keeps what is chosen.
void BatchChoice::showBatches()
{
    const QSignalBlocker sameChoice(m_batches);
    if (m_batches->count() == 0)
        m_batches->addItem(QString(), QString());
    setText(*m_batches, 0, tr("All stops, %1").arg(locale().toString(m_stops.tally().total())));
    int item = 1;
    for (const BatchId &id : m_stops.batches()) {
        const BatchCounts &batch = *m_stops.batch(id);
        const QString size = words::batchSize(batch.size, batch.tally.isOfConversations());
        if (m_batches->itemData(item).toString() != id.value)
            m_batches->insertItem(item, QString(), id.value);
        setText(*m_batches, item++, words::batchName(batch.askedAt, size));
    }
}

void BatchChoice::showGroups()
{
    if (m_groups->count() == 0) {
        m_groups->addItem(tr("All outcomes"));
        for (const OutcomeGroup group : groups)
            m_groups->addItem(QString(), int(group));
    }
    for (int item = 1; item < m_groups->count(); ++item) {
        const auto group = OutcomeGroup(m_groups->itemData(item).toInt());
        const QString count = locale().toString(tally().of(group));
        setText(*m_groups, item, tr("%1, %2", "outcome, count").arg(words::outcomeGroup(group), count));
    }
}

void BatchChoice::say(const QString &html)
{
    m_said->setText(html);
    m_said->setToolTip(words::toolTip(QTextDocumentFragment::fromHtml(html).toPlainText()));
    m_said->setFocusPolicy(html.contains("<a "_L1) ? Qt::StrongFocus : Qt::NoFocus);
}
