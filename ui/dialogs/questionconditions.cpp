#include "ui/dialogs/questionconditions.h"

#include "app/words/failurewords.h"
#include "ui/parts/formrow.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace {

/// A whole number in the digits of any script, as a person or the window of that language writes it: with separators of
/// groups, and the marks of direction that come along with a copy.
std::optional<int> numberIn(const QString &text)
{
    QString digits;
    for (const QChar c : text) {
        if (c.category() == QChar::Number_DecimalDigit)
            digits += QChar(u'0' + c.digitValue());
        else if (!c.isSpace() && c.category() != QChar::Other_Format && QString(c) != QLocale().groupSeparator())
            return std::nullopt;
    }
    bool isNumber = false;
    const int number = digits.toInt(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

}

QuestionConditions::QuestionConditions(QWidget *parent)
    : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
}

void QuestionConditions::askForNumber(const QString &caption)
{
    m_number = new QLineEdit(this);
    m_number->setObjectName(u"numberOfConversations"_s);
    m_number->setAccessibleName(caption);
    m_number->setMaxLength(12);
    m_number->setFixedWidth(120);
    m_caption = new QLabel(caption, this);
    m_caption->setProperty("heading", true);
    m_caption->setBuddy(m_number);
    auto *mark = new QLabel(this);
    auto *row = new QHBoxLayout; // the mark stands beside the number: nothing below it moves
    row->setSpacing(8);
    row->addWidget(m_number, 0, Qt::AlignLeading);
    row->addWidget(mark, 1);
    auto *column = new QVBoxLayout;
    column->setSpacing(4);
    column->addWidget(m_caption);
    column->addLayout(row);
    layout()->addItem(column);
    keepRoom(m_caption);
    keepRoom(m_number);
    m_marks.watch(Field::Number, m_number, mark);
    connect(m_number, &QLineEdit::textChanged, this, &QuestionConditions::changed);
    connect(m_number, &QLineEdit::editingFinished, this, &QuestionConditions::markNumber);
}

void QuestionConditions::setNumber(std::optional<int> number)
{
    m_wanted = number;
    m_caption->setVisible(number.has_value());
    m_number->setVisible(number.has_value());
    if (!m_number->hasFocus())
        markNumber();
}

/// A wrong number that was typed and left; one that was not typed yet is only missing.
void QuestionConditions::markNumber()
{
    if (isNumberMissing() && !m_number->text().trimmed().isEmpty())
        m_marks.show({{Field::Number, numberMissing()}});
    else
        m_marks.clear();
}

bool QuestionConditions::isNumberMissing() const
{
    return m_wanted && numberIn(m_number->text()) != m_wanted;
}

QString QuestionConditions::numberMissing() const
{
    return tr("Type %1 first: the number of what is hit.").arg(*m_wanted);
}

void QuestionConditions::askForAgreement(const Failure &trouble, const QString &tick)
{
    auto *why = new QLabel(tr("%1 Nothing of this decision will be kept: not who, not when, not what became of it.")
                               .arg(words::happened(trouble, Subject::Journal)),
                           this);
    why->setObjectName(u"journalTrouble"_s);
    why->setTextFormat(Qt::PlainText);
    why->setWordWrap(true);
    why->setProperty("error", true);
    m_agreed = new QCheckBox(tick, this);
    m_agreed->setObjectName(u"stopWithoutARecord"_s);
    m_agreed->setAccessibleName(tick);
    m_agreed->setAccessibleDescription(why->text());
    layout()->addWidget(why);
    layout()->addWidget(m_agreed);
    connect(m_agreed, &QCheckBox::toggled, this, &QuestionConditions::changed);
}

QString QuestionConditions::missing() const
{
    if (m_agreed && !m_agreed->isChecked())
        return tr("Tick “%1” first: the journal does not work.").arg(m_agreed->text());
    if (isNumberMissing())
        return numberMissing();
    return {};
}

bool QuestionConditions::isWithoutRecord() const
{
    return m_agreed && m_agreed->isChecked();
}

QList<QWidget *> QuestionConditions::fields() const
{
    QList<QWidget *> made;
    if (m_number)
        made.append(m_number);
    if (m_agreed)
        made.append(m_agreed);
    return made;
}
