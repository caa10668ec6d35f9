#include "app/models/conversationcells.h"
#include "app/words/words.h"
#include "tests/support/fakeclock.h"
#include "tests/support/rows.h"
#include "tests/support/testmain.h"
#include "ui/panels/conversationspanel.h"
#include "ui/panels/conversationtable.h"
#include "ui/panels/panelheader.h"
#include "ui/panels/visibleconversations.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <numeric>

namespace conversationspanel_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

const QDateTime noon = QDateTime(QDate(2026, 5, 13), QTime(12, 0), utcZone);

Conversation conversation(const QString &id, const QString &title, const QString &parent = {})
{
    Conversation made;
    made.id = {id};
    made.agent = {u"a1"_s};
    made.parent = {parent};
    made.title = title;
    made.stateWord = u"executing"_s;
    made.state = RowState::Running;
    made.createdAt = noon.addDays(-1);
    return made;
}

QList<Conversation> many(int count)
{
    QList<Conversation> made;
    for (int number = 0; number < count; ++number)
        made << conversation(u"c%1"_s.arg(number), u"Title %1"_s.arg(number, 3, 10, QChar(u'0')));
    return made;
}

class ConversationsPanelTest : public QObject {
    Q_OBJECT

    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<ConversationListModel> m_model;
    std::unique_ptr<QAction> m_stop;
    std::unique_ptr<ConversationsPanel> m_panel;
    std::unique_ptr<QSignalSpy> m_stopped;

