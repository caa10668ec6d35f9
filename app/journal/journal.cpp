#include "app/journal/journal.h"

#include "app/journal/entryquery.h"
#include "app/journal/journalschema.h"
#include "app/journal/journaltrouble.h"
#include "app/journal/journalwords.h"
#include "app/types/foldertrouble.h"
#include "app/types/lockowner.h"
#include "app/types/ownfiles.h"
#include "app/words/startwords.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QUuid>
#include <QtEndian>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Journal)
};

template <class Value> QVariant orNull(const std::optional<Value> &value)
{
    return value ? QVariant(*value) : QVariant();
}

QVariant orNull(const QString &text)
{
    return text.isEmpty() ? QVariant() : QVariant(text);
}

/// When the newest thing happened that the report tells of.
QDateTime momentOf(const StopReport &report)
{
    return report.startedAgain ? report.startedAgain->at : report.since;
}

QVariantList stateRow(qint64 intent, const StopReport &report, const QDateTime &at = {})
{
    const QDateTime moment = at.isValid() ? at : momentOf(report);
    return {intent,
            journalwords::stepWord(report),
            journalwords::timeWord(moment),
            report.request.value,
            report.status ? QVariant(report.status) : QVariant(),
            report.askedAt.msecsTo(moment),
            orNull(journalwords::confirmationWord(report))};
}

bool hasContent(const QString &file)
{
    return QFileInfo(file).size() > 0;
}

/// SQLite takes a file of a few bytes for an empty one, and misses a part of a page at the end: both would be written
/// over. A file that a crash left beside its log is for SQLite to mend.
bool isCutOrForeign(const QString &file)
{
    QFile raw(file);
    if (!hasContent(file) || hasContent(file + u"-wal"_s) || hasContent(file + u"-journal"_s)
        || !raw.open(QFile::ReadOnly))
        return false;
    const QByteArray head = raw.read(100);
    if (head.size() < 100 || !head.startsWith("SQLite format 3"))
        return true;
    const int size = qFromBigEndian<quint16>(head.constData() + 16);
    return raw.size() % (size == 1 ? 65536 : qMax(size, 512)) != 0;
}

/// Whether the journal can be tried there. Little room may be enough, and its lock file can do without a lock of its own.
bool mayServe(FolderTrouble trouble, bool isThere)
{
    return trouble == FolderTrouble::None || trouble == FolderTrouble::NoLockFiles
        || (isThere && trouble == FolderTrouble::Full);
}

QString openElsewhere(const QString &computer, const QString &lock)
{
    const QString said = computer == unknownComputer
        ? Words::tr("Stopdesk on another computer has the file open, and only one computer at a time can.")
        : Words::tr("Stopdesk on the computer %1 has the file open, and only one computer at a time can.").arg(computer);
    return said + u' ' + Words::tr("If that computer is off, remove %1").arg(lock);
}

bool isLock(const QSqlError &error)
{
    return error.nativeErrorCode() == "5"_L1 || error.nativeErrorCode() == "6"_L1; // SQLITE_BUSY, SQLITE_LOCKED
}

}

Journal::Journal(const QString &file, const QString &operatorName)
    : m_file(file)
    , m_operator(operatorName)
    , m_lock(file + u".lock"_s)
    , m_database(QSqlDatabase::addDatabase(u"QSQLITE"_s, u"journal-"_s + QUuid::createUuid().toString()))
{
    m_lock.setStaleLockTime(0); // a lock is old when its process is gone, never by its age
    m_database.setDatabaseName(file);
    m_database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(longestWaitAtStart));
    open();
    m_database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(longestWait)); // where it is opened again
}

Journal::~Journal()
{
    const QString name = m_database.connectionName();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(name);
}

