#pragma once

#include <QByteArray>
#include <QList>
#include <QPair>

#include <chrono>
#include <optional>

namespace demo {

using HeaderLines = QList<QPair<QByteArray, QByteArray>>;

/// One whole request as it arrived.
struct HttpRequest {
    QByteArray method;
    QByteArray path;            ///< the request target as sent, with its query
    HeaderLines headers;
    QByteArray body;            ///< without the chunks it may have come in
    bool keepsOpen = false;     ///< HTTP/1.1 without `Connection: close`
    std::chrono::steady_clock::time_point arrived; ///< its first byte
    int connection = 0;         ///< 1 for the first connection that the server accepted

    /// The value of the first header of that name in any case; a null array where there is none.
    QByteArray header(const char *name) const;
};

/// Takes the first whole request off the front of `bytes`, but for `arrived` and `connection`. Nothing while it
/// is not all there; `refusal` is then the status that it is to be answered with, 0 if it may still become a
/// request: 431 beyond 64 KiB of header, 413 beyond 64 KiB of body, 400 for what is not HTTP/1.x.
std::optional<HttpRequest> takeRequest(QByteArray &bytes, int &refusal);

}
