#pragma once

#include <QByteArray>
#include <QJsonValue>
#include <QList>
#include <QPair>

namespace demo {

/// What goes back over the wire, and how.
struct Answer {
    enum class Delivery { Whole, CutShort, CloseUnanswered, Hang };

    int status = 200;
    QByteArray body;
    QByteArray mimeType = "application/json";
    QList<QPair<QByteArray, QByteArray>> headers{};
    Delivery delivery = Delivery::Whole;
};

/// A body of any JSON value; null is the `null` that FastAPI writes for an empty result.
Answer jsonAnswer(const QJsonValue &body, int status = 200);

/// The error form of the service: `{"detail": …}`.
Answer detailAnswer(int status, const QJsonValue &detail);

}
