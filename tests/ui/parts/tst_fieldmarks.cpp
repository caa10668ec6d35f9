#include "ui/parts/fieldmarks.h"
#include "tests/support/testmain.h"

#include <QAccessible>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

namespace fieldmarks_test {

using namespace Qt::StringLiterals;

class FieldMarksTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QWidget> m_form;
    FieldMarks *m_marks = nullptr;
    QLineEdit *m_id = nullptr;
    QCheckBox *m_clear = nullptr;
    QLabel *m_idText = nullptr;
    QLabel *m_clearText = nullptr;

private Q_SLOTS:
    void init()
    {
        m_form = std::make_unique<QWidget>();
        m_marks = new FieldMarks(m_form.get());
        m_id = new QLineEdit(m_form.get());
        m_id->setAccessibleDescription(u"from the ticket"_s);
        m_clear = new QCheckBox(u"Also clear the queue"_s, m_form.get());
        m_idText = new QLabel(m_form.get());
        m_clearText = new QLabel(m_form.get());
        auto *column = new QVBoxLayout(m_form.get());
        for (QWidget *part : std::initializer_list<QWidget *>{m_id, m_idText, m_clear, m_clearText})
            column->addWidget(part);
        m_marks->watch(Field::ConversationId, m_id, m_idText);
        m_marks->watch(Field::ClearQueue, m_clear, m_clearText);
        m_form->show();
        QVERIFY(QTest::qWaitForWindowActive(m_form.get()));
    }

    void aMarkIsSeenAndSpoken()
    {
        QCOMPARE(m_marks->show({{Field::ClearQueue, u"value could not be parsed to a boolean"_s}}).size(), 0);
        QVERIFY(m_clear->property("invalid").toBool());
        QCOMPARE(m_clearText->text(), u"▲ value could not be parsed to a boolean"_s);
        QVERIFY(m_clearText->isVisible());
        QCOMPARE(m_clear->accessibleDescription(), u"value could not be parsed to a boolean"_s);
        QVERIFY(!m_id->property("invalid").toBool());
        QVERIFY(!m_idText->isVisible());
    }

    void whatBelongsNowhereComesBack()
    {
        const FieldMarks::Marks left =
            m_marks->show({{Field::ConversationId, u"bad"_s}, {Field::Limits, u"too low"_s}, {Field::None, u"odd"_s}});
        QCOMPARE(left, (FieldMarks::Marks{{Field::Limits, u"too low"_s}, {Field::None, u"odd"_s}}));
    }

    void twoErrorsOfOneFieldAreBothSaid()
    {
        m_marks->show({{Field::ConversationId, u"too short."_s}, {Field::ConversationId, u"not a uuid."_s}});
        QCOMPARE(m_id->accessibleDescription(), u"too short. not a uuid."_s);
    }

    void typingMendsAndGivesTheDescriptionBack()
    {
        QSignalSpy corrected(m_marks, &FieldMarks::corrected);
        m_marks->show({{Field::ConversationId, u"bad"_s}});
        QTest::keyClicks(m_id, u"x"_s);
        QCOMPARE(corrected.count(), 1);
        QVERIFY(!m_id->property("invalid").toBool());
        QVERIFY(!m_idText->isVisible());
        QCOMPARE(m_id->accessibleDescription(), u"from the ticket"_s);
        QTest::keyClicks(m_id, u"y"_s);
        QCOMPARE(corrected.count(), 1);
    }

    void togglingMends()
    {
        QSignalSpy corrected(m_marks, &FieldMarks::corrected);
        m_marks->show({{Field::ClearQueue, u"bad"_s}});
        QTest::keyClick(m_clear, Qt::Key_Space);
        QCOMPARE(corrected.count(), 1);
        QVERIFY(!m_marks->isMarked(Field::ClearQueue));
    }

    void whatTheProgramSetsIsNoCorrection()
    {
        QSignalSpy corrected(m_marks, &FieldMarks::corrected);
        m_marks->show({{Field::ClearQueue, u"bad"_s}, {Field::ConversationId, u"bad"_s}});
        m_clear->setChecked(true);
        m_id->setText(u"other"_s);
        QCOMPARE(corrected.count(), 0);
        QVERIFY(m_marks->isMarked(Field::ClearQueue));
    }

    void showingAgainReplacesAllMarks()
    {
        m_marks->show({{Field::ConversationId, u"bad"_s}});
        m_marks->show({{Field::ClearQueue, u"bad"_s}});
        QVERIFY(!m_marks->isMarked(Field::ConversationId));
        m_marks->clear();
        QVERIFY(!m_marks->isMarked(Field::ClearQueue));
    }

    void theFirstWrongFieldGetsTheFocus()
    {
        m_clear->setFocus();
        m_marks->show({{Field::ClearQueue, u"bad"_s}, {Field::ConversationId, u"bad"_s}});
        m_marks->focusFirst();
        QVERIFY(m_id->hasFocus());
        QVERIFY(m_marks->focus(Field::ClearQueue));
        QVERIFY(m_clear->hasFocus());
        QVERIFY(!m_marks->focus(Field::Key));
    }

    void theInlineWordsAreAnAlert()
    {
        m_marks->show({{Field::ConversationId, u"bad"_s}});
        QAccessibleInterface *told = QAccessible::queryAccessibleInterface(m_idText);
        QCOMPARE(told->role(), QAccessible::AlertMessage);
        QCOMPARE(told->text(QAccessible::Name), u"bad"_s);
        m_marks->clear();
        QCOMPARE(m_idText->accessibleName(), QString());
    }

    void theMarksCanBeListed()
    {
        QCOMPARE(m_marks->marks(), FieldMarks::Marks());
        m_marks->show({{Field::ClearQueue, u"bad"_s}, {Field::ConversationId, u"one"_s}, {Field::ConversationId, u"two"_s}});
        QCOMPARE(m_marks->marks(),
                 (FieldMarks::Marks{{Field::ConversationId, u"one two"_s}, {Field::ClearQueue, u"bad"_s}}));
    }

    void anotherControlCanCorrectAField()
    {
        m_marks->show({{Field::ConversationId, u"bad"_s}});
        QSignalSpy corrected(m_marks, &FieldMarks::corrected);
        m_marks->correct(Field::ConversationId);
        m_marks->correct(Field::ConversationId);
        QCOMPARE(corrected.count(), 1);
        QVERIFY(!m_marks->isMarked(Field::ConversationId));
    }

    void textOfTheServiceStaysPlain()
    {
        m_marks->show({{Field::ConversationId, u"<b>bad</b>"_s}});
        QCOMPARE(m_idText->textFormat(), Qt::PlainText);
    }
};

}

STOPDESK_TEST(fieldmarks, FieldMarksTest, QApplication)
#include "tst_fieldmarks.moc"
