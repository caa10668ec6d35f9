#include "tests/support/reaction.h"

#include <algorithm>
#include <array>

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
        text += name + ": " + value + "\r\n";
    }
    return text + "\r\n";
}

HeaderLines jsonOf(qint64 length)
{
    return {{"Content-Type", "application/json"}, {"Content-Length", QByteArray::number(length)}};
}

HeaderLines chunkedJson()
{
    return {{"Content-Type", "application/json"}, {"Transfer-Encoding", "chunked"}};
}

/// CRC-32 as gzip's trailer wants it.
quint32 checksum(const QByteArray &bytes)
{
    std::array<quint32, 256> table{};
    for (quint32 i = 0; i < table.size(); ++i) {
        quint32 value = i;
        for (int bit = 0; bit < 8; ++bit) {
            value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320U : value >> 1;
        }
        table[i] = value;
    }
    quint32 sum = 0xFFFFFFFFU;
    for (const char byte : bytes) {
        sum = table[(sum ^ static_cast<quint8>(byte)) & 0xFFU] ^ (sum >> 8);
    }
    return ~sum;
}

QByteArray littleEndian(quint32 value)
{
    QByteArray bytes;
    for (int shift = 0; shift < 32; shift += 8) {
        bytes += static_cast<char>((value >> shift) & 0xFFU);
    }
    return bytes;
}

/// qCompress frames deflate as 4 bytes of length, 2 of zlib header and 4 of checksum; gzip has its own frame.
QByteArray gzip(const QByteArray &bytes)
{
    const QByteArray packed = qCompress(bytes, 9);
    const QByteArray deflated = packed.mid(6, packed.size() - 10);
    return QByteArray("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10) + deflated + littleEndian(checksum(bytes))
        + littleEndian(static_cast<quint32>(bytes.size()));
}

} // namespace

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
    return raw(head(status, lines) + body, Then::KeepOpen);
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

Reaction Reaction::halfBody(const QByteArray &body, int status)
{
    return raw(head(status, jsonOf(body.size())) + body.left(body.size() / 2), Then::Close);
}

Reaction Reaction::cutChunk(const QByteArray &body)
{
    const QByteArray announced = QByteArray::number(body.size(), 16);
    return raw(head(200, chunkedJson()) + announced + "\r\n" + body.left(body.size() / 2), Then::Close);
}

Reaction Reaction::cutBetweenChunks(const QByteArray &body)
{
    const QByteArray announced = QByteArray::number(body.size(), 16);
    return raw(head(200, chunkedJson()) + announced + "\r\n" + body + "\r\n", Then::Close);
}

Reaction Reaction::withoutLength(const QByteArray &body)
{
    return raw(head(200, {{"Content-Type", "application/json"}}) + body, Then::Close);
}

Reaction Reaction::drip(const QByteArray &body, Milliseconds pace)
{
    Reaction reaction = raw(head(200, jsonOf(body.size())), Then::KeepOpen);
    reaction.dripped = body;
    reaction.pace = pace;
    return reaction;
}

Reaction Reaction::flood(int mebibytes, int status)
{
    Reaction reaction = raw(head(status, jsonOf(mebibytes * mebibyte)), Then::KeepOpen);
    reaction.filler = mebibytes * mebibyte;
    return reaction;
}

Reaction Reaction::hugeHeader(int mebibytes)
{
    Reaction reaction = raw("HTTP/1.1 200 OK\r\nX-Huge: ", Then::Close);
    reaction.filler = mebibytes * mebibyte;
    return reaction;
}

Reaction Reaction::gzipped(int status, const QByteArray &body)
{
    return answer(status, gzip(body), {{"Content-Encoding", "gzip"}});
}

Reaction Reaction::gzipBomb(int mebibytes)
{
    return gzipped(200, QByteArray(mebibytes * mebibyte, '\0'));
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
