#include "app/credentials/tokenend.h"

#include "app/types/clock.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

QDateTime tokenEnd(const Secret &token)
{
    constexpr double yearTenThousand = 253'402'300'800; // s; no date beyond it can be shown
    const QByteArrayList parts = token.reveal().split('.');
    if (parts.size() != 3)
        return {};
    const auto claims = QByteArray::fromBase64Encoding(
        parts.at(1), QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!claims)
        return {};
    const double end = QJsonDocument::fromJson(*claims).object().value("exp"_L1).toDouble(-1);
    if (end < 0 || end >= yearTenThousand)
        return {};
    return QDateTime(QDate(1970, 1, 1), QTime(0, 0), utcZone).addSecs(qint64(end));
}

QDateTime tokenEndOf(const Connection &connection, const Secret &secret)
{
    return connection.credential == CredentialKind::BearerToken ? tokenEnd(secret) : QDateTime();
}

QDateTime fromService(const QDateTime &end, Duration ahead)
{
    return end.isValid() ? fromWall(end.addMSecs(-ahead.count())) : QDateTime();
}
