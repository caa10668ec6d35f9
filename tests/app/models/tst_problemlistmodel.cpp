#include "app/models/problemlistmodel.h"
#include "app/types/clock.h"
#include "app/words/words.h"
#include "tests/support/rows.h"
#include "tests/support/testmain.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

namespace problemlistmodel_test {

using namespace Qt::StringLiterals;

/// Failures as entries: one for each error of a 422, equal ones counted, none dropped.
class TestProblemListModel : public QObject {
    Q_OBJECT

private:
    static Failure failure(FailureKind kind, int status)
    {
        Failure failure;
        failure.kind = kind;
        failure.reached = Reached::Answered;
        failure.status = status;
        return failure;
    }
    static Failure invalid(const QList<QStringList> &places)
    {
        Failure rejected = failure(FailureKind::Invalid, 422);
        for (const QStringList &place : places)
            rejected.fields.append({place, u"wrong %1"_s.arg(place.last()), u"type_error"_s});
        return rejected;
    }
    QStringList column(int column) const
    {
        QStringList texts;
        for (int row = 0; row < m_model->rowCount(); ++row)
            texts.append(m_model->index(row, column).data().toString());
        return texts;
    }
    QStringList numbers() const
    {
        QStringList numbers;
        for (int i = 0; i < m_model->rowCount(); ++i)
            numbers.append(m_model->index(i, 0).data(ProblemListModel::NumberRole).toString());
        return numbers;
    }

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<ProblemListModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }

    void eachErrorOfA422IsAnEntryAndAMark()
    {
        QSignalSpy added(m_model.get(), &ProblemListModel::added);
        QSignalSpy marks(m_model.get(), &ProblemListModel::marksChanged);
        m_model->add(invalid({{u"body"_s, u"clear_queue"_s}, {u"path"_s, u"conversation_id"_s}, {u"body"_s, u"x"_s}}),
                     {Subject::StopById, {}}, m_at);
        QCOMPARE(rows(*m_model), QStringList({
            u"Nothing was stopped | 12:00:00 | wrong clear_queue | Also clear the queue · body › clear_queue | "_s,
            u"Nothing was stopped | 12:00:00 | wrong conversation_id | Conversation id · path › conversation_id | "_s,
            u"Nothing was stopped | 12:00:00 | wrong x | body › x | "_s}));
        QCOMPARE(added.size(), 1);
        QCOMPARE(added.at(0).at(0).value<Occasion>().subject, Subject::StopById);
        QCOMPARE(marks.size(), 1);
        const QList<QPair<Field, QString>> expected{{Field::ClearQueue, u"wrong clear_queue"_s},
                                                    {Field::ConversationId, u"wrong conversation_id"_s}};
        QCOMPARE(m_model->marks(), expected);
    }

    void withoutFieldsThereIsOneEntryWithTheSentence()
    {
        m_model->add(failure(FailureKind::KeyRefused, 401), {Subject::Agents, {}}, m_at);
        QCOMPARE(rows(*m_model), QStringList{u"No stop involved | 12:00:00 | The service does not accept the key of this "
                                             "connection. Enter a key that works. | Agents | "_s});
        QVERIFY(m_model->marks().isEmpty());
    }

    void equalOnesAreCountedAndComeToTheTopInSilence()
    {
        const Failure lost = failure(FailureKind::ServerError, 500);
        m_model->add(lost, {Subject::Agents, {}}, m_at);
        m_model->add(lost, {Subject::Conversations, {}}, m_at);
        m_model->add(failure(FailureKind::Forbidden, 403), {Subject::Stop, u"one"_s}, m_at);
        const QStringList before = numbers();
        QSignalSpy added(m_model.get(), &ProblemListModel::added);
        Failure again = lost;
        again.request = {u"another request"_s};
        again.retryAfter = Duration(5000);
        m_model->add(again, {Subject::Conversations, {}}, m_at.addSecs(10));
        m_model->add(again, {Subject::Agents, {}}, m_at.addSecs(10));
        m_model->add(again, {Subject::Agents, {}}, m_at.addSecs(20));
        QCOMPARE(numbers(), QStringList({before.at(2), before.at(1), before.at(0)}));
        QCOMPARE(added.size(), 0);
        QCOMPARE(column(ProblemListModel::Count), QStringList({u"3 ×"_s, u"2 ×"_s, QString()}));
        QCOMPARE(column(ProblemListModel::Time), QStringList({u"12:00:20"_s, u"12:00:10"_s, u"12:00:00"_s}));
        QCOMPARE(m_model->row(0).problem.failure.request.value, u"another request"_s);
    }

