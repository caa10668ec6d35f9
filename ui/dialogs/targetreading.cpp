#include "ui/dialogs/targetreading.h"

#include "app/models/conversationcells.h"
#include "app/words/words.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Duration staleAfter = 30s;
constexpr Duration secondReadPatience = 1s;

}

TargetReading::TargetReading(const StopTarget &target, const QString &stillPossible, const QuestionContext &context,
                             QObject *parent)
    : QObject(parent)
    , m_target(target)
    , m_stillPossible(stillPossible)
    , m_context(context)
    , m_clock(context.clock)
{
    freeze();
    read();
}

/// What is known of the turn, taken once: the list may change while the question stands.
void TargetReading::freeze()
{
    if (m_target.before) {
        m_reading = Reading::Known;
        m_readAt = m_clock.monotonic() - Duration(m_target.before->readAt.msecsTo(m_clock.now()));
    }
    const ConversationListModel &conversations = m_context.conversations;
    if (const int parent = conversations.find(m_target.parent); parent >= 0)
        m_parentTitle = conversations.row(parent).conversation.title;
    const int row = conversations.find(m_target.conversation);
    if (row < 0)
        return;
    const ConversationRow &known = conversations.row(row);
    m_startedAt = known.startedAt;
    m_seenRunningSince = known.seenRunningSince;
    m_listState = known.conversation.state;
    m_listWord = known.conversation.stateWord;
    m_listReadAt = known.readAt;
}

void TargetReading::read()
{
    m_context.readRunState(m_target, this, [this](const Result<RunState> &answer) { take(answer); });
}

void TargetReading::take(const Result<RunState> &answer)
{
    m_reading = answer ? Reading::Known : Reading::Failed;
    if (answer) {
        m_readAt = m_clock.monotonic();
        m_target.before = *answer;
        m_target.ranBefore = isStillThere(m_target, *answer);
    }
    Q_EMIT changed();
    beReady();
}

void TargetReading::makeFresh(std::function<void()> ready)
{
    m_ready = std::move(ready);
    if (m_reading != Reading::Known || m_clock.monotonic() - m_readAt <= staleAfter)
        return beReady();
    m_reading = Reading::Again;
    Q_EMIT changed();
    m_clock.after(secondReadPatience, this, [this] { beReady(); });
    read();
}

/// Once: with the answer or at the end of patience, whichever is first.
void TargetReading::beReady()
{
    if (const auto ready = std::exchange(m_ready, nullptr))
        ready();
}

bool TargetReading::isGone() const
{
    return m_target.before && !isStillThere(m_target, *m_target.before);
}

Ending TargetReading::ending() const
{
    Ending ending;
    ending.conversation.id = m_target.conversation;
    ending.conversation.agent = m_target.agent;
    ending.conversation.parent = m_target.parent;
    ending.conversation.title = m_target.title;
    ending.conversation.person = m_target.person;
    ending.conversation.state = state();
    ending.conversation.stateWord = stateWord();
    ending.agentName = m_target.agentName;
    ending.readAt = m_target.before ? m_target.before->readAt : QDateTime();
    const ConversationListModel &conversations = m_context.conversations;
    if (const int row = conversations.find(m_target.conversation); row >= 0) { // what was stopped is a row, listed or not
        ending.stop = conversations.row(row).stop;
        ending.isByStop = cells::isProvenOver(conversations.row(row));
    }
    return ending;
}

/// The service's word tells how it ended or why it waits; that something runs is believed from `is_running` alone.
RowState TargetReading::state() const
{
    if (!m_target.before)
        return m_listState;
    if (m_target.before->isRunning)
        return RowState::Running;
    const QString &word = m_target.before->stateWord;
    const RowState said = finerState(m_listState, m_listWord, rowStateOf(word), word);
    return said == RowState::Running || m_target.before->stateWord.isEmpty() ? RowState::Ended : said;
}

QString TargetReading::stateWord() const
{
    return m_target.before ? m_target.before->stateWord : m_listWord;
}

QString TargetReading::ageWords() const
{
    const auto andStill = [this](const QString &text) { return u"%1. %2"_s.arg(text, m_stillPossible); };
    switch (m_reading) {
    case Reading::First: return tr("Reading…");
    case Reading::Failed: return andStill(tr("State could not be read"));
    case Reading::Again: return tr("Reading once more…");
    case Reading::Known: {
        const QString read = tr("read %1").arg(words::age(m_clock.monotonic() - m_readAt));
        const bool stops = m_target.command == Command::StopConversation || m_target.isSubTask();
        return stops && !m_target.before->isRunning ? andStill(read) : read;
    }
    }
    Q_UNREACHABLE();
}

bool TargetReading::isStale() const
{
    const bool isFresh = m_reading == Reading::Known && m_clock.monotonic() - m_readAt <= staleAfter;
    return state() != RowState::NotRead && (hasFailed() || (m_context.isStale() && !isFresh));
}

QString TargetReading::runningFor() const
{
    const QDateTime readAt = m_target.before ? m_target.before->readAt : m_listReadAt;
    const auto since = [at = isStale() && readAt.isValid() ? readAt : m_clock.now()](const QDateTime &start) {
        return words::elapsed(Duration(qMax<qint64>(0, start.msecsTo(at))));
    };
    if (m_target.before && !m_target.before->isRunning)
        return u"–"_s;
    const QString child =
        m_target.before && !m_target.before->activeChild.isEmpty() ? tr(" · a sub-task is at work") : QString();
    if (m_startedAt.isValid())
        return since(m_startedAt) + child;
    if (m_seenRunningSince.isValid())
        return tr("seen for %1").arg(since(m_seenRunningSince)) + child;
    return tr("not read") + child;
}
