#include "ui/parts/formrow.h"

#include <QComboBox>

using namespace Qt::StringLiterals;

QFormLayout *newForm()
{
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(8);
    form->setLabelAlignment(Qt::AlignLeading | Qt::AlignTop);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    return form;
}

QVBoxLayout *fieldColumn(const QString &name, QWidget *control, Field field, FieldMarks &marks)
{
    control->setAccessibleName(name);
    control->setObjectName(objectNameFor(name));
    if (qobject_cast<QComboBox *>(control))
        control->setAccessibleDescription(name); // its name for a screen reader is what it shows (Qt 6.4)
    auto *column = new QVBoxLayout;
    column->setSpacing(4);
    column->addWidget(control);
    if (field != Field::None) {
        auto *wrong = new QLabel;
        column->addWidget(wrong);
        marks.watch(field, control, wrong);
    }
    return column;
}

QLabel *addField(QFormLayout &form, const QString &caption, QWidget *control, QLayout *column)
{
    auto *label = new QLabel(caption);
    label->setBuddy(control);
    label->setMinimumHeight(28);
    label->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    form.addRow(label, column);
    return label;
}

QLabel *addField(QFormLayout &form, const QString &caption, const QString &name, QWidget *control, Field field,
                 FieldMarks &marks)
{
    return addField(form, caption, control, fieldColumn(name, control, field, marks));
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

void keepRoom(QWidget *widget, bool kept)
{
    QSizePolicy policy = widget->sizePolicy();
    policy.setRetainSizeWhenHidden(kept);
    widget->setSizePolicy(policy);
}

QLabel *mutedLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("muted", true);
    return label;
}
