#pragma once

#include "app/types/secret.h"

#include <QHash>
#include <QStringList>

#include <map>

/// Blots a key out of what others say, which may repeat it: as it is, with percent signs, inside Base64 (as in a Basic
/// header, whatever stands before it), and every long piece of each, for texts may have been cut off anywhere. Made once
/// for many texts; each costs time by its length alone.
class Redactor {
public:
    explicit Redactor(const Secret &key);
    Redactor(const Redactor &) = delete;
    Redactor &operator=(const Redactor &) = delete;

    QString redacted(const QString &text) const;
    /// Whether the key is too long to be a word of a format: a whole document can be redacted and stays one.
    bool isNoWord() const { return m_isNoWord; }

private:
    /// How much of the text begins with a piece of the key: the most that any spelling has.
    qsizetype lengthAt(QStringView text) const;

    const QStringList m_spellings;
    const bool m_isNoWord;
    /// By the length of a piece, each piece and each spelling from there on.
    std::map<qsizetype, QHash<QStringView, QList<QStringView>>> m_pieces;
};
