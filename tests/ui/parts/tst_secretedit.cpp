#include "ui/parts/secretedit.h"
#include "tests/support/testmain.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QFile>
#include <QInputMethod>
#include <QInputMethodEvent>
#include <QMenu>
#include <QMimeData>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace secretedit_test {

using namespace Qt::StringLiterals;

QStringList heard; ///< every text that the accessibility bus would be told

void hear(QAccessibleEvent *event)
{
    switch (event->type()) {
    case QAccessible::TextInserted:
        heard.append(static_cast<QAccessibleTextInsertEvent *>(event)->textInserted());
        break;
    case QAccessible::TextRemoved:
        heard.append(static_cast<QAccessibleTextRemoveEvent *>(event)->textRemoved());
        break;
    case QAccessible::TextUpdated:
        heard.append(static_cast<QAccessibleTextUpdateEvent *>(event)->textInserted());
        heard.append(static_cast<QAccessibleTextUpdateEvent *>(event)->textRemoved());
        break;
    case QAccessible::ValueChanged:
        heard.append(static_cast<QAccessibleValueChangeEvent *>(event)->value().toString());
        break;
    default: break;
    }
}

/// One edit as a person makes it.
struct Edit {
    const char *name;
    void (*make)(QLineEdit &edit, const QString &letters);
};

template <Qt::Key key, Qt::KeyboardModifier modifier = Qt::NoModifier> void press(QLineEdit &edit, const QString &)
{
    QTest::keyClick(&edit, key, modifier);
}

void pasteIt(QLineEdit &edit, const QString &letters)
{
    QApplication::clipboard()->setText(letters + u"=p"_s);
    QTest::keyClick(&edit, Qt::Key_V, Qt::ControlModifier);
}

void compose(QLineEdit &edit, const QString &letters)
{
    QInputMethodEvent preedit(letters, {});
    QApplication::sendEvent(&edit, &preedit);
    QInputMethodEvent commit;
    commit.setCommitString(letters + u"im"_s);
    QApplication::sendEvent(&edit, &commit);
}

void replaceBefore(QLineEdit &edit, const QString &letters)
{
    const int cut = edit.hasSelectedText() ? 0 : qMin(2, edit.cursorPosition());
    QInputMethodEvent commit;
    commit.setCommitString(letters, -cut, cut);
    QApplication::sendEvent(&edit, &commit);
}

const Edit edits[] = {
    {"types", [](QLineEdit &edit, const QString &letters) { QTest::keyClicks(&edit, letters); }},
    {"types two", [](QLineEdit &edit, const QString &letters) { QTest::keyClicks(&edit, letters + u"Z"_s); }},
    {"left", press<Qt::Key_Left>},
    {"right", press<Qt::Key_Right>},
    {"home", press<Qt::Key_Home>},
    {"end", press<Qt::Key_End>},
    {"selects left", press<Qt::Key_Left, Qt::ShiftModifier>},
    {"selects right", press<Qt::Key_Right, Qt::ShiftModifier>},
    {"selects to the start", press<Qt::Key_Home, Qt::ShiftModifier>},
    {"back", press<Qt::Key_Backspace>},
    {"delete", press<Qt::Key_Delete>},
    {"back by a word", press<Qt::Key_Backspace, Qt::ControlModifier>},
    {"undo", press<Qt::Key_Z, Qt::ControlModifier>},
    {"redo", press<Qt::Key_Y, Qt::ControlModifier>},
    {"pastes", pasteIt},
    {"composes", compose},
    {"replaces", replaceBefore},
};

using Veiled = std::array<char16_t, 24>;
constexpr char16_t veil = 0x5555;