    void oneConnectionsProblemIsNotAnothers()
    {
        const Failure lost = failure(FailureKind::ServerError, 500);
        m_model->add(lost, {Subject::Agents, {}, {u"acme"_s}}, m_at);
        QSignalSpy added(m_model.get(), &ProblemListModel::added);
        m_model->add(lost, {Subject::Agents, {}, {u"beta"_s}}, m_at.addSecs(10));
        QCOMPARE(m_model->rowCount(), 2);
        QCOMPARE(added.size(), 1);
        m_model->tellSince({Subject::Agents, {}, {u"beta"_s}}, {}, m_at.addSecs(20));
        QVERIFY(m_model->row(0).problem.isSettled());
        QVERIFY(!m_model->row(1).problem.isSettled());
    }

    void whatCanBeReadAgainIsOverAndWhatFailsAnewIsNot()
    {
        const Occasion lists{Subject::Conversations, {}, {u"acme"_s}};
        const Occasion older{Subject::Conversations, u"Older conversations"_s, {u"acme"_s}};
        const Failure lost = failure(FailureKind::ServerError, 500);
        m_model->add(lost, lists, m_at);
        m_model->add(failure(FailureKind::ServerError, 503), older, m_at);
        m_model->tellSince(lists, {}, m_at.addSecs(20));
        m_model->tellSince(lists, {}, m_at.addSecs(40)); // and goes on being read
        QVERIFY(!m_model->row(0).problem.isSettled());
        QCOMPARE(m_model->row(1).problem.settledAt(), m_at.addSecs(20));
        QCOMPARE(m_model->index(1, ProblemListModel::Time).data().toString(),
                 u"12:00:00\nover since "_s + words::timeOfDay(m_at.addSecs(20)));
        QVERIFY(m_model->index(1, 0).data(Qt::AccessibleTextRole).toString().contains(u"over since"_s));
        QVERIFY(!m_model->index(1, ProblemListModel::WhatHappened).data().toString().contains(u"next refresh"_s));
        QSignalSpy added(m_model.get(), &ProblemListModel::added);
        m_model->add(lost, lists, m_at.addSecs(60));
        QCOMPARE(added.size(), 1);
        QCOMPARE(m_model->rowCount(), 2);
        QCOMPARE(column(ProblemListModel::Time), QStringList({u"12:01:00"_s, u"12:00:00"_s}));
        QCOMPARE(column(ProblemListModel::Count), QStringList({u"2 ×"_s, QString()}));
    }

    void whatIsOverMarksNothing()
    {
        m_model->add(invalid({{u"query"_s, u"page"_s}, {u"path"_s, u"agent_id"_s}}), {Subject::Agents, {}, {u"acme"_s}}, m_at);
        QCOMPARE(m_model->marks().size(), 1);
        QSignalSpy marks(m_model.get(), &ProblemListModel::marksChanged);
        m_model->tellSince({Subject::Agents, {}, {u"acme"_s}}, {}, m_at.addSecs(20));
        QVERIFY(m_model->marks().isEmpty());
        QCOMPARE(marks.size(), 1);
    }

    void aPersonRemovesThem()
    {
        m_model->add(invalid({{u"body"_s, u"clear_queue"_s}}), {Subject::Stop, u"one"_s}, m_at);
        m_model->add(failure(FailureKind::ServerError, 500), {Subject::Agents, {}}, m_at);
        m_model->remove({m_model->row(1).number});
        QCOMPARE(m_model->rowCount(), 1);
        QCOMPARE(m_model->row(0).problem.subject, Subject::Agents);
        QVERIFY(m_model->marks().isEmpty());
    }

