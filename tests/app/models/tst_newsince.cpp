#include "app/models/newsince.h"
#include "app/types/clock.h"
#include "tests/support/testmain.h"

#include <QSignalSpy>
#include <QtTest>

#include <optional>

namespace newsince_test {

using namespace Qt::StringLiterals;

/// A question stands open, or was decided, and the list goes on.
class TestNewSince : public QObject {
    Q_OBJECT

    const QDateTime m_now{QDate(2026, 5, 13), QTime(12, 0), utcZone};
    std::optional<ConversationListModel> m_list;
    std::optional<NewSince> m_new;
    std::optional<QSignalSpy> m_told;

    static Conversation conversation(const QString &id, const QString &agent, RowState state = RowState::Running)
    {
        Conversation made;
        made.id = {id};
        made.agent = {agent};
        made.state = state;
        made.stateWord = state == RowState::Running ? u"executing"_s : u"completed"_s;
        return made;
    }
    void read(const QList<Conversation> &page, bool complete = false)
    {
        m_list->merge(page, {complete, complete ? QStringList{u"executing"_s} : QStringList()}, m_now);
    }
    void ask(const QStringList &targets, const QString &allOf = {})
    {
        QList<StopTarget> asked;
        for (const QString &id : targets) {
            StopTarget target;
            target.conversation = {id};
            const int row = m_list->find({id});
            target.agent = row < 0 ? AgentId{u"a1"_s} : m_list->row(row).conversation.agent;
            asked.append(target);
        }
        m_new.emplace(asked, AgentId{allOf}, *m_list);
        m_told.emplace(&*m_new, &NewSince::changed);
    }
    QStringList found() const
    {
        QStringList ids;
        for (const ConversationId &id : m_new->found())
            ids.append(id.value);
        return ids;
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_list.emplace();
        read({conversation(u"c1"_s, u"a1"_s), conversation(u"c2"_s, u"a1"_s), conversation(u"c3"_s, u"a2"_s),
              conversation(u"c4"_s, u"a1"_s, RowState::Completed)});
    }
    void cleanup()
    {
        m_told.reset();
        m_new.reset();
        m_list.reset();
    }

    void whatRanAlreadyIsNotNew()
    {
        ask({u"c1"_s});
        Conversation renamed = conversation(u"c2"_s, u"a1"_s);
        renamed.title = u"Another turn of it"_s;
        read({conversation(u"c1"_s, u"a1"_s), renamed});
        QCOMPARE(found(), QStringList());
        QCOMPARE(m_told->count(), 0);
    }

    void whatComesOfTheAgentsTouchedIsNew()
    {
        ask({u"c1"_s});
        read({conversation(u"c5"_s, u"a1"_s), conversation(u"c6"_s, u"a2"_s),
              conversation(u"c7"_s, u"a1"_s, RowState::Completed)});
        QCOMPARE(found(), QStringList{u"c5"_s});
        QCOMPARE(m_told->count(), 1);
        QVERIFY(m_new->isAbout({u"c1"_s}));
        QVERIFY(!m_new->isAbout({u"c5"_s}));
    }

    void whereAllOfAnAgentIsMeantItsAloneCount()
    {
        ask({u"c1"_s}, u"a2"_s);
        read({conversation(u"c5"_s, u"a1"_s), conversation(u"c6"_s, u"a2"_s)});
        QCOMPARE(found(), QStringList{u"c6"_s});
    }

    void whatHadEndedAndRunsAgainIsNew()
    {
        ask({u"c1"_s});
        read({conversation(u"c4"_s, u"a1"_s)});
        QCOMPARE(found(), QStringList{u"c4"_s});
    }

    void aTargetThatRunsAgainIsNot()
    {
        ask({u"c4"_s});
        read({conversation(u"c4"_s, u"a1"_s)});
        QCOMPARE(found(), QStringList());
    }

    void subTasksAreNot()
    {
        ask({u"c1"_s});
        Conversation subTask = conversation(u"t1"_s, u"a1"_s);
        subTask.parent = {u"c1"_s};
        read({subTask});
        QCOMPARE(found(), QStringList());
    }

    void whatEndsAgainIsTakenBack()
    {
        ask({u"c1"_s});
        read({conversation(u"c5"_s, u"a1"_s), conversation(u"c6"_s, u"a1"_s)});
        QCOMPARE(found(), QStringList({u"c5"_s, u"c6"_s}));
        read({conversation(u"c5"_s, u"a1"_s, RowState::Completed)});
        QCOMPARE(found(), QStringList{u"c6"_s});
        read({conversation(u"c1"_s, u"a1"_s)}, true); // the whole list of what runs, without c6
        QCOMPARE(found(), QStringList());
        QCOMPARE(m_told->count(), 3);
    }

    void timeThatPassesIsNoNews()
    {
        ask({u"c1"_s});
        m_list->tick(m_now.addSecs(60));
        read({conversation(u"c1"_s, u"a1"_s)});
        QCOMPARE(m_told->count(), 0);
    }
};

}

STOPDESK_TEST(newsince, TestNewSince, QCoreApplication)
#include "tst_newsince.moc"
