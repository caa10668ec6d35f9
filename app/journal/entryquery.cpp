#include "app/journal/entryquery.h"

#include "app/journal/journaltrouble.h"
#include "app/journal/journalwords.h"

using namespace Qt::StringLiterals;

namespace {

enum IntentColumn {
    At,
    Operator,
    ConnectionColumn,
    ConnectionName,
    Origin,
    BasePath,
    Routes,
    Credential,
    EnvironmentColumn,
    CommandColumn,
    Agent,
    AgentName,
    ConversationColumn,
    Parent,
    Message,
    Title,
    Clear,
    Waiting,
    RanBefore,
    Reason,
    Request,
    Batch,
    PersonId,
    PersonName,
    PersonEmail
};
const QString intentSql = u"SELECT at, operator, connection_id, connection, origin, base_path, routes, credential, "
                          u"environment, command, agent, "
                          "agent_name, conversation, parent, message_id, title, clear_queue, waiting, ran_before, "
                          "reason, request_id, batch, person_id, person_name, person_email FROM entry WHERE id = ? AND intent IS NULL"_s;

enum StepColumn { Step, StepAt, StepRequest, Status, ConfirmedBy, AfterMs };
const QString stepSql =
    u"SELECT step, at, request_id, http_status, confirmed_by, duration_ms FROM entry WHERE intent = ? ORDER BY id"_s;

StopTarget targetOf(const QSqlQuery &row)
{
    StopTarget target;
    target.agent = {row.value(Agent).toString()};
    target.conversation = {row.value(ConversationColumn).toString()};
    target.title = row.value(Title).toString();
    target.agentName = row.value(AgentName).toString();
    target.person = {row.value(PersonId).toString(), row.value(PersonEmail).toString(), row.value(PersonName).toString()};
    target.command = journalwords::commandOf(row.value(CommandColumn).toString());
    target.parent = {row.value(Parent).toString()};
    target.message.id = {row.value(Message).toString()};
    target.connection = {row.value(ConnectionColumn).toString()};
    if (const QVariant ran = row.value(RanBefore); !ran.isNull())
        target.ranBefore = ran.toBool();
    if (const QVariant waiting = row.value(Waiting); !waiting.isNull()) {
        RunState &before = target.before.emplace();
        before.conversation = target.conversation;
        before.isRunning = target.ranBefore.value_or(false);
        before.queueDepth = waiting.toInt();
    }
    return target;
}

JournalEntry entryOf(const QSqlQuery &row)
{
    JournalEntry entry;
    entry.connection.id = {row.value(ConnectionColumn).toString()};
    entry.connection.name = row.value(ConnectionName).toString();
    entry.connection.address = QUrl(row.value(Origin).toString());
    entry.connection.address.setPath(row.value(BasePath).toString(), QUrl::TolerantMode);
    entry.connection.routes = journalwords::routesOf(row.value(Routes).toString());
    entry.connection.credential = journalwords::credentialOf(row.value(Credential).toString());
    entry.connection.environment = journalwords::environmentOf(row.value(EnvironmentColumn).toString());
    StopReport &report = entry.report;
    report.target = targetOf(row);
    report.clearQueue = row.value(Clear).toBool() ? ClearQueue::Yes : ClearQueue::No;
    report.operatorName = row.value(Operator).toString();
    report.reason = row.value(Reason).toString();
    report.request = {row.value(Request).toString()};
    report.batch = {row.value(Batch).toString()};
    report.askedAt = report.since = journalwords::timeOf(row.value(At).toString());
    return entry;
}

bool tellsOfAnAnswer(StopState state)
{
    return state == StopState::Accepted || state == StopState::Unconfirmed || state == StopState::Refused;
}

/// An answer that began with 2xx and was not accepted broke off: without this it would look like an accepted one.
Failure cutAnswer(const StopReport &report)
{
    return {FailureKind::ConnectionLost, Reached::MayHaveArrived, report.status, {}, {}, {}, report.request};
}

/// What one later row makes of the entry. The moment of a mark is not the moment of the state that it is put on.
/// `answeredAfter`: ms from the decision, kept from row to row. Times are those of a clock that may have been set in
/// between; how long something took was counted.
void apply(const QSqlQuery &row, JournalEntry &entry, qint64 &answeredAfter)
{
    StopReport &report = entry.report;
    const StopState before = report.state;
    const bool wasMarked = report.startedAgain.has_value();
    const QDateTime at = journalwords::timeOf(row.value(StepAt).toString());
    journalwords::readStep(row.value(Step).toString(), report);
    if (report.state != before)
        report.since = at;
    if (report.startedAgain && !wasMarked)
        report.startedAgain->at = at;
    if (!report.answeredAt.isValid() && tellsOfAnAnswer(report.state)) {
        report.answeredAt = at;
        answeredAfter = row.value(AfterMs).toLongLong();
    }
    if (const QString request = row.value(StepRequest).toString(); !request.isEmpty())
        report.request = {request};
    report.status = row.value(Status).toInt();
    if (before == StopState::Sending && report.state == StopState::Unconfirmed && report.status / 100 == 2)
        report.failure = cutAnswer(report);
    const QString confirmedBy = row.value(ConfirmedBy).toString();
    if (confirmedBy == entry.confirmedBy)
        return;
    entry.confirmedBy = confirmedBy;
    journalwords::readConfirmation(confirmedBy, report);
    if (report.evidence && report.answeredAt.isValid())
        report.evidence->after = Duration(row.value(AfterMs).toLongLong() - answeredAfter);
}

}

EntryQuery::EntryQuery(const QSqlDatabase &database, const QString &file)
    : m_file(file)
    , m_intent(database)
    , m_steps(database)
{
    m_intent.setForwardOnly(true);
    m_steps.setForwardOnly(true);
}

Result<Done> EntryQuery::prepare()
{
    if (m_isPrepared)
        return Done{};
    if (!m_intent.prepare(intentSql))
        return tl::unexpected(journalFailure(m_intent.lastError(), m_file));
    if (!m_steps.prepare(stepSql))
        return tl::unexpected(journalFailure(m_steps.lastError(), m_file));
    m_isPrepared = true;
    return Done{};
}

Result<std::optional<JournalEntry>> EntryQuery::entry(qint64 intent)
{
    if (const auto prepared = prepare(); !prepared)
        return tl::unexpected(prepared.error());
    m_intent.bindValue(0, intent);
    if (!m_intent.exec() || (!m_intent.next() && m_intent.lastError().isValid()))
        return tl::unexpected(journalFailure(m_intent.lastError(), m_file));
    if (!m_intent.isValid())
        return std::nullopt;
    JournalEntry entry = entryOf(m_intent);
    m_intent.finish();
    entry.report.intent = intent;
    if (const auto added = addSteps(entry); !added)
        return tl::unexpected(added.error());
    return entry;
}

Result<Done> EntryQuery::addSteps(JournalEntry &entry)
{
    m_steps.bindValue(0, entry.report.intent);
    if (!m_steps.exec())
        return tl::unexpected(journalFailure(m_steps.lastError(), m_file));
    qint64 answeredAfter = 0;
    while (m_steps.next())
        apply(m_steps, entry, answeredAfter);
    const QSqlError error = m_steps.lastError();
    m_steps.finish();
    if (error.isValid())
        return tl::unexpected(journalFailure(error, m_file));
    return Done{};
}
