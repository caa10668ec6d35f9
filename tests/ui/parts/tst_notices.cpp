#include "ui/parts/environmentstrip.h"
#include "tests/support/testmain.h"
#include "ui/parts/headline.h"
#include "ui/parts/noticebar.h"
#include "ui/parts/palette.h"
#include "ui/parts/style.h"

#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QStyle>
#include <QTest>
#include <QToolButton>

namespace notices_test {

using namespace Qt::StringLiterals;

/// Words in the page: the notice bar, the strip, a headline, and the sheet that dresses them.
class NoticesTest : public QObject {
    Q_OBJECT

    static Connection connection(Environment environment)
    {
        Connection made;
        made.name = u"Acme cloud"_s;
        made.address = QUrl(u"https://api.example"_s);
        made.environment = environment;
        return made;
    }

private Q_SLOTS:
    void cleanup() { qApp->setStyleSheet({}); }

    void aNoticeIsAnAlertNamedByItsText()
    {
        NoticeBar bar;
        QVERIFY(!bar.isVisible());
        bar.say(NoticeBar::Severity::Error, u"The keychain is locked."_s, u"Try again"_s);
        QVERIFY(bar.isVisible());
        QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(&bar);
        QCOMPARE(spoken->role(), QAccessible::AlertMessage);
        QCOMPARE(spoken->text(QAccessible::Name), u"The keychain is locked."_s);
        QCOMPARE(bar.property("severity").toString(), u"error"_s);
    }

    void withoutATextThereIsNone()
    {
        NoticeBar bar;
        bar.say(NoticeBar::Severity::Info, {}, u"Do it"_s);
        QVERIFY(!bar.isVisible());
        bar.say(NoticeBar::Severity::Warning, u"x"_s);
        bar.say(NoticeBar::Severity::Warning, {});
        QVERIFY(!bar.isVisible());
        QCOMPARE(bar.accessibleName(), QString());
    }

    void itsActionAndItsCrossWork()
    {
        NoticeBar bar;
        QSignalSpy chosen(&bar, &NoticeBar::actionChosen);
        QSignalSpy closed(&bar, &NoticeBar::closed);
        bar.say(NoticeBar::Severity::Warning, u"x"_s, u"Do it"_s);
        auto *action = bar.findChild<QPushButton *>(u"noticeAction"_s);
        QVERIFY(action->isVisible());
        QTest::mouseClick(action, Qt::LeftButton);
        QCOMPARE(chosen.count(), 1);
        QTest::mouseClick(bar.findChild<QToolButton *>(u"noticeClose"_s), Qt::LeftButton);
        QCOMPARE(closed.count(), 1);
        QVERIFY(!bar.isVisible());
        bar.say(NoticeBar::Severity::Info, u"x"_s);
        QVERIFY(!action->isVisible());
    }

    void whereThereIsLittleRoomItsActionStandsBelowTheWords()
    {
        NoticeBar bar;
        const auto *action = bar.findChild<QPushButton *>(u"noticeAction"_s);
        const auto *text = bar.findChild<QLabel *>(u"noticeText"_s);
        bar.resize(440, 60);
        bar.say(NoticeBar::Severity::Warning, u"Some words "_s.repeated(10), u"Stop the conversation instead…"_s);
        QTRY_VERIFY(action->geometry().left() > text->geometry().right());
        bar.putActionBelow();
        QTRY_VERIFY(action->geometry().top() > text->geometry().bottom());
        QCOMPARE(action->geometry().left(), text->geometry().left());
        QVERIFY(text->width() > 300);
    }

    void aNoticeIsPlainText()
    {
        NoticeBar bar;
        bar.say(NoticeBar::Severity::Info, u"<b>x</b>"_s);
        QCOMPARE(bar.findChild<QLabel *>(u"noticeText"_s)->textFormat(), Qt::PlainText);
    }

    void theStripSaysWhereAndWhatMayBeDone()
    {
        EnvironmentStrip strip;
        Connection made = connection(Environment::Production);
        strip.showConnection(made);
        QCOMPARE(strip.accessibleName(), u"PRODUCTION, Acme cloud · api.example, Can stop"_s);
        made.readOnly = true;
        made.plainHttpAccepted = true;
        made.address = QUrl(u"http://box.example:81"_s);
        strip.showConnection(made);
        strip.showTrouble(u"Offline since 12:04"_s);
        QCOMPARE(strip.accessibleName(),
                 u"PRODUCTION, Acme cloud · box.example:81, Not encrypted, Offline since 12:04, Read-only"_s);
        made.isDemo = true;
        strip.showConnection(made);
        QVERIFY(strip.accessibleName().startsWith(u"DEMO"_s));
        strip.clear();
        QVERIFY(!strip.isVisible());
    }

    void theStripHasTheColourOfItsEnvironment()
    {
        EnvironmentStrip strip;
        for (const Environment environment : {Environment::Production, Environment::Staging, Environment::Other}) {
            const Connection made = connection(environment);
            strip.showConnection(made);
            strip.resize(600, 28);
            QCOMPARE(strip.grab().toImage().pixelColor(400, 2), stripColorsOf(made, QApplication::palette()).back);
        }
    }

    void aHeadlineHasTwoLinesAtMost()
    {
        Headline headline;
        headline.setText(u"A very long title that goes on and on "_s.repeated(12));
        const QStringList lines = headline.lines(300);
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines.last().endsWith(u'…'));
        headline.setText(u"Short"_s);
        QCOMPARE(headline.lines(300), QStringList{u"Short"_s});
        QVERIFY(headline.heightForWidth(300) < 2 * QFontMetrics(headline.font()).height() + 4);
    }

    void theSheetFollowsThePalette()
    {
        applyStyle(*qApp);
        const QString light = qApp->styleSheet();
        QVERIFY(!light.isEmpty());
        QVERIFY2(!light.mid(light.indexOf(u"*/"_s)).contains(u'@'), "a colour was left unnamed");
        QPalette dark;
        dark.setColor(QPalette::Window, QColor(0x23272f));
        dark.setColor(QPalette::Base, QColor(0x1b1e25));
        for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
            dark.setColor(role, QColor(0xe6e9ee));
        QApplication::setPalette(dark);
        QVERIFY(qApp->styleSheet() != light);
        QVERIFY2(!qApp->styleSheet().mid(light.indexOf(u"*/"_s)).contains(u'@'), "a colour was left unnamed");
        QApplication::setPalette(QApplication::style()->standardPalette());
        QCOMPARE(qApp->styleSheet(), light);
    }
};

}

STOPDESK_TEST(notices, NoticesTest, QApplication)
#include "tst_notices.moc"
