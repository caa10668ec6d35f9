#pragma once

#include "app/types/failure.h"

#include <QByteArray>
#include <QDebug>

#include <memory>

/// A key. It cannot become a string by accident and prints as "(secret)". `reveal()` is called where a request is
/// dressed and where the keychain is written, nowhere else. Copies share one place in memory, which is overwritten when
/// the last of them goes; what Qt and OpenSSL copied meanwhile is theirs.
class Secret {
public:
    Secret() = default;

    /// The key in what a person typed or pasted. White space around it is cut off. Fails with the reason in
    /// `fields` for what must not go into a header: empty, over 2,000 bytes, anything but visible ASCII.
    static std::optional<Secret> fromInput(const QString &input, QList<FieldError> *problems = nullptr);
    static Secret fromStored(const QByteArray &bytes) { return Secret(bytes); }

    bool isEmpty() const { return !m_bytes; }
    const QByteArray &reveal() const;
    bool operator==(const Secret &other) const;
    /// Tells keys apart without keeping them.
    QByteArray mark(const QByteArray &salt) const;

    static constexpr int maximumBytes = 2000;

private:
    explicit Secret(const QByteArray &bytes);

    std::shared_ptr<const QByteArray> m_bytes; ///< none: the empty key
};

QDebug operator<<(QDebug debug, const Secret &secret);
