#include "ui/parts/problemsummary.h"

#include "app/words/words.h"
#include "tests/support/testmain.h"

#include <QAccessible>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

namespace problemsummary_test {

using namespace Qt::StringLiterals;

class ProblemSummaryTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QDialog> m_page;
    ProblemSummary *m_summary = nullptr;
    QLineEdit *m_field = nullptr;
    QPushButton *m_send = nullptr;
    const ProblemSummary::Lines m_two{{Field::ConversationId, u"Conversation id: Enter the conversation's id."_s},
                                      {Field::AgentId, u"Agent id: value is not a valid uuid"_s}};

    QList<QPushButton *> links() const { return m_summary->findChildren<QPushButton *>(u"problemLink"_s); }
    QString title() const { return m_summary->findChild<QLabel *>(u"problemCount"_s)->text(); }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support )"_s));
        m_page = std::make_unique<QDialog>();
        m_summary = new ProblemSummary(m_page.get());
        m_field = new QLineEdit(m_page.get());
        m_send = new QPushButton(u"Send"_s, m_page.get());
        m_send->setDefault(true);
        auto *column = new QVBoxLayout(m_page.get());
        for (QWidget *part : std::initializer_list<QWidget *>{m_summary, m_field, m_send})
            column->addWidget(part);
        m_page->resize(400, 300);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    }
    void cleanup() { m_page.reset(); }

    void thereIsNothingToSumUpInLessThanTwo()
    {
        QVERIFY(!m_summary->isVisible());
        m_summary->sumUp(m_two.mid(0, 1));
        QVERIFY(!m_summary->isVisible());
        QVERIFY(m_summary->lines().isEmpty());
        m_summary->sumUp(m_two);
        QVERIFY(m_summary->isVisible());
        QCOMPARE(m_summary->lines(), m_two);
        m_summary->sumUp(m_two.mid(1));
        QVERIFY(!m_summary->isVisible());
        QCOMPARE(links().size(), 0);
        QCOMPARE(m_summary->accessibleName(), QString());
    }

    void itIsAnAlertWhoseNameIsTheWhole()
    {
        m_summary->sumUp(m_two);
        QCOMPARE(title(), u"2 problems"_s);
        QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(m_summary);
        QCOMPARE(spoken->role(), QAccessible::AlertMessage);
        QCOMPARE(spoken->text(QAccessible::Name),
                 u"2 problems. Conversation id: Enter the conversation's id. Agent id: value is not a valid uuid."_s);
    }

    void announcingTakesTheFocusOnceAndTabPassesItBy()
    {
        m_summary->sumUp(m_two);
        m_field->setFocus();
        m_summary->announce();
        QVERIFY(m_summary->hasFocus());
        QVERIFY(QAccessible::queryAccessibleInterface(m_summary)->state().focused);
        m_field->setFocus();
        QTest::keyClick(m_field, Qt::Key_Tab);
        QTest::keyClick(m_send, Qt::Key_Tab);
        QVERIFY(links().at(0)->hasFocus());
    }

    void aLineLeadsToItsFieldByMouseAndByKeyboard()
    {
        QSignalSpy chosen(m_summary, &ProblemSummary::fieldChosen);
        QSignalSpy sent(m_send, &QPushButton::clicked);
        m_summary->sumUp(m_two);
        QTest::mouseClick(links().at(1), Qt::LeftButton);
        QCOMPARE(chosen.takeFirst().first().value<Field>(), Field::AgentId);
        m_summary->announce();
        QTest::keyClick(m_summary, Qt::Key_Tab);
        QVERIFY(links().at(0)->hasFocus());
        QTest::keyClick(links().at(0), Qt::Key_Return);
        QCOMPARE(chosen.takeFirst().first().value<Field>(), Field::ConversationId);
        QTest::keyClick(links().at(0), Qt::Key_Space);
        QCOMPARE(chosen.takeFirst().first().value<Field>(), Field::ConversationId);
        QTest::keyClick(links().at(0), Qt::Key_Tab);
        QVERIFY(links().at(1)->hasFocus());
        QTest::keyClick(links().at(1), Qt::Key_Tab);
        QVERIFY(m_field->hasFocus());
        QCOMPARE(sent.count(), 0);
    }

    void itsWordsArePlain()
    {
        const QString hostile = u"Agent id: <b>x</b> &Save & quit %1 \u202eabc\n"_s;
        m_summary->sumUp({m_two.first(), {Field::AgentId, hostile}});
        const QPushButton *link = links().at(1);
        QVERIFY(link->shortcut().isEmpty());
        QVERIFY(link->text().isEmpty()); // it paints its words itself: no mnemonic can be in them
        QVERIFY(!link->toolTip().contains(u"<b>"_s));
        QSignalSpy chosen(m_summary, &ProblemSummary::fieldChosen);
        QTest::keyClick(m_field, Qt::Key_S, Qt::AltModifier);
        QCOMPARE(chosen.count(), 0);
    }

    void longWordsBreakAndTheLongestAreCut()
    {
        const QString words = u"Agent id: "_s + u"and a word"_s.repeated(12);
        m_summary->sumUp({m_two.first(), {Field::AgentId, words}});
        const int line = QFontMetrics(links().at(1)->font()).lineSpacing();
        QTRY_VERIFY(links().at(1)->height() > 2 * line);
        QVERIFY(links().at(1)->toolTip().isEmpty());
        QVERIFY(links().at(0)->height() < 2 * line);
        QVERIFY(m_summary->width() <= m_page->width());

        const QString longest = u"x"_s.repeated(10'000);
        m_summary->sumUp({m_two.first(), {Field::AgentId, longest}});
        QCOMPARE(links().at(1)->toolTip(), words::toolTip(longest));
        QCOMPARE(links().at(1)->accessibleName(), longest);
        QTRY_VERIFY(links().at(1)->height() < 12 * line);
        QCOMPARE(m_page->width(), 400);
    }

    void aLineIsATargetOf24Pixels()
    {
        m_summary->sumUp(m_two);
        for (const QPushButton *link : links())
            QTRY_VERIFY(link->height() >= 24);
    }
};

}

STOPDESK_TEST(problemsummary, ProblemSummaryTest, QApplication)
#include "tst_problemsummary.moc"
