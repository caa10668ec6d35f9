#pragma once

#include "ui/parts/fieldmarks.h"

#include <QFormLayout>
#include <QLabel>

/// Adds a row to a form: caption, control, and under the control the place for its mark, watched by `marks`. The
/// control gets the English accessible name that tests rely on, and the object name made of it. Returns the caption.
QLabel *addField(QFormLayout &form, const QString &caption, const QString &name, QWidget *control, Field field,
                 FieldMarks &marks);

/// "Use for this session" becomes "useForThisSession".
QString objectNameFor(const QString &name);

/// Small print: muted, plain, wrapped.
QLabel *mutedLabel(const QString &text, QWidget *parent = nullptr);
