#pragma once

#include "tests/support/hostile.h"

#include <QWidget>

/// One text of a window as a person sees or hears it: rich text is read as such, "&&" is one ampersand.
struct ShownWords {
    QString where; ///< the object's name and what of it, for a failed test
    QString text;
    hostile::Lines lines;
    hostile::Blanks blanks;
};

/// All words of the window and of what belongs to it, also of what is hidden just now: labels, buttons, tabs, actions,
/// cells, tool tips, titles, and what a screen reader is told. Not what stands in a field to be edited.
QList<ShownWords> wordsOf(QWidget &window);

/// The first that is wrong, with its place; empty when none is.
QString firstFault(const QList<ShownWords> &words, const hostile::Text &text);
/// How many of them bear the text: a test that shows nothing proves nothing.
int timesShown(const QList<ShownWords> &words);
