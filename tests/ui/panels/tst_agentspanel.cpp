#include "app/models/agentlistmodel.h"
#include "app/types/clock.h"
#include "app/words/words.h"
#include "tests/support/testmain.h"
#include "ui/panels/agentspanel.h"
#include "ui/panels/panelheader.h"
#include "ui/panels/rowtable.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>

namespace agentspanel_test {

using namespace Qt::StringLiterals;

class AgentsPanelTest : public QObject {
    Q_OBJECT

    std::unique_ptr<AgentListModel> m_model;
    std::unique_ptr<QAction> m_stopAll;
    std::unique_ptr<AgentsPanel> m_panel;

    QModelIndex row(int number) { return m_panel->table()->model()->index(number, AgentListModel::Name); }
    void click(int number)
    {
        RowTable &table = *m_panel->table();
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualRect(row(number)).center());
    }
    QString chosenName() { return m_panel->table()->chosenRow().data().toString(); }
    const QList<Agent> m_three{{{u"a1"_s}, u"Billing helper"_s, u"ACTIVE"_s},
                               {{u"a2"_s}, u"Sales outreach"_s, u"ACTIVE"_s},
                               {{}, u"Without id"_s, u"DRAFT"_s}};

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s));
        m_model = std::make_unique<AgentListModel>();
        m_stopAll = std::make_unique<QAction>(u"Stop all 6 running…"_s);
        m_panel = std::make_unique<AgentsPanel>(*m_model, *m_stopAll);
        m_model->merge(m_three);
        m_panel->resize(208, 400);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    }
    void cleanup() { m_panel.reset(); }

    void allAgentsAreChosenAtFirst()
    {
        QCOMPARE(chosenName(), u"All agents"_s);
        QCOMPARE(m_panel->chosen(), AgentId());
    }

    void theRowMenuStopsAllOfThatAgent()
    {
        QSignalSpy wanted(m_stopAll.get(), &QAction::triggered);
        RowTable &table = *m_panel->table();
        Q_EMIT table.customContextMenuRequested(table.visualRect(row(2)).center());
        QCOMPARE(m_panel->chosen(), AgentId{u"a2"_s}); // what is offered is about the chosen agent
        auto *menu = table.findChild<QMenu *>();
        QCOMPARE(menu->actions().size(), 1);
        QCOMPARE(menu->actions().first()->text(), u"Stop all running of this agent…"_s);
        menu->actions().first()->trigger();
        QCOMPARE(wanted.count(), 1);
        delete menu;

        m_stopAll->setEnabled(false);
        Q_EMIT table.customContextMenuRequested(table.visualRect(row(1)).center());
        menu = table.findChild<QMenu *>();
        QVERIFY(!menu->actions().first()->isEnabled());
        delete menu;
    }

    void allAgentsAndOneWithoutIdHaveNoMenu()
    {
        RowTable &table = *m_panel->table();
        for (const int number : {0, 3}) {
            Q_EMIT table.customContextMenuRequested(table.visualRect(row(number)).center());
            QVERIFY(!table.findChild<QMenu *>());
        }
    }

    void theHeaderSaysHowManyAndHowOldTheyAre()
    {
        const QDateTime noon(QDate(2026, 5, 13), QTime(12, 0), utcZone);
        const auto *header = m_panel->findChild<PanelHeader *>();
        m_panel->showAge({}, noon);
        QCOMPARE(header->note(), u"3"_s); // when they were read is not known
        m_model->merge(m_three, noon);
        Freshness slow;
        slow.slowness = Slowness::StopsBeingSent;
        m_panel->showAge(slow, noon.addSecs(4));
        QCOMPARE(header->note(), u"3 · read 4 s ago"_s);
        QVERIFY2(header->findChild<QLabel *>(u"note"_s)->toolTip().contains(words::whySlow(slow)), qPrintable(header->findChild<QLabel *>(u"note"_s)->toolTip()));
        m_model->setRunning({{{u"a1"_s}, 3}}, 3);
        m_model->setCountedAt(noon);
        m_panel->showAge({}, noon.addSecs(300));
        QCOMPARE(header->note(), u"3 · counted at "_s + words::timeOfDay(noon));
        const QString all = m_model->index(0, 0).data(Qt::AccessibleTextRole).toString();
        QCOMPARE(all, u"All agents, 3 running at "_s + words::timeOfDay(noon));
        m_model->setCountedAt({});
        m_model->clear();
        m_panel->showAge({}, noon.addSecs(5));
        QCOMPARE(header->note(), QString());
    }

    void theHeaderSaysThatTheListGoesOn()
    {
        const auto *header = m_panel->findChild<PanelHeader *>();
        m_model->merge(m_three, {}, {1231, 1});
        m_panel->showAge({}, {});
        QCOMPARE(header->note(), u"3 of 1,234 · 1 cannot be read"_s);
        QVERIFY(header->findChild<QLabel *>(u"note"_s)->toolTip().contains(u"The list ends here"_s));
        m_model->merge(m_three, {}, {0, 2});
        m_panel->showAge({}, {});
        QCOMPARE(header->note(), u"3 · 2 cannot be read"_s);
        QVERIFY(!header->findChild<QLabel *>(u"note"_s)->toolTip().contains(u"The list ends here"_s));
    }

    void aClickChoosesAnAgent()
    {
        QSignalSpy chosen(m_panel.get(), &AgentsPanel::agentChosen);
        click(2);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(m_panel->chosen(), AgentId{u"a2"_s});
        click(0);
        QCOMPARE(m_panel->chosen(), AgentId());
        QCOMPARE(m_panel->narrowChoice()->currentText(), u"All agents"_s);
    }

    void whatCannotBeChosenIsNotHighlightedAndSaysWhy()
    {
        click(2);
        QSignalSpy chosen(m_panel.get(), &AgentsPanel::agentChosen);
        const auto isUnchanged = [&] {
            return chosen.isEmpty() && m_panel->chosen() == AgentId{u"a2"_s} && chosenName() == u"Sales outreach"_s
                && m_panel->table()->selectionModel()->selectedRows().size() == 1
                && m_panel->table()->currentIndex().row() == 2;
        };
        click(3);
        QVERIFY(isUnchanged());
        for (const Qt::Key key : {Qt::Key_Down, Qt::Key_Space, Qt::Key_Return, Qt::Key_W}) {
            QTest::keyClick(m_panel->table(), key); // the letter: type-ahead to "Without id"
            QVERIFY(isUnchanged());
        }
        m_panel->table()->chooseRow(row(3));
        QVERIFY(isUnchanged());
        for (const int role : {Qt::ToolTipRole, Qt::AccessibleTextRole})
            QVERIFY(row(3).data(role).toString().simplified().contains(u"The service gave no id for this agent"_s));
        QVERIFY(!(m_panel->narrowChoice()->model()->flags(m_model->index(3, 0)) & Qt::ItemIsEnabled));
    }

    void theSearchHidesButDoesNotChoose()
    {
        click(2);
        QSignalSpy chosen(m_panel.get(), &AgentsPanel::agentChosen);
        auto *search = m_panel->findChild<QLineEdit *>(u"searchAgents"_s);
        QTest::keyClicks(search, u"bill"_s);
        QCOMPARE(m_panel->table()->model()->rowCount(), 2);
        QCOMPARE(row(0).data().toString(), u"All agents"_s);
        QCOMPARE(chosen.count(), 0);
        search->clear();
        QCOMPARE(chosenName(), u"Sales outreach"_s);
        QCOMPARE(m_panel->chosen(), AgentId{u"a2"_s});
    }

    void aRefreshKeepsTheChoice()
    {
        click(2);
        QSignalSpy chosen(m_panel.get(), &AgentsPanel::agentChosen);
        m_model->merge({{{u"a0"_s}, u"Alpha"_s, {}}, m_three.at(1), m_three.at(0)});
        m_model->setRunning({{AgentId{u"a2"_s}, 6}}, 12);
        QCOMPARE(chosenName(), u"Sales outreach"_s);
        QCOMPARE(chosen.count(), 0);
    }

    void anAgentThatVanishesLeavesNoOtherChosen()
    {
        click(2);
        QSignalSpy chosen(m_panel.get(), &AgentsPanel::agentChosen);
        m_model->merge({m_three.at(0)});
        QCOMPARE(chosen.count(), 0);
        QVERIFY(!m_panel->table()->chosenRow().isValid());
    }

    void theNarrowChoiceDoesTheSame()
    {
        QSignalSpy chosen(m_panel.get(), &AgentsPanel::agentChosen);
        QComboBox &combo = *m_panel->narrowChoice();
        combo.show();
        combo.setFocus();
        QTest::keyClick(&combo, Qt::Key_Down);
        QCOMPARE(m_panel->chosen(), AgentId{u"a1"_s});
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosenName(), u"Billing helper"_s);
    }
};

}

STOPDESK_TEST(agentspanel, AgentsPanelTest, QApplication)

#include "tst_agentspanel.moc"
