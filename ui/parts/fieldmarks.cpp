#include "ui/parts/fieldmarks.h"

#include "ui/parts/alertrole.h"
#include "ui/parts/formrow.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QStyle>

#include <algorithm>

using namespace Qt::StringLiterals;

FieldMarks::FieldMarks(QObject *parent)
    : QObject(parent)
{
}

void FieldMarks::watch(Field field, QWidget *control, QLabel *inlineText)
{
    m_watched.append({field, control, inlineText, {}, {}});
    inlineText->setTextFormat(Qt::PlainText);
    inlineText->setWordWrap(true);
    inlineText->setProperty("error", true);
    inlineText->hide();
    makeAlert(inlineText);
    connectControl(field, control);
}

/// Only what a person does counts as a correction, not what the program sets.
void FieldMarks::connectControl(Field field, QWidget *control)
{
    const auto corrected = [this, field] { correct(field); };
    if (auto *edit = qobject_cast<QLineEdit *>(control))
        connect(edit, &QLineEdit::textEdited, this, corrected);
    else if (auto *button = qobject_cast<QAbstractButton *>(control))
        connect(button, &QAbstractButton::clicked, this, corrected);
    else if (auto *combo = qobject_cast<QComboBox *>(control))
        connect(combo, &QComboBox::activated, this, corrected);
    else if (auto *spin = qobject_cast<QSpinBox *>(control))
        connect(spin, &QSpinBox::valueChanged, this, corrected);
    else if (auto *view = qobject_cast<QAbstractItemView *>(control))
        connect(view, &QAbstractItemView::clicked, this, corrected);
}

FieldMarks::Marks FieldMarks::show(const Marks &marks)
{
    for (Watched &watched : m_watched) {
        QStringList words;
        for (const auto &[field, text] : marks) {
            if (field == watched.field && !words.contains(text))
                words.append(text);
        }
        mark(watched, words.join(u' '));
    }
    Marks left;
    std::ranges::copy_if(marks, std::back_inserter(left), [this](const auto &mark) { return !find(mark.first); });
    return left;
}

void FieldMarks::clear(Field field)
{
    for (Watched &watched : m_watched) {
        if (watched.field == field)
            mark(watched, {});
    }
}

void FieldMarks::clear()
{
    for (Watched &watched : m_watched) {
        mark(watched, {});
        watched.inlineText->clear();
        if (m_standsStill)
            keepRoom(watched.inlineText, false);
    }
}

bool FieldMarks::isMarked(Field field) const
{
    const Watched *watched = find(field);
    return watched && !watched->words.isEmpty();
}

void FieldMarks::focusFirst()
{
    const auto first = std::ranges::find_if(m_watched, [](const Watched &watched) { return !watched.words.isEmpty(); });
    if (first == m_watched.end())
        return;
    focus(first->field);
    speak(first->inlineText);
}

FieldMarks::Marks FieldMarks::marks() const
{
    Marks shown;
    for (const Watched &watched : m_watched) {
        if (!watched.words.isEmpty())
            shown.append({watched.field, watched.words});
    }
    return shown;
}

bool FieldMarks::focus(Field field)
{
    const Watched *watched = find(field);
    if (!watched || !watched->control->isEnabled() || !watched->control->isVisible())
        return false;
    watched->control->setFocus(Qt::OtherFocusReason);
    if (auto *edit = qobject_cast<QLineEdit *>(watched->control))
        edit->selectAll();
    return true;
}

void FieldMarks::mark(Watched &watched, const QString &words)
{
    if (watched.words == words)
        return;
    if (watched.words.isEmpty())
        watched.description = watched.control->accessibleDescription();
    watched.words = words;
    const bool wrong = !words.isEmpty();
    watched.control->setProperty("invalid", wrong);
    watched.control->style()->unpolish(watched.control);
    watched.control->style()->polish(watched.control);
    watched.control->setAccessibleDescription(wrong ? words : watched.description);
    if (m_standsStill)
        keepRoom(watched.inlineText); // as much as its last words need
    if (wrong || !m_standsStill)
        watched.inlineText->setText(wrong ? u"▲ "_s + words : QString());
    watched.inlineText->setAccessibleName(words);
    watched.inlineText->setVisible(wrong);
}

void FieldMarks::correct(Field field)
{
    if (!isMarked(field))
        return;
    clear(field);
    Q_EMIT corrected(field);
}

const FieldMarks::Watched *FieldMarks::find(Field field) const
{
    const auto found = std::ranges::find(m_watched, field, &Watched::field);
    return found == m_watched.end() ? nullptr : &*found;
}
