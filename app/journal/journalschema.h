#pragma once

#include <QStringList>

/// How the journal's file is laid out, by versions: each is made from the one before it, so that a new file and an old
/// one come to the same. A version that was once released never changes.
namespace journalschema {

constexpr int version = 5; ///< kept in PRAGMA user_version

/// The statements that lead from a version to the next.
const QStringList &stepFrom(int version);

}
