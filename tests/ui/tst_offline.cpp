#include "app/credentials/connectionbook.h"
#include "app/words/words.h"
#include "tests/app/session/sessioninhand.h"
#include "tests/support/testmain.h"
#include "tests/ui/workplaceof.h"
#include "ui/mainwindow.h"
#include "ui/panels/agentspanel.h"
#include "ui/panels/conversationspanel.h"
#include "ui/panels/conversationtable.h"
#include "ui/panels/detailspanel.h"
#include "ui/panels/panelheader.h"
#include "ui/panels/rowtable.h"
#include "ui/parts/environmentstrip.h"

#include <QLabel>
#include <QPushButton>
#include <QStatusBar>

namespace offline_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What the whole window says of data that cannot be read anew, and when it is back.
class OfflineTest : public QObject {
    Q_OBJECT

    std::unique_ptr<SessionInHand> m_in;
    std::unique_ptr<ConnectionList> m_list;
    std::unique_ptr<ConnectionBook> m_book;
    std::unique_ptr<MainWindow> m_window;

    template <class Panel> QString note() { return m_window->findChild<Panel *>()->template findChild<PanelHeader *>()->note(); }
    QString strip() { return m_window->findChild<EnvironmentStrip *>()->accessibleName(); }
    QString fact(const QString &name) { return m_window->findChild<QLabel *>(name)->text(); }
    QString stopAll()
    {
        const auto buttons = m_window->findChild<DetailsPanel *>()->findChildren<QPushButton *>();
        const auto found = std::ranges::find_if(buttons, [](const QPushButton *button) {
            return button->isVisible() && button->text().startsWith(u"Stop all"_s);
        });
        return found == buttons.cend() ? QString() : (*found)->text();
    }
    void click(RowTable &table, int row)
    {
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualRect(table.model()->index(row, 0)).center());
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

    void afterTooManyTheButtonSaysFromWhenOnItReads()
    {
        m_in->open(u"acme"_s);
        auto *refresh = m_window->findChild<QPushButton *>(u"refresh"_s);
        QTRY_COMPARE(refresh->text(), u"Refresh"_s);
        m_in->network.always(running, {429, "{}", {{"Retry-After", "1800"}}, {}, false, true});
        m_in->pass(21s);
        const QString from = words::clockTime(m_in->console.link().readableFrom());
        QTRY_COMPARE(refresh->text(), u"Refresh (from %1)"_s.arg(from));
        QVERIFY2(refresh->toolTip().contains(from), qPrintable(refresh->toolTip()));
        const qsizetype asked = m_in->network.asked().size();
        QTest::mouseClick(refresh, Qt::LeftButton);
        m_in->pass(5s);
        QCOMPARE(m_in->network.asked().size(), asked);
        QCOMPARE(m_window->statusBar()->currentMessage(), words::nothingReadBefore(m_in->console.link().readableFrom()));
    }

    void whileTheServiceIsAwayTheButtonReads()
    {
        m_in->open(u"acme"_s);
        m_in->network.always(running, {503, "{}", {{"Retry-After", "1800"}}, {}, false, true});
        m_in->pass(21s);
        m_in->network.always(running, page({row("c1"), row("c2"), row("c3")}));
        auto *refresh = m_window->findChild<QPushButton *>(u"refresh"_s);
        QCOMPARE(refresh->text(), u"Refresh"_s);
        QTest::mouseClick(refresh, Qt::LeftButton);
        m_in->pass(1s);
        QCOMPARE(m_in->conversations().size(), 3);
    }

    void allSaysAsOfWhen()
    {
        m_in->open(u"acme"_s);
        click(*m_window->findChild<ConversationTable *>(), 0);
        m_in->pass(19s);
        const QString at = words::timeOfDay(m_in->console.link().freshness().readAt);
        QVERIFY2(note<ConversationsPanel>().startsWith(u"2 running · read "_s), qPrintable(note<ConversationsPanel>()));
        m_in->network.always("GET", FakeAnswer::refusedConnection());
        m_in->pass(5s);
        QTRY_VERIFY2(strip().contains(u"Offline since "_s), qPrintable(strip()));
        QTRY_VERIFY2(note<ConversationsPanel>().startsWith(u"2 running at %1 · updated "_s.arg(at)),
                     qPrintable(note<ConversationsPanel>()));
        QTRY_COMPARE(note<AgentsPanel>(), u"1 · counted at "_s + at);
        QTRY_COMPARE(fact(u"factRunningFor"_s), u"seen for 0 s"_s);
        click(*m_window->findChild<AgentsPanel *>()->table(), 1);
        click(*m_window->findChild<ConversationTable *>(), -1);
        QTRY_COMPARE(stopAll(), u"Stop all running…"_s);

        m_in->network.always("GET /v1/tasks?", page({}));
        m_in->network.always("GET /v1/agents?", page({R"({"id":"a1","name":"Billing","status":"ACTIVE"})"}));
        m_in->network.always(running, page({row("c1"), row("c2"), row("c3")}));
        m_in->pass(21s);
        QTRY_VERIFY2(note<ConversationsPanel>().startsWith(u"3 running · back since "_s), qPrintable(note<ConversationsPanel>()));
        QVERIFY(!strip().contains(u"since"_s));
        QTRY_COMPARE(stopAll(), u"Stop all 3 running…"_s);
        QTRY_VERIFY(!note<AgentsPanel>().contains(u"counted"_s));
    }

    void anAnswerThatIsNoListIsNotOffline()
    {
        m_in->open(u"acme"_s);
        const QString at = words::timeOfDay(m_in->console.link().freshness().readAt);
        m_in->network.always("GET", FakeAnswer::with(503));
        m_in->pass(50s);
        QTRY_VERIFY2(strip().contains(u"Not read since "_s + at), qPrintable(strip()));
        m_in->console.connector.holdUpdates(true);
        QTRY_VERIFY2(!strip().contains(u"since"_s), qPrintable(strip())); // that is what a person wanted
        QVERIFY2(note<ConversationsPanel>().startsWith(u"2 running at "_s + at), qPrintable(note<ConversationsPanel>()));
    }
};

}

STOPDESK_TEST(offline, OfflineTest, QApplication)
#include "tst_offline.moc"
