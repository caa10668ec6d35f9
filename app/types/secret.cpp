#include "app/types/secret.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

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

/// The bytes are a copy of our own, so that nobody else's are overwritten.
Secret::Secret(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return;
    const auto wipe = [](QByteArray *own) {
        volatile char *const place = own->data();
        std::fill_n(place, own->size(), '\0'); // volatile: this is not left out because nobody reads it
        delete own;
    };
    m_bytes = std::shared_ptr<QByteArray>(new QByteArray(bytes.constData(), bytes.size()), wipe);
}

const QByteArray &Secret::reveal() const
{
    static const QByteArray none;
    return m_bytes ? *m_bytes : none;
}

bool Secret::operator==(const Secret &other) const
{
    return reveal() == other.reveal();
}

QByteArray Secret::mark(const QByteArray &salt) const
{
    return QMessageAuthenticationCode::hash(reveal(), salt, QCryptographicHash::Sha256);
}

QDebug operator<<(QDebug debug, const Secret &)
{
    return debug << "(secret)";
}
