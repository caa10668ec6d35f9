#include "app/demo/reaction.h"
#include "app/session/connectionbook.h"
#include "tests/app/session/sessioninhand.h"
#include "tests/support/testmain.h"
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
    /// From the next answer on, and that has come.
    void letServiceBeAhead(Duration ahead)
    {
        FakeAnswer answer = page({row("c1")});
        answer.headers = {{"Date", demo::httpDate(m_in->clock.now().addMSecs(ahead.count() + 21'000))}};
        m_in->network.always(running, answer);
        m_in->pass(22s);
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s));
        m_in = std::make_unique<SessionInHand>();
        m_list = std::make_unique<ConnectionList>(m_in->folder.filePath(u"stopdesk.ini"_s));
        m_book = std::make_unique<ConnectionBook>(*m_list, m_in->store, m_in->secrets);
        m_window = std::make_unique<MainWindow>(MainWindow::Parts{m_in->session, *m_book, m_in->clock, {}});
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

    void whoSetsTheClockSeesAllTimesByIt()
    {
        m_in->open(u"acme"_s);
        QTest::qWait(1100);
        const PaintCount painted(m_window->findChild<ConversationTable *>()->viewport());
        QTest::qWait(1200); // a second passes
        QCOMPARE(painted.whole, 0);
        m_in->clock.jump(-1h);
        QTRY_COMPARE(painted.whole, 1);
    }
};

}

STOPDESK_TEST(clocks, ClocksTest, QApplication)
#include "tst_clocks.moc"
