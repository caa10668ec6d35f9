#include "app/words/words.h"
#include "tests/app/session/sessioninhand.h"
#include "tests/support/testmain.h"
#include "ui/requestchart.h"
#include "ui/requestgauges.h"
#include "ui/requestpopup.h"
#include "ui/statusline.h"

#include <QLabel>

namespace statusline_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The window's last line: when it is read again, why not sooner, and how much of the limits is used.
class StatusLineTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<SessionInHand> m_in;
    std::unique_ptr<StatusLine> m_line;

    QString next()
    {
        m_line->showLink(m_in->console.link(), m_in->console.models.stops.tally().underWay(), m_in->clock.now());
        return m_line->findChild<QLabel *>(u"nextRefresh"_s)->text();
    }
    RequestGauges *gauges() { return m_line->findChild<RequestGauges *>(); }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s));
        m_in = std::make_unique<SessionInHand>();
        m_line = std::make_unique<StatusLine>();
        m_line->resize(900, 30);
        m_line->show();
    }
    void cleanup()
    {
        m_line.reset();
        m_in.reset();
    }

    void itTellsWhenItReadsNextAndWhyNotSooner()
    {
        QCOMPARE(next(), QString());
        m_in->open(u"acme"_s);
        QCOMPARE(next(), u"next refresh in 19 s"_s);
        m_in->console.connector.attend({false, true, m_in->clock.now()});
        QCOMPARE(next(), u"next refresh in 59 s · every 1 min while the window is in the background"_s);
        m_in->console.connector.attend({true, true, m_in->clock.now()});
        m_in->console.connector.holdUpdates(true);
        QCOMPARE(next(), u"updates are held"_s);
    }

    void itTellsThatTheServiceAskedToWait()
    {
        FakeAnswer tooMany = FakeAnswer::with(429, R"({"detail":"Too many requests"})");
        tooMany.headers = {{"Retry-After", "90"}};
        m_in->network.always(running, tooMany);
        m_in->open(u"acme"_s);
        const QString until = words::clockTime(m_in->console.link().freshness().nextAt);
        QVERIFY2(next().startsWith(u"next refresh in 1 min"_s)
                     && next().endsWith(u"· waits until %1: the service asked to wait"_s.arg(until)),
                 qPrintable(next()));
        const int asked = m_in->network.count(running);
        m_in->pass(85s);
        QCOMPARE(m_in->network.count(running), asked);
        m_in->network.always(running, page({row("c1")}));
        m_in->pass(20s);
        QCOMPARE(m_in->network.count(running), asked + 1);
        QCOMPARE(m_in->console.link().freshness().slowness, Slowness::None);
    }

    void ofAServiceThatIsAwayItTellsThatAPersonNeedNotWait()
    {
        FakeAnswer away = FakeAnswer::with(503, R"({"detail":"Maintenance"})");
        away.headers = {{"Retry-After", "1800"}};
        m_in->network.always(running, away);
        m_in->open(u"acme"_s);
        const QString until = words::clockTime(m_in->console.link().freshness().nextAt);
        QVERIFY2(next().endsWith(u"· waits until %1: the service asked to wait, Refresh reads now"_s.arg(until)), qPrintable(next()));
        m_in->network.always(running, page({row("c1")}));
        m_in->console.link().refresh();
        m_in->pass(1s);
        QCOMPARE(next(), u"next refresh in 19 s"_s);
    }

    void theGaugesTellTheirFigures()
    {
        m_in->open(u"acme"_s);
        next();
        const RequestUse use = m_in->console.link().usage().now();
        QVERIFY(use.minute > 0 && use.minute == use.hour);
        QCOMPARE(gauges()->accessibleDescription(),
                 u"%1 of 90 requests this minute, %1 of 900 this hour"_s.arg(use.minute));
        const int narrow = gauges()->sizeHint().width();
        gauges()->showUse({80, 90, 402, 900});
        QVERIFY(gauges()->sizeHint().width() > narrow); // near the limit the figures stand there
        gauges()->showUse({63, 90, 402, 900, 0s, true});
        QVERIFY(gauges()->toolTip().contains(u"also used elsewhere"_s));
    }

    void aClickShowsTheLastHourAndEscEndsIt()
    {
        m_in->open(u"acme"_s);
        m_in->pass(3s);
        next();
        auto *popup = m_line->findChild<RequestPopup *>();
        QTest::mouseClick(gauges(), Qt::LeftButton);
        QVERIFY(popup->isVisible());
        const QString told = m_line->findChild<RequestChart *>()->accessibleDescription();
        QVERIFY2(told.contains(u"Requests in the last hour: %1. Stops: 0"_s.arg(m_in->console.link().usage().now().hour)),
                 qPrintable(told));
        QVERIFY2(told.endsWith(u"Most conversations running at a time: 2."_s), qPrintable(told));
        QTest::keyClick(popup, Qt::Key_Escape);
        QVERIFY(!popup->isVisible());
        gauges()->setFocus();
        QTest::keyClick(gauges(), Qt::Key_Space);
        QVERIFY(popup->isVisible());
    }

    void theChartDrawsEachPartInItsOwnWay()
    {
        QList<MinuteOfUse> hour(60);
        RequestChart chart;
        const auto picture = [&] {
            chart.showHour(hour, 90);
            chart.resize(chart.sizeHint());
            return chart.grab().toImage().convertToFormat(QImage::Format_Grayscale8);
        };
        QList<QImage> pictures{picture()};
        for (const MinuteOfUse &minute : {MinuteOfUse{40, 0, 0, 0, {}}, MinuteOfUse{0, 40, 0, 0, {}},
                                          MinuteOfUse{0, 0, 40, 0, {}}, MinuteOfUse{0, 0, 0, 3, {}},
                                          MinuteOfUse{0, 0, 0, 0, 7}}) {
            hour[30] = minute;
            pictures.append(picture());
        }
        for (int i = 0; i < pictures.size(); ++i) {
            for (int j = 0; j < i; ++j)
                QVERIFY2(pictures.at(i) != pictures.at(j), qPrintable(u"%1 looks like %2"_s.arg(i).arg(j)));
        }
    }
};

}

STOPDESK_TEST(statusline, StatusLineTest, QApplication)
#include "tst_statusline.moc"
