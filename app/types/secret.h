#pragma once

#include "app/types/failure.h"

#include <QByteArray>
#include <QDebug>

/// A key. It cannot become a string by accident and prints as "(secret)". `reveal()` is called where a request is
/// dressed and where the keychain is written, nowhere else.
class Secret {
public:
    Secret() = default;

    /// The key in what a person typed or pasted. White space around it is cut off. Fails with the reason in
    /// `fields` for what must not go into a header: empty, over 2,000 bytes, anything but visible ASCII.
    static std::optional<Secret> fromInput(const QString &input, QList<FieldError> *problems = nullptr);
    static Secret fromStored(const QByteArray &bytes) { return Secret(bytes); }

    bool isEmpty() const { return m_bytes.isEmpty(); }
    /// The text with the key in it blotted out, and every long piece of it: what others say may repeat it, and may have
    /// been cut off anywhere.
    QString hiddenIn(const QString &text) const;
    const QByteArray &reveal() const { return m_bytes; }
    bool operator==(const Secret &) const = default;
    /// Tells keys apart without keeping them.
    QByteArray mark(const QByteArray &salt) const;

    static constexpr int maximumBytes = 2000;

private:
    explicit Secret(const QByteArray &bytes) : m_bytes(bytes) { }

    QByteArray m_bytes;
};

QDebug operator<<(QDebug debug, const Secret &secret);
