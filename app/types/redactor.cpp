#include "app/types/redactor.h"

#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

/// So much of a key in a row is no word by chance.
constexpr qsizetype shortestPiece = 12;
/// A short key in Base64 may be.
constexpr qsizetype shortestEncoded = 8;

/// The Base64 digits that the key alone decides, where `before` bytes stand in front of it.
QByteArray base64Digits(const QByteArray &key, int before)
{
    const QByteArray all = (QByteArray(before, ' ') + key).toBase64(QByteArray::OmitTrailingEquals);
    const qsizetype first = before == 0 ? 0 : before + 1;
    const bool isLastShared = (before + key.size()) % 3 != 0;
    return all.mid(first, all.size() - first - (isLastShared ? 1 : 0));
}

/// With the digits behind percent signs in small letters.
QByteArray withSmallDigits(QByteArray percent)
{
    for (qsizetype at = percent.indexOf('%'); at >= 0; at = percent.indexOf('%', at + 3))
        percent.replace(at, 3, percent.mid(at, 3).toLower());
    return percent;
}

QStringList spellingsOf(const QByteArray &key)
{
    QList<QByteArray> encoded;
    const QByteArray percent = QUrl::toPercentEncoding(QString::fromLatin1(key));
    if (percent != key)
        encoded << percent << withSmallDigits(percent);
    for (int before = 0; before < 3; ++before) {
        const QByteArray digits = base64Digits(key, before);
        encoded << digits << QByteArray(digits).replace('+', '-').replace('/', '_');
    }
    encoded.removeIf([](const QByteArray &each) { return each.size() < shortestEncoded; });
    QStringList spellings;
    if (!key.isEmpty())
        spellings.append(QString::fromLatin1(key));
    for (const QByteArray &each : std::as_const(encoded))
        spellings.append(QString::fromLatin1(each));
    return spellings;
}

}

Redactor::Redactor(const Secret &key)
    : m_spellings(spellingsOf(key.reveal()))
    , m_isNoWord(!m_spellings.isEmpty() && m_spellings.first().size() >= shortestPiece)
{
    for (const QStringView spelling : m_spellings) {
        const qsizetype length = std::min(shortestPiece, spelling.size());
        QHash<QStringView, QStringView> rests; // of equal pieces the first counts, which most follows
        for (qsizetype at = spelling.size() - length; at >= 0; --at)
            rests.insert(spelling.mid(at, length), spelling.mid(at));
        for (auto piece = rests.cbegin(); piece != rests.cend(); ++piece)
            m_pieces[length][piece.key()].append(piece.value());
    }
}

QString Redactor::redacted(const QString &text) const
{
    QString safe;
    for (qsizetype at = 0; at < text.size();) {
        if (const qsizetype length = lengthAt(QStringView(text).mid(at)); length > 0) {
            safe += u"•••"_s;
            at += length;
        } else {
            safe += text[at++];
        }
    }
    return safe;
}

qsizetype Redactor::lengthAt(QStringView text) const
{
    qsizetype longest = 0;
    for (const auto &[length, pieces] : m_pieces) {
        const auto found = text.size() < length ? pieces.cend() : pieces.constFind(text.first(length));
        if (found == pieces.cend())
            continue;
        for (const QStringView rest : *found)
            longest = std::max<qsizetype>(longest, std::ranges::mismatch(text, rest).in1 - text.begin());
    }
    return longest;
}
