#pragma once

#include "app/demo/answer.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonParseError>
#include <QUrlQuery>

namespace demo {

/// The two generations of FastAPI word the same refusal differently.
enum class Style { PydanticV1, PydanticV2 };

/// Reads the parts of a request as FastAPI does and collects every violation, so that one 422 names them all.
/// What could not be read comes back as its default. Wordings: FastAPI 0.92 with pydantic 1.10, and
/// pydantic 2.13.
class Validation {
public:
    explicit Validation(Style style);

    void checkUuid(const QString &parameter, const QString &value);
    int integer(const QUrlQuery &query, const QString &name, int fallback, int least, int most);
    void checkState(const QUrlQuery &query, const QString &name);
    /// The only field of the body of a stop.
    bool clearQueue(const QByteArray &body, const QByteArray &mimeType);

    bool hasFailed() const { return !m_detail.isEmpty(); }
    Answer answer() const;

private:
    struct Wording {
        QString type;
        QString message;
        QJsonObject context;
    };

    /// `input` is the received value, which only the second style repeats.
    void add(const QJsonArray &place, const Wording &v1, const Wording &v2, const QJsonValue &input);
    void addUnreadable(const QByteArray &body, const QJsonParseError &error);
    bool boolean(const QJsonValue &value);

    Style m_style;
    QJsonArray m_detail;
};

}
