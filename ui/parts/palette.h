#pragma once

#include "app/types/connection.h"
#include "app/types/conversation.h"
#include "app/types/stop.h"

#include <QColor>
#include <QPalette>

/// What a colour says. Never said by colour alone: a shape and a word always go with it.
enum class Tone { Blue, Amber, Grey, Green, Red };

/// How a state looks, whatever its word: the one table from states to shape and meaning of colour.
struct StateLook {
    QString shape; ///< one character
    Tone tone = Tone::Grey;

    bool operator==(const StateLook &) const = default;
};

StateLook lookOf(RowState state);
StateLook lookOf(StopState state, bool startedAgain = false);

/// Text and its background, at least 4.5:1 apart.
struct ToneColors {
    QColor text;
    QColor pill;
};

ToneColors colorsOf(Tone tone, const QPalette &palette);

/// The strip that says which environment this is. `stripe` differs from `back` for the demo only.
struct StripColors {
    QColor text;
    QColor back;
    QColor stripe;
};

StripColors stripColorsOf(const Connection &connection, const QPalette &palette);

bool isDark(const QPalette &palette);
/// Whether the desktop asks for pure black and white.
bool isHighContrast(const QPalette &palette);

/// WCAG contrast ratio, 1 to 21.
double contrast(const QColor &one, const QColor &other);
/// `share` (0 to 1) of `other` in `one`.
QColor mixed(const QColor &one, const QColor &other, double share);
/// The colour, moved towards `text` until it can be read on `back` (4.5:1).
QColor readable(const QColor &color, const QColor &back, const QColor &text);
