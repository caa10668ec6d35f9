#include "tests/support/reaction.h"

#include <array>

namespace {

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

Reaction gzipped(int status, const QByteArray &body)
{
    return Reaction::answer(status, gzip(body), {{"Content-Encoding", "gzip"}});
}

Reaction gzipBomb(int mebibytes)
{
    return gzipped(200, QByteArray(mebibytes * 1024 * 1024, '\0'));
}
