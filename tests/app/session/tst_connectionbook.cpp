#include "app/session/connectionbook.h"

#include "tests/support/memorysecretstore.h"
#include "tests/support/testmain.h"

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
        m_session->keep(m_connection.id, Secret::fromStored("older"));
        m_book->save(m_connection, m_key, this, note());
        QVERIFY(m_list->all().isEmpty());
        QVERIFY(m_answers.isEmpty());
        QTRY_COMPARE(m_answers.size(), 1);
        QCOMPARE(m_answers.first(), Result<Filed>(Filed{}));
        QCOMPARE(m_list->all().size(), 1);
        QCOMPARE(m_store->kept.value(m_connection.id), m_key);
        QVERIFY(!m_session->find(m_connection.id));
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
        QCOMPARE(m_store->kept.value(m_connection.id), m_key);
        QCOMPARE(m_list->all().first().address, m_connection.address);
    }

    void aKeyForTheSessionNeverMeetsTheKeychain()
    {
        QCOMPARE(m_book->keepForSession(m_connection, m_key), Filed{});
        QCOMPARE(m_session->find(m_connection.id), m_key);
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
        QCOMPARE(m_session->find(m_connection.id), m_key);
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

    void removingRemovesTheKeyFirst()
    {
        m_list->save(m_connection);
        m_store->kept.insert(m_connection.id, m_key);
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
