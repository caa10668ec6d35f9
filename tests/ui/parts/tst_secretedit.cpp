#include "ui/parts/secretedit.h"
#include "tests/support/testmain.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

namespace secretedit_test {

using namespace Qt::StringLiterals;

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
        QCOMPARE(m_edit->text(), u"key-1"_s);
        QCOMPARE(trimmed.count(), 1);
        QCOMPARE(trimmed.first().first().toString(), note);
    }

    void aCleanPasteSaysNothing()
    {
        QSignalSpy trimmed(m_edit, &SecretEdit::trimmed);
        paste(u"key-1"_s);
        QCOMPARE(m_edit->text(), u"key-1"_s);
        QCOMPARE(trimmed.count(), 0);
    }

    void aTypedSpaceIsTrimmedOnLeaving()
    {
        QSignalSpy trimmed(m_edit, &SecretEdit::trimmed);
        QTest::keyClicks(m_edit, u"key-1 "_s);
        QCOMPARE(m_edit->text(), u"key-1 "_s);
        m_other->setFocus();
        QCOMPARE(m_edit->text(), u"key-1"_s);
        QCOMPARE(trimmed.count(), 1);
    }

    void hiddenTextCannotBeCopied()
    {
        QTest::keyClicks(m_edit, u"abc"_s);
        QApplication::clipboard()->setText(u"before"_s);
        m_edit->selectAll();
        QTest::keyClick(m_edit, Qt::Key_C, Qt::ControlModifier);
        QTest::keyClick(m_edit, Qt::Key_X, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), u"before"_s);
        QCOMPARE(m_edit->text(), u"abc"_s);
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
        QCOMPARE(m_edit->text(), QString());
        QTest::keyClicks(m_edit, u"new"_s);
        m_edit->forget();
        toggleReveal();
        QTest::keyClick(m_edit, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_edit->text(), QString());
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
