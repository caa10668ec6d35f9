#pragma once

#include "ui/parts/fieldmarks.h"

#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

/// Captions at the left, in line with the first line of their field, which takes all the width there is.
QFormLayout *newForm();

/// A control and under it the place for its mark, watched by `marks`. The control gets the English accessible name that
/// tests rely on, and the object name made of it. What else belongs to the field can be added below.
QVBoxLayout *fieldColumn(const QString &name, QWidget *control, Field field, FieldMarks &marks);

/// Adds such a column to a form, under a caption that leads to the control. Returns the caption.
QLabel *addField(QFormLayout &form, const QString &caption, QWidget *control, QLayout *column);
QLabel *addField(QFormLayout &form, const QString &caption, const QString &name, QWidget *control, Field field,
                 FieldMarks &marks);

/// "Use for this session" becomes "useForThisSession".
QString objectNameFor(const QString &name);

/// Whether the widget's place stays while it is hidden.
void keepRoom(QWidget *widget, bool kept = true);

/// Small print: muted, plain, wrapped.
QLabel *mutedLabel(const QString &text, QWidget *parent = nullptr);
