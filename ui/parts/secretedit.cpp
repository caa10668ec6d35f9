#include "ui/parts/secretedit.h"

#include <QAction>
#include <QFocusEvent>
#include <QIcon>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>

using namespace Qt::StringLiterals;

namespace {

/// An eye, crossed out while the text is hidden; drawn, as no theme can be relied on.
QIcon eye(bool open, const QColor &color)
{
    QPixmap pixmap(48, 48);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 3.5, Qt::SolidLine, Qt::RoundCap));
    QPainterPath lids(QPointF(5, 24));
    lids.quadTo(QPointF(24, 4), QPointF(43, 24));
    lids.quadTo(QPointF(24, 44), QPointF(5, 24));
    painter.drawPath(lids);
    painter.setBrush(color);
    painter.drawEllipse(QPointF(24, 24), 5, 5);
    if (!open)
        painter.drawLine(QPointF(10, 40), QPointF(38, 8));
    return QIcon(pixmap);
}

/// "1 line break and 2 spaces removed" for the white space cut from both ends.
QString noteFor(const QString &cut)
{
    const QString one = QString(cut).replace(u"\r\n"_s, u"\n"_s);
    const int breaks = int(one.count(u'\n') + one.count(u'\r') + one.count(QChar::LineSeparator));
    const int spaces = int(one.size()) - breaks;
    const QString lineWords =
        breaks == 1 ? SecretEdit::tr("1 line break") : SecretEdit::tr("%n line breaks", nullptr, breaks);
    const QString spaceWords = spaces == 1 ? SecretEdit::tr("1 space") : SecretEdit::tr("%n spaces", nullptr, spaces);
    if (spaces == 0)
        return SecretEdit::tr("%1 removed").arg(lineWords);
    if (breaks == 0)
        return SecretEdit::tr("%1 removed").arg(spaceWords);
    return SecretEdit::tr("%1 and %2 removed").arg(lineWords, spaceWords);
}

}

SecretEdit::SecretEdit(QWidget *parent)
    : QLineEdit(parent)
    , m_reveal(new QAction(this))
{
    setMaxLength(8192); // over the limit of a key, so that too long is said, not cut
    addAction(m_reveal, TrailingPosition);
    m_reveal->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_H));
    m_reveal->setShortcutContext(Qt::WidgetShortcut);
    m_reveal->setObjectName(u"revealKey"_s);
    connect(m_reveal, &QAction::triggered, this, [this] { setRevealed(!isRevealed()); });
    connect(this, &QLineEdit::textEdited, this, &SecretEdit::trimIfPasted);
    connect(this, &QLineEdit::textChanged, this, [this](const QString &text) { m_length = text.size(); });
    setRevealed(false);
}

void SecretEdit::forget()
{
    setText({});
    setRevealed(false);
}

/// Qt does not copy hidden text either, but its Cut would delete it.
void SecretEdit::keyPressEvent(QKeyEvent *event)
{
    if (!isRevealed() && (event->matches(QKeySequence::Cut) || event->matches(QKeySequence::Copy)))
        return;
    QLineEdit::keyPressEvent(event);
}

void SecretEdit::focusOutEvent(QFocusEvent *event)
{
    if (event->reason() != Qt::PopupFocusReason) {
        trim();
        setRevealed(false);
    }
    QLineEdit::focusOutEvent(event);
}

/// `setText` is what empties the undo history: a key undone must not come back when it is revealed.
void SecretEdit::setRevealed(bool revealed)
{
    const int cursor = cursorPosition();
    setText(text());
    setCursorPosition(cursor);
    setEchoMode(revealed ? Normal : Password);
    setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase
                        | Qt::ImhPreferLatin);
    m_reveal->setText(revealed ? tr("Hide the key") : tr("Show the key"));
    m_reveal->setToolTip(revealed ? tr("Hide the key (Ctrl+H)") : tr("Show the key (Ctrl+H)"));
    m_reveal->setIcon(eye(revealed, palette().color(QPalette::Text)));
}

/// More than one character at once is a paste or a drop; a typed space may still be followed by more.
void SecretEdit::trimIfPasted(const QString &text)
{
    const bool pasted = text.size() > m_length + 1;
    m_length = text.size();
    if (pasted)
        trim();
}

void SecretEdit::trim()
{
    const QString before = text();
    const QString after = before.trimmed();
    if (after == before)
        return;
    const qsizetype start = before.indexOf(after);
    const QString cut = after.isEmpty() ? before : before.left(start) + before.mid(start + after.size());
    setText(after);
    Q_EMIT trimmed(noteFor(cut));
}
