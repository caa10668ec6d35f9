#include "app/words/entrywords.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

/// What is asked for: the same verb, path and body as `Gateway` sends.
struct Request {
    QString verb;
    QStringList path;
    QString body;
};

QStringList conversationPath(const JournalEntry &entry, const QString &last)
{
    const StopTarget &target = entry.report.target;
    QStringList path{u"v1"_s, u"agents"_s, target.agent.value};
    if (entry.connection.routes == RouteFamily::Gateway)
        path.append(u"gateway"_s);
    return path << u"conversations"_s << target.conversation.value << last;
}

Request requestOf(const JournalEntry &entry)
{
    const StopTarget &target = entry.report.target;
    switch (target.command) {
    case Command::StopConversation:
        return {u"POST"_s, conversationPath(entry, u"stop"_s),
                entry.report.clearQueue == ClearQueue::Yes ? uR"({"clear_queue":true})"_s
                                                           : uR"({"clear_queue":false})"_s};
    case Command::StopSubTask: return {u"POST"_s, {u"v1"_s, u"tasks"_s, target.conversation.value, u"stop"_s}, {}};
    case Command::EmptyQueue: return {u"DELETE"_s, conversationPath(entry, u"queue"_s), {}};
    case Command::DiscardMessage:
        return {u"DELETE"_s, conversationPath(entry, u"queue"_s) << target.message.id.value, {}};
    }
    return {};
}

/// In single quotes nothing means anything to a shell but the quote itself.
QString quoted(QString text)
{
    return u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\'';
}

QString urlOf(const JournalEntry &entry, const QStringList &path)
{
    QByteArray url =
        entry.connection.address.toEncoded(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
    while (url.endsWith('/'))
        url.chop(1);
    for (const QString &segment : path)
        url += '/' + QUrl::toPercentEncoding(segment);
    return QString::fromLatin1(url);
}

}

namespace words {

QString curl(const JournalEntry &entry)
{
    const Request request = requestOf(entry);
    if (std::ranges::any_of(request.path, collapsesPath))
        return {};
    const QString key =
        entry.connection.credential == CredentialKind::ApiKey ? u"x-api-key: "_s : u"Authorization: Bearer "_s;
    // printf is part of every shell: what it is given stands in no list of processes, as curl's arguments do
    QString line = u"printf '%1%s\\n' \"$XPANDER_API_KEY\" | curl -g -X %2 %3 -H @-"_s.arg(
        key, request.verb, quoted(urlOf(entry, request.path)));
    if (!request.body.isEmpty())
        line += u" -H 'Content-Type: application/json' -d "_s + quoted(request.body);
    return line;
}

}
