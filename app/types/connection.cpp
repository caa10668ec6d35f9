#include "app/types/connection.h"

#include "app/types/certificates.h"
#include "app/types/secret.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *words)
{
    return QCoreApplication::translate("Connection", words);
}

FieldError problem(QLatin1StringView field, const QString &message)
{
    return {{field}, message, u"local"_s};
}

QString addressProblem(const QString &input)
{
    const QUrl url = addressFromInput(input);
    if (input.trimmed().isEmpty())
        return tr("Enter the address of the service, such as https://api.xpander.ai.");
    if (!url.isValid() || url.host().isEmpty())
        return tr("This is not a whole address. It begins with https:// and names a host.");
    if (!url.userInfo().isEmpty())
        return tr("Take the user name and password out of the address. The key has a field of its own.");
    if (url.scheme() != u"https" && url.scheme() != u"http")
        return tr("The address must begin with https://.");
    if (url.hasQuery() || url.hasFragment())
        return tr("Take everything from ? or # on out of the address.");
    return {};
}

/// At its end.
QString withoutSlashes(QString text)
{
    while (text.endsWith(u'/'))
        text.chop(1);
    return text;
}

/// The first word of a path, which may begin with slashes.
QStringView firstWord(QStringView path)
{
    const auto *const begin = std::ranges::find_if(path, [](QChar c) { return c != u'/'; });
    return {begin, std::ranges::find(begin, path.end(), QChar(u'/'))};
}

/// Without "/v1" and what the service has behind it; a proxy's own path before it stays.
QString withoutOperation(const QString &address)
{
    constexpr QLatin1StringView behind[] = {""_L1, "agents"_L1, "tasks"_L1};
    const auto host = address.indexOf("://"_L1) + 3;
    const auto path = address.indexOf(u'/', host);
    if (path <= host || address.contains(u'?') || address.contains(u'#'))
        return address;
    for (auto at = address.indexOf("/v1"_L1, path); at >= 0; at = address.indexOf("/v1"_L1, at + 1)) {
        const QStringView rest = QStringView(address).mid(at + 3);
        const bool isWord = rest.isEmpty() || rest.front() == u'/';
        if (isWord && std::ranges::any_of(behind, [next = firstWord(rest)](auto word) { return next == word; }))
            return withoutSlashes(address.left(at));
    }
    return address;
}

QString completed(const QString &input)
{
    const QString text = withoutSlashes(input.trimmed());
    static const QRegularExpression scheme(u"^[a-z][a-z0-9+.-]*:/"_s, QRegularExpression::CaseInsensitiveOption);
    if (scheme.match(text).hasMatch())
        return text;
    const QUrl completed(u"https://"_s + text, QUrl::StrictMode);
    const QString host = completed.host();
    // Anything else, also with dots in it, may as well be a key in the wrong field.
    static const QRegularExpression name(u"\\.(xn--[a-z0-9-]+|[a-z]{2,24})$"_s);
    const bool isHost = isLoopback(host) || completed.port() >= 0 || !QHostAddress(host).isNull()
        || name.match(completed.host(QUrl::FullyEncoded)).hasMatch();
    if (!completed.isValid() || !isHost)
        return text;
    return (isLoopback(host) ? u"http://"_s : u"https://"_s) + text;
}

}

QString completedAddress(const QString &input)
{
    return withoutOperation(completed(input));
}

QUrl addressAsKept(const QString &text)
{
    return QUrl(completed(text), QUrl::StrictMode);
}

QUrl addressFromInput(const QString &input)
{
    return QUrl(completedAddress(input), QUrl::StrictMode);
}

bool isLoopback(const QString &host)
{
    return host == u"localhost" || QHostAddress(host).isLoopback();
}

bool isPlainHttpElsewhere(const QUrl &address)
{
    return address.scheme() == u"http" && !isLoopback(address.host());
}

QUrl originOf(const QUrl &address)
{
    QUrl origin;
    origin.setScheme(address.scheme());
    origin.setHost(address.host());
    origin.setPort(address.port(address.scheme() == u"http" ? 80 : 443));
    return origin;
}

bool isReachedAlike(const Connection &one, const Connection &other)
{
    return one.address == other.address && one.credential == other.credential && one.routes == other.routes
        && one.authorityFile == other.authorityFile && one.plainHttpAccepted == other.plainHttpAccepted;
}

QList<FieldError> problems(const ConnectionDraft &draft)
{
    QList<FieldError> found;
    if (draft.connection.name.trimmed().isEmpty())
        found.append(problem("name"_L1, tr("Give the connection a name.")));
    if (const QString wrong = addressProblem(draft.address); !wrong.isEmpty())
        found.append(problem("address"_L1, wrong));
    else if (isPlainHttpElsewhere(addressFromInput(draft.address)) && !draft.connection.plainHttpAccepted)
        found.append(problem("plain_http"_L1,
                             tr("http sends the key readable over the network. Use https, or accept this below.")));
    if (!draft.key.isEmpty() || draft.keyNeeded)
        Secret::fromInput(draft.key, &found);
    if (!draft.isStoppingAnswered)
        found.append(problem("may_stop"_L1, tr("Say whether this connection may stop conversations.")));
    if (const QString file = draft.connection.authorityFile; !file.isEmpty()) {
        if (const QString wrong = readAuthorityFile(file).trouble; !wrong.isEmpty())
            found.append(problem("authority"_L1, wrong));
    }
    if (draft.connection.requestsPerMinute < 1 || draft.connection.requestsPerHour < 1)
        found.append(problem("limits"_L1, tr("Limits are at least 1 request.")));
    return found;
}
