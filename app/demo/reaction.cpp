#include "app/demo/reaction.h"

#include <QLocale>

#include <algorithm>

namespace demo {

QByteArray httpDate(const QDateTime &time)
{
    return QLocale::c().toString(time, QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'")).toLatin1();
}

namespace {

constexpr qint64 mebibyte = 1024 * 1024;

QByteArray reasonOf(int status)
{
    return status < 300 ? "OK" : status < 400 ? "Elsewhere" : "Refused";
}

QByteArray head(int status, const HeaderLines &headers)
{
    QByteArray text = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonOf(status) + "\r\n";
    for (const auto &[name, value] : headers) {
        if (!value.isEmpty()) {
            text += name + ": " + value + "\r\n";
        }
    }
    return text + "\r\n";
}

HeaderLines jsonOf(qint64 length)
{
    return {{"Content-Type", "application/json"}, {"Content-Length", QByteArray::number(length)}};
}

}

Reaction Reaction::answer(int status, const QByteArray &body, const HeaderLines &headers)
{
    const bool typed = std::any_of(headers.begin(), headers.end(), [](const auto &line) {
        return line.first.compare("Content-Type", Qt::CaseInsensitive) == 0;
    });
    HeaderLines lines = headers;
    if (!typed) {
        lines.emplaceBack("Content-Type", "application/json");
    }
    lines.emplaceBack("Content-Length", QByteArray::number(body.size()));
    return raw(head(status, lines) + body, Then::AsAsked);
}

Reaction Reaction::redirect(int status, const QUrl &target)
{
    return answer(status, "{}", {{"Location", target.toEncoded()}});
}

Reaction Reaction::raw(const QByteArray &bytes, Then then)
{
    Reaction reaction;
    reaction.atOnce = bytes;
    reaction.then = then;
    return reaction;
}

Reaction Reaction::closeAfterReading()
{
    return raw({}, Then::Close);
}

Reaction Reaction::cutAfterReading()
{
    return raw({}, Then::Cut);
}

Reaction Reaction::resetAfterReading()
{
    return raw({}, Then::Reset);
}

Reaction Reaction::resetBeforeReading()
{
    Reaction reaction = raw({}, Then::Reset);
    reaction.when = When::BeforeReading;
    return reaction;
}

Reaction Reaction::hang()
{
    return {};
}

Reaction Reaction::hangBeforeReading()
{
    Reaction reaction;
    reaction.when = When::BeforeReading;
    return reaction;
}

Reaction Reaction::halfHeader(qsizetype bytes)
{
    return raw(head(200, jsonOf(2)).left(bytes), Then::Close);
}

Reaction Reaction::halfBody(const QByteArray &body, int status, const HeaderLines &headers)
{
    Reaction half = answer(status, body, headers).thenClose();
    half.atOnce.chop(body.size() - body.size() / 2);
    return half;
}

Reaction Reaction::chunked(const QByteArray &body)
{
    return raw(head(200, {{"Content-Type", "application/json"}, {"Transfer-Encoding", "chunked"}})
                   + QByteArray::number(body.size(), 16) + "\r\n" + body + "\r\n0\r\n\r\n",
               Then::AsAsked);
}

Reaction Reaction::cutBetweenChunks(const QByteArray &body)
{
    Reaction unfinished = chunked(body).thenClose();
    unfinished.atOnce.chop(5); // the last chunk, which is empty
    return unfinished;
}

Reaction Reaction::cutChunk(const QByteArray &body)
{
    Reaction unfinished = cutBetweenChunks(body);
    unfinished.atOnce.chop(2 + body.size() - body.size() / 2);
    return unfinished;
}

Reaction Reaction::withoutLength(const QByteArray &body)
{
    return raw(head(200, {{"Content-Type", "application/json"}}) + body, Then::Close);
}

Reaction Reaction::drip(const QByteArray &body, Milliseconds pace)
{
    Reaction reaction = raw(head(200, jsonOf(body.size())), Then::AsAsked);
    reaction.dripped = body;
    reaction.pace = pace;
    return reaction;
}

Reaction Reaction::flood(int mebibytes, int status)
{
    Reaction reaction = raw(head(status, jsonOf(mebibytes * mebibyte)), Then::AsAsked);
    reaction.filler = mebibytes * mebibyte;
    return reaction;
}

Reaction Reaction::hugeHeader(int mebibytes)
{
    Reaction reaction = raw("HTTP/1.1 200 OK\r\nX-Huge: ", Then::Close);
    reaction.filler = mebibytes * mebibyte;
    return reaction;
}

Reaction Reaction::after(Milliseconds silence) const
{
    Reaction later = *this;
    later.delay = silence;
    return later;
}

Reaction Reaction::thenClose() const
{
    Reaction closing = *this;
    closing.then = Then::Close;
    return closing;
}

Reaction Reaction::thenReset() const
{
    Reaction resetting = *this;
    resetting.then = Then::Reset;
    return resetting;
}

}