    void whatDiffersIsNotCounted()
    {
        m_model->add(failure(FailureKind::ServerError, 500), {Subject::Agents, {}}, m_at);
        m_model->add(failure(FailureKind::ServerError, 503), {Subject::Agents, {}}, m_at);
        m_model->add(failure(FailureKind::ServerError, 500), {Subject::Stop, u"one"_s}, m_at);
        m_model->add(failure(FailureKind::Forbidden, 403), {Subject::Stop, u"one"_s}, m_at);
        QCOMPARE(m_model->rowCount(), 4);
    }

    void whatHappensToSeveralIsOneEntry()
    {
        for (const QString &title : {u"one"_s, u"two"_s, u"three"_s, u"two"_s})
            m_model->add(failure(FailureKind::ServerError, 500), {Subject::Stop, title}, m_at);
        QCOMPARE(m_model->rowCount(), 1);
        QCOMPARE(m_model->index(0, ProblemListModel::Where).data().toString(), u"two and 2 others"_s);
        QCOMPARE(m_model->index(0, ProblemListModel::Count).data().toString(), u"4 ×"_s);
        const QString details = m_model->index(0, 0).data(ProblemListModel::DetailsRole).toString();
        QVERIFY2(details.contains(u"Also about: three, one\n"), qPrintable(details));
    }

    void whatHappensAgainAfterSomethingElseComesToTheTop()
    {
        m_model->add(failure(FailureKind::ServerError, 500), {Subject::Agents, {}}, m_at);
        m_model->add(failure(FailureKind::ServerError, 503), {Subject::Agents, {}}, m_at);
        const QPersistentModelIndex first(m_model->index(1, 0));
        QSignalSpy added(m_model.get(), &ProblemListModel::added);
        m_model->add(failure(FailureKind::ServerError, 500), {Subject::Agents, {}}, m_at.addSecs(5));
        QCOMPARE(m_model->rowCount(), 2);
        QCOMPARE(first.row(), 0);
        QCOMPARE(m_model->index(0, ProblemListModel::Count).data().toString(), u"2 ×"_s);
        QCOMPARE(m_model->row(0).problem.at, m_at.addSecs(5));
        QCOMPARE(added.size(), 1);
    }

    void errorsThatWereNotReadAreCounted()
    {
        QList<QStringList> places;
        for (int i = 0; i < 100; ++i)
            places.append({u"body"_s, u"jobs"_s, u"[%1]"_s.arg(i)});
        Failure many = invalid(places);
        many.moreFields = 900;
        m_model->add(many, {Subject::Stop, {}}, m_at);
        QCOMPARE(m_model->rowCount(), 101);
        QCOMPARE(m_model->index(100, ProblemListModel::WhatHappened).data().toString(),
                 u"900 more errors in the same answer are not shown."_s);
    }

    void atMostFiveHundredAreKept()
    {
        for (int i = 0; i < 520; ++i)
            m_model->add(failure(FailureKind::ServerError, 1000 + i), {Subject::Stop, QString::number(i)}, m_at);
        QCOMPARE(m_model->rowCount(), 500);
        QCOMPARE(m_model->index(0, ProblemListModel::Where).data().toString(), u"519"_s);
        QCOMPARE(m_model->index(499, ProblemListModel::Where).data().toString(), u"20"_s);
    }

    void correctingAFieldTakesItsEntriesAndMark()
    {
        m_model->add(invalid({{u"body"_s, u"clear_queue"_s}, {u"path"_s, u"agent_id"_s}}), {Subject::Stop, {}}, m_at);
        QSignalSpy marks(m_model.get(), &ProblemListModel::marksChanged);
        m_model->clearField(Field::ClearQueue);
        QCOMPARE(marks.size(), 1);
        QCOMPARE(m_model->marks().size(), 1);
        QCOMPARE(m_model->marks().first().first, Field::Agents);
        m_model->clearField(Field::ClearQueue);
        m_model->clearField(Field::None);
        QCOMPARE(marks.size(), 1);
        QCOMPARE(m_model->rowCount(), 1);
    }

