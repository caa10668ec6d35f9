#pragma once

#include <QStringList>

#include <optional>

/// What the program was started with. Read before there is an application: --help and --version need no display.
struct StartArguments {
    static constexpr int mostInDemo = 10'000;
    static constexpr int mostRequests = 1'000'000;

    bool demo = false;
    int demoSize = 0; ///< conversations besides the scenarios
    int requestsPerMinute = 100; ///< the demo's limits
    int requestsPerHour = 1000;
    QString keepDemoIn; ///< a folder; empty: the demo begins anew, with an empty journal, and leaves nothing

    std::optional<int> exitCode; ///< set: say these two and end
    QString output;              ///< what was asked for, as --help
    QString complaint;           ///< what cannot be understood
};

StartArguments readArguments(const QStringList &arguments);
