#include "app/gateway/budgets.h"

#include "app/gateway/stampfile.h"

#include <QDateTime>
#include <QDir>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

RateLimits limitsOf(const Connection &connection)
{
    return {connection.requestsPerMinute, connection.requestsPerHour};
}

RateLimits smallest(const QHash<ConnectionId, RateLimits> &users)
{
    RateLimits limits = *users.begin();
    for (const RateLimits &own : users)
        limits = {std::min(limits.perMinute, own.perMinute), std::min(limits.perHour, own.perHour)};
    return limits;
}

}

Budgets::Budgets(Clock &clock, const QString &folder)
    : m_clock(clock)
    , m_folder(folder)
    , m_salt(QUuid::createUuid().toRfc4122())
{
    if (m_folder.isEmpty())
        return;
    QDir().mkpath(m_folder);
    removeOld();
}

/// What a connection leaves that is not opened any more.
void Budgets::removeOld() const
{
    const QDateTime counts = m_clock.wallNow().addMSecs(-lengthOf(Span::Hour).count());
    const QFileInfoList files =
        QDir(m_folder).entryInfoList({u'*' + QLatin1StringView(StampFile::suffix)}, QDir::Files);
    for (const QFileInfo &file : files) {
        if (file.lastModified() < counts)
            QFile::remove(file.filePath());
    }
}

std::shared_ptr<RequestBudget> Budgets::budgetOf(const Connection &connection, const Secret &key)
{
    const QUrl origin = originOf(connection.address);
    Door *before = doorOf(connection.id);
    Door *door = doorTo(origin, key);
    if (!door && before && before->origin == origin && before->users.size() == 1) {
        before->keyMark = key.mark(m_salt); // a new key for the same account: what left counts on
        door = before;
    }
    if (!door)
        door = openDoor(origin, key, limitsOf(connection));
    if (before && before != door) {
        if (before->origin == origin)
            door->budget->takeOver(*before->budget);
        leave(*before, connection.id);
    }
    use(*door, connection);
    return door->budget;
}

std::shared_ptr<RequestBudget> Budgets::budgetToTry(const Connection &connection, const Secret &key)
{
    const QUrl origin = originOf(connection.address);
    const Door *door = doorTo(origin, key);
    const Door *before = doorOf(connection.id);
    if (!door && before && before->origin == origin)
        door = before;
    return (door ? door : openDoor(origin, key, limitsOf(connection)))->budget;
}

Budgets::Door *Budgets::openDoor(const QUrl &origin, const Secret &key, const RateLimits &limits)
{
    m_doors.push_back(std::make_unique<Door>(Door{origin, key.mark(m_salt), {}, std::make_shared<RequestBudget>(limits, m_clock)}));
    return m_doors.back().get();
}

Budgets::Door *Budgets::doorTo(const QUrl &origin, const Secret &key)
{
    const auto found = std::ranges::find_if(m_doors, [&origin, mark = key.mark(m_salt)](const auto &door) {
        return door->origin == origin && door->keyMark == mark;
    });
    return found == m_doors.end() ? nullptr : found->get();
}

Budgets::Door *Budgets::doorOf(const ConnectionId &connection)
{
    const auto found =
        std::ranges::find_if(m_doors, [&](const auto &door) { return door->users.contains(connection); });
    return found == m_doors.end() ? nullptr : found->get();
}

/// A door without users is kept: stops that are still open go through it, and who comes back is counted on.
void Budgets::leave(Door &door, const ConnectionId &connection)
{
    door.users.remove(connection);
    if (!door.users.isEmpty())
        door.budget->setLimits(smallest(door.users));
}

void Budgets::use(Door &door, const Connection &connection)
{
    door.users[connection.id] = limitsOf(connection);
    door.budget->setLimits(smallest(door.users));
    if (m_folder.isEmpty())
        return;
    std::shared_ptr<StampFile> &file = m_files[connection.id];
    if (!file)
        file = std::make_shared<StampFile>(StampFile::pathFor(m_folder, connection.id.value));
    door.budget->keep(connection.id, file);
}