    void sendingAgainTakesTheFieldsOfThatSubject()
    {
        m_model->add(failure(FailureKind::ServerError, 500), {Subject::Stop, {}}, m_at);
        m_model->add(invalid({{u"body"_s, u"clear_queue"_s}, {u"body"_s, u"x"_s}}), {Subject::Stop, {}}, m_at);
        m_model->add(invalid({{u"key"_s}}), {Subject::Connection, {}}, m_at);
        m_model->clearSubject(Subject::Stop);
        QCOMPARE(m_model->rowCount(), 2);
        QCOMPARE(m_model->marks().size(), 1);
        QCOMPARE(m_model->marks().first().first, Field::Key);
    }

    void aMarkHasTheNewestWords()
    {
        Failure first = invalid({{u"key"_s}});
        m_model->add(first, {Subject::Connection, {}}, m_at);
        first.fields[0].message = u"newer"_s;
        m_model->add(first, {Subject::Connection, {}}, m_at);
        QCOMPARE(m_model->marks().size(), 1);
        QCOMPARE(m_model->marks().first().second, u"newer"_s);
    }

    void whatAStopCameToLaterIsToldBesideItsEntries()
    {
        const Occasion one{Subject::Stop, u"one"_s, {u"acme"_s}, {u"c1"_s}};
        const Occasion two{Subject::StopById, u"two"_s, {u"acme"_s}, {u"c2"_s}};
        const Failure lost = failure(FailureKind::ServerError, 500);
        m_model->add(lost, one, m_at);
        m_model->add(lost, two, m_at);
        m_model->add(lost, {Subject::Queue, u"one"_s, {u"acme"_s}, {u"c1"_s}}, m_at);
        const auto settled = [this](int row) { return m_model->index(row, 0).data(ProblemListModel::SettledRole).toBool(); };
        m_model->tellSince({Subject::Stop, u"one"_s, {u"other"_s}, {u"c1"_s}}, u"Stopped"_s, m_at);
        QVERIFY(!settled(0) && !settled(1) && !settled(2));
        m_model->tellSince({Subject::StopById, u"renamed"_s, {u"acme"_s}, {u"c1"_s}}, u"Still running"_s, {});
        QVERIFY(!settled(2)); // known, and nothing to be at ease about
        m_model->tellSince(one, u"Stopped 12:04:31"_s, m_at.addSecs(31));
        QVERIFY(settled(2));
        QVERIFY(!settled(0) && !settled(1)); // its queue is another matter
        QVERIFY(m_model->index(2, ProblemListModel::WhatHappened).data().toString().endsWith(
            u"Since then: Stopped 12:04:31."_s));
        QCOMPARE(m_model->rowCount(), 3);
        m_model->add(lost, one, m_at.addSecs(60)); // a new stop of it, lost again
        QVERIFY(!m_model->index(0, 0).data(ProblemListModel::SettledRole).toBool());
    }

    void oneMessageIsNotAnother()
    {
        Occasion first{Subject::Queue, u"one"_s, {u"acme"_s}, {u"c1"_s}};
        first.message = {u"m1"_s};
        Occasion second = first;
        second.message = {u"m2"_s};
        m_model->add(failure(FailureKind::ServerError, 500), first, m_at);
        m_model->tellSince(second, u"Discarded"_s, m_at);
        QVERIFY(!m_model->row(0).problem.isFollowed());
        m_model->tellSince(first, u"Discarded"_s, m_at);
        QVERIFY(m_model->row(0).problem.isSettled());
    }

    void whatAnAnswerSaysTwiceIsOneEntry()
    {
        const Failure twice = invalid({{u"body"_s, u"x"_s}, {u"body"_s, u"x"_s}, {u"body"_s, u"y"_s}});
        m_model->add(twice, {Subject::Stop, u"one"_s}, m_at);
        QCOMPARE(m_model->rowCount(), 2);
        QCOMPARE(m_model->index(0, ProblemListModel::Count).data().toString(), u"2 ×"_s);
        m_model->add(twice, {Subject::Stop, u"two"_s}, m_at);
        QCOMPARE(m_model->rowCount(), 2);
        QCOMPARE(m_model->index(0, ProblemListModel::Count).data().toString(), u"4 ×"_s);
    }

