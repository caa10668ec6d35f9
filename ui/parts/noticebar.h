#pragma once

#include <QFrame>

class QGridLayout;
class QLabel;
class QPushButton;
class QToolButton;

/// A message inside the page it belongs to, instead of a message box: shape, words, at most one action, and a cross.
/// Hidden while it has nothing to say. To a screen reader it is an alert whose name is the text.
class NoticeBar final : public QFrame {
    Q_OBJECT

public:
    enum class Severity { Info, Success, Warning, Error };

    explicit NoticeBar(QWidget *parent = nullptr);

    void putActionBelow(); ///< where there is little room beside the words; before anything is said

    /// Plain text; an empty `action` shows no button. Replaces what was said before; without a text it says nothing more
    /// and hides.
    void say(Severity severity, const QString &text, const QString &action = {});
    void correct(const QString &text); ///< another figure in what is said: nobody is told of it anew
    void clear();
    QString text() const { return m_text; }
    Severity severity() const { return m_severity; }

Q_SIGNALS:
    void actionChosen();
    void closed(); ///< by the person

private:
    void layOut();

    Severity m_severity = Severity::Info;
    QString m_text;
    QLabel *m_shape;
    QLabel *m_words;
    QPushButton *m_action;
    QToolButton *m_close;
    QGridLayout *m_grid;
};
