#include "app/gateway/wire.h"
#include "app/types/clock.h"
#include "app/words/words.h"
#include "tests/fuzz/fuzzing.h"

using namespace fuzzing;

namespace {

template <class Row> void requireCounted(const Page<Row> &page)
{
    require(page.page >= 1 && page.totalPages >= 1, "pages are counted from one");
    require(page.unreadable >= 0 && page.total >= page.rows.size() + page.unreadable, "no row is lost");
}

void readAgents(const QByteArray &body)
{
    const auto page = wire::agents(body);
    if (!page)
        return;
    requireCounted(*page);
    for (const Agent &row : page->rows)
        requirePlain(words::plain(row.name, 120), 120);
}

void readConversations(const QByteArray &body)
{
    const auto page = wire::conversations(body);
    if (!page)
        return;
    requireCounted(*page);
    for (const Conversation &row : page->rows) {
        require(!row.id.isEmpty() && !row.stateWord.isEmpty(), "a row has an id and a state");
        requirePlain(words::title(row.title), 300);
        requirePlain(words::rowSentence(row, row.source, {}, words::rowState(row.state, row.stateWord)), 1000);
    }
}

void readRecord(const QByteArray &body)
{
    const auto record = wire::record(body);
    if (!record)
        return;
    require(!record->id.isEmpty() && !record->agent.isEmpty(), "a record has its ids");
    require(!record->startedAt.isValid() || record->startedAt.timeSpec() == Qt::UTC, "times are UTC");
    requirePlain(words::title(record->title), 300);
    requirePlain(words::person(record->person), 300);
    requirePlain(words::rowState(record->state, record->stateWord), 300);
}

void readRunState(const QByteArray &body)
{
    const QDateTime readAt(QDate(2026, 5, 13), QTime(12, 0), utcZone);
    const auto state = wire::runState(body, readAt);
    if (!state)
        return;
    require(state->readAt == readAt, "the time is that of the reading");
    require(state->queueDepth >= 0 && state->waiting() >= state->queue.size(), "what waits is counted");
    requirePlain(words::queueChoice(state->waiting(), ClearQueue::Yes), 300);
    for (const QueuedMessage &message : state->queue) {
        requirePlain(words::plain(message.text), 300);
        requirePlain(words::person(message.person), 300);
    }
}

}

/// Lists, records and live states, and what is shown of them: each body goes to every reader.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray body = bytes(data, size);
    readAgents(body);
    readConversations(body);
    readRecord(body);
    readRunState(body);
    return 0;
}