    /// Nobody knows that they are equal: each has its row, and the same answer again finds each.
    void entriesWithoutWordsAreNotMergedAsEqual()
    {
        Failure vague = failure(FailureKind::Invalid, 422);
        vague.fields = {{}, {}, {{u"body"_s, u"x"_s}, {}, {}}, {{u"body"_s, u"x"_s}, {}, {}}};
        vague.rest = u"why: Too vague; why: Too late"_s;
        m_model->add(vague, {Subject::Stop, u"one"_s}, m_at);
        QCOMPARE(m_model->rowCount(), 4);
        QCOMPARE(column(ProblemListModel::Where).mid(2), QStringList({u"body › x"_s, u"body › x"_s}));
        const QStringList before = numbers();
        m_model->add(vague, {Subject::Stop, u"one"_s}, m_at);
        QCOMPARE(numbers(), before);
        QCOMPARE(column(ProblemListModel::Count), QStringList(4, u"2 ×"_s));

        vague.rest = u"why: Too early"_s;
        m_model->add(vague, {Subject::Stop, u"one"_s}, m_at);
        QCOMPARE(m_model->rowCount(), 8);
        Failure alone = failure(FailureKind::Invalid, 422);
        for (const QString &rest : {u"code: 17"_s, u"code: 18"_s, u"code: 18"_s}) {
            alone.rest = rest;
            m_model->add(alone, {Subject::Stop, u"one"_s}, m_at);
        }
        QCOMPARE(m_model->rowCount(), 10);
    }

    void marksBelongToWhatIsShown()
    {
        const ConnectionId acme{u"acme"_s};
        m_model->add(invalid({{u"body"_s, u"clear_queue"_s}, {u"path"_s, u"agent_id"_s}}),
                     {Subject::Stop, u"one"_s, acme, {u"c1"_s}}, m_at);
        QCOMPARE(m_model->marksOf(acme, {u"c1"_s}).size(), 2);
        QCOMPARE(m_model->marksOf(acme, {u"c2"_s}).size(), 1);
        QCOMPARE(m_model->marksOf(acme, {u"c2"_s}).first().first, Field::Agents);
        QVERIFY(m_model->marksOf({u"other"_s}, {u"c1"_s}).isEmpty());
    }

    void anEntryWhoseControlIsGoneSaysSo()
    {
        m_model->add(invalid({{u"body"_s, u"clear_queue"_s}}), {Subject::Stop, u"one"_s}, m_at);
        m_model->tellGone(m_model->row(0).number, u"“one” is not listed any more."_s);
        const QModelIndex where = m_model->index(0, ProblemListModel::Where);
        QCOMPARE(where.data().toString(), u"Also clear the queue · body › clear_queue · cannot be shown now"_s);
        QVERIFY(where.data(Qt::ToolTipRole).toString().contains(u"not listed any more"_s));
        QVERIFY(m_model->index(0, 0).data(Qt::AccessibleTextRole).toString().contains(u"cannot be shown now, "_s));
        m_model->tellGone(m_model->row(0).number, {});
        QCOMPARE(where.data().toString(), u"Also clear the queue · body › clear_queue"_s);
    }

    void hostileTextsStayHarmless()
    {
        Failure hostile = failure(FailureKind::Forbidden, 403);
        hostile.text = u"<b>\u202e\n"_s + QString(100000, u'x');
        hostile.fields = {{{u"body"_s, u"<i>\n"_s}, u"<b>bold\u202e</b>\n"_s, u"t"_s}};
        m_model->add(hostile, {Subject::Stop, {}}, m_at);
        const QString text = rows(*m_model).first();
        QVERIFY(!text.contains(u'\n') && !text.contains(QChar(0x202e)));
        QVERIFY(text.contains(u"<b>bold\ufffd</b>"_s));
        for (int column = 0; column < ProblemListModel::ColumnCount; ++column)
            QVERIFY(!m_model->index(0, column).data(Qt::ToolTipRole).toString().contains(u"<b>"_s));
        QVERIFY(m_model->index(0, 0).data(ProblemListModel::DetailsRole).toString().size() < 8000);
    }

private:
    QDateTime m_at = QDateTime(QDate(2026, 5, 13), QTime(12, 0), utcZone);
    std::unique_ptr<ProblemListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

}

STOPDESK_TEST(problemlistmodel, TestProblemListModel, QCoreApplication)
#include "tst_problemlistmodel.moc"
