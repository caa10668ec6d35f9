#include "app/models/problemlistmodel.h"
#include "app/types/clock.h"
#include "tests/support/testmain.h"
#include "ui/panels/problemspanel.h"
#include "ui/panels/rowtable.h"

#include <QAccessible>
#include <QAction>
#include <QCheckBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace problemspanel_test {

using namespace Qt::StringLiterals;

class ProblemsPanelTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ProblemListModel> m_model;
    std::unique_ptr<ProblemsPanel> m_panel;
    std::unique_ptr<QSignalSpy> m_wanted;

    RowTable &table() { return *m_panel->findChild<RowTable *>(u"problems"_s); }
    QPoint spotOf(Field field)
    {
        for (int row = 0; row < table().model()->rowCount(); ++row) {
            const QModelIndex index = table().model()->index(row, ProblemListModel::WhatHappened);
            if (Field(index.data(ProblemListModel::FieldRole).toInt()) == field)
                return table().visualRect(index).center();
        }
        return {-1, -1};
    }
    void addInvalid()
    {
        Failure failure;
        failure.kind = FailureKind::Invalid;
        failure.reached = Reached::Answered;
        failure.status = 422;
        failure.request = {u"request-1"_s};
        failure.fields = {
            {{u"body"_s, u"clear_queue"_s}, u"value could not be parsed to a boolean"_s, u"type_error.bool"_s},
            {{u"path"_s, u"conversation_id"_s}, u"value is not a valid uuid"_s, u"type_error.uuid"_s}};
        m_model->add(failure, {Subject::Stop, u"Weekly outreach"_s}, QDateTime::currentDateTimeUtc());
    }

    void addFailed(Subject subject, const QString &connection)
    {
        Failure failure;
        failure.kind = FailureKind::TimedOut;
        m_model->add(failure, {subject, {}, {connection}}, QDateTime::currentDateTimeUtc());
    }
    void showAcme()
    {
        Connection acme;
        acme.id = {u"acme"_s};
        m_panel->showConnection(acme);
    }
    /// What the rows that are shown are about, as the place says it.
    QStringList subjects()
    {
        QStringList places;
        for (int row = 0; row < table().model()->rowCount(); ++row)
            places << table().model()->index(row, ProblemListModel::Where).data().toString();
        return places;
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s));
        m_model = std::make_unique<ProblemListModel>();
        m_panel = std::make_unique<ProblemsPanel>(*m_model);
        m_wanted = std::make_unique<QSignalSpy>(m_panel.get(), &ProblemsPanel::fieldWanted);
        m_panel->resize(1200, 200);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    }
    void cleanup()
    {
        m_wanted.reset();
        m_panel.reset();
    }

    void anEmptyPanelSaysSo() { QCOMPARE(table().message(), u"What goes wrong is told here, and what to do about it."_s); }

    void aClickLeadsToTheField()
    {
        addInvalid();
        QCOMPARE(table().message(), QString());
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, spotOf(Field::ClearQueue));
        QCOMPARE(m_wanted->takeFirst().first().value<ProblemRow>().problem.field, Field::ClearQueue);
    }

    void movingThroughTheRowsLeadsNowhereAndEnterDoes()
    {
        addInvalid();
        table().setFocus();
        QTest::keyClick(&table(), Qt::Key_Down);
        QTest::keyClick(&table(), Qt::Key_Down);
        QTest::keyClick(&table(), Qt::Key_Up);
        QCOMPARE(m_wanted->count(), 0);
        const Field expected = Field(table().chosenRow().data(ProblemListModel::FieldRole).toInt());
        QTest::keyClick(&table(), Qt::Key_Return);
        QCOMPARE(m_wanted->takeFirst().first().value<ProblemRow>().problem.field, expected);
    }

    void theButtonLeadsToo()
    {
        auto *show = m_panel->findChild<QPushButton *>(u"problemStep"_s);
        QVERIFY(!show->isEnabled());
        QVERIFY(!m_panel->findChild<QAction *>(u"copyProblem"_s)->isEnabled());
        addInvalid();
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, spotOf(Field::ClearQueue));
        m_wanted->clear();
        QTest::mouseClick(show, Qt::LeftButton);
        QCOMPARE(m_wanted->count(), 1);
    }

    void aWaitIsCountedDownAndThenItCanBeCheckedAgain()
    {
        auto *step = m_panel->findChild<QPushButton *>(u"problemStep"_s);
        QSignalSpy wanted(m_panel.get(), &ProblemsPanel::stepWanted);
        const QDateTime noon(QDate(2026, 5, 13), QTime(12, 0), utcZone);
        Failure failure;
        failure.kind = FailureKind::TooMany;
        failure.reached = Reached::Answered;
        failure.status = 429;
        failure.retryAfter = std::chrono::seconds(40);
        m_model->add(failure, {Subject::Conversations, {}}, noon);
        m_panel->showTime(noon.addSecs(2));
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, table().visualRect(table().model()->index(0, 1)).center());
        QCOMPARE(step->text(), u"Wait 38 s"_s);
        QVERIFY(!step->isEnabled());
        m_panel->showTime(noon.addSecs(40));
        QCOMPARE(step->text(), u"Check again"_s);
        QTest::mouseClick(step, Qt::LeftButton);
        QCOMPARE(wanted.takeFirst().first().value<ProblemStep>(), ProblemStep::CheckAgain);
    }

    void oneOrAllCanBeCopied()
    {
        QSignalSpy copied(m_panel.get(), &ProblemsPanel::copyWanted);
        auto *button = m_panel->findChild<QPushButton *>(u"copyProblems"_s);
        QVERIFY(!button->isEnabled());
        addInvalid();
        QVERIFY(button->isEnabled());
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, spotOf(Field::ClearQueue));
        m_panel->findChild<QAction *>(u"copyProblem"_s)->trigger();
        const QString one = copied.takeFirst().first().toString();
        QVERIFY2(one.contains(u"could not be parsed to a boolean") && !one.contains(u"valid uuid"), qPrintable(one));
        m_panel->findChild<QAction *>(u"copyProblemsAsText"_s)->trigger();
        const QString text = copied.takeFirst().first().toString();
        QVERIFY2(text.contains(u"could not be parsed to a boolean") && text.contains(u"valid uuid"), qPrintable(text));
        m_panel->findChild<QAction *>(u"copyProblemsAsJson"_s)->trigger();
        const QJsonArray records = QJsonDocument::fromJson(copied.takeFirst().first().toString().toUtf8()).array();
        QCOMPARE(records.size(), 2);
        QCOMPARE(records.at(0)[u"request_id"_s].toString(), u"request-1"_s);
        QCOMPARE(records.at(0)[u"effect"_s].toString(), u"Nothing was stopped"_s);
        QCOMPARE(records.at(0)[u"http_status"_s].toInt(), 422);
    }

    void theNewestIsTheChosenOneUntilAPersonChooses()
    {
        auto *step = m_panel->findChild<QPushButton *>(u"problemStep"_s);
        addInvalid();
        QCOMPARE(table().chosenRow().row(), 0);
        QVERIFY(step->isEnabled());
        Failure failure;
        failure.kind = FailureKind::TimedOut;
        m_model->add(failure, {Subject::Conversations, {}}, QDateTime::currentDateTimeUtc());
        QCOMPARE(table().chosenRow().row(), 0);
        QCOMPARE(step->text(), u"Check again"_s);
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, spotOf(Field::ClearQueue));
        failure.kind = FailureKind::ServerError;
        m_model->add(failure, {Subject::Conversations, {}}, QDateTime::currentDateTimeUtc());
        QCOMPARE(table().chosenRow().row(), 2);
        QCOMPARE(step->text(), u"Show the field"_s);
    }

    void theSumSaysHowManyAndLeadsIntoThem()
    {
        QWidget *sum = m_panel->findChild<QWidget *>(u"problemsSum"_s);
        QCOMPARE(sum->accessibleName(), u"No problems"_s);
        QAccessibleInterface *heard = QAccessible::queryAccessibleInterface(sum);
        QCOMPARE(heard->role(), QAccessible::AlertMessage);
        addInvalid();
        QCOMPARE(sum->accessibleName(),
                 u"2 problems. Nothing was stopped: value could not be parsed to a boolean"_s);
        m_panel->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
        m_panel->focusSum();
        QTRY_VERIFY(sum->hasFocus());
        QTest::keyClick(sum, Qt::Key_Down);
        QVERIFY(table().hasFocus());
        QCOMPARE(table().chosenRow().row(), 0);
        QCOMPARE(m_wanted->count(), 0);
        m_panel->focusSum();
        QTest::keyClick(sum, Qt::Key_Return);
        QCOMPARE(m_wanted->takeFirst().first().value<ProblemRow>().problem.field, Field::ClearQueue);
    }

    void whyAStepIsNotToBeHadIsSaidInPlaceOfTheCounts()
    {
        const auto note = [this] { return m_panel->findChild<QLabel *>(u"note"_s)->text(); };
        QWidget *sum = m_panel->findChild<QWidget *>(u"problemsSum"_s);
        addInvalid();
        QCOMPARE(note(), u"Nothing was stopped: 2"_s);
        m_panel->showWhyNot(u"“Weekly outreach” is not listed any more."_s);
        QCOMPARE(note(), u"▲ “Weekly outreach” is not listed any more."_s);
        QCOMPARE(sum->accessibleName(), u"2 problems. “Weekly outreach” is not listed any more."_s);
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {},
                          table().visualRect(table().model()->index(1, ProblemListModel::WhatHappened)).center());
        QCOMPARE(note(), u"Nothing was stopped: 2"_s);
    }

    void detailsAreThereForEngineers()
    {
        addInvalid();
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, spotOf(Field::ClearQueue));
        auto *details = m_panel->findChild<QPlainTextEdit *>(u"problemDetails"_s);
        QVERIFY(!details->isVisible());
        QTest::mouseClick(m_panel->findChild<QPushButton *>(u"showProblemDetails"_s), Qt::LeftButton);
        QVERIFY(details->isVisible());
        for (const QString &part : {u"request-1"_s, u"clear_queue"_s, u"type_error.bool"_s})
            QVERIFY2(details->toPlainText().contains(part), qPrintable(details->toPlainText()));
    }

    void theNewestStaysInSight()
    {
        m_panel->hide(); // as behind the other tab
        for (int times = 0; times < 6; ++times)
            addInvalid();
        Failure failure;
        failure.kind = FailureKind::TimedOut;
        for (int number = 0; number < 20; ++number)
            m_model->add(failure, {Subject::Conversations, u"Number %1"_s.arg(number)}, QDateTime::currentDateTimeUtc());
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
        QCOMPARE(table().indexAt({4, 4}).row(), 0);
    }

    void onlyThoseOfTheOpenConnectionAreShownUntilAllAreAskedFor()
    {
        const auto note = [this] { return m_panel->findChild<QLabel *>(u"note"_s)->text(); };
        auto *all = m_panel->findChild<QCheckBox *>(u"allConnections"_s);
        showAcme();
        addFailed(Subject::Conversations, u"acme"_s);
        addFailed(Subject::Conversations, u"beta"_s);
        addFailed(Subject::Journal, {});
        addFailed(Subject::ConnectionTest, u"new"_s); // of the dialog that is open
        QCOMPARE(subjects(), QStringList({u"Connection test"_s, u"Journal"_s, u"Conversations"_s}));
        QCOMPARE(note(), u"No stop involved: 3 · 1 of other connections"_s);
        QCOMPARE(m_panel->shown().rowCount(), 3);
        all->setFocus();
        QTest::keyClick(all, Qt::Key_Space);
        QCOMPARE(subjects(), QStringList({u"Connection test"_s, u"Journal"_s, u"Conversations"_s, u"Conversations"_s}));
        QCOMPARE(note(), u"No stop involved: 4"_s);
        QTest::keyClick(all, Qt::Key_Space);
        m_panel->showConnection({});
        QCOMPARE(subjects(), QStringList({u"Connection test"_s, u"Journal"_s}));
    }

    void whatIsNotShownIsNotChosen()
    {
        showAcme();
        addFailed(Subject::Conversations, u"beta"_s);
        QVERIFY(!table().chosenRow().isValid());
        QVERIFY(!m_panel->showsNewest());
        addFailed(Subject::Conversations, u"acme"_s);
        QCOMPARE(table().chosenRow().row(), 0);
        QVERIFY(m_panel->showsNewest());
    }

    void whatIsOverIsMutedAndCanBeRemoved()
    {
        auto *step = m_panel->findChild<QPushButton *>(u"problemStep"_s);
        const auto ink = [this](int row) { // the darkest of what is written there
            const QRect cell = table().visualRect(table().model()->index(row, ProblemListModel::WhatHappened));
            const QImage image = table().viewport()->grab(cell.adjusted(6, 0, 0, -2)).toImage();
            int darkest = 255;
            for (int x = 0; x < image.width(); ++x) {
                for (int y = 0; y < image.height(); ++y)
                    darkest = qMin(darkest, qGray(image.pixel(x, y)));
            }
            return darkest;
        };
        const auto click = [this](int row) {
            QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, table().visualRect(table().model()->index(row, 1)).center());
        };
        showAcme();
        addFailed(Subject::RunState, u"acme"_s);
        addFailed(Subject::Agents, u"acme"_s);
        addFailed(Subject::Conversations, u"acme"_s);
        m_panel->showTime(QDateTime::currentDateTimeUtc());
        table().clearSelection();
        click(1);
        QTest::keyClick(&table(), Qt::Key_Delete);
        QCOMPARE(m_model->rowCount(), 3); // it still is so
        QCOMPARE(step->text(), u"Check again"_s);
        for (const Subject subject : {Subject::Agents, Subject::Conversations})
            m_model->tellSince({subject, {}, {u"acme"_s}}, {}, QDateTime::currentDateTimeUtc());
        QCOMPARE(step->text(), u"Remove"_s);
        table().clearSelection();
        QVERIFY2(ink(1) > ink(2) + 30, qPrintable(u"%1 %2"_s.arg(ink(1)).arg(ink(2))));
        click(1);
        QTest::mouseClick(step, Qt::LeftButton);
        QCOMPARE(subjects(), QStringList({u"Conversations"_s, u"Live state"_s}));
        click(0);
        QTest::keyClick(&table(), Qt::Key_Delete);
        QCOMPARE(subjects(), QStringList{u"Live state"_s});
    }

    void allThatAreShownCanBeCleared()
    {
        auto *clear = m_panel->findChild<QPushButton *>(u"clearProblems"_s);
        showAcme();
        QVERIFY(!clear->isEnabled());
        addInvalid();
        addFailed(Subject::Conversations, u"acme"_s);
        addFailed(Subject::Conversations, u"beta"_s);
        QVERIFY(clear->isEnabled());
        QTest::mouseClick(clear, Qt::LeftButton);
        QCOMPARE(subjects(), QStringList());
        QVERIFY(!clear->isEnabled());
        QVERIFY(m_model->marks().isEmpty());
        QCOMPARE(m_model->rowCount(), 1); // who did not see it did not clear it
        QCOMPARE(table().message(), u"What goes wrong is told here, and what to do about it."_s);
    }

    void aNewProblemMovesNoSelection()
    {
        addInvalid();
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, spotOf(Field::ClearQueue));
        const auto number = table().chosenRow().data(ProblemListModel::NumberRole);
        Failure failure;
        failure.kind = FailureKind::TimedOut;
        m_model->add(failure, {Subject::Conversations, {}}, QDateTime::currentDateTimeUtc());
        QCOMPARE(table().chosenRow().data(ProblemListModel::NumberRole), number);
    }
};

}

STOPDESK_TEST(problemspanel, ProblemsPanelTest, QApplication)

#include "tst_problemspanel.moc"