/// How often the letters stand in this process. They are given veiled, so that this does not count its own.
int timesInMemory(const Veiled &veiled)
{
    static std::array<char16_t, 1 << 19> window;
    constexpr qint64 largest = 1 << 28; // bytes; more is no memory that was written to
    const auto isSame = [](char16_t one, char16_t other) { return one == (other ^ veil); };
    QFile maps(u"/proc/self/maps"_s);
    QFile memory(u"/proc/self/mem"_s);
    if (!maps.open(QFile::ReadOnly) || !memory.open(QFile::ReadOnly | QFile::Unbuffered))
        return -1;
    int found = 0;
    for (const QByteArray &line : maps.readAll().split('\n')) {
        const qsizetype dash = line.indexOf('-');
        const qsizetype blank = line.indexOf(' ');
        qint64 at = line.left(dash).toLongLong(nullptr, 16);
        const qint64 end = line.mid(dash + 1, blank - dash - 1).toLongLong(nullptr, 16);
        if (line.mid(blank + 1, 2) != "rw" || end - at > largest)
            continue;
        for (qint64 read = 1; at < end && read > 0; at += qMax<qint64>(read - qint64(sizeof(Veiled)), 2)) {
            read = memory.seek(at) ? memory.read(reinterpret_cast<char *>(window.data()),
                                                 qMin<qint64>(end - at, sizeof window)) : 0;
            const auto last = window.begin() + qMax<qint64>(read, 0) / 2;
            for (auto from = window.begin(); from != last; ++from) {
                from = std::search(from, last, veiled.begin(), veiled.end(), isSame);
                if (from == last)
                    break;
                ++found;
            }
            if (at + read >= end)
                break;
        }
    }
    window.fill(0);
    return found;
}

class SecretEditTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QWidget> m_form;
    SecretEdit *m_edit = nullptr;
    QLineEdit *m_other = nullptr;

    void paste(const QString &text)
    {
        QApplication::clipboard()->setText(text);
        QTest::keyClick(m_edit, Qt::Key_V, Qt::ControlModifier);
    }

    void toggleReveal() { m_edit->findChild<QAction *>(u"revealKey"_s)->trigger(); }
    QPoint inside() const { return {8, m_edit->height() / 2}; }
    void selectByMouse()
    {
        const QPoint end(m_edit->width() / 2, m_edit->height() / 2);
        QTest::mousePress(m_edit, Qt::LeftButton, {}, {2, end.y()});
        QMouseEvent move(QEvent::MouseMove, end, m_edit->mapToGlobal(end), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(m_edit, &move);
        QTest::mouseRelease(m_edit, Qt::LeftButton, {}, end);
    }

private Q_SLOTS:
    void init()
    {
        m_form = std::make_unique<QWidget>();
        m_edit = new SecretEdit(m_form.get());
        m_other = new QLineEdit(m_form.get());
        auto *column = new QVBoxLayout(m_form.get());
        column->addWidget(m_edit);
        column->addWidget(m_other);
        m_form->show();
        QVERIFY(QTest::qWaitForWindowActive(m_form.get()));
        m_edit->setFocus();
    }

    void itIsHiddenByDefault()
    {
        QTest::keyClicks(m_edit, u"abc"_s);
        QCOMPARE(m_edit->echoMode(), QLineEdit::Password);
        QVERIFY(!m_edit->displayText().contains(u'a'));
        QVERIFY(m_edit->inputMethodHints().testFlag(Qt::ImhSensitiveData));
        QVERIFY(m_edit->inputMethodHints().testFlag(Qt::ImhNoPredictiveText));
    }

    void revealingEndsWhenTheFocusLeaves()
    {
        QTest::keyClicks(m_edit, u"abc"_s);
        QTest::keyClick(m_edit, Qt::Key_H, Qt::ControlModifier);
        QVERIFY(m_edit->isRevealed());
        QCOMPARE(m_edit->displayText(), u"abc"_s);
        QVERIFY(m_edit->inputMethodHints().testFlag(Qt::ImhSensitiveData));
        m_other->setFocus();
        QVERIFY(!m_edit->isRevealed());
    }

    void theEyeTakesTheFocusSoThatItCanLeave()
    {
        QTest::keyClicks(m_edit, u"abc"_s);
        m_other->setFocus();
        QAccessibleInterface *eye = QAccessible::queryAccessibleInterface(m_edit->findChild<QToolButton *>());
        eye->actionInterface()->doAction(QAccessibleActionInterface::pressAction()); // a click brings the focus itself
        QVERIFY(m_edit->isRevealed());
        m_other->setFocus();
        QVERIFY(!m_edit->isRevealed());
    }

    void aPasteIsTrimmedVisibly_data()
    {
        QTest::addColumn<QString>("pasted");
        QTest::addColumn<QString>("note");
        QTest::newRow("line and spaces") << u"  key-1\n"_s << u"1 line break and 2 spaces removed"_s;
        QTest::newRow("space") << u"key-1 "_s << u"1 space removed"_s;
        QTest::newRow("Windows lines") << u"\r\nkey-1\r\n"_s << u"2 line breaks removed"_s;
    }

    void aPasteIsTrimmedVisibly()
    {
        QFETCH(const QString, pasted);
        QFETCH(const QString, note);
        QSignalSpy trimmed(m_edit, &SecretEdit::trimmed);
        paste(pasted);
        QCOMPARE(m_edit->key(), u"key-1"_s);
        QCOMPARE(trimmed.count(), 1);
        QCOMPARE(trimmed.first().first().toString(), note);
    }

    void aCleanPasteSaysNothing()
    {
        QSignalSpy trimmed(m_edit, &SecretEdit::trimmed);
        paste(u"key-1"_s);
        QCOMPARE(m_edit->key(), u"key-1"_s);
        QCOMPARE(trimmed.count(), 0);
    }

    void aTypedSpaceIsTrimmedOnLeaving()
    {
        QSignalSpy trimmed(m_edit, &SecretEdit::trimmed);
        QTest::keyClicks(m_edit, u"key-1 "_s);
        QCOMPARE(m_edit->key(), u"key-1 "_s);
        m_other->setFocus();
        QCOMPARE(m_edit->key(), u"key-1"_s);
        QCOMPARE(trimmed.count(), 1);
    }

    void nothingIsCopiedInEitherState_data()
    {
        QTest::addColumn<bool>("revealed");
        QTest::newRow("hidden") << false;
        QTest::newRow("revealed") << true;
    }
    void nothingIsCopiedInEitherState()
    {
        QFETCH(const bool, revealed);
        QTest::keyClicks(m_edit, u"abc"_s);
        if (revealed)
            toggleReveal();
        QClipboard *clipboard = QApplication::clipboard();
        clipboard->setText(u"before"_s);
        clipboard->setText(u"before"_s, QClipboard::Selection);
        m_edit->selectAll();
        const QList<std::pair<Qt::Key, Qt::KeyboardModifier>> presses{
            {Qt::Key_C, Qt::ControlModifier},      {Qt::Key_X, Qt::ControlModifier},
            {Qt::Key_Insert, Qt::ControlModifier}, {Qt::Key_Delete, Qt::ShiftModifier},
            {Qt::Key_Home, Qt::ShiftModifier},     {Qt::Key_End, Qt::ShiftModifier},
            {Qt::Key_A, Qt::ControlModifier}};
        for (const auto &[key, modifier] : presses)
            QTest::keyClick(m_edit, key, modifier);
        QVERIFY(m_edit->hasSelectedText());
        selectByMouse();
        QVERIFY(m_edit->hasSelectedText());
        QTest::mouseDClick(m_edit, Qt::LeftButton, {}, inside());
        QCOMPARE(clipboard->text(), u"before"_s);
        if (clipboard->supportsSelection())
            QCOMPARE(clipboard->text(QClipboard::Selection), u"before"_s);
        QCOMPARE(m_edit->key(), u"abc"_s);
        QCOMPARE(m_edit->isRevealed(), revealed);
        QVERIFY(!m_edit->dragEnabled());
        QContextMenuEvent asked(QContextMenuEvent::Mouse, inside(), m_edit->mapToGlobal(inside()));
        QApplication::sendEvent(m_edit, &asked);
        auto *menu = m_edit->findChild<QMenu *>();
        QStringList offered;
        for (const QAction *action : menu->actions())
            offered.append(action->text());
        const QString reveal = revealed ? u"Hide the key"_s : u"Show the key"_s;
        QCOMPARE(offered, (QStringList{u"Paste"_s, u"Select all"_s, QString(), reveal}));
        menu->close();
    }

    void hidingClearsWhatOtherProgramsCouldPaste()
    {
        QClipboard *clipboard = QApplication::clipboard();
        if (!clipboard->supportsSelection())
            QSKIP("There is no such selection on this platform: ui/parts/secretedit-screen");
        QTest::keyClicks(m_edit, u"abcdef"_s);
        for (const QString &selected : {u"bcd"_s, u"other"_s}) {
            toggleReveal();
            clipboard->setText(selected, QClipboard::Selection);
            toggleReveal();
            QCOMPARE(clipboard->text(QClipboard::Selection), selected == u"bcd"_s ? QString() : selected);
        }
    }

    void aMiddleClickPastes()
    {
        QClipboard *clipboard = QApplication::clipboard();
        if (!clipboard->supportsSelection())
            QSKIP("There is no such selection on this platform: ui/parts/secretedit-screen");
        clipboard->setText(u"key-1\n"_s, QClipboard::Selection);
        QTest::mouseClick(m_edit, Qt::MiddleButton, {}, inside());
        QCOMPARE(m_edit->key(), u"key-1"_s);
        QCOMPARE(m_edit->text(), u"•••••"_s);
    }

    /// The same edits of this field and of Qt's field for passwords come to the same, whatever is revealed meanwhile.
    void everyEditIsThatOfAPasswordField_data()
    {
        QTest::addColumn<bool>("reveals");
        QTest::newRow("hidden") << false;
        QTest::newRow("revealed now and then") << true;
    }
    void everyEditIsThatOfAPasswordField()
    {
        QFETCH(const bool, reveals);
        QLineEdit &plain = *m_other;
        plain.setEchoMode(QLineEdit::Password);
        QRandomGenerator chance(17);
        for (int step = 0; step < 1500; ++step) {
            const int what = chance.bounded(int(std::size(edits)) + 1);
            if (what == int(std::size(edits))) {
                if (reveals)
                    toggleReveal();
                continue;
            }
            const QString letters(QChar(u'a' + chance.bounded(26)));
            edits[what].make(plain, letters);
            edits[what].make(*m_edit, letters);
            const QByteArray at = QByteArray::number(step) + ' ' + edits[what].name;
            QVERIFY2(m_edit->key() == plain.text(), at.constData());
            QVERIFY2(m_edit->cursorPosition() == plain.cursorPosition(), at.constData());
            QVERIFY2(m_edit->selectionStart() == plain.selectionStart(), at.constData());
            QVERIFY2(m_edit->selectionLength() == plain.selectionLength(), at.constData());
            const QString bullets(plain.text().size(), u'•');
            QVERIFY2(m_edit->text() == (m_edit->isRevealed() ? plain.text() : bullets), at.constData());
        }
    }

    void anInputMethodIsToldOfBulletsAlone()
    {
        QTest::keyClicks(m_edit, u"abc"_s);
        m_edit->selectAll();
        toggleReveal();
        QInputMethodQueryEvent asked(Qt::ImQueryAll);
        QApplication::sendEvent(m_edit, &asked);
        for (const auto what : {Qt::ImSurroundingText, Qt::ImCurrentSelection, Qt::ImTextBeforeCursor}) {
            QCOMPARE(asked.value(what).toString(), u"•••"_s);
            QCOMPARE(QInputMethod::queryFocusObject(what, QVariant()).toString(), u"•••"_s);
        }
    }

    void aFullFieldTakesNoMoreAndLosesNothing()
    {
        const int most = m_edit->maxLength();
        paste(QString(most - 1, u'k'));
        QTest::keyClick(m_edit, Qt::Key_Home);
        QInputMethodEvent commit;
        commit.setCommitString(u"xyz"_s);
        QApplication::sendEvent(m_edit, &commit);
        QTest::keyClicks(m_edit, u"z"_s);
        paste(u"uv"_s);
        QVERIFY(m_edit->key() == u'x' + QString(most - 1, u'k'));
        QCOMPARE(m_edit->text().size(), most);
    }

    void aProgramMaySetItAndTheLineEditHoldsBulletsAllTheSame()
    {
        QLineEdit *edit = m_edit;
        edit->setText(u"abcd"_s);
        QCOMPARE(m_edit->key(), u"abcd"_s);
        QCOMPARE(edit->text(), u"••••"_s);
        edit->setText(edit->text().insert(1, u"xy"_s)); // as a screen reader's bus has it
        QCOMPARE(m_edit->key(), u"axybcd"_s);
        QCOMPARE(edit->text(), u"••••••"_s);
        edit->clear();
        QCOMPARE(m_edit->key(), QString());
    }

    void theAccessibilityBusHearsOfBulletsAlone()
    {
        if (QGuiApplication::platformName() == "offscreen"_L1)
            QSKIP("Nobody is told anything on this platform: ui/parts/secretedit-screen");
        QDBusConnection::sessionBus().interface()->startService(u"org.a11y.Bus"_s);
        QTRY_VERIFY(QAccessible::isActive());
        heard.clear();
        const auto before = QAccessible::installUpdateHandler(hear);
        QTest::keyClicks(m_edit, u"Kq7zW"_s);
        paste(u"pQ4\n"_s);
        m_edit->setCursorPosition(2);
        QTest::keyClicks(m_edit, u"J"_s);
        for (const Qt::Key key : {Qt::Key_Backspace, Qt::Key_Delete})
            QTest::keyClick(m_edit, key);
        m_other->setFocus();
        m_edit->setFocus();
        toggleReveal();
        QCOMPARE(m_edit->displayText(), u"KqzWpQ4"_s);
        QTest::keyClicks(m_edit, u"Vx"_s);
        paste(u"9Z"_s);
        for (const Qt::Key key : {Qt::Key_Backspace, Qt::Key_Home, Qt::Key_Delete})
            QTest::keyClick(m_edit, key);
        QTest::keyClick(m_edit, Qt::Key_Right, Qt::ShiftModifier);
        QTest::keyClicks(m_edit, u"M"_s);
        QCOMPARE(m_edit->key(), u"MVx9zWpQ4"_s);
        m_other->setFocus();
        m_edit->setFocus();
        toggleReveal();
        m_edit->forget();
        QAccessible::installUpdateHandler(before);
        QVERIFY(heard.size() > 10); // it does listen
        QCOMPARE(heard.join(QString()).remove(u'•'), QString());
    }

    /// Typed letter by letter, so that nobody else has the whole; looked for without having it in one piece oneself.
    void whatIsForgottenIsOverwritten()
    {
#ifdef Q_OS_LINUX
        QRandomGenerator *chance = QRandomGenerator::system();
        Veiled veiled{};
        QTest::keyClicks(m_edit, u"xx"_s); // a text that is cut to nothing loses the first letter anyway
        for (char16_t &letter : veiled) {
            letter = char16_t(u'a' + chance->bounded(26));
            QTest::keyClick(m_edit, char(letter));
            letter = letter ^ veil;
        }
        for (const Qt::Key key : {Qt::Key_Home, Qt::Key_Delete, Qt::Key_End, Qt::Key_Space})
            QTest::keyClick(m_edit, key);
        m_other->setFocus(); // trims it
        QVERIFY(timesInMemory(veiled) >= 1);
        m_edit->forget();
        QCOMPARE(timesInMemory(veiled), 0);
#endif
    }

    void undoNeverBringsAKeyBack()
    {
        toggleReveal();
        QTest::keyClicks(m_edit, u"old-key"_s);
        toggleReveal();
        m_edit->selectAll();
        QTest::keyClick(m_edit, Qt::Key_Delete);
        toggleReveal();
        QTest::keyClick(m_edit, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_edit->key(), QString());
        QTest::keyClicks(m_edit, u"new"_s);
        m_edit->forget();
        toggleReveal();
        QTest::keyClick(m_edit, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_edit->key(), QString());
    }

    void whatIsDroppedFallsWhereItIsDropped()
    {
        QTest::keyClicks(m_edit, u"ab"_s);
        toggleReveal();
        toggleReveal();
        QMimeData data;
        data.setText(u"\nxy "_s);
        QSignalSpy trimmed(m_edit, &SecretEdit::trimmed);
        const QPoint at(m_edit->width() - 60, m_edit->height() / 2);
        QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, {}); // without it nothing can be dropped
        QApplication::sendEvent(m_edit, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(at, Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(m_edit, &drop);
        QVERIFY(drop.isAccepted());
        QCOMPARE(m_edit->key(), u"ab\nxy"_s); // what is inside is said when it is saved
        QCOMPARE(m_edit->text(), u"•••••"_s);
        QCOMPARE(trimmed.count(), 1);
    }

    void aScreenReaderHearsAPasswordField()
    {
        m_edit->setAccessibleName(u"API key"_s);
        QTest::keyClicks(m_edit, u"abc"_s);
        QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(m_edit);
        QCOMPARE(spoken->text(QAccessible::Name), u"API key"_s);
        QVERIFY(spoken->state().passwordEdit);
        QVERIFY(!spoken->text(QAccessible::Value).contains(u'a'));
    }
};

}

STOPDESK_TEST(secretedit, SecretEditTest, QApplication)
#include "tst_secretedit.moc"
