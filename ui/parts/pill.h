#pragma once

#include "ui/parts/palette.h"

#include <QFont>
#include <QRect>

class QPainter;

/// A state as a rounded pill: its shape and its word, in the colours of its meaning. Elided where it does not fit.
struct Pill {
    StateLook look;
    QString text;
    bool isOutlined = false; ///< what it says may not be so any more

    bool operator==(const Pill &) const = default;
    QSize size(const QFont &font) const; ///< as large as it wants to be
    void paint(QPainter &painter, const QRect &rect, const QFont &font, const QPalette &palette) const;
};
