#include "app/credentials/connectionbook.h"

#include "tests/support/memorysecretstore.h"
#include "tests/support/testmain.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace connectionbook_test {

using namespace Qt::StringLiterals;

/// What becomes of a connection and its key, whatever the keychain does.
class ConnectionBookTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ConnectionList> m_list;
    std::unique_ptr<MemorySecretStore> m_store;
    std::unique_ptr<SessionSecrets> m_session;
    std::unique_ptr<ConnectionBook> m_book;
    Connection m_connection;
    const Secret m_key = Secret::fromStored("k-1");
    QList<Result<Filed>> m_answers;

    void keepWithKey()
    {
        m_list->save(m_connection);
        m_store->keep(m_connection, m_key);
    }
    Answer<Filed> note()
    {
        return [this](const Result<Filed> &answer) { m_answers.append(answer); };
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_list = std::make_unique<ConnectionList>(m_folder->filePath(u"connections.ini"_s));
        m_store = std::make_unique<MemorySecretStore>();
        m_session = std::make_unique<SessionSecrets>();
        m_book = std::make_unique<ConnectionBook>(*m_list, *m_store, *m_session);
        m_connection.id = {u"c1"_s};
        m_connection.name = u"Acme"_s;
        m_connection.address = QUrl(u"https://api.example"_s);
        m_answers.clear();
    }

    void theKeyGoesFirst()
    {
        m_session->keep(m_connection, Secret::fromStored("older"));
        m_book->save(m_connection, m_key, this, note());
        QVERIFY(m_list->all().isEmpty());
        QVERIFY(m_answers.isEmpty());
        QTRY_COMPARE(m_answers.size(), 1);
        QCOMPARE(m_answers.first(), Result<Filed>(Filed{}));
        QCOMPARE(m_list->all().size(), 1);
        QCOMPARE(m_store->find(m_connection), m_key);
        QVERIFY(!m_session->find(m_connection));
    }

    void withoutItsKeyNothingIsSaved()
    {
        m_store->failWith(FailureKind::KeychainRefused);
        m_book->save(m_connection, m_key, this, note());
        QTRY_COMPARE(m_answers.size(), 1);
        QCOMPARE(m_answers.first().error().kind, FailureKind::KeychainRefused);
        QVERIFY(m_list->all().isEmpty());
    }

    void withoutANewKeyTheKeychainIsLeftAlone()
    {
        m_book->save(m_connection, std::nullopt, this, note());
        QVERIFY(m_answers.isEmpty());
        QTRY_COMPARE(m_answers.size(), 1);
        QCOMPARE(m_store->asked.write, 0);
        QCOMPARE(m_list->all().size(), 1);
    }

    void anotherHostTakesItsKeyAndLeavesNoneBehind()
    {
        m_list->save(m_connection);
        m_connection.address = QUrl(u"https://other.example"_s);
        m_book->save(m_connection, m_key, this, note());
        QTRY_COMPARE(m_answers.size(), 1);
        QCOMPARE(m_answers.first(), Result<Filed>(Filed{}));
        QCOMPARE(m_store->asked.remove, 1);
        QCOMPARE(m_store->find(m_connection), m_key);
        QCOMPARE(m_list->all().first().address, m_connection.address);
    }

    void anotherPortTakesItsKeyAndLeavesNoneBehind()
    {
        keepWithKey();
        m_connection.address.setPort(8443);
        m_book->save(m_connection, Secret::fromStored("k-2"), this, note());
        QTRY_COMPARE(m_answers.size(), 1);
        QTRY_COMPARE(m_store->kept.size(), 1);
        QCOMPARE(m_store->find(m_connection), Secret::fromStored("k-2"));
    }

    void aKeyForTheSessionIsOfOneOrigin()
    {
        m_book->keepForSession(m_connection, m_key);
        Connection moved = m_connection;
        moved.address.setScheme(u"http"_s);
        std::optional<Result<std::optional<Secret>>> read;
        m_book->readKey(moved, this, [&](const auto &answer) { read = answer; });
        QTRY_VERIFY(read);
        QCOMPARE(**read, std::nullopt);
    }

    void removingTakesWhatTheConnectionHasElsewhere()
    {
        keepWithKey();
        Connection former = m_connection;
        former.address = QUrl(u"https://former.example"_s);
        m_store->keep(former, m_key);
        m_book->remove(m_connection, this, note());
        QTRY_COMPARE(m_answers.size(), 1);
        QVERIFY(m_store->kept.isEmpty());
    }

    void aKeyForTheSessionNeverMeetsTheKeychain()
    {
        QCOMPARE(m_book->keepForSession(m_connection, m_key), Filed{});
        QCOMPARE(m_session->find(m_connection), m_key);
        QCOMPARE(m_store->asked.write, 0);
        QCOMPARE(m_list->all().size(), 1);
    }

    void aLateKeyIsTakenBackWhenTheSessionWasChosen()
    {
        m_store->hang();
        m_book->save(m_connection, m_key, this, note());
        m_book->keepForSession(m_connection, m_key);
        m_store->answerAll();
        QTRY_COMPARE(m_store->asked.remove, 1);
        QVERIFY(m_store->kept.isEmpty());
        QVERIFY(m_answers.isEmpty());
        QCOMPARE(m_session->find(m_connection), m_key);
    }

    void aLateKeyOfAnAbandonedNewConnectionIsTakenBack()
    {
        auto asker = std::make_unique<QObject>();
        m_store->hang();
        m_book->save(m_connection, m_key, asker.get(), note());
        asker.reset();
        m_store->answerAll();
        QTRY_COMPARE(m_store->asked.remove, 1);
        QVERIFY(m_list->all().isEmpty());
        QVERIFY(m_answers.isEmpty());
    }

    void aLateKeyOfAConnectionThatExistsStays()
    {
        m_list->save(m_connection);
        auto asker = std::make_unique<QObject>();
        m_store->hang();
        m_book->save(m_connection, m_key, asker.get(), note());
        asker.reset();
        m_store->answerAll();
        QTest::qWait(0);
        QCOMPARE(m_store->asked.remove, 0);
        QCOMPARE(m_store->kept.size(), 1);
    }

    /// What a person does while the prompt of a Save stands open, also past the keychain's deadline.
    void whatWasDecidedMeanwhileHoldsWhenThePromptIsAnswered_data()
    {
        QTest::addColumn<bool>("isKept"); ///< the connection was in the list before
        QTest::addColumn<QString>("deeds"); ///< wait: the deadline passes; choose (the session, whose test has not ended), session, close,
                                           ///< again, remove: what the person does
        QTest::addColumn<QString>("stored"); ///< what the keychain holds in the end
        QTest::addColumn<QString>("inMemory");
        QTest::addColumn<QString>("told"); ///< of the first Save
        const QString none;
        const auto key = u"k-1"_s;
        QTest::newRow("waits") << false << u"wait"_s << key << none << u"silent saved"_s;
        QTest::newRow("session") << false << u"session"_s << none << key << none;
        QTest::newRow("waits, then session") << false << u"wait session"_s << none << key << u"silent"_s;
        QTest::newRow("session, then waits") << false << u"session wait"_s << none << key << none;
        QTest::newRow("kept, waits, then session") << true << u"wait session"_s << none << key << u"silent"_s;
        QTest::newRow("closes") << false << u"close"_s << none << none << none;
        QTest::newRow("waits, then closes") << false << u"wait close"_s << none << none << u"silent"_s;
        QTest::newRow("kept, waits, then closes") << true << u"wait close"_s << key << none << u"silent"_s;
        QTest::newRow("saves again") << false << u"again"_s << u"k-2"_s << none << none;
        QTest::newRow("waits, then saves again") << false << u"wait again"_s << none << none << u"silent"_s;
        QTest::newRow("session, then saves again") << false << u"session again"_s << u"k-2"_s << none << none;
        QTest::newRow("saves again, then session") << false << u"again session"_s << none << key << none;
        QTest::newRow("removes") << true << u"remove"_s << none << none << none;
        QTest::newRow("kept, chooses the session, tests") << true << u"choose"_s << none << none << none;
        QTest::newRow("kept, waits, chooses the session, tests") << true << u"wait choose"_s << none << none << u"silent"_s;
        QTest::newRow("kept, chooses the session, saves again") << true << u"choose again"_s << u"k-2"_s << none << none;
        QTest::newRow("waits, then removes") << true << u"wait remove"_s << none << none << u"silent"_s;
    }
    void whatWasDecidedMeanwhileHoldsWhenThePromptIsAnswered()
    {
        QFETCH(const bool, isKept);
        QFETCH(const QString, deeds);
        if (isKept)
            m_list->save(m_connection);
        QSignalSpy leftBehind(m_book.get(), &ConnectionBook::keyLeftBehind);
        QSignalSpy replaced(m_book.get(), &ConnectionBook::keyReplaced);
        QSignalSpy gone(m_book.get(), &ConnectionBook::keyGone);
        auto dialog = std::make_unique<QObject>();
        QStringList told;
        m_store->hang();
        m_book->save(m_connection, m_key, dialog.get(), [&told](const Result<Filed> &answer) {
            told.append(answer ? u"saved"_s : answer.error().kind == FailureKind::KeychainSilent ? u"silent"_s : u"failed"_s);
        });
        for (const QString &deed : deeds.split(u' ')) {
            if (deed == u"wait") {
                m_store->passDeadline();
                QCoreApplication::sendPostedEvents();
                continue;
            }
            dialog = std::make_unique<QObject>(); // as the dialog does: who decides anew waits for that only
            if (deed == u"session")
                m_book->keepForSession(m_connection, m_key);
            else if (deed == u"choose")
                m_book->abandonSaves(m_connection.id);
            else if (deed == u"again")
                m_book->save(m_connection, Secret::fromStored("k-2"), dialog.get(), note());
            else if (deed == u"remove")
                m_book->remove(m_connection, dialog.get(), note());
            else
                dialog.reset();
        }
        m_store->answerAll();
        QTRY_COMPARE(m_store->waiting(), 0);
        QCoreApplication::sendPostedEvents();
        QCoreApplication::sendPostedEvents();
        const auto shown = [](const std::optional<Secret> &secret) {
            return secret ? QString::fromLatin1(secret->reveal()) : QString();
        };
        QTEST(shown(m_store->find(m_connection)), "stored");
        QTEST(shown(m_session->find(m_connection)), "inMemory");
        QTEST(told.join(u' '), "told");
        QCOMPARE(leftBehind.count(), 0);
        QCOMPARE(replaced.count(), isKept && deeds.endsWith(u"close"_s) ? 1 : 0);
        // What stood in the keychain before was overwritten, and went with it.
        const bool isTakenBack = deeds.endsWith(u"session"_s) || deeds.endsWith(u"choose"_s)
            || deeds == u"wait remove"_s; // which was refused
        QCOMPARE(gone.count(), isKept && isTakenBack ? 1 : 0);
        QVERIFY(!m_book->isUnderWay());
    }

    void aCancelledSaveForAnotherHostIsTakenBack()
    {
        keepWithKey();
        Connection moved = m_connection;
        moved.address = QUrl(u"https://other.example"_s);
        auto dialog = std::make_unique<QObject>();
        m_store->hang();
        m_book->save(moved, Secret::fromStored("k-2"), dialog.get(), note());
        dialog.reset(); // Cancel
        m_store->answerAll();
        QTRY_COMPARE(m_store->asked.remove, 1);
        QTRY_VERIFY(!m_store->find(moved));
        QCOMPARE(m_store->find(m_connection), m_key);
        QCOMPARE(m_list->find(m_connection.id), m_connection);
    }

    void aKeyThatCouldNotBeReadBackIsTakenBack()
    {
        m_store->failAtReadingBack();
        m_book->save(m_connection, m_key, this, note());
        QTRY_COMPARE(m_answers.size(), 1);
        QCOMPARE(m_answers.first().error().kind, FailureKind::KeychainFailed);
        QTRY_VERIFY(m_store->kept.isEmpty());
        QVERIFY(m_list->all().isEmpty());
    }

    void theKeyOfTheFormerHostGoesAfterwards()
    {
        keepWithKey();
        QSignalSpy leftBehind(m_book.get(), &ConnectionBook::keyLeftBehind);
        QSignalSpy settled(m_book.get(), &ConnectionBook::entrySettled);
        Connection moved = m_connection;
        moved.address = QUrl(u"https://other.example"_s);
        m_book->save(moved, Secret::fromStored("k-2"), this, note());
        QTRY_COMPARE(m_answers.size(), 1);
        QTRY_VERIFY(!m_book->isUnderWay());
        QVERIFY(m_store->find(moved));
        QVERIFY(!m_store->find(m_connection));
        QCOMPARE(leftBehind.count(), 0);
        QCOMPARE(settled.count(), 2); // both entries
    }

    void whatWasKeptThoughItFailedIsKnownToFail()
    {
        m_list->save(m_connection);
        auto dialog = std::make_unique<QObject>();
        m_store->failWith(FailureKind::KeychainLocked);
        m_book->save(m_connection, m_key, dialog.get(), note(), true);
        QTRY_COMPARE(m_answers.size(), 1);
        QVERIFY(!m_book->isFailing(m_connection.id)); // nothing was kept
        m_store->recover();
        m_store->hang();
        m_book->save(m_connection, m_key, dialog.get(), note(), true);
        dialog.reset(); // Cancel
        m_store->answerAll();
        QTRY_VERIFY(m_book->isFailing(m_connection.id));
    }

    void ofAConnectionRemovedMeanwhileNothingIsSaidOfItsKey()
    {
        keepWithKey();
        QSignalSpy gone(m_book.get(), &ConnectionBook::keyGone);
        auto dialog = std::make_unique<QObject>();
        m_store->hang();
        m_book->remove(m_connection, dialog.get(), note());
        m_store->passDeadline();
        m_book->removeLeavingKey(m_connection);
        dialog.reset();
        m_store->answerAll();
        QTRY_VERIFY(m_store->kept.isEmpty());
        QTest::qWait(0);
        QCOMPARE(gone.count(), 0);
    }

    void aKeyThatGoesAfterASecondRemovalWasRefusedIsTold()
    {
        keepWithKey();
        QSignalSpy gone(m_book.get(), &ConnectionBook::keyGone);
        auto first = std::make_unique<QObject>();
        auto second = std::make_unique<QObject>();
        m_store->hang();
        m_book->remove(m_connection, first.get(), note());
        m_store->passDeadline();
        first.reset();
        m_book->remove(m_connection, second.get(), note());
        QTRY_COMPARE(m_answers.size(), 1);
        QCOMPARE(m_answers.first().error().kind, FailureKind::KeychainBusy);
        m_store->answerAll();
        QTRY_COMPARE(gone.count(), 1);
        QVERIFY(m_list->find(m_connection.id));
    }

    void aLateKeyOfAConnectionThatHasOneInMemoryAloneIsTakenBack()
    {
        m_book->keepForSession(m_connection, Secret::fromStored("k-0"));
        auto dialog = std::make_unique<QObject>();
        m_store->hang();
        m_book->save(m_connection, m_key, dialog.get(), note());
        dialog.reset(); // Cancel
        m_store->answerAll();
        QTRY_COMPARE(m_store->asked.remove, 1);
        QTRY_VERIFY(m_store->kept.isEmpty());
        QCOMPARE(m_session->find(m_connection), Secret::fromStored("k-0"));
        QVERIFY(m_answers.isEmpty());
    }

    void whoKeepsAConnectionWhileItIsRemovedHasItAndHearsThatItsKeyIsGone()
    {
        keepWithKey();
        QSignalSpy gone(m_book.get(), &ConnectionBook::keyGone);
        auto dialog = std::make_unique<QObject>();
        m_store->hang();
        m_book->remove(m_connection, dialog.get(), note());
        dialog.reset(); // Keep
        m_store->answerAll();
        QTRY_COMPARE(gone.count(), 1);
        QCOMPARE(m_list->all().size(), 1);
        QVERIFY(m_answers.isEmpty());
    }

    void aKeyThatCannotBeTakenBackIsTold()
    {
        QSignalSpy leftBehind(m_book.get(), &ConnectionBook::keyLeftBehind);
        m_store->hang();
        m_book->save(m_connection, m_key, this, note());
        m_store->passDeadline();
        m_book->keepForSession(m_connection, m_key);
        m_store->answerAll();
        m_store->failWith(FailureKind::KeychainLocked);
        QTRY_COMPARE(leftBehind.count(), 1);
        QCOMPARE(leftBehind.first().at(1).value<Failure>().kind, FailureKind::KeychainLocked);
    }

    void theKeyIsReadFromMemoryFirst()
    {
        QStringList read;
        const auto ask = [this, &read] {
            m_book->readKey(m_connection, this, [&read](const Result<std::optional<Secret>> &answer) {
                read.append(*answer ? QString::fromLatin1((**answer).reveal()) : u"none"_s);
            });
        };
        ask();
        QTRY_COMPARE(read.size(), 1);
        m_store->keep(m_connection, m_key);
        ask();
        QTRY_COMPARE(read.size(), 2);
        m_session->keep(m_connection, Secret::fromStored("k-3"));
        ask();
        QVERIFY(read.size() == 2);
        QTRY_COMPARE(read, QStringList({u"none"_s, u"k-1"_s, u"k-3"_s}));
    }

    void removingRemovesTheKeyFirst()
    {
        keepWithKey();
        m_book->remove(m_connection, this, note());
        QCOMPARE(m_list->all().size(), 1);
        QTRY_COMPARE(m_answers.size(), 1);
        QVERIFY(m_store->kept.isEmpty());
        QVERIFY(m_list->all().isEmpty());
    }

    void aKeyThatStaysKeepsItsConnection()
    {
        m_list->save(m_connection);
        m_store->failWith(FailureKind::KeychainLocked);
        m_book->remove(m_connection, this, note());
        QTRY_COMPARE(m_answers.size(), 1);
        QVERIFY(!m_answers.first());
        QCOMPARE(m_list->all().size(), 1);
        m_book->removeLeavingKey(m_connection);
        QVERIFY(m_list->all().isEmpty());
    }
};

}

STOPDESK_TEST(connectionbook, ConnectionBookTest, QCoreApplication)
#include "tst_connectionbook.moc"