bool Journal::open()
{
    m_trouble.reset();
    const QString folder = QFileInfo(m_file).absolutePath();
    const bool isThere = QDir().mkpath(folder);
    const FolderTrouble trouble = folderTrouble(folder);
    if (!mayServe(trouble, isThere))
        return fail(journalFailure(words::folderLacks(trouble, folder)));
    if (!isThere)
        return fail(journalFailure(Words::tr("The folder cannot be made: %1").arg(folder)));
    if (!takeLock())
        return false;
    if (QFileInfo(m_file).isDir())
        return fail(journalFailure(Words::tr("A folder stands in the place of the file: %1").arg(m_file)));
    if (isCutOrForeign(m_file))
        return fail(journalFailure(Words::tr("The file is damaged, or not a journal: %1").arg(m_file)));
    if (!m_database.open())
        return fail(journalFailure(m_database.lastError(), m_file));
    m_isReady = prepareFile();
    if (!m_isReady)
        m_database.close();
    return m_isReady;
}

const std::optional<Failure> &Journal::askAgain()
{
    if (!m_trouble || m_isTogether || isLocked())
        return m_trouble;
    const int told = m_troubles;
    m_trouble.reset();
    if (m_isReady ? takeLock() && bringUpToDate() : open())
        writeLate();
    if (m_trouble)
        m_troubles = told; // the same trouble, not another
    return m_trouble;
}

/// A lock that cannot be made at all (a full disk, a folder that is not writable) says nothing about other instances.
/// One that is there may be left of a program that has ended, on another computer too, and a full disk keeps QLockFile
/// from mending that: the system lets it be removed as soon as nobody holds it. False: another computer's holds it.
bool Journal::takeLock()
{
    if (!m_lock.isLocked())
        dropPipe(m_lock.fileName());
    const bool isOwn = m_lock.isLocked() || m_lock.tryLock()
        || (m_lock.error() == QLockFile::LockFailedError && removeLeftLock(m_lock) && m_lock.tryLock());
    m_isShared = !isOwn && m_lock.error() == QLockFile::LockFailedError;
    const QString computer = m_isShared ? lockOwner(m_lock.fileName()).computer : QString();
    return computer.isEmpty() || fail(journalFailure(openElsewhere(computer, m_lock.fileName())));
}

/// Before each write. The lock that could not be made or was another's may be free by now.
bool Journal::isWritable()
{
    return m_isTogether || (m_isReady ? takeLock() : open());
}

/// Reads come first: nothing is written into a file that is not believed to be ours and whole.
bool Journal::prepareFile()
{
    const std::optional<qint64> found = readNumber(u"PRAGMA user_version"_s);
    const std::optional<qint64> tables = readNumber(u"SELECT count(*) FROM sqlite_master"_s);
    if (!found || !tables)
        return false;
    if (*found > journalschema::version) {
        return fail(journalFailure(
            Words::tr("The file is of a newer Stopdesk (version %1): %2").arg(QString::number(*found), m_file)));
    }
    if (*found == 0 && *tables > 0)
        return fail(journalFailure(Words::tr("The file is damaged, or not a journal: %1").arg(m_file)));
    const std::optional<qint64> last = *found == 0 ? 0 : readNumber(u"SELECT coalesce(max(id), 0) FROM entry"_s);
    if (!last)
        return false;
    m_lastOfEarlierRuns = *last;
    QFile::setPermissions(m_file, QFile::ReadOwner | QFile::WriteOwner);
    // Without recursive triggers REPLACE would slip past the one that refuses to delete (Qt finding 18).
    return run(u"PRAGMA journal_mode=WAL"_s) && run(u"PRAGMA synchronous=FULL"_s)
        && run(u"PRAGMA recursive_triggers=ON"_s) && bringUpToDate()
        && run(u"PRAGMA busy_timeout=%1"_s.arg(longestWait));
}

/// Writes the version even where it is there: so a file that takes nothing is known before the first stop.
bool Journal::bringUpToDate()
{
    if (!run(u"BEGIN IMMEDIATE"_s))
        return false;
    if (migrate() && run(u"COMMIT"_s))
        return true;
    QSqlQuery(m_database).exec(u"ROLLBACK"_s);
    return false;
}

/// From the version that the file has now, as another instance may have been quicker.
bool Journal::migrate()
{
    std::optional<qint64> found = readNumber(u"PRAGMA user_version"_s);
    for (; found && *found < journalschema::version; ++*found) {
        if (!std::ranges::all_of(journalschema::stepFrom(int(*found)), [this](const QString &sql) { return run(sql); }))
            return false;
    }
    return found && run(u"PRAGMA user_version=%1"_s.arg(journalschema::version));
}

