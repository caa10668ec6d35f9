#pragma once

#include <QByteArray>
#include <QString>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

/// What every target shares: a promise that does not hold ends the program, which is how a fuzzer finds out.
namespace fuzzing {

inline void require(bool holds, const char *promise)
{
    if (!holds) {
        std::fprintf(stderr, "Broken promise: %s\n", promise);
        std::abort();
    }
}

inline bool turnsDirection(QChar c)
{
    return (c >= QChar(0x202a) && c <= QChar(0x202e)) || (c >= QChar(0x2066) && c <= QChar(0x2069));
}

/// Text as it may be shown: one line, without control and bidi characters and lone surrogates, of bounded length.
inline void requirePlain(const QString &text, qsizetype limit)
{
    require(text.size() <= limit, "a shown text is bounded");
    require(text.isValidUtf16(), "a shown text has whole characters");
    require(
        std::ranges::none_of(text, [](QChar c) { return c.category() == QChar::Other_Control || turnsDirection(c); }),
        "a shown text has no control and bidi characters");
}

inline QByteArray bytes(const uint8_t *data, size_t size)
{
    return QByteArray(reinterpret_cast<const char *>(data), qsizetype(size));
}

}
