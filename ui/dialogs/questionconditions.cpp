#include "ui/dialogs/questionconditions.h"

#include "app/words/failurewords.h"
#include "ui/parts/formrow.h"

#include <QCheckBox>
#include <QLineEdit>

using namespace Qt::StringLiterals;

QuestionConditions::QuestionConditions(QWidget *parent)
    : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
}

void QuestionConditions::askForNumber(int number, const QString &caption)
{
    m_wanted = number;
    m_number = new QLineEdit(this);
    m_number->setObjectName(u"numberOfConversations"_s);
    m_number->setAccessibleName(caption);
    m_number->setMaxLength(12);
    m_number->setFixedWidth(120);
    auto *label = new QLabel(caption, this);
    label->setProperty("heading", true);
    label->setBuddy(m_number);
    layout()->addWidget(label);
    layout()->addWidget(m_number);
    connect(m_number, &QLineEdit::textChanged, this, &QuestionConditions::changed);
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
    if (m_number && m_number->text().trimmed() != QString::number(m_wanted))
        return tr("Type %1 first: the number of what is hit.").arg(m_wanted);
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
