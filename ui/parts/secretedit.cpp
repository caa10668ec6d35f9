#include "ui/parts/secretedit.h"

#include <QAccessible>
#include <QAction>
#include <QFocusEvent>
#include <QGuiApplication>
#include <QIcon>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QPainterPath>
#include <QSignalBlocker>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

constexpr QChar bullet = u'•';
constexpr int mostLetters = 8192; ///< over the limit of a key, so that too long is said, not cut

QString bullets(qsizetype count)
{
    return QString(count, bullet);
}

/// While it lives nobody hears what is set in the line edit: neither its signals nor the accessibility bus.
class Silence {
public:
    explicit Silence(QObject *edit)
        : m_signals(edit), m_handler(QAccessible::installUpdateHandler([](QAccessibleEvent *) { }))
    {
    }
    ~Silence() { QAccessible::installUpdateHandler(m_handler); }
    Q_DISABLE_COPY_MOVE(Silence)

private:
    QSignalBlocker m_signals;
    QAccessible::UpdateHandler m_handler;
};

/// As Qt decides it. With Ctrl there may be a letter in the text of the event all the same.
bool isCommand(const QKeyEvent &event)
{
    const Qt::KeyboardModifiers pressed = event.modifiers();
    return event.text().isEmpty() || event.text().front().category() == QChar::Other_Control
        || pressed == Qt::ControlModifier || pressed == (Qt::ControlModifier | Qt::ShiftModifier);
}

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
    setMaxLength(mostLetters);
    m_key.reserve(mostLetters);
    setDragEnabled(false);
    addAction(m_reveal, TrailingPosition);
    m_reveal->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_H));
    m_reveal->setShortcutContext(Qt::WidgetShortcut);
    m_reveal->setObjectName(u"revealKey"_s);
    connect(m_reveal, &QAction::triggered, this, [this] {
        setFocus(); // pressed by a screen reader the eye brings none, and what is shown is hidden when it leaves
        setRevealed(!isRevealed());
    });
    connect(this, &QLineEdit::textEdited, this, &SecretEdit::follow); // before anybody else asks for the key
    connect(this, &QLineEdit::textChanged, this, &SecretEdit::follow);
    setRevealed(false);
}

SecretEdit::~SecretEdit()
{
    wipe();
}

QString SecretEdit::key() const
{
    return QString(m_key.constData(), m_key.size());
}

void SecretEdit::forget()
{
    setRevealed(false);
    wipe();
    fill({});
}

void SecretEdit::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Cut) || event->matches(QKeySequence::Copy))
        return; // Qt copies no hidden text, but its Cut would delete it
    if (event->matches(QKeySequence::Paste)) {
        const bool ofSelection = event->key() == Qt::Key_Insert && event->modifiers().testFlag(Qt::ControlModifier);
        return pasteFrom(ofSelection ? QClipboard::Selection : QClipboard::Clipboard);
    }
    const QString typed = isCommand(*event) ? QString() : event->text();
    QKeyEvent masked(event->type(), event->key(), event->modifiers(), event->nativeScanCode(),
                     event->nativeVirtualKey(), event->nativeModifiers(),
                     typed.isEmpty() ? event->text() : bullets(typed.size()), event->isAutoRepeat(),
                     quint16(event->count()));
    edit({fitting(typed), start()}, [this, &masked] { QLineEdit::keyPressEvent(&masked); });
    event->setAccepted(masked.isAccepted());
}

void SecretEdit::inputMethodEvent(QInputMethodEvent *event)
{
    const QString text = fitting(event->commitString());
    QInputMethodEvent masked(bullets(event->preeditString().size()), event->attributes());
    masked.setCommitString(bullets(text.size()), event->replacementStart(), event->replacementLength());
    const auto takeIt = [this, &masked] { QLineEdit::inputMethodEvent(&masked); };
    if (text.isEmpty() && event->replacementLength() == 0 && !hasSelectedText())
        takeIt(); // nothing is put in yet: an edit would end what is being composed
    else
        edit({text, qMax(0, start() + event->replacementStart())}, takeIt);
    event->setAccepted(masked.isAccepted());
}

QVariant SecretEdit::inputMethodQuery(Qt::InputMethodQuery query) const
{
    return inputMethodQuery(query, QVariant());
}

/// What stands around the cursor is no business of an input method's.
QVariant SecretEdit::inputMethodQuery(Qt::InputMethodQuery query, const QVariant &argument) const
{
    const QVariant answer = QLineEdit::inputMethodQuery(query, argument);
    return answer.typeId() == QMetaType::QString ? bullets(answer.toString().size()) : answer;
}

/// Where a release would copy what is selected for other programs, this is a password field.
void SecretEdit::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::MiddleButton && QGuiApplication::clipboard()->supportsSelection()) {
        deselect();
        return pasteFrom(QClipboard::Selection);
    }
    edit({}, [this, event] { QLineEdit::mouseReleaseEvent(event); });
}

void SecretEdit::dropEvent(QDropEvent *event)
{
    QDragLeaveEvent left;
    dragLeaveEvent(&left); // takes away the cursor that shows where it would fall
    setCursorPosition(cursorPositionAt(event->position().toPoint()));
    put(event->mimeData()->text());
    event->acceptProposedAction();
}

