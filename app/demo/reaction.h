#pragma once

#include "app/demo/httprequest.h"

#include <QDateTime>
#include <QUrl>

namespace demo {

QByteArray httpDate(const QDateTime &time); ///< as the header `Date` has it (RFC 9110, IMF-fixdate); `time` in UTC

/// What an HttpServer does with one request: the bytes it says, how fast, and what becomes of the connection
/// then. The named makers cover the answers and faults that matter; raw() says anything else.
struct Reaction {
    using Milliseconds = std::chrono::milliseconds;
    /// AsAsked keeps open or closes, as the request asks; Close is a FIN, over TLS after its close_notify; Cut is
    /// the bare FIN that a killed server leaves; Reset an RST.
    enum class Then { AsAsked, KeepOpen, Close, Cut, Reset };
    /// BeforeReading happens when the connection is accepted (or its next bytes come in): nothing is read or
    /// counted.
    enum class When { AfterReading, BeforeReading };

    QByteArray atOnce;                                    ///< written as one piece
    QByteArray dripped;                                   ///< then these, one byte per `pace`
    qint64 filler = 0;                                    ///< then so many bytes of 'x'
    Then then = Then::KeepOpen;
    When when = When::AfterReading;
    Milliseconds pace{0};
    Milliseconds delay{0};                                ///< silence before it all

    /// A whole reply with its Content-Length; JSON unless `headers` name another Content-Type. A header without
    /// a value is left out.
    static Reaction answer(int status, const QByteArray &body = "{}", const HeaderLines &headers = {});
    static Reaction redirect(int status, const QUrl &target);
    static Reaction raw(const QByteArray &bytes, Then then);

    static Reaction closeAfterReading();
    static Reaction cutAfterReading();
    static Reaction resetAfterReading();
    static Reaction resetBeforeReading();
    static Reaction hang();                               ///< reads the request, never says a word
    static Reaction hangBeforeReading();                  ///< over TLS: no handshake either

    static Reaction halfHeader(qsizetype bytes = 20);     ///< so much of a 200's header, then closes
    /// The header for all, half of the body, then closes.
    static Reaction halfBody(const QByteArray &body, int status = 200, const HeaderLines &headers = {});
    static Reaction chunked(const QByteArray &body);      ///< in one chunk
    static Reaction cutChunk(const QByteArray &body);     ///< closes inside the first chunk
    static Reaction cutBetweenChunks(const QByteArray &body); ///< one whole chunk, never the last one
    static Reaction withoutLength(const QByteArray &body); ///< the end of the connection ends the body
    static Reaction drip(const QByteArray &body, Milliseconds pace);
    static Reaction flood(int mebibytes, int status = 200); ///< a true Content-Length, then that much
    static Reaction hugeHeader(int mebibytes);            ///< one header line of that size

    Reaction after(Milliseconds silence) const;           ///< the same, later
    Reaction thenClose() const;                           ///< the same, and then a FIN
    Reaction thenReset() const;                           ///< the same, and then an RST
};

}
