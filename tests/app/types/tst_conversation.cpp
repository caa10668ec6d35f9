#include "app/types/conversation.h"
#include "tests/support/testmain.h"

#include <QTest>

namespace conversation_test {

using namespace Qt::StringLiterals;

/// The words of the service, and what they mean for watching and stopping.
class TestConversation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void words_data()
    {
        using Manually = std::optional<bool>;
        QTest::addColumn<QString>("word");
        QTest::addColumn<Manually>("manually");
        QTest::addColumn<RowState>("state");
        QTest::newRow("pending") << u"pending"_s << Manually() << RowState::NotStarted;
        QTest::newRow("executing") << u"executing"_s << Manually() << RowState::Running;
        QTest::newRow("paused") << u"paused"_s << Manually() << RowState::WaitingForPerson;
        QTest::newRow("completed") << u"completed"_s << Manually() << RowState::Completed;
        QTest::newRow("failed") << u"failed"_s << Manually() << RowState::Failed;
        QTest::newRow("error") << u"error"_s << Manually() << RowState::Failed;
        QTest::newRow("stopped, not read by whom") << u"stopped"_s << Manually() << RowState::Ended;
        QTest::newRow("stopped by a person") << u"stopped"_s << Manually(true) << RowState::StoppedByPerson;
        QTest::newRow("stopped by the service") << u"stopped"_s << Manually(false) << RowState::EndedByService;
        QTest::newRow("running wins over an old stop") << u"executing"_s << Manually(true) << RowState::Running;
        QTest::newRow("none") << QString() << Manually() << RowState::NotRead;
        QTest::newRow("new") << u"hibernating"_s << Manually() << RowState::Unknown;
        QTest::newRow("never guessed by case") << u"Completed"_s << Manually() << RowState::Unknown;
        QTest::newRow("never guessed by its beginning") << u"stopped_later"_s << Manually(true) << RowState::Unknown;
    }
    void words()
    {
        QFETCH(QString, word);
        QFETCH(std::optional<bool>, manually);
        QFETCH(RowState, state);
        QCOMPARE(rowStateOf(word, manually), state);
    }

    void lifeAndEnd_data()
    {
        QTest::addColumn<RowState>("state");
        QTest::addColumn<bool>("live");
        QTest::addColumn<bool>("ended");
        QTest::newRow("not read") << RowState::NotRead << false << false;
        QTest::newRow("not started") << RowState::NotStarted << true << false;
        QTest::newRow("running") << RowState::Running << true << false;
        QTest::newRow("waiting") << RowState::WaitingForPerson << true << false;
        QTest::newRow("completed") << RowState::Completed << false << true;
        QTest::newRow("failed") << RowState::Failed << false << true;
        QTest::newRow("stopped") << RowState::StoppedByPerson << false << true;
        QTest::newRow("ended by the service") << RowState::EndedByService << false << true;
        QTest::newRow("ended") << RowState::Ended << false << true;
        QTest::newRow("unknown") << RowState::Unknown << true << false;
        QTest::newRow("no longer listed") << RowState::NoLongerListed << false << false;
    }
    void lifeAndEnd()
    {
        QFETCH(RowState, state);
        QFETCH(bool, live);
        QFETCH(bool, ended);
        QCOMPARE(isLive(state), live);
        QCOMPARE(hasEnded(state), ended);
    }

    void aParentMakesASubTask()
    {
        Conversation conversation;
        QVERIFY(!conversation.isSubTask());
        conversation.parent = {u"c1"_s};
        QVERIFY(conversation.isSubTask());
    }
};

}

STOPDESK_TEST(conversation, TestConversation, QCoreApplication)
#include "tst_conversation.moc"
