#include "app/demo/reaction.h"
#include "app/credentials/connectionbook.h"
#include "tests/app/session/sessioninhand.h"
#include "tests/support/testmain.h"
#include "tests/ui/workplaceof.h"
#include "ui/mainwindow.h"
#include "ui/panels/conversationtable.h"
#include "ui/parts/noticebar.h"

#include <QToolButton>

namespace clocks_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Counts how often all of a widget is painted.
class PaintCount : public QObject {
public:
    explicit PaintCount(QWidget *of) : QObject(of) { of->installEventFilter(this); }
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const auto *widget = static_cast<QWidget *>(watched);
        whole += event->type() == QEvent::Paint && static_cast<QPaintEvent *>(event)->rect() == widget->rect() ? 1 : 0;
        return false;
    }
    int whole = 0;
};

/// What the window says where this computer's clock is set, or the service's differs.
class ClocksTest : public QObject {
    Q_OBJECT

    std::unique_ptr<SessionInHand> m_in;
    std::unique_ptr<ConnectionList> m_list;
    std::unique_ptr<ConnectionBook> m_book;
    std::unique_ptr<MainWindow> m_window;

    QString notice()
    {
        const auto *bar = m_window->centralWidget()->findChild<NoticeBar *>(QString(), Qt::FindDirectChildrenOnly);
        return bar->isVisible() ? bar->text() : QString();
    }
    /// Without waiting for the window's second to pass.
    QString noticeNow()
    {
        Q_EMIT m_in->console.link().keyChanged();
        return notice();
    }
    /// From the next answer on, and that has come.
    void letServiceBeAhead(Duration ahead)
    {
        FakeAnswer answer = page({row("c1")});
        answer.headers = {{"Date", demo::httpDate(m_in->clock.now().addMSecs(ahead.count() + 21'000))}};
        m_in->network.always(running, answer);
        m_in->pass(22s);
    }

    /// A connection whose token says that it ends so long from now, by the service's clock.
    void openWithToken(Duration left)
    {
        Connection connection = connectionTo(u"acme"_s);
        connection.credential = CredentialKind::BearerToken;
        const qint64 end = m_in->clock.now().addMSecs(left.count()).toSecsSinceEpoch();
        const QByteArray claims = "{\"exp\":" + QByteArray::number(end) + '}';
        const QByteArray token = "e30." + claims.toBase64(QByteArray::OmitTrailingEquals) + ".x";
        m_in->store.keep(connection, Secret::fromStored(token));
        m_in->console.open(connection);
        m_in->pass(1s);
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s));
        m_in = std::make_unique<SessionInHand>();
        m_list = std::make_unique<ConnectionList>(m_in->folder.filePath(u"stopdesk.ini"_s));
        m_book = std::make_unique<ConnectionBook>(*m_list, m_in->store, m_in->secrets);
        m_window = std::make_unique<MainWindow>(MainWindow::Parts{workplaceOf(m_in->console, *m_book), {}});
        m_window->resize(1280, 800);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }
    void cleanup()
    {
        m_window.reset();
        m_in.reset();
    }

    void aDifferenceIsSaidOnceAndTakenBackWhenItIsGone()
    {
        m_in->open(u"acme"_s);
        letServiceBeAhead(30s);
        QTest::qWait(1100);
        QCOMPARE(notice(), QString());
        letServiceBeAhead(-40min);
        QTRY_VERIFY2(notice().contains(u"differ by 40 min"_s), qPrintable(notice()));
        letServiceBeAhead(-55s); // nearly a minute: it does not come and go
        QTRY_VERIFY2(notice().contains(u"differ by 1 min"_s), qPrintable(notice()));
        letServiceBeAhead(0s);
        QTRY_COMPARE(notice(), QString());
    }

    void whatAPersonClosedComesBackWithAnotherConnection()
    {
        m_in->open(u"acme"_s);
        letServiceBeAhead(2h);
        QTRY_VERIFY(!notice().isEmpty());
        QTest::mouseClick(m_window->findChild<QToolButton *>(u"noticeClose"_s), Qt::LeftButton);
        letServiceBeAhead(3h);
        QTest::qWait(1100);
        QCOMPARE(notice(), QString());
        m_in->open(u"beta"_s);
        letServiceBeAhead(3h);
        QTRY_VERIFY2(notice().contains(u"differ by 3 h"_s), qPrintable(notice()));
    }

    void aTokensEndIsSaidBeforeAStopFailsForIt()
    {
        openWithToken(16min);
        QCOMPARE(noticeNow(), QString());
        m_in->pass(65s);
        QVERIFY2(noticeNow().startsWith(u"This token ends in 14 min. "_s), qPrintable(notice()));
        auto *close = m_window->findChild<QToolButton *>(u"noticeClose"_s);
        m_in->clock.advance(2min);
        QVERIFY2(noticeNow().startsWith(u"This token ends in 12 min. "_s), qPrintable(notice()));
        QTest::mouseClick(close, Qt::LeftButton);
        m_in->clock.advance(2min);
        QCOMPARE(noticeNow(), QString());
        m_in->clock.advance(11min);
        QVERIFY2(noticeNow().startsWith(u"This token has ended at "_s), qPrintable(notice()));
        QVERIFY2(notice().contains(u"12:16"_s), qPrintable(notice()));
        openWithToken(59s);
        QVERIFY2(noticeNow().startsWith(u"This token ends in less than 1 min. "_s), qPrintable(notice()));
    }

    void aTokenEndsByTheClockOfTheService()
    {
        openWithToken(40min);
        letServiceBeAhead(30min);
        QVERIFY2(noticeNow().startsWith(u"This token ends in 9 min. "_s), qPrintable(notice()));
        m_in->clock.jump(3h); // whoever sets this computer's clock
        m_in->network.always(running, page({row("c1")})); // and the service says no more of its own
        m_in->pass(22s);
        QVERIFY2(noticeNow().startsWith(u"This token ends in "_s), qPrintable(notice()));
    }

    void aRefusedTokenThatHasEndedSaysSo()
    {
        openWithToken(-5min);
        QVERIFY2(noticeNow().startsWith(u"This token has ended at "_s), qPrintable(notice()));
        m_in->network.always(running, FakeAnswer::with(401));
        m_in->pass(25s);
        QVERIFY2(noticeNow().contains(u"The service refused the key of acme."_s), qPrintable(notice()));
        QVERIFY2(notice().startsWith(u"This token has ended at "_s), qPrintable(notice()));
        QVERIFY2(notice().contains(u"11:55"_s), qPrintable(notice()));
    }

    void whatIsNoTokenSaysNothingOfItsEnd()
    {
        Connection connection = connectionTo(u"acme"_s);
        m_in->store.keep(connection, Secret::fromStored("e30.eyJleHAiOjB9.x")); // an API key that looks like one
        m_in->console.open(connection);
        m_in->pass(1s);
        QCOMPARE(noticeNow(), QString());
    }

    void whoSetsTheClockSeesAllTimesByIt()
    {
        m_in->open(u"acme"_s);
        m_in->pass(1s);
        const PaintCount painted(m_window->findChild<ConversationTable *>()->viewport());
        m_in->pass(1s);
        QCOMPARE(painted.whole, 0);
        m_in->clock.jump(-1h);
        m_in->pass(1s);
        QTRY_COMPARE(painted.whole, 1);
    }
};

}

STOPDESK_TEST(clocks, ClocksTest, QApplication)
#include "tst_clocks.moc"