void SecretEdit::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Paste"), this, [this] { pasteFrom(QClipboard::Clipboard); });
    menu->addAction(tr("Select all"), this, &QLineEdit::selectAll);
    menu->addSeparator();
    menu->addAction(m_reveal);
    menu->popup(event->globalPos());
}

void SecretEdit::focusOutEvent(QFocusEvent *event)
{
    if (event->reason() != Qt::PopupFocusReason) {
        trim();
        setRevealed(false);
    }
    QLineEdit::focusOutEvent(event);
}

/// Lets the line edit do what it does, in bullets and as a password field, and shows again what was revealed.
void SecretEdit::edit(const Coming &coming, const std::function<void()> &inBullets)
{
    const bool wasRevealed = isRevealed();
    if (wasRevealed)
        showLetters(false);
    m_coming = coming;
    inBullets();
    m_coming = {};
    if (coming.text.size() > 1)
        trim(); // a paste or a drop; a typed space may still be followed by more
    if (wasRevealed && hasFocus())
        showLetters(true);
}

/// At the cursor, in place of what is selected.
void SecretEdit::put(const QString &text)
{
    const QString letters = fitting(text);
    edit({letters, start()}, [this, &letters] { insert(bullets(letters.size())); });
}

/// What of it there is room for: the line edit would cut the bullets alone.
QString SecretEdit::fitting(const QString &text) const
{
    return text.left(mostLetters - m_key.size() + selectionLength());
}

void SecretEdit::pasteFrom(QClipboard::Mode mode)
{
    put(QGuiApplication::clipboard()->text(mode));
}

int SecretEdit::start() const
{
    return hasSelectedText() ? selectionStart() : cursorPosition();
}

/// Does with the key what was done with its bullets. What is taken away is taken from behind the cursor.
void SecretEdit::follow(const QString &shown)
{
    const bool isLonger = shown.size() > m_key.size() + m_coming.text.size();
    if (isRevealed() || isLonger || std::ranges::any_of(shown, [](QChar c) { return c != bullet; }))
        return followForeign(shown);
    const Coming coming = std::exchange(m_coming, {});
    const qsizetype at = coming.text.isEmpty() ? cursorPosition() : coming.at;
    m_key.replace(at, m_key.size() + coming.text.size() - shown.size(), coming.text);
}

/// A program has set the text of the line edit, bullets included: those at both ends stand for what is there.
void SecretEdit::followForeign(const QString &shown)
{
    const bool wasRevealed = isRevealed();
    const auto isLetter = [wasRevealed](QChar c) { return wasRevealed || c != bullet; };
    const qsizetype before = qMin<qsizetype>(m_key.size(), std::ranges::find_if(shown, isLetter) - shown.begin());
    const auto last = std::find_if(shown.rbegin(), shown.rend(), isLetter);
    const qsizetype behind = qMin<qsizetype>(m_key.size() - before, last - shown.rbegin());
    m_key.replace(before, m_key.size() - before - behind, shown.mid(before, shown.size() - before - behind));
    if (!wasRevealed)
        fill(bullets(m_key.size()));
}

void SecretEdit::setRevealed(bool revealed)
{
    showLetters(revealed);
    QClipboard *clipboard = QGuiApplication::clipboard();
    if (!revealed && clipboard->ownsSelection()) {
        const QString selected = clipboard->text(QClipboard::Selection);
        if (!selected.isEmpty() && m_key.contains(selected))
            clipboard->clear(QClipboard::Selection);
    }
    m_reveal->setText(revealed ? tr("Hide the key") : tr("Show the key"));
    m_reveal->setToolTip(revealed ? tr("Hide the key (Ctrl+H)") : tr("Show the key (Ctrl+H)"));
    m_reveal->setIcon(eye(revealed, palette().color(QPalette::Text)));
}

void SecretEdit::showLetters(bool shown)
{
    if (!shown)
        fill(bullets(m_key.size()));
    setEchoMode(shown ? Normal : Password);
    setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase
                        | Qt::ImhPreferLatin);
    if (shown)
        fill(key());
}

/// `setText` is also what empties the undo history: a key undone must not come back when it is revealed.
void SecretEdit::fill(const QString &text)
{
    const Silence silence(this);
    const int cursor = cursorPosition();
    const int anchor = !hasSelectedText() ? cursor : cursor == selectionStart() ? selectionEnd() : selectionStart();
    setText(text);
    setCursorPosition(cursor);
    if (anchor != cursor && qMax(anchor, cursor) <= text.size())
        setSelection(anchor, cursor - anchor);
}

/// In the buffer itself: a copy of the key would stay behind in memory each time the focus leaves.
void SecretEdit::trim()
{
    const QStringView kept = QStringView(m_key).trimmed();
    if (kept.size() == m_key.size())
        return;
    const qsizetype start = kept.data() - m_key.constData();
    const qsizetype end = start + kept.size();
    const QString cut = m_key.first(start) + m_key.sliced(end);
    m_key.replace(end, m_key.size() - end, QString());
    m_key.replace(0, start, QString());
    fill(isRevealed() ? key() : bullets(m_key.size()));
    Q_EMIT trimmed(noteFor(cut));
}

/// All of the buffer, also what an edit has left behind the end.
void SecretEdit::wipe()
{
    m_key.resize(mostLetters);
    std::fill_n(reinterpret_cast<volatile char16_t *>(m_key.data()), m_key.size(), u'\0');
    m_key.resize(0);
}
