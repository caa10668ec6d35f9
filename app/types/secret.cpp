#include "app/types/secret.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

/// So much of a key in a row is no word by chance.
constexpr qsizetype shortestPiece = 12;

/// What is wrong with the trimmed text as a key, or an empty string.
QString keyProblem(const QString &text)
{
    const auto tr = [](const char *words) { return QCoreApplication::translate("Secret", words); };
    if (text.isEmpty())
        return tr("Enter the key.");
    if (text.toUtf8().size() > Secret::maximumBytes)
        return tr("A key has at most 2,000 bytes. Check what was pasted.");
    if (std::ranges::any_of(text, [](QChar c) { return c.isSpace(); }))
        return tr("There is a space or a line break inside the key. Paste the key alone.");
    if (std::ranges::any_of(text, [](QChar c) { return c.unicode() < 0x21 || c.unicode() == 0x7f; }))
        return tr("There is a control character in the key. Paste the key alone.");
    if (std::ranges::any_of(text, [](QChar c) { return c.unicode() > 0x7e; }))
        return tr("There is a character in the key that no key has (only ASCII letters, digits and signs).");
    return {};
}

}

std::optional<Secret> Secret::fromInput(const QString &input, QList<FieldError> *problems)
{
    const QString text = input.trimmed();
    const QString problem = keyProblem(text);
    if (problem.isEmpty())
        return Secret(text.toLatin1());
    if (problems)
        problems->append({{u"key"_s}, problem, u"local"_s});
    return std::nullopt;
}

QString Secret::hiddenIn(const QString &text) const
{
    const QString key = QString::fromLatin1(m_bytes);
    const qsizetype least = std::min(shortestPiece, key.size());
    QString hidden;
    for (qsizetype at = 0; at < text.size();) {
        const bool isLong = least > 0 && at + least <= text.size();
        const qsizetype found = isLong ? key.indexOf(QStringView(text).mid(at, least)) : -1;
        if (found < 0) {
            hidden += text[at++];
            continue;
        }
        for (qsizetype i = found; i < key.size() && at < text.size() && text[at] == key[i]; ++i)
            ++at;
        hidden += u"•••"_s;
    }
    return hidden;
}

QByteArray Secret::mark(const QByteArray &salt) const
{
    return QMessageAuthenticationCode::hash(m_bytes, salt, QCryptographicHash::Sha256);
}

QDebug operator<<(QDebug debug, const Secret &)
{
    return debug << "(secret)";
}
