#pragma once

#include "ui/parts/fieldmarks.h"

#include <QWidget>

#include <optional>

class QCheckBox;
class QLabel;
class QLineEdit;
struct Failure;

/// What a person has to do before the red button can be pressed: type the number of what is hit, agree to a decision
/// that the journal will not know. A wrong number is marked once it is left, beside it. Nothing is there where nothing
/// is needed.
class QuestionConditions final : public QWidget {
    Q_OBJECT

public:
    explicit QuestionConditions(QWidget *parent = nullptr);

    void askForNumber(const QString &caption); ///< once; which one, `setNumber` says
    void setNumber(std::optional<int> number); ///< nothing: it need not be typed now; its room stays
    void askForAgreement(const Failure &trouble, const QString &tick); ///< the journal does not work
    QString missing() const; ///< what is still to be done, in words; empty: nothing
    bool isWithoutRecord() const;
    QList<QWidget *> fields() const; ///< in the order of Tab
    QLineEdit *number() const { return m_number; } ///< null where none is asked for

Q_SIGNALS:
    void changed();

private:
    void markNumber();
    bool isNumberMissing() const;
    QString numberMissing() const;

    FieldMarks m_marks;
    QLineEdit *m_number = nullptr;
    QLabel *m_caption = nullptr;
    std::optional<int> m_wanted;
    QCheckBox *m_agreed = nullptr;
};
