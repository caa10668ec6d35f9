#include "app/journal/journal.h"

#include <QDir>
#include <QFileInfo>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

// One table for all steps of all stops: an intent row, and rows that refer to it.
const QStringList schema{
    uR"(CREATE TABLE entry (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        intent INTEGER REFERENCES entry(id),
        step TEXT NOT NULL,
        at TEXT NOT NULL,
        operator TEXT,
        connection TEXT,
        origin TEXT,
        environment TEXT,
        agent TEXT,
        conversation TEXT,
        title TEXT,
        clear_queue INTEGER,
        waiting INTEGER,
        reason TEXT,
        request_id TEXT,
        http_status INTEGER,
        duration_ms INTEGER,
        confirmed_by TEXT))"_s,
    u"CREATE INDEX entry_of_intent ON entry(intent)"_s,
    u"CREATE TRIGGER entry_never_changes BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"_s,
    u"CREATE TRIGGER entry_never_goes BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"_s,
};

QString utc(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

/// Words of the file, not of the interface: they never change with a translation.
QString stepOf(StopState state)
{
    switch (state) {
    case StopState::InLine: return u"in line"_s;
    case StopState::Sending: return u"sent"_s;
    case StopState::Accepted: return u"accepted"_s;
    case StopState::Stopped: return u"stopped"_s;
    case StopState::StoppedQueueKept: return u"stopped, queue not cleared"_s;
    case StopState::NoLongerRunning: return u"no longer running"_s;
    case StopState::WasNotRunning: return u"was not running"_s;
    case StopState::NotKnown: return u"not known to the service"_s;
    case StopState::NextStarted: return u"next message started"_s;
    case StopState::StillRunning: return u"still running"_s;
    case StopState::SubTasksStillRunning: return u"sub-tasks still running"_s;
    case StopState::Refused: return u"refused"_s;
    case StopState::NotSent: return u"not sent"_s;
    case StopState::Unconfirmed: return u"unconfirmed"_s;
    }
    return {};
}

QString environmentOf(Environment environment)
{
    switch (environment) {
    case Environment::Production: return u"production"_s;
    case Environment::Staging: return u"staging"_s;
    case Environment::Other: return u"other"_s;
    }
    return {};
}

QVariant confirmedBy(const StopReport &report)
{
    if (!report.evidence || isOpen(report.state))
        return {};
    const Evidence &read = *report.evidence;
    return u"run-state read %1: %2, %3 waiting"_s.arg(utc(read.readAt), read.running ? u"running"_s : u"nothing runs"_s)
        .arg(read.waiting);
}

}

Journal::Journal(const QString &file, const QString &operatorName)
    : m_operator(operatorName)
    , m_database(QSqlDatabase::addDatabase(u"QSQLITE"_s, u"journal-"_s + QUuid::createUuid().toString()))
{
    open(file);
}

Journal::~Journal()
{
    const QString name = m_database.connectionName();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(name);
}

void Journal::open(const QString &file)
{
    const QString folder = QFileInfo(file).absolutePath();
    if (!QDir().mkpath(folder))
        return fail(u"cannot make the folder %1"_s.arg(folder));
    m_database.setDatabaseName(file);
    if (!m_database.open())
        return fail(m_database.lastError().text());
    QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner);
    // Without recursive triggers REPLACE would slip past the one that refuses to delete (Qt finding 18).
    if (run(u"PRAGMA busy_timeout=2000"_s) && run(u"PRAGMA journal_mode=WAL"_s) && run(u"PRAGMA synchronous=FULL"_s)
        && run(u"PRAGMA recursive_triggers=ON"_s))
        prepareSchema();
}

bool Journal::prepareSchema()
{
    QSqlQuery query(m_database);
    if (!query.exec(u"PRAGMA user_version"_s) || !query.next()) {
        fail(query.lastError().text());
        return false;
    }
    const int found = query.value(0).toInt();
    query.finish();
    if (found == version)
        return true;
    if (found > version) {
        fail(u"the file is of a newer Stopdesk (version %1)"_s.arg(found));
        return false;
    }
    m_database.transaction();
    const bool made = std::ranges::all_of(schema, [this](const QString &statement) { return run(statement); })
        && run(u"PRAGMA user_version=%1"_s.arg(version));
    return made ? m_database.commit() : (m_database.rollback(), false);
}

bool Journal::run(const QString &statement)
{
    QSqlQuery query(m_database);
    if (query.exec(statement))
        return true;
    fail(query.lastError().text());
    return false;
}

void Journal::fail(const QString &text)
{
    if (m_trouble)
        return;
    m_trouble = Failure{FailureKind::JournalUnusable, Reached::NeverLeft, 0, {}, text, {}, {}};
}

Result<qint64> Journal::writeIntent(const StopReport &report, const Connection &connection)
{
    if (m_trouble)
        return tl::unexpected(*m_trouble);
    QSqlQuery query(m_database);
    query.prepare(u"INSERT INTO entry (step, at, operator, connection, origin, environment, agent, conversation, title, "
                  "clear_queue, waiting, reason, request_id) VALUES ('intent', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s);
    const StopTarget &target = report.target;
    query.addBindValue(utc(report.askedAt));
    query.addBindValue(m_operator);
    query.addBindValue(connection.name);
    query.addBindValue(connection.address.toString(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery));
    query.addBindValue(environmentOf(connection.environment));
    query.addBindValue(target.agent.value);
    query.addBindValue(target.conversation.value);
    query.addBindValue(target.title);
    query.addBindValue(report.clearQueue == ClearQueue::Yes);
    query.addBindValue(target.before ? QVariant(target.before->waiting()) : QVariant());
    query.addBindValue(report.reason);
    query.addBindValue(report.request.value);
    if (!query.exec())
        return tl::unexpected(Failure{FailureKind::JournalUnusable, Reached::NeverLeft, 0, {}, query.lastError().text(), {}, {}});
    return query.lastInsertId().toLongLong();
}

Result<Done> Journal::writeState(qint64 intent, const StopReport &report)
{
    if (m_trouble)
        return tl::unexpected(*m_trouble);
    QSqlQuery query(m_database);
    query.prepare(u"INSERT INTO entry (intent, step, at, request_id, http_status, duration_ms, confirmed_by) "
                  "VALUES (?, ?, ?, ?, ?, ?, ?)"_s);
    query.addBindValue(intent);
    query.addBindValue(stepOf(report.state));
    query.addBindValue(utc(report.since));
    query.addBindValue(report.request.value);
    query.addBindValue(report.status ? QVariant(report.status) : QVariant());
    query.addBindValue(report.askedAt.msecsTo(report.since));
    query.addBindValue(confirmedBy(report));
    if (!query.exec())
        return tl::unexpected(Failure{FailureKind::JournalUnusable, Reached::NeverLeft, 0, {}, query.lastError().text(), {}, {}});
    return Done{};
}
