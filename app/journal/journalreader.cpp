#include "app/journal/journalreader.h"

#include "app/journal/entryquery.h"
#include "app/journal/journal.h"
#include "app/journal/journalschema.h"
#include "app/journal/journaltrouble.h"
#include "app/journal/journalwords.h"

#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int mostLookedAt = 5000; // in a slice, where the clock does not end it before

/// Columns of a query for `scannedColumns`.
namespace scanned {
enum Column {
    Intent,
    At,
    Operator,
    Connection,
    Agent,
    AgentName,
    Conversation,
    Parent,
    Message,
    Title,
    Reason,
    Request,
    Batch,
    Step
};
}
const QString scannedColumns = u"id, at, operator, connection, agent, agent_name, conversation, parent, message_id, "
                               "title, reason, request_id, batch"_s;
const QString newestStep =
    u"(SELECT step FROM entry AS later WHERE later.intent = decided.id ORDER BY id DESC LIMIT 1)"_s;

bool holds(const QString &text, const QString &part)
{
    return text.contains(part, Qt::CaseInsensitive);
}

bool holdsText(const JournalEntry &entry, const QString &text)
{
    const StopTarget &target = entry.report.target;
    const QString *const places[] = {&target.title,        &target.conversation.value,  &target.agent.value,
                                     &entry.report.reason, &entry.report.request.value, &entry.connection.name,
                                     &target.parent.value, &target.message.id.value};
    return std::ranges::any_of(places, [&text](const QString *place) { return holds(*place, text); });
}

/// As much of an entry as a filter looks at.
void readLightly(const QSqlQuery &row, bool withStep, JournalEntry &entry)
{
    StopTarget &target = entry.report.target;
    entry.report.operatorName = row.value(scanned::Operator).toString();
    entry.connection.name = row.value(scanned::Connection).toString();
    target.agent.value = row.value(scanned::Agent).toString();
    target.agentName = row.value(scanned::AgentName).toString();
    target.conversation.value = row.value(scanned::Conversation).toString();
    target.parent.value = row.value(scanned::Parent).toString();
    target.message.id.value = row.value(scanned::Message).toString();
    target.title = row.value(scanned::Title).toString();
    entry.report.reason = row.value(scanned::Reason).toString();
    entry.report.request.value = row.value(scanned::Request).toString();
    entry.report.batch.value = row.value(scanned::Batch).toString();
    entry.report.state = StopState::InLine;
    if (withStep && !row.isNull(scanned::Step))
        journalwords::readStep(row.value(scanned::Step).toString(), entry.report);
}

/// The filter without what the query itself keeps to.
JournalFilter withoutTimes(JournalFilter filter)
{
    filter.from = filter.to = {};
    return filter;
}

}

bool passes(const JournalEntry &entry, const JournalFilter &filter)
{
    const StopReport &report = entry.report;
    if (filter.from.isValid() && report.askedAt < filter.from)
        return false;
    if (filter.to.isValid() && report.askedAt >= filter.to)
        return false;
    if (!filter.outcomes.isEmpty() && !filter.outcomes.contains(report.state))
        return false;
    if (!filter.batch.isEmpty() && report.batch != filter.batch)
        return false;
    return (filter.person.isEmpty() || holds(report.operatorName, filter.person))
        && (filter.agent.isEmpty() || holds(report.target.agentName, filter.agent)
            || holds(report.target.agent.value, filter.agent))
        && (filter.text.isEmpty() || holdsText(entry, filter.text));
}

JournalReader::JournalReader(const Journal &journal, const Clock &clock)
    : m_journal(journal)
    , m_clock(clock)
    , m_database(QSqlDatabase::addDatabase(u"QSQLITE"_s, u"journal-reader-"_s + QUuid::createUuid().toString()))
    , m_entries(std::make_unique<EntryQuery>(m_database, journal.file()))
{
    m_database.setDatabaseName(journal.file());
    m_database.setConnectOptions(u"QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=200"_s);
}

JournalReader::~JournalReader()
{
    m_entries.reset();
    const QString name = m_database.connectionName();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(name);
}

/// Only a file that the journal itself can use is read: of another version the words may mean something else.
Result<Done> JournalReader::open()
{
    if (m_database.isOpen())
        return Done{};
    if (!m_journal.isOpen())
        return tl::unexpected(m_journal.trouble().value_or(journalFailure(m_journal.file())));
    if (!m_database.open())
        return tl::unexpected(journalFailure(m_database.lastError(), m_journal.file()));
    return Done{};
}

void JournalReader::begin(const JournalFilter &filter)
{
    m_filter = filter;
    m_lastAt = QString();
    m_lastIntent = 0;
    m_atEnd = false;
}

QString JournalReader::scanSql() const
{
    const bool withStep = !m_filter.outcomes.isEmpty();
    QString sql = u"SELECT "_s + scannedColumns + (withStep ? u", "_s + newestStep : QString())
        + u" FROM entry AS decided INDEXED BY entry_by_time WHERE intent IS NULL"_s;
    if (!m_lastAt.isNull())
        sql += u" AND (at, id) < (:lastAt, :lastIntent)"_s;
    else if (m_filter.to.isValid())
        sql += u" AND at < :to"_s;
    if (m_filter.from.isValid())
        sql += u" AND at >= :from"_s;
    return sql + u" ORDER BY at DESC, id DESC"_s;
}

Result<JournalSlice> JournalReader::next(int most)
{
    JournalSlice slice;
    slice.atEnd = m_atEnd;
    if (m_atEnd)
        return slice;
    if (const auto opened = open(); !opened)
        return tl::unexpected(opened.error());
    const Duration start = m_clock.monotonic();
    QSqlQuery scan(m_database);
    scan.setForwardOnly(true);
    scan.prepare(scanSql());
    scan.bindValue(u":lastAt"_s, m_lastAt);
    scan.bindValue(u":lastIntent"_s, m_lastIntent);
    scan.bindValue(u":to"_s, journalwords::timeWord(m_filter.to));
    scan.bindValue(u":from"_s, journalwords::timeWord(m_filter.from));
    scan.exec(); // what failed has no next, and its error is looked at below
    const JournalFilter rest = withoutTimes(m_filter);
    const bool withStep = !rest.outcomes.isEmpty();
    JournalEntry light;
    const auto mayGoOn = [&] { // one at the least, so that slow reading comes to its end, too
        return slice.lookedAt == 0
            || (slice.entries.size() < most && slice.lookedAt < mostLookedAt && m_clock.monotonic() - start < longest);
    };
    while (mayGoOn() && scan.next()) {
        ++slice.lookedAt;
        m_lastAt = scan.value(scanned::At).toString();
        m_lastIntent = scan.value(scanned::Intent).toLongLong();
        readLightly(scan, withStep, light);
        if (!passes(light, rest))
            continue;
        auto whole = m_entries->entry(m_lastIntent);
        if (!whole)
            return tl::unexpected(whole.error());
        if (*whole)
            slice.entries.append(std::move(**whole));
    }
    if (scan.lastError().isValid())
        return tl::unexpected(journalFailure(scan.lastError(), m_journal.file()));
    slice.atEnd = m_atEnd = scan.at() == QSql::AfterLastRow;
    return slice;
}

Result<std::optional<JournalEntry>> JournalReader::entry(qint64 intent)
{
    if (const auto opened = open(); !opened)
        return tl::unexpected(opened.error());
    return m_entries->entry(intent);
}
