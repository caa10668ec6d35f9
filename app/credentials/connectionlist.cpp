#include "app/credentials/connectionlist.h"

#include "app/types/foldertrouble.h"
#include "app/words/startwords.h"

#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <QTemporaryFile>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

// The file's words. A change of meaning needs a new version.
constexpr int version = 1;
const auto group = "connections"_L1;
const auto versionKey = "connections/version"_L1;
const auto lastOpenedKey = "connections/lastOpened"_L1;
const auto nameKey = "name"_L1;
const auto addressKey = "address"_L1;
const auto credentialKey = "credential"_L1;
const auto environmentKey = "environment"_L1;
const auto routesKey = "routes"_L1;
const auto readOnlyKey = "readOnly"_L1;
const auto plainHttpKey = "plainHttpAccepted"_L1;
const auto formerlyAccepted = "true"_L1; ///< in files of former versions, which did not say for what
const auto authorityKey = "authorityFile"_L1;
const auto perMinuteKey = "requestsPerMinute"_L1;
const auto perHourKey = "requestsPerHour"_L1;
const auto keychainKey = "keychain"_L1;

template <class Enum> struct Word {
    Enum value;
    QLatin1StringView word;
};

constexpr Word<CredentialKind> credentials[] = {{CredentialKind::ApiKey, "api-key"_L1},
                                                {CredentialKind::BearerToken, "bearer-token"_L1}};
constexpr Word<Environment> environments[] = {{Environment::Production, "production"_L1},
                                              {Environment::Staging, "staging"_L1},
                                              {Environment::Other, "other"_L1}};
constexpr Word<RouteFamily> routeFamilies[] = {{RouteFamily::Gateway, "gateway"_L1},
                                               {RouteFamily::Conversations, "conversations"_L1}};

template <class Enum, size_t n> QString wordOf(Enum value, const Word<Enum> (&words)[n])
{
    return std::ranges::find(words, value, &Word<Enum>::value)->word;
}

/// False for a word that is not in the table: guessing "other" for an unknown environment could hide production.
template <class Enum, size_t n> bool readWord(const QVariant &stored, const Word<Enum> (&words)[n], Enum &value)
{
    const auto *found = std::ranges::find(words, stored.toString(), &Word<Enum>::word);
    if (found == std::end(words))
        return false;
    value = found->value;
    return true;
}

bool copyInto(QTemporaryFile &copy, const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && copy.open() && copy.write(file.readAll()) == file.size() && copy.flush();
}

QString entry(const ConnectionId &id, QLatin1StringView key)
{
    return u"%1/%2/%3"_s.arg(group, id.value, key);
}

/// For what plain http was accepted: the address beside it may have been edited since.
QString originWord(const QUrl &address)
{
    return originOf(address).toString(QUrl::FullyEncoded);
}

/// The entry, or in words what would not pass the form today: nothing where a word of it is unknown.
tl::expected<Connection, QString> readEntry(const QSettings &settings, const ConnectionId &id)
{
    const auto value = [&](QLatin1StringView key) { return settings.value(entry(id, key)); };
    Connection read;
    read.id = id;
    read.name = value(nameKey).toString();
    read.address = addressAsKept(value(addressKey).toString());
    read.readOnly = value(readOnlyKey).toBool();
    const QString accepted = value(plainHttpKey).toString();
    read.plainHttpAccepted = accepted == formerlyAccepted || accepted == originWord(read.address);
    read.authorityFile = value(authorityKey).toString();
    read.requestsPerMinute = value(perMinuteKey).toInt();
    read.requestsPerHour = value(perHourKey).toInt();
    read.keychain = value(keychainKey).toString();
    if (!readWord(value(credentialKey), credentials, read.credential)
        || !readWord(value(environmentKey), environments, read.environment)
        || !readWord(value(routesKey), routeFamilies, read.routes) || !value(readOnlyKey).isValid())
        return tl::unexpected(QString());
    ConnectionDraft draft{read, value(addressKey).toString(), {}, false};
    draft.connection.authorityFile.clear(); // may be on a disk that is not there today
    const QList<FieldError> wrong = problems(draft);
    return wrong.isEmpty() ? tl::expected<Connection, QString>(read) : tl::unexpected(wrong.first().message);
}

void writeEntry(QSettings &settings, const Connection &connection)
{
    const auto set = [&](QLatin1StringView key, const QVariant &value) {
        settings.setValue(entry(connection.id, key), value);
    };
    set(nameKey, connection.name);
    set(addressKey, connection.address.toString(QUrl::FullyEncoded));
    set(credentialKey, wordOf(connection.credential, credentials));
    set(environmentKey, wordOf(connection.environment, environments));
    set(routesKey, wordOf(connection.routes, routeFamilies));
    set(readOnlyKey, connection.readOnly);
    set(plainHttpKey, connection.plainHttpAccepted ? originWord(connection.address) : QString());
    set(authorityKey, connection.authorityFile);
    set(perMinuteKey, connection.requestsPerMinute);
    set(perHourKey, connection.requestsPerHour);
    set(keychainKey, connection.keychain);
}

}

ConnectionId newConnectionId()
{
    return {QUuid::createUuid().toString(QUuid::WithoutBraces)};
}

ConnectionList::ConnectionList(const QString &file, QObject *parent) : QObject(parent), m_file(file)
{
    load();
}

std::optional<Connection> ConnectionList::find(const ConnectionId &id) const
{
    const auto found = std::ranges::find(m_connections, id, &Connection::id);
    return found == m_connections.cend() ? std::nullopt : std::optional(*found);
}