std::optional<qint64> Journal::readNumber(const QString &statement)
{
    QSqlQuery query(m_database);
    if (query.exec(statement) && query.next())
        return query.value(0).toLongLong();
    fail(journalFailure(query.lastError(), m_file));
    return {};
}

bool Journal::run(const QString &statement)
{
    QSqlQuery query(m_database);
    return query.exec(statement) || fail(journalFailure(query.lastError(), m_file));
}

bool Journal::fail(const Failure &failure)
{
    m_troubles += m_trouble ? 0 : 1;
    m_trouble = failure;
    return false;
}

Result<Done> Journal::write(QSqlQuery &query)
{
    for (int i = 0; i < query.boundValues().size(); ++i) {
        if (const QVariant value = query.boundValue(i); value.typeId() == QMetaType::QString && !value.isNull())
            query.bindValue(i, journalwords::storable(value.toString()));
    }
    if (!query.exec()) {
        fail(journalFailure(query.lastError(), m_file));
        return tl::unexpected(*m_trouble);
    }
    m_trouble.reset();
    return Done{};
}

Result<qint64> Journal::writeIntent(const StopReport &report, const Connection &connection)
{
    if (m_skipsWrites || !isWritable())
        return tl::unexpected(*m_trouble);
    QSqlQuery query(m_database);
    query.prepare(
        u"INSERT INTO entry (step, at, operator, connection_id, connection, origin, base_path, routes, credential, "
        u"environment, command, "
        "agent, agent_name, conversation, parent, message_id, title, clear_queue, waiting, ran_before, reason, "
        "request_id, batch, person_id, person_name, person_email) "
        "VALUES ('intent', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s);
    const StopTarget &target = report.target;
    query.addBindValue(journalwords::timeWord(report.askedAt));
    query.addBindValue(m_operator);
    query.addBindValue(connection.id.value);
    query.addBindValue(connection.name);
    query.addBindValue(connection.address.toString(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery));
    query.addBindValue(orNull(connection.address.path(QUrl::FullyEncoded)));
    query.addBindValue(journalwords::routesWord(connection.routes));
    query.addBindValue(journalwords::credentialWord(connection.credential));
    query.addBindValue(journalwords::environmentWord(connection.environment));
    query.addBindValue(journalwords::commandWord(target.command));
    query.addBindValue(target.agent.value);
    query.addBindValue(orNull(target.agentName));
    query.addBindValue(target.conversation.value);
    query.addBindValue(orNull(target.parent.value));
    query.addBindValue(orNull(target.message.id.value));
    query.addBindValue(target.title);
    query.addBindValue(report.clearQueue == ClearQueue::Yes);
    query.addBindValue(orNull(waitedBefore(target)));
    query.addBindValue(orNull(target.ranBefore));
    query.addBindValue(report.reason);
    query.addBindValue(report.request.value);
    query.addBindValue(orNull(report.batch.value));
    for (const QString *part : {&target.person.id, &target.person.name, &target.person.email})
        query.addBindValue(orNull(*part));
    if (const auto written = write(query); !written)
        return tl::unexpected(written.error());
    return query.lastInsertId().toLongLong();
}

/// All that is written within it, or nothing.
template <class Value> Result<Value> Journal::together(const std::function<Result<Value>()> &write)
{
    if (m_isTogether)
        return write();
    if (m_skipsWrites || !isWritable() || !run(u"BEGIN IMMEDIATE"_s))
        return tl::unexpected(*m_trouble);
    m_isTogether = true;
    const Result<Value> written = write();
    return end(written.has_value()) ? written : Result<Value>(tl::unexpected(*m_trouble));
}

/// Of the transaction that is open. Its callers go on to show what was written, and may write in turn.
bool Journal::end(bool isGood)
{
    const bool isWritten = isGood && run(u"COMMIT"_s);
    m_isTogether = false;
    const std::deque<QVariantList> states = std::exchange(m_states, {});
    if (isWritten)
        return true;
    m_late.insert(m_late.begin(), states.begin(), states.end());
    const Failure trouble = *m_trouble;
    QSqlQuery(m_database).exec(u"ROLLBACK"_s);
    m_trouble = trouble;
    return false;
}

Result<Done> Journal::writeTogether(const std::function<void()> &writes)
{
    bool isCalled = false;
    const Result<Done> written = together<Done>([&]() -> Result<Done> {
        isCalled = true;
        writes();
        return Done{};
    });
    if (!isCalled) {
        m_skipsWrites = true;
        writes();
        m_skipsWrites = false;
    }
    if (!m_isTogether) {
        for (const auto &then : std::exchange(m_afterwards, {}))
            then();
    }
    return written;
}

void Journal::whenWritten(std::function<void()> then)
{
    if (m_isTogether || m_skipsWrites)
        m_afterwards.append(std::move(then));
    else
        then();
}

bool Journal::isLocked()
{
    if (m_isTogether || !m_isReady)
        return false;
    QSqlQuery query(m_database);
    query.exec(u"PRAGMA busy_timeout=0"_s);
    const bool isFree = query.exec(u"BEGIN IMMEDIATE"_s);
    const bool isBusy = !isFree && isLock(query.lastError());
    if (isFree)
        query.exec(u"ROLLBACK"_s);
    query.exec(u"PRAGMA busy_timeout=%1"_s.arg(longestWait));
    return isBusy;
}

bool Journal::writeLate()
{
    if (m_late.empty())
        return true;
    return together<Done>([this]() -> Result<Done> {
               for (; !m_late.empty(); m_late.pop_front()) {
                   if (const auto row = writeRow(m_late.front()); !row)
                       return row;
                   m_states.push_back(m_late.front());
               }
               return Done{};
           })
        .has_value();
}

Result<qint64> Journal::writeDecision(const StopReport &report, const Connection &connection)
{
    return together<qint64>([&]() -> Result<qint64> {
        const Result<qint64> intent = writeIntent(report, connection);
        return intent ? writeRow(stateRow(*intent, report)).map([&intent](Done) { return *intent; }) : intent;
    });
}

Result<QList<qint64>> Journal::writeIntents(const QList<StopReport> &reports, const Connection &connection)
{
    return together<QList<qint64>>([&]() -> Result<QList<qint64>> {
        QList<qint64> intents;
        for (const StopReport &report : reports) {
            const Result<qint64> intent = writeIntent(report, connection);
            if (!intent)
                return tl::unexpected(intent.error());
            intents.append(*intent);
        }
        return intents;
    });
}

/// Not before what is late: the rows of a stop stand in their order.
Result<Done> Journal::writeState(qint64 intent, const StopReport &report, const QDateTime &at)
{
    if (!m_isReady && !open())
        return tl::unexpected(*m_trouble);
    const QVariantList state = stateRow(intent, report, at);
    const bool isNext = !m_skipsWrites && isWritable() && writeLate();
    const Result<Done> written = isNext ? writeRow(state) : Result<Done>(tl::unexpected(*m_trouble));
    if (!written)
        m_late.push_back(state);
    else if (m_isTogether)
        m_states.push_back(state);
    return written;
}

Result<Done> Journal::writeRow(const QVariantList &state)
{
    QSqlQuery query(m_database);
    query.prepare(u"INSERT INTO entry (intent, step, at, request_id, http_status, duration_ms, confirmed_by) "
                  "VALUES (?, ?, ?, ?, ?, ?, ?)"_s);
    for (const QVariant &value : state)
        query.addBindValue(value);
    return write(query);
}

QList<JournalEntry> Journal::openEntries()
{
    if (!m_isReady || m_isShared)
        return {};
    QSqlQuery query(m_database);
    query.prepare(u"SELECT intent FROM open_intent WHERE intent <= ? ORDER BY intent"_s);
    query.addBindValue(m_lastOfEarlierRuns);
    QList<JournalEntry> found;
    EntryQuery entries(m_database, m_file);
    query.exec(); // what failed has no next, and its error is looked at below
    while (query.next()) {
        const auto entry = entries.entry(query.value(0).toLongLong());
        if (!entry) {
            fail(entry.error());
        } else if (*entry) {
            found.append(**entry);
            found.last().report.fromEarlierRun = true;
        }
    }
    if (query.lastError().isValid())
        fail(journalFailure(query.lastError(), m_file));
    return found;
}