    ConversationTable &table() { return *m_panel->table(); }
    QStringList titles()
    {
        QStringList found;
        for (int row = 0; row < table().model()->rowCount(); ++row)
            found << table().model()->index(row, ConversationListModel::Title).data().toString();
        return found;
    }
    QModelIndex rowOf(const QString &title)
    {
        return table().model()->index(int(titles().indexOf(title)), ConversationListModel::Title);
    }
    void click(const QModelIndex &index, Qt::KeyboardModifiers modifiers = {})
    {
        table().scrollTo(index);
        QTest::mouseClick(table().viewport(), Qt::LeftButton, modifiers, table().visualRect(index).center());
    }
    QStringList selected()
    {
        QStringList ids;
        for (const QModelIndex &row : table().selectionModel()->selectedRows())
            ids << idOf(row).value;
        ids.sort();
        return ids;
    }
    QString footer() { return m_panel->findChild<QLabel *>(u"conversationsFooter"_s)->text(); }
    void refresh(const QList<Conversation> &rows, const QDateTime &at = noon.addSecs(10))
    {
        m_model->merge(rows, {true, {}, {}}, at);
    }
    /// Lets so much time pass that rows may move again.
    void leaveAlone()
    {
        m_clock->advance(2s);
        QCoreApplication::sendPostedEvents();
    }
    void sortBy(ConversationListModel::Column column)
    {
        table().horizontalHeader()->setSortIndicator(column, Qt::AscendingOrder);
        QCoreApplication::sendPostedEvents();
    }
    QList<ConversationId> shown()
    {
        QList<ConversationId> ids;
        for (int row = 0; row < table().model()->rowCount(); ++row)
            ids << idOf(table().model()->index(row, 0));
        return ids;
    }
    QList<ConversationId> inView()
    {
        QList<ConversationId> ids = shown();
        const auto isBelow = [this](int row) {
            return table().rowViewportPosition(row) >= table().viewport()->height();
        };
        const int first = table().verticalScrollBar()->value();
        int last = first;
        while (last < ids.size() && !isBelow(last))
            ++last;
        return ids.mid(first, last - first);
    }
    static ConversationId idOf(const QModelIndex &index)
    {
        return {index.data(ConversationListModel::IdRole).toString()};
    }
    /// What decides where a row stands, worked out anew: a number, else a word.
    std::pair<qint64, QString> placeOf(int row, int column)
    {
        const ConversationRow &known = m_model->row(row);
        const Conversation &conversation = known.conversation;
        if (column == ConversationListModel::Title)
            return {0, words::title(conversation.title).toLower()};
        if (column == ConversationListModel::Agent)
            return {0, m_model->agentName(conversation.agent).toLower()};
        if (column == ConversationListModel::Person)
            return {0, words::person(conversation.person).toLower()};
        if (column >= 0)
            return {cells::sortNumber(known, column), {}};
        const int parent = conversation.isSubTask() ? m_model->find(conversation.parent) : -1;
        return parent < 0 ? std::pair(qint64(row), u"1"_s) : std::pair(qint64(parent), u"2, a sub-task"_s);
    }
    /// All rows of the model by a column, or as listed.
    QList<ConversationId> inOrder(int column = -1)
    {
        QList<int> order(m_model->rowCount());
        std::iota(order.begin(), order.end(), 0);
        std::ranges::stable_sort(order, {}, [this, column](int row) { return placeOf(row, column); });
        QList<ConversationId> ids;
        for (const int row : order)
            ids << m_model->row(row).key();
        return ids;
    }
    QString showNewText()
    {
        auto *button = m_panel->findChild<QPushButton *>(u"showNewRows"_s);
        return button->isVisible() ? button->text() : QString();
    }
    QString note() { return m_panel->findChild<PanelHeader *>()->note(); }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s));
        m_clock = std::make_unique<FakeClock>();
        m_model = std::make_unique<ConversationListModel>();
        m_model->tick(noon);
        new QAbstractItemModelTester(m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest,
                                     m_model.get());
        m_stop = std::make_unique<QAction>(u"Stop conversation…"_s);
        m_stopped = std::make_unique<QSignalSpy>(m_stop.get(), &QAction::triggered);
        m_panel = std::make_unique<ConversationsPanel>(*m_model, *m_stop, *m_clock);
        new QAbstractItemModelTester(table().model(), QAbstractItemModelTester::FailureReportingMode::QtTest,
                                     m_panel.get());
        m_panel->resize(900, 420);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    }

    void cleanup()
    {
        QCOMPARE(m_stopped->count(), 0); // in no test here does anything stop
        m_panel.reset();
        m_stopped.reset();
    }

    void aClickChoosesTheConversation()
    {
        refresh(many(3));
        QSignalSpy chosen(m_panel.get(), &ConversationsPanel::conversationChosen);
        click(rowOf(u"Title 001"_s));
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(m_panel->chosen(), ConversationId{u"c1"_s});
    }

    void nothingIsChosenUntilAPersonDoes()
    {
        refresh(many(3));
        QVERIFY(table().currentIndex().isValid());
        QCOMPARE(m_panel->chosen(), ConversationId());
        table().setFocus();
        QTest::keyClick(&table(), Qt::Key_Down);
        QCOMPARE(m_panel->chosen(), ConversationId{u"c0"_s}); // the row with the focus frame, not the one after it
        QTest::keyClick(&table(), Qt::Key_Down);
        QCOMPARE(m_panel->chosen(), ConversationId{u"c1"_s});
    }

    void doubleClickEnterAndSpaceStopNothing()
    {
        refresh(many(3));
        click(rowOf(u"Title 001"_s));
        QTest::mouseDClick(table().viewport(), Qt::LeftButton, {}, table().visualRect(rowOf(u"Title 001"_s)).center());
        table().setFocus();
        for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Space, Qt::Key_Delete})
            QTest::keyClick(&table(), key);
        QCOMPARE(m_stopped->count(), 0);
        QCOMPARE(m_panel->chosen(), ConversationId{u"c1"_s});
    }

    void aRefreshKeepsChoiceScrollAndSort()
    {
        refresh(many(60));
        QTest::mouseClick(table().horizontalHeader()->viewport(), Qt::LeftButton, {},
                          QPoint(table().columnViewportPosition(ConversationListModel::Title) + 20, 8));
        QCOMPARE(titles().first(), u"Title 000"_s);
        click(rowOf(u"Title 030"_s));
        table().verticalScrollBar()->setValue(25);
        const QString top = table().indexAt({4, 4}).siblingAtColumn(ConversationListModel::Title).data().toString();

        QList<Conversation> next = many(60);
        next.removeAt(3);
        next << conversation(u"x1"_s, u"Title 001 b"_s) << conversation(u"x2"_s, u"Title 001 c"_s);
        refresh(next, noon.addSecs(20));
        leaveAlone();
        QCOMPARE(m_panel->chosen(), ConversationId{u"c30"_s});
        QCOMPARE(table().chosenRow().siblingAtColumn(ConversationListModel::Title).data().toString(), u"Title 030"_s);
        QCOMPARE(table().indexAt({4, 4}).siblingAtColumn(ConversationListModel::Title).data().toString(), top);
        QCOMPARE(titles().mid(1, 3), QStringList({u"Title 001"_s, u"Title 001 b"_s, u"Title 001 c"_s}));
    }

    void theChosenRowStaysWhenItVanishesAndNoOtherIsChosen()
    {
        refresh(many(3));
        click(rowOf(u"Title 001"_s));
        QCoreApplication::sendPostedEvents();
        refresh({many(3).at(0), many(3).at(2)}, noon.addSecs(20));
        QCOMPARE(m_panel->chosen(), ConversationId{u"c1"_s});
        QVERIFY(rows(*m_model).join(u'\n').contains(u"No longer listed"_s));

        m_panel->find(u"Title 000"_s);
        QCOMPARE(m_panel->chosen(), ConversationId()); // hidden rows leave the selection, and none takes its place
        QVERIFY(table().currentIndex().isValid());
    }

    void aRowThatGoesLeavesNoNeighbourChosen()
    {
        refresh(many(3));
        click(rowOf(u"Title 001"_s));
        m_panel->find(u"Title 002"_s);
        QCOMPARE(m_panel->chosen(), ConversationId());
        QCOMPARE(titles(), QStringList{u"Title 002"_s});
    }

    void subTasksStandUnderTheirConversation()
    {
        refresh({conversation(u"s1"_s, u"Child"_s, u"c2"_s), conversation(u"c1"_s, u"First"_s),
                 conversation(u"c2"_s, u"Second"_s), conversation(u"c3"_s, u"Third"_s)});
        QCOMPARE(titles().size(), 4);
        QCOMPARE(titles().at(0), u"First"_s);
        QCOMPARE(titles().at(1), u"Second"_s);
        QVERIFY2(titles().at(2).contains(u"Child"_s), qPrintable(titles().join(u'|')));
        QCOMPARE(titles().at(3), u"Third"_s);
    }

    void aParentReadLaterGathersItsSubTask()
    {
        refresh({conversation(u"s1"_s, u"Child"_s, u"c2"_s), conversation(u"c1"_s, u"First"_s)});
        refresh({conversation(u"s1"_s, u"Child"_s, u"c2"_s), conversation(u"c1"_s, u"First"_s),
                 conversation(u"c2"_s, u"Second"_s)},
                noon.addSecs(20));
        QCOMPARE(titles().indexOf(u"Second"_s) + 1, 2);
        QVERIFY(titles().at(2).contains(u"Child"_s));
    }

    void findCountsWhatItHides()
    {
        refresh(many(12));
        m_panel->find(u"title 00"_s);
        QCOMPARE(titles().size(), 10);
        QCOMPARE(m_panel->hiddenByFind(), 2);
        const auto labels = m_panel->findChildren<QLabel *>();
        QVERIFY(
            std::ranges::any_of(labels, [](QLabel *label) { return label->text().contains(u"2 hidden by Find"_s); }));
    }

    void findSaysHowManyPersonsItCannotKnow()
    {
        QList<Conversation> rows = many(6);
        for (int number = 0; number < 4; ++number)
            rows[number].person.id = u"user-%1"_s.arg(number / 2); // of two persons; two rows name none
        refresh(rows);
        const auto read = [this](const QString &id, const QString &email) {
            Record record;
            record.id = {id};
            record.person.email = email;
            m_model->learn(record, noon);
        };
        QVERIFY2(!footer().contains(u"person"_s), qPrintable(footer())); // nothing is looked for
        m_panel->find(u"dana@"_s);
        QVERIFY2(table().message().contains(u"No match; 6 without Find. 2 of 2 persons not read yet, 2 rows name no person."_s),
                 qPrintable(table().message()));
        read(u"c1"_s, u"dana@acme.example"_s);
        QCOMPARE(titles(), QStringList({u"Title 000"_s, u"Title 001"_s}));
        QVERIFY2(footer().endsWith(u"4 hidden by Find · 1 of 2 persons not read yet, 2 rows name no person"_s), qPrintable(footer()));
        refresh(rows, noon.addSecs(20)); // ids alone again
        QCOMPARE(titles(), QStringList({u"Title 000"_s, u"Title 001"_s}));
        read(u"c4"_s, {});
        read(u"c5"_s, {});
        read(u"c2"_s, u"lee@acme.example"_s);
        QVERIFY2(footer().endsWith(u"4 hidden by Find"_s), qPrintable(footer()));

        refresh(rows.mid(0, 1), noon.addSecs(30));
        m_panel->find(u"lee@"_s);
        QVERIFY2(!table().message().contains(u"person"_s), qPrintable(table().message()));
        rows[0].person.id = u"user-7"_s;
        refresh(rows.mid(0, 1), noon.addSecs(40));
        QVERIFY2(table().message().contains(u" 1 person not read yet."_s), qPrintable(table().message()));
    }

    void anIdThatIsNotListedCanBeLookedUp()
    {
        refresh(many(2));
        m_panel->find(u"c5f32594-2c4c"_s);
        QVERIFY(table().message().contains(u"Look up by id"_s));
        QSignalSpy wanted(m_panel.get(), &ConversationsPanel::lookUpWanted);
        Q_EMIT table().linkActivated(u"id"_s);
        QCOMPARE(wanted.first().first().value<ConversationId>(), ConversationId{u"c5f32594-2c4c"_s});
        m_panel->find(u"dana@acme.example1"_s);
        QVERIFY(!table().message().contains(u"Look up by id"_s));
    }

    void chipsSayWhichStatesAreWanted()
    {
        QSignalSpy wanted(m_panel.get(), &ConversationsPanel::filterChosen);
        QTest::mouseClick(m_panel->findChild<QPushButton *>(u"waitingForAPerson"_s), Qt::LeftButton);
        QCOMPARE(wanted.takeFirst().first().value<StateFilter>(), StateFilter::WaitingForPerson);
        QVERIFY(!m_panel->findChild<QPushButton *>(u"live"_s)->isChecked());
    }

    void theHeaderSaysHowOldTheListIs()
    {
        refresh(many(2));
        ListStatus status;
        status.freshness.readAt = noon;
        m_panel->showStatus(status, noon.addSecs(3));
        QCOMPARE(note(), u"2 running · read 3 s ago"_s);
        status.freshness.lastFailure = Failure();
        m_panel->showStatus(status, noon.addSecs(40));
        QCOMPARE(note(), u"2 running · updated 40 s ago, last try failed"_s);
        const QString atNoon = words::timeOfDay(noon);
        m_panel->showStatus(status, noon.addSecs(300));
        QCOMPARE(note(), u"2 running at %1 · updated 5 min ago, last try failed"_s.arg(atNoon));
    }

    void theHeaderSaysWhatTheTableDoesNotHave()
    {
        refresh(many(2));
        ListStatus status;
        status.freshness.readAt = noon;
        status.freshness.unreadable = 1;
        m_panel->showStatus(status, noon);
        QCOMPARE(note(), u"2 running · read just now · 1 row cannot be read"_s);
        status.freshness.unreadable = 12;
        m_panel->showStatus(status, noon);
        QCOMPARE(note(), u"2 running · read just now · 12 rows cannot be read"_s);
    }

    void theHeaderSaysThatItIsBack()
    {
        refresh(many(2));
        ListStatus status;
        status.freshness.readAt = noon;
        status.freshness.backAt = noon;
        m_panel->showStatus(status, noon);
        QCOMPARE(note(), u"2 running · back since %1, read just now"_s.arg(words::timeOfDay(noon)));
        status.freshness.readAt = noon.addSecs(60);
        m_panel->showStatus(status, noon.addSecs(63));
        QCOMPARE(note(), u"2 running · read 3 s ago"_s);
    }

    void anEmptyListSaysWhy()
    {
        ListStatus status;
        status.freshness.loading = true;
        m_panel->showStatus(status, noon);
        QCOMPARE(table().message(), QString());
        QTRY_COMPARE(table().message(), u"Reading conversations…"_s); // after 300 ms
        status.freshness.loading = false;
        status.freshness.readAt = noon;
        m_panel->showStatus(status, noon.addSecs(3));
        QVERIFY(table().message().startsWith(u"Nothing runs. Read 3 s ago."_s));
        QSignalSpy wanted(m_panel.get(), &ConversationsPanel::filterChosen);
        Q_EMIT table().linkActivated(u"all"_s);
        QCOMPARE(wanted.first().first().value<StateFilter>(), StateFilter::All);
    }

    void olderOnesAreOfferedWhereThereAreSome()
    {
        auto *older = m_panel->findChild<QPushButton *>(u"loadOlder"_s);
        m_panel->showStatus({}, noon);
        QVERIFY(older->isHidden());
        ListStatus status;
        status.canLoadOlder = true;
        status.loaded = u"150 of 4,318 loaded"_s;
        m_panel->showStatus(status, noon);
        QSignalSpy wanted(m_panel.get(), &ConversationsPanel::olderWanted);
        QTest::mouseClick(older, Qt::LeftButton);
        QCOMPARE(wanted.count(), 1);
    }

    void olderOnesCanBeSearchedWithAWordAboutHowFar()
    {
        refresh(many(3));
        auto *search = m_panel->findChild<QPushButton *>(u"searchOlder"_s);
        auto *cancel = m_panel->findChild<QPushButton *>(u"cancelSearch"_s);
        const auto says = [this](const QString &text) {
            const auto labels = m_panel->findChildren<QLabel *>();
            return std::ranges::any_of(labels, [&text](QLabel *label) { return label->text().contains(text); });
        };
        ListStatus status;
        status.canLoadOlder = true;
        m_panel->showStatus(status, noon);
        QVERIFY(search->isHidden()); // nothing is looked for
        m_panel->find(u"Title 00"_s);
        QVERIFY(search->isVisible());

        QSignalSpy wanted(m_panel.get(), &ConversationsPanel::searchWanted);
        QSignalSpy filter(m_panel.get(), &ConversationsPanel::filterChosen);
        QTest::mouseClick(search, Qt::LeftButton);
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(filter.first().first().value<StateFilter>(), StateFilter::All); // it may be in any state

        status.canLoadOlder = false;
        status.search = {OlderSearch::State::Reading, 350, 4318, 8, Duration(6s)};
        m_panel->showStatus(status, noon);
        QVERIFY(says(u"350 of %1, 8 requests, about 6 s"_s.arg(QLocale().toString(4318))));
        QVERIFY(search->isHidden());
        QSignalSpy cancelled(m_panel.get(), &ConversationsPanel::searchCancelled);
        QTest::mouseClick(cancel, Qt::LeftButton);
        QCOMPARE(cancelled.count(), 1);

        status.search = {OlderSearch::State::Done, 4318, 4318, 87, {}};
        m_panel->showStatus(status, noon);
        QVERIFY(says(u"Looked through %1 conversations, 3 matches"_s.arg(QLocale().toString(4318))));
        QVERIFY(cancel->isHidden());
        status.search.state = OlderSearch::State::Cancelled;
        status.search.looked = 350;
        m_panel->showStatus(status, noon);
        QVERIFY(says(u"Looked through 350 of %1, 3 matches"_s.arg(QLocale().toString(4318))));
        m_panel->find(u"Title 000"_s);
        QVERIFY(says(u"Looked through 350 of %1, 1 match"_s.arg(QLocale().toString(4318))));
        status.search = {OlderSearch::State::Done, 1, 1, 1, {}};
        m_panel->showStatus(status, noon);
        QVERIFY(says(u"Looked through 1 conversation, 1 match"_s));
    }

    void aSearchEndsWithItsWord()
    {
        m_panel->find(u"Title"_s);
        ListStatus status;
        status.search = {OlderSearch::State::Reading, 50, 4318, 1, {}};
        m_panel->showStatus(status, noon);
        QSignalSpy cancelled(m_panel.get(), &ConversationsPanel::searchCancelled);
        m_panel->find({});
        QCOMPARE(cancelled.count(), 1);
    }

    void ctrlClickAddsARowAndTakesItOutAgain()
    {
        refresh(many(6));
        QSignalSpy chosen(m_panel.get(), &ConversationsPanel::conversationChosen);
        click(rowOf(u"Title 001"_s));
        click(rowOf(u"Title 004"_s), Qt::ControlModifier);
        QCOMPARE(selected(), QStringList({u"c1"_s, u"c4"_s}));
        QCOMPARE(m_panel->chosen(), ConversationId()); // Details of one has none to show
        QCOMPARE(chosen.last().first().value<ConversationId>(), ConversationId());
        QCOMPARE(footer(), u"2 selected"_s);
        click(rowOf(u"Title 001"_s), Qt::ControlModifier);
        QCOMPARE(m_panel->chosen(), ConversationId{u"c4"_s});
        QCOMPARE(footer(), u"All agents"_s);
    }

    void shiftSelectsARangeByMouseAndByKeyboard()
    {
        refresh(many(8));
        click(rowOf(u"Title 002"_s));
        click(rowOf(u"Title 005"_s), Qt::ShiftModifier);
        QCOMPARE(selected(), QStringList({u"c2"_s, u"c3"_s, u"c4"_s, u"c5"_s}));
        table().setFocus();
        QTest::keyClick(&table(), Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(footer(), u"5 selected"_s);
        QTest::keyClick(&table(), Qt::Key_Up); // a plain key chooses one
        QCOMPARE(m_panel->chosen(), ConversationId{u"c5"_s});
        QVERIFY(table().currentIndex().isValid());
    }

    void allThatIsShownCanBeSelectedByKeyAndInTheMenu()
    {
        refresh(many(12));
        m_panel->find(u"title 00"_s);
        table().setFocus();
        QTest::keyClick(&table(), Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(selected().size(), 10);
        m_panel->find({});
        click(rowOf(u"Title 003"_s));
        QCOMPARE(m_panel->chosen(), ConversationId{u"c3"_s});

        Q_EMIT table().customContextMenuRequested(table().visualRect(rowOf(u"Title 003"_s)).center());
        auto *menu = table().findChild<QMenu *>();
        m_panel->findChild<QAction *>(u"selectAllShownAction"_s)->trigger();
        QCOMPARE(selected().size(), 12);
        menu->close();
    }

    void theMenuOfASelectedRowIsAboutAllOfThem()
    {
        refresh(many(4));
        click(rowOf(u"Title 000"_s));
        click(rowOf(u"Title 002"_s), Qt::ControlModifier);
        Q_EMIT table().customContextMenuRequested(table().visualRect(rowOf(u"Title 002"_s)).center());
        auto *menu = table().findChild<QMenu *>();
        QCOMPARE(selected(), QStringList({u"c0"_s, u"c2"_s}));
        menu->actions().last()->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"c0\nc2"_s);
        delete menu;
        Q_EMIT table().customContextMenuRequested(table().visualRect(rowOf(u"Title 003"_s)).center());
        QCOMPARE(selected(), QStringList{u"c3"_s}); // of another row: about that one
        table().findChild<QMenu *>()->close();
    }

    void whatIsToBeReviewedIsSelectedAndNothingElse()
    {
        refresh(many(4));
        click(rowOf(u"Title 000"_s));
        m_panel->select({{u"c3"_s}, {u"c1"_s}, {u"of no list"_s}});
        QTRY_COMPARE(selected(), QStringList({u"c1"_s, u"c3"_s}));
        click(rowOf(u"Title 002"_s));
        QTRY_COMPARE(selected(), QStringList{u"c2"_s});
    }

    void enterSpaceAndDoubleClickOnSeveralStopNothing()
    {
        refresh(many(4));
        table().setFocus();
        QTest::keyClick(&table(), Qt::Key_A, Qt::ControlModifier);
        for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Delete})
            QTest::keyClick(&table(), key);
        QCOMPARE(selected().size(), 4);
        QTest::mouseDClick(table().viewport(), Qt::LeftButton, {}, table().visualRect(rowOf(u"Title 001"_s)).center());
        QTest::keyClick(&table(), Qt::Key_Space);
        QCOMPARE(m_stopped->count(), 0);
        QVERIFY(table().currentIndex().isValid());
    }

    void whatAFilterHidesLeavesTheSelectionAndIsCounted()
    {
        QList<Conversation> some = many(12);
        some[3].title = some[7].title = u"Another word"_s;
        refresh(some);
        table().setFocus();
        QTest::keyClick(&table(), Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(footer(), u"12 selected"_s);
        m_panel->find(u"Title"_s);
        QTRY_COMPARE(footer(), u"10 selected, 2 more are not visible under the filter and will not be stopped"_s);
        QVERIFY(!selected().contains(u"c3"_s) && !selected().contains(u"c7"_s));
        QCOMPARE(m_panel->selectedButHidden(), 2);
        m_panel->find(u"Another"_s);
        QTRY_COMPARE(footer(), u"2 selected, 10 more are not visible under the filter and will not be stopped"_s);
        m_panel->find(u"nothing has this"_s);
        QTRY_COMPARE(footer(), u"0 selected, 12 more are not visible under the filter and will not be stopped"_s);
        QCOMPARE(selected(), QStringList());
        m_panel->find({});
        QTRY_COMPARE(footer(), u"12 selected"_s); // shown again, selected again
    }

    void whatAPersonSelectsNextForgetsTheHiddenOnes()
    {
        QList<Conversation> some = many(6);
        some[5].title = u"Another word"_s;
        refresh(some);
        table().setFocus();
        QTest::keyClick(&table(), Qt::Key_A, Qt::ControlModifier);
        m_panel->find(u"Title"_s);
        QTRY_COMPARE(m_panel->selectedButHidden(), 1);
        click(rowOf(u"Title 001"_s), Qt::ControlModifier);
        QCOMPARE(footer(), u"4 selected"_s);
        m_panel->find({});
        QCoreApplication::sendPostedEvents();
        QCOMPARE(selected(), QStringList({u"c0"_s, u"c2"_s, u"c3"_s, u"c4"_s}));
    }

    void aSelectedRowStaysWhenItEndsOrVanishes()
    {
        refresh(many(5));
        click(rowOf(u"Title 001"_s));
        click(rowOf(u"Title 002"_s), Qt::ControlModifier);
        QCoreApplication::sendPostedEvents();
        QList<Conversation> next = many(5);
        next[1].state = RowState::Completed;
        next.removeAt(2);
        refresh(next, noon.addSecs(20));
        leaveAlone();
        QCOMPARE(selected(), QStringList({u"c1"_s, u"c2"_s}));
        click(rowOf(u"Title 004"_s), Qt::ControlModifier); // the one that is gone is held on
        QCoreApplication::sendPostedEvents();
        QCOMPARE(selected(), QStringList({u"c1"_s, u"c2"_s, u"c4"_s}));
        click(rowOf(u"Title 004"_s));
        leaveAlone();
        QVERIFY(!titles().contains(u"Title 001"_s) && !titles().contains(u"Title 002"_s));
    }

    void ofAnotherConnectionNothingIsSelected()
    {
        refresh(many(5));
        table().setFocus();
        QTest::keyClick(&table(), Qt::Key_A, Qt::ControlModifier);
        m_model->clear();
        QTRY_COMPARE(footer(), u"All agents"_s);
        refresh(many(5), noon.addSecs(20));
        QCoreApplication::sendPostedEvents();
        QCOMPARE(selected(), QStringList());
    }

    void oneCanBeTakenOut()
    {
        refresh(many(4));
        table().setFocus();
        QTest::keyClick(&table(), Qt::Key_A, Qt::ControlModifier);
        m_panel->takeOut({u"c2"_s});
        QCOMPARE(selected(), QStringList({u"c0"_s, u"c1"_s, u"c3"_s}));
        QCOMPARE(footer(), u"3 selected"_s);
    }

    void theRowMenuHasTheSharedActionAndCopiesTheId()
    {
        refresh(many(2));
        const QPoint spot = table().visualRect(rowOf(u"Title 001"_s)).center();
        Q_EMIT table().customContextMenuRequested(spot);
        auto *menu = table().findChild<QMenu *>();
        QVERIFY(menu);
        QCOMPARE(m_panel->chosen(), ConversationId{u"c1"_s});
        QVERIFY(menu->actions().contains(m_stop.get()));
        menu->actions().last()->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"c1"_s);
        menu->close();
    }

    void columnsGiveWaySoThatTheTitleCanBeRead()
    {
        refresh(many(2));
        m_panel->resize(1200, 400);
        QTRY_VERIFY(!table().isColumnHidden(ConversationListModel::Queue));
        m_panel->resize(640, 400);
        QTRY_VERIFY(table().isColumnHidden(ConversationListModel::Queue));
        QVERIFY(table().columnWidth(ConversationListModel::Title) >= 150);
        QVERIFY(!table().isColumnHidden(ConversationListModel::State));
        QVERIFY(!table().isColumnHidden(ConversationListModel::RunningFor));
    }

    void onlyTheWantedAgentAndStatesAreShown()
    {
        QList<Conversation> some = many(4);
        some[1].agent = {u"a2"_s};
        some[2].state = RowState::WaitingForPerson;
        some[3].state = RowState::Completed;
        refresh(some);
        QCOMPARE(titles(), QStringList({u"Title 000"_s, u"Title 001"_s, u"Title 002"_s})); // live
        m_panel->showOnly({}, StateFilter::WaitingForPerson);
        QCOMPARE(titles(), QStringList{u"Title 002"_s});
        m_panel->showOnly({}, StateFilter::All);
        QCOMPARE(titles().size(), 4);
        m_panel->showOnly({u"a2"_s}, StateFilter::All);
        QCOMPARE(titles(), QStringList{u"Title 001"_s});
    }

    void aChosenRowAndOurStopsStayWhenTheyEnd()
    {
        refresh(many(3));
        click(rowOf(u"Title 001"_s));
        QCoreApplication::sendPostedEvents();
        StopReport stop;
        stop.target.conversation = {u"c2"_s};
        stop.state = StopState::Stopped;
        m_model->setStop(stop);
        QList<Conversation> ended = many(3);
        for (Conversation &each : ended)
            each.state = RowState::Completed;
        refresh(ended, noon.addSecs(20));
        leaveAlone();
        QCOMPARE(titles(), QStringList({u"Title 001"_s, u"Title 002"_s}));
        QCOMPARE(m_panel->chosen(), ConversationId{u"c1"_s});
    }

    void whatWeStoppedLeavesWhatLivesAfterTenMinutes()
    {
        auto *chip = m_panel->findChild<QPushButton *>(u"justStopped"_s);
        refresh(many(2));
        m_panel->showStatus({}, noon.addSecs(10));
        QVERIFY(!chip->isVisible());
        StopReport stop;
        stop.target.conversation = {u"c1"_s};
        stop.state = StopState::Stopped;
        stop.since = noon.addSecs(12);
        m_model->setStop(stop);
        QList<Conversation> ended = many(2);
        ended[1].state = RowState::StoppedByPerson;
        refresh(ended, noon.addSecs(20));
        m_panel->showStatus({}, noon.addSecs(611));
        leaveAlone();
        QCOMPARE(titles(), QStringList({u"Title 000"_s, u"Title 001"_s}));
        m_panel->showStatus({}, noon.addSecs(612));
        QTRY_COMPARE(titles(), QStringList{u"Title 000"_s});
        QVERIFY(chip->isVisible());
        QSignalSpy chosen(m_panel.get(), &ConversationsPanel::filterChosen);
        QTest::mouseClick(chip, Qt::LeftButton);
        QCOMPARE(chosen.first().first().value<StateFilter>(), StateFilter::JustStopped);
        m_panel->showOnly({}, StateFilter::JustStopped);
        QCOMPARE(titles(), QStringList{u"Title 001"_s});
        stop.target.conversation = {u"c0"_s};
        stop.id = 7;
        stop.state = StopState::Refused;
        m_model->setStop(stop); // that one runs on
        leaveAlone();
        QCOMPARE(titles(), QStringList{u"Title 001"_s});
        m_panel->showOnly({}, StateFilter::Running);
        QCOMPARE(titles(), QStringList{u"Title 000"_s});
    }

    void theAgentIsNotRepeatedWhileOneIsChosen()
    {
        m_panel->resize(1200, 400);
        refresh(many(2));
        ListStatus status;
        m_panel->showStatus(status, noon);
        QVERIFY(!table().isColumnHidden(ConversationListModel::Agent));
        status.place = u"Billing helper"_s;
        m_panel->showStatus(status, noon);
        QVERIFY(table().isColumnHidden(ConversationListModel::Agent));
    }

    void aThousandRefreshesMoveNothingThatAPersonLooksAt_data()
    {
        QTest::addColumn<int>("column");
        QTest::newRow("as listed") << -1;
        QTest::newRow("state") << int(ConversationListModel::State);
        QTest::newRow("title") << int(ConversationListModel::Title);
        QTest::newRow("person") << int(ConversationListModel::Person);
        QTest::newRow("running for") << int(ConversationListModel::RunningFor);
    }
    void aThousandRefreshesMoveNothingThatAPersonLooksAt()
    {
        QFETCH(int, column);
        QRandomGenerator random(quint32(column) + 7);
        const auto someRows = [&random] {
            QList<Conversation> some;
            for (int number = 0; number < 45; ++number) {
                if (random.bounded(12) == 0)
                    continue;
                Conversation one = conversation(u"c%1"_s.arg(number), u"Title %1"_s.arg(random.bounded(3) + number % 7),
                                                number % 9 == 8 ? u"c%1"_s.arg(number / 2) : QString());
                one.person.id = u"u%1"_s.arg(number % 5);
                one.state = random.bounded(4) == 0 ? RowState::WaitingForPerson : RowState::Running;
                some << one;
            }
            return some;
        };
        refresh(someRows());
        sortBy(ConversationListModel::Column(column));
        table().setFocus();
        table().chooseRow(table().model()->index(14, 1));
        QCoreApplication::sendPostedEvents();
        const ConversationId chosen = m_panel->chosen();
        table().openPersistentEditor(table().chosenRow());
        table().verticalScrollBar()->setValue(12);
        for (int round = 0; round < 200; ++round) {
            if (round == 20) { // they look at every cell after every change
                delete m_model->findChild<QAbstractItemModelTester *>();
                delete m_panel->findChild<QAbstractItemModelTester *>();
            }
            const QList<ConversationId> inView = this->inView();
            const bool isScrolled = table().verticalScrollBar()->value() > 0;
            const ConversationId current = idOf(table().currentIndex());
            refresh(someRows(), noon.addSecs(20 + round));
            const QList<ConversationId> now = shown();

            QCOMPARE(now, inOrder(column));
            QCOMPARE(m_panel->chosen(), chosen);
            QVERIFY(table().currentIndex().isValid());
            QVERIFY(!now.contains(current) || idOf(table().currentIndex()) == current);
            QVERIFY(table().isPersistentEditorOpen(table().chosenRow()));
            QVERIFY(table().hasFocus());
            const auto stay = [&](int scroll) {
                int staying = 0;
                for (int place = 0; place < inView.size(); ++place)
                    staying += now.indexOf(inView.at(place)) == scroll + place ? 1 : 0;
                return staying;
            };
            int most = 0;
            for (int scroll = 0; isScrolled && scroll <= table().verticalScrollBar()->maximum(); ++scroll)
                most = qMax(most, stay(scroll));
            QVERIFY(stay(table().verticalScrollBar()->value()) >= most);
            QCoreApplication::sendPostedEvents();
        }
    }

    void aThousandRefreshesKeepTheSelection_data() { aThousandRefreshesMoveNothingThatAPersonLooksAt_data(); }
    void aThousandRefreshesKeepTheSelection()
    {
        QFETCH(int, column);
        delete m_model->findChild<QAbstractItemModelTester *>(); // they look at every cell after every change
        delete m_panel->findChild<QAbstractItemModelTester *>();
        QRandomGenerator random(quint32(column) + 3);
        const auto someRows = [&random] {
            QList<Conversation> some;
            for (int number = 0; number < 60; ++number) {
                if (random.bounded(12) == 0)
                    continue;
                Conversation one = conversation(u"c%1"_s.arg(number), u"Title %1"_s.arg(random.bounded(60)),
                                                number % 9 == 8 ? u"c%1"_s.arg(number / 2) : QString());
                one.person.id = u"u%1"_s.arg(random.bounded(5));
                one.state = RowState(int(RowState::NotStarted) + random.bounded(6));
                some.insert(random.bounded(some.size() + 1), one);
            }
            return some;
        };
        refresh(many(60));
        sortBy(ConversationListModel::Column(column));
        for (int row = 3; row < 50; row += 4)
            click(table().model()->index(row, 1), row == 3 ? Qt::NoModifier : Qt::ControlModifier);
        leaveAlone();
        const QStringList before = selected();
        QCOMPARE(before.size(), 12);
        for (int round = 0; round < 200; ++round) {
            refresh(someRows(), noon.addSecs(20 + round));
            if (round % 50 == 20)
                sortBy(ConversationListModel::Column(random.bounded(int(ConversationListModel::ColumnCount))));
            QCoreApplication::sendPostedEvents();
            QCOMPARE(selected(), before);
            QCOMPARE(footer(), u"12 selected"_s);
            QVERIFY(table().currentIndex().isValid());
        }
    }

    void rowsStayWhereTheyAreWhileThePointerMovesOverThem()
    {
        refresh(many(5));
        sortBy(ConversationListModel::Title);
        QTest::mouseMove(table().viewport(), {40, 40});
        QTest::mouseMove(table().viewport(), {44, 44});
        const QStringList before = titles();
        QList<Conversation> next = many(5);
        next[4].title = u"A new title"_s;
        next.removeAt(2);
        next << conversation(u"x1"_s, u"Title 001 b"_s);
        refresh(next, noon.addSecs(20));
        QCOMPARE(titles(), QStringList({before[0], before[1], before[2], before[3], u"A new title"_s}));
        QVERIFY(rows(*m_model).join(u'\n').contains(u"No longer listed"_s));
        QCOMPARE(showNewText(), u"1 new row, show"_s);

        leaveAlone();
        QCOMPARE(titles(), QStringList({u"A new title"_s, before[0], before[1], u"Title 001 b"_s, before[3]}));
        QCOMPARE(showNewText(), QString());
    }

    void whatComesBehindAllOthersNeedNotWait()
    {
        refresh(many(3));
        QTest::keyClick(&table(), Qt::Key_Down);
        refresh(many(4), noon.addSecs(20));
        QCOMPARE(titles().last(), u"Title 003"_s);
        QCOMPARE(showNewText(), QString());
    }

    void aKeyKeepsRowsStillForTwoSeconds()
    {
        refresh(many(2));
        sortBy(ConversationListModel::Title);
        QTest::keyClick(&table(), Qt::Key_Down);
        m_clock->advance(1s);
        QTest::keyClick(&table(), Qt::Key_Down);
        refresh(many(2) << conversation(u"x1"_s, u"A"_s) << conversation(u"x2"_s, u"B"_s), noon.addSecs(20));
        m_clock->advance(1900ms);
        QCOMPARE(titles().size(), 2);
        QCOMPARE(showNewText(), u"2 new rows, show"_s);
        m_clock->advance(100ms);
        QCOMPARE(titles().size(), 4);
    }

    void newRowsAreShownAtOnceWhereAPersonSaysSo()
    {
        refresh(many(2));
        sortBy(ConversationListModel::Title);
        QTest::keyClick(&table(), Qt::Key_Down);
        refresh(many(2) << conversation(u"x1"_s, u"A"_s), noon.addSecs(20));
        QTest::mouseClick(m_panel->findChild<QPushButton *>(u"showNewRows"_s), Qt::LeftButton);
        QCOMPARE(titles().first(), u"A"_s);
        QCOMPARE(showNewText(), QString());
    }

    void anOpenMenuKeepsRowsStillUntilItCloses()
    {
        refresh(many(3));
        sortBy(ConversationListModel::Title);
        const QPoint spot = table().visualRect(rowOf(u"Title 001"_s)).center();
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, spot);
        Q_EMIT table().customContextMenuRequested(spot);
        auto *menu = table().findChild<QMenu *>();
        QTRY_VERIFY(menu->isVisible());
        refresh(many(3) << conversation(u"x1"_s, u"A"_s), noon.addSecs(20));
        m_clock->advance(60s);
        QCOMPARE(titles().first(), u"Title 000"_s);
        menu->close();
        leaveAlone();
        QCOMPARE(titles().first(), u"A"_s);
    }

    void aPressedButtonKeepsRowsStill()
    {
        refresh(many(3));
        sortBy(ConversationListModel::Title);
        const QPoint spot = table().visualRect(rowOf(u"Title 001"_s)).center();
        QTest::mousePress(table().viewport(), Qt::LeftButton, {}, spot);
        refresh(many(3) << conversation(u"x1"_s, u"A"_s), noon.addSecs(20));
        m_clock->advance(10s);
        QCOMPARE(titles().first(), u"Title 000"_s);
        QTest::mouseRelease(table().viewport(), Qt::LeftButton, {}, spot);
        leaveAlone();
        QCOMPARE(titles().first(), u"A"_s);
    }

    void thereIsACurrentRowAsLongAsThereAreRows()
    {
        refresh(many(5));
        QVERIFY(table().currentIndex().isValid());
        table().chooseRow(rowOf(u"Title 004"_s));
        QCoreApplication::sendPostedEvents();
        table().chooseRow({});
        QCoreApplication::sendPostedEvents();
        refresh(many(4), noon.addSecs(20)); // the current row goes
        QVERIFY(table().currentIndex().isValid());
        m_panel->find(u"Title 000"_s);
        QVERIFY(table().currentIndex().isValid());
        m_panel->find(u"nothing"_s);
        QVERIFY(!table().currentIndex().isValid());
        m_panel->find({});
        QVERIFY(table().currentIndex().isValid());
        sortBy(ConversationListModel::RunningFor);
        QVERIFY(table().currentIndex().isValid());
        QCOMPARE(m_panel->chosen(), ConversationId());
    }

    void aLongListIsSearchedAndSortedAtOnce()
    {
        const int count = 2500;
        refresh(many(count));
        m_panel->find(u"Title 2050"_s);
        QCOMPARE(titles(), QStringList{u"Title 2050"_s});
        refresh(many(count) << conversation(u"x1"_s, u"Title 2050 again"_s), noon.addSecs(20));
        QCOMPARE(titles().size(), 2);
        QCOMPARE(m_panel->hiddenByFind(), count - 1);
        m_panel->find({});
        QCOMPARE(shown(), inOrder());
        sortBy(ConversationListModel::Title);
        QList<Conversation> next = many(count).mid(100);
        next.removeAt(1000);
        refresh(next << conversation(u"x2"_s, u"A"_s), noon.addSecs(30));
        QCOMPARE(titles().first(), u"A"_s);
        QCOMPARE(shown(), inOrder(ConversationListModel::Title));
    }

    /// So many go that the list is moved as a whole: what is selected and looked at is still the same.
    void aHundredScatteredRowsThatGoLeaveTheOthersAsTheyWere()
    {
        refresh(many(400));
        sortBy(ConversationListModel::Title);
        click(rowOf(u"Title 101"_s));
        click(rowOf(u"Title 202"_s), Qt::ControlModifier);
        click(rowOf(u"Title 103"_s), Qt::ControlModifier);
        leaveAlone();
        QList<Conversation> next = many(400);
        next.removeIf([](const Conversation &each) { return each.title.back() == u'0' || each.title.back() == u'4'; });
        next << conversation(u"x1"_s, u"Title 102 b"_s);
        refresh(next, noon.addSecs(20));
        QCOMPARE(shown(), inOrder(ConversationListModel::Title));
        QCOMPARE(shown().size(), 321);
        QCOMPARE(selected(), QStringList({u"c101"_s, u"c103"_s, u"c202"_s}));
        QCOMPARE(idOf(table().currentIndex()), ConversationId{u"c103"_s});
    }

    /// Qt carries "all selected" through a change of layout by the number of rows.
    void whatComesWhenAllAreSelectedIsNotSelectedWithThem()
    {
        refresh(many(200));
        m_panel->find(u"Title"_s);
        table().setFocus();
        QTest::keyClick(&table(), Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(selected().size(), 200);
        leaveAlone();
        QList<Conversation> next = many(200);
        next[7].title = u"Another word"_s;
        next << conversation(u"x1"_s, u"Title that came"_s);
        refresh(next, noon.addSecs(20));
        QCOMPARE(titles().size(), 200);
        QVERIFY(!selected().contains(u"x1"_s) && !selected().contains(u"c7"_s));
        QTRY_COMPARE(footer(), u"199 selected, 1 more is not visible under the filter and will not be stopped"_s);
    }

    void theNeighbourOfACurrentRowThatGoesIsTheNextCurrentOne()
    {
        refresh(many(20));
        click(rowOf(u"Title 005"_s));
        table().chooseRow({});
        leaveAlone();
        QList<Conversation> next = many(20);
        next.removeAt(5);
        refresh(next, noon.addSecs(20));
        QCOMPARE(idOf(table().currentIndex()), ConversationId{u"c6"_s});
        QCOMPARE(table().currentIndex().column(), int(ConversationListModel::Title));
        QCOMPARE(m_panel->chosen(), ConversationId());
    }

    void itSaysWhichRowsAreInView()
    {
        QSignalSpy said(m_panel.get(), &ConversationsPanel::viewChanged);
        refresh(many(60));
        QTRY_COMPARE(said.count(), 1);
        const auto ids = said.takeFirst().first().value<QList<ConversationId>>();
        QCOMPARE(ids, shown().first(ids.size()));
        QVERIFY(ids.size() >= 5 && ids.size() < 20);
        table().verticalScrollBar()->setValue(10);
        table().verticalScrollBar()->setValue(12);
        QTRY_COMPARE(said.count(), 1); // once, a moment later
        QCOMPARE(said.first().first().value<QList<ConversationId>>(), shown().mid(12, ids.size()));
    }
};

}

STOPDESK_TEST(conversationspanel, ConversationsPanelTest, QApplication)

#include "tst_conversationspanel.moc"