ConnectionList::Kept ConnectionList::save(const Connection &connection)
{
    if (connection.isDemo || connection.id.isEmpty())
        return {};
    m_connections.removeIf([&](const Connection &known) { return known.id == connection.id; });
    m_connections.append(connection);
    sort();
    const Kept kept = change([&](QSettings &settings) { writeEntry(settings, connection); });
    Q_EMIT changed();
    return kept;
}

ConnectionList::Kept ConnectionList::remove(const ConnectionId &id)
{
    if (m_connections.removeIf([&](const Connection &known) { return known.id == id; }) == 0)
        return {};
    const bool wasLast = m_lastOpened == id;
    if (wasLast)
        m_lastOpened = {};
    const Kept kept = change([&](QSettings &settings) {
        settings.remove(u"%1/%2"_s.arg(group, id.value));
        if (wasLast)
            settings.remove(lastOpenedKey);
    });
    Q_EMIT changed();
    return kept;
}

ConnectionList::Kept ConnectionList::setLastOpened(const ConnectionId &id)
{
    if (m_lastOpened == id || !find(id))
        return {};
    m_lastOpened = id;
    return change([&](QSettings &settings) { settings.setValue(lastOpenedKey, id.value); });
}

void ConnectionList::load()
{
    // Of a path that it has seen before in this run QSettings reads nothing anew while time and size are the same, and a
    // file's time moves in steps of some ms. Of a copy it has seen nothing.
    QTemporaryFile copy;
    QSettings settings(copyInto(copy, m_file) ? copy.fileName() : m_file, QSettings::IniFormat);
    settings.sync();
    if (settings.status() == QSettings::AccessError && QFile::exists(m_file)) {
        m_mayNotWrite = tr("The list of connections cannot be read: %1").arg(m_file);
        m_reports.append(m_mayNotWrite);
        return;
    }
    const bool isDamaged = settings.status() == QSettings::FormatError;
    if (isDamaged)
        putAside();
    const QVariant stored = settings.value(versionKey, version);
    if (bool isNumber = false; stored.toInt(&isNumber) != version || !isNumber) {
        m_mayNotWrite = tr("The list of connections is from another version of Stopdesk and is left as it is.");
        m_reports.append(m_mayNotWrite);
    }
    settings.beginGroup(group);
    const QStringList ids = settings.childGroups();
    settings.endGroup();
    for (const QString &id : ids)
        loadEntry(settings, {id});
    sort();
    if (const ConnectionId last{settings.value(lastOpenedKey).toString()}; find(last))
        m_lastOpened = last;
    const bool isFormer = std::ranges::any_of(
        ids, [&](const QString &id) { return settings.value(entry({id}, plainHttpKey)).toString() == formerlyAccepted; });
    const Kept kept = isDamaged || isFormer ? writeAll() : Kept();
    if (isDamaged && !kept && !m_reports.contains(kept.error()))
        m_reports.append(kept.error());
}

void ConnectionList::loadEntry(QSettings &settings, const ConnectionId &id)
{
    const tl::expected<Connection, QString> read = readEntry(settings, id);
    if (read) {
        m_connections.append(*read);
        return;
    }
    const QString name = settings.value(entry(id, nameKey)).toString().simplified().left(80);
    const QString shown = name.isEmpty() ? id.value : name;
    const QString report = tr("The connection “%1” cannot be read and is left out.").arg(shown);
    m_reports.append(read.error().isEmpty() ? report : report + u' ' + read.error());
}

/// Writing into a file that is not one of settings would lose what could not be parsed: it stays beside a new
/// one.
void ConnectionList::putAside()
{
    QString aside = m_file + ".damaged"_L1;
    for (int n = 2; QFile::exists(aside); ++n)
        aside = u"%1.damaged-%2"_s.arg(m_file).arg(n);
    if (QFile::rename(m_file, aside)) {
        m_reports.append(tr("The list of connections is damaged. It was put aside as %1.").arg(aside));
    } else {
        m_mayNotWrite = tr("The list of connections is damaged and is left as it is: %1").arg(m_file);
        m_reports.append(m_mayNotWrite);
    }
}

/// All that could be read.
ConnectionList::Kept ConnectionList::writeAll()
{
    return change([this](QSettings &settings) {
        for (const Connection &connection : std::as_const(m_connections))
            writeEntry(settings, connection);
        settings.setValue(lastOpenedKey, m_lastOpened.value);
    });
}

void ConnectionList::sort()
{
    std::ranges::sort(m_connections, [](const Connection &a, const Connection &b) {
        const int order = a.name.localeAwareCompare(b.name);
        return order != 0 ? order < 0 : a.id.value < b.id.value;
    });
}

/// QSettings keeps its first error for ever, so each change has one of its own.
ConnectionList::Kept ConnectionList::change(const std::function<void(QSettings &)> &edit)
{
    if (!m_mayNotWrite.isEmpty())
        return tl::unexpected(m_mayNotWrite);
    dropLeftLock(m_file);
    QSettings settings(m_file, QSettings::IniFormat);
    settings.setValue(versionKey, version);
    edit(settings);
    settings.sync();
    if (settings.status() == QSettings::NoError)
        return {};
    const QString said = tr("The change holds until Stopdesk is closed. It was not written to %1.").arg(m_file);
    const QString folder = QFileInfo(m_file).absolutePath();
    const QString lacks = words::folderLacks(folderTrouble(folder), folder);
    return tl::unexpected(lacks.isEmpty() ? said : said + u' ' + lacks + u'.');
}
