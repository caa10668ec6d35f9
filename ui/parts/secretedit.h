#pragma once

#include <QLineEdit>

/// The only field for keys. Hidden unless a person reveals it, which ends when the focus leaves; hidden text cannot be
/// copied, and neither undo nor the input method remembers it. It is never filled with a stored key.
class SecretEdit final : public QLineEdit {
    Q_OBJECT

public:
    explicit SecretEdit(QWidget *parent = nullptr);

    bool isRevealed() const { return echoMode() == Normal; }
    void forget(); ///< empties it, undo included

Q_SIGNALS:
    /// White space around a pasted or finished text was cut off: "1 line break and 2 spaces removed".
    void trimmed(const QString &note);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void setRevealed(bool revealed);
    void trimIfPasted(const QString &text);
    void trim();

    QAction *m_reveal;
    qsizetype m_length = 0; ///< before the edit that is looked at
};
