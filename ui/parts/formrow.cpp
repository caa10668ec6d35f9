#include "ui/parts/formrow.h"

#include <QComboBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

QLabel *addField(QFormLayout &form, const QString &caption, const QString &name, QWidget *control, Field field,
                 FieldMarks &marks)
{
    auto *label = new QLabel(caption);
    label->setBuddy(control);
    control->setAccessibleName(name);
    control->setObjectName(objectNameFor(name));
    if (qobject_cast<QComboBox *>(control))
        control->setAccessibleDescription(name); // its name for a screen reader is what it shows (Qt 6.4)
    auto *wrong = new QLabel;
    auto *column = new QVBoxLayout;
    column->setSpacing(2);
    column->addWidget(control);
    column->addWidget(wrong);
    form.addRow(label, column);
    if (field == Field::None)
        wrong->hide();
    else
        marks.watch(field, control, wrong);
    return label;
}

QString objectNameFor(const QString &name)
{
    QString made;
    bool inFirstWord = true;
    bool startsWord = false;
    for (const QChar letter : name) {
        if (letter.isLetterOrNumber())
            made += inFirstWord ? letter.toLower() : startsWord ? letter.toUpper() : letter;
        startsWord = !letter.isLetterOrNumber();
        inFirstWord = inFirstWord && !startsWord;
    }
    return made;
}

QLabel *mutedLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("muted", true);
    return label;
}
