#pragma once

#include <QString>

/// Stands for the name of a computer that may be another one.
inline const QString unknownComputer = QStringLiteral("?");

/// Another Stopdesk with the same data, as far as it is known.
struct RunningInstance {
    qint64 process = 0; ///< its number; 0: not known
    QString computer;   ///< empty: this one
    /// Where its windows are: "x11 :1", "wayland wayland-0", else the platform's name. Empty: not known.
    QString display;

    bool operator==(const RunningInstance &) const = default;
};
