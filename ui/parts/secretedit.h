#pragma once

#include <QClipboard>
#include <QLineEdit>

#include <functional>

/// The only field for keys. Hidden unless a person reveals it, which ends when the focus leaves; it is never filled
/// with a stored key. While it is hidden the line edit holds bullets alone, one for each letter, and the key lies in a
/// buffer that is overwritten when it goes. Every edit is one of bullets, also while it is revealed: the accessibility
/// bus hears of those alone, and nothing is copied in either state. What is revealed is shown on purpose: who asks the
/// bus for the text of the field then is told it, as the eye is. Undo empties it, as it does any field for passwords.
class SecretEdit final : public QLineEdit {
    Q_OBJECT

public:
    explicit SecretEdit(QWidget *parent = nullptr);
    ~SecretEdit() override;

    QString key() const; ///< what was typed; `text()` has its length alone while it is hidden
    bool isRevealed() const { return echoMode() == Normal; }
    void forget(); ///< empties it, undo included

    QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;
    Q_INVOKABLE QVariant inputMethodQuery(Qt::InputMethodQuery query, const QVariant &argument) const;

Q_SIGNALS:
    /// White space around a pasted or finished text was cut off: "1 line break and 2 spaces removed".
    void trimmed(const QString &note);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    /// What is about to be put into the line edit as bullets, and where.
    struct Coming {
        QString text{};
        qsizetype at = 0;
    };

    void edit(const Coming &coming, const std::function<void()> &inBullets);
    void put(const QString &text);
    QString fitting(const QString &text) const;
    void pasteFrom(QClipboard::Mode mode);
    int start() const;
    void follow(const QString &shown);
    void followForeign(const QString &shown);
    void setRevealed(bool revealed);
    void showLetters(bool shown);
    void fill(const QString &text);
    void trim();
    void wipe();

    QAction *m_reveal;
    QString m_key; ///< shared with nobody, and of one size: no piece of it is left behind where it grows
    Coming m_coming;
};
