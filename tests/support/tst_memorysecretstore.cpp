#include "tests/support/memorysecretstore.h"
#include "tests/support/testmain.h"

#include <QTest>

namespace memorysecretstore_test {

using namespace Qt::StringLiterals;

/// The script that session and dialogs are tested with must itself keep the contract of `Answer`.
class TestMemorySecretStore : public QObject {
    Q_OBJECT

private:
    const Connection m_connection{.id = {u"c1"_s}, .name = {}, .address = {}, .authorityFile = {}};
    const Secret m_secret = Secret::fromStored("canary");

private Q_SLOTS:
    void answersLaterAndOnce()
    {
        MemorySecretStore store;
        int answers = 0;
        store.write(m_connection, m_secret, this, [&](const Result<Done> &done) { answers += done.has_value(); });
        QCOMPARE(answers, 0);
        QTRY_COMPARE(answers, 1);
        std::optional<Secret> found;
        store.read(m_connection, this, [&](const Result<std::optional<Secret>> &read) { found = *read; });
        QTRY_VERIFY(found);
        QCOMPARE(*found, m_secret);
        QCOMPARE(answers, 1);
    }

    void aGoneAskerIsNotAnswered()
    {
        MemorySecretStore store;
        int answers = 0;
        auto asker = std::make_unique<QObject>();
        store.hang();
        store.read(m_connection, asker.get(), [&](const auto &) { ++answers; });
        store.answerAll();
        store.read(m_connection, asker.get(), [&](const auto &) { ++answers; });
        asker.reset();
        QCoreApplication::sendPostedEvents();
        QCOMPARE(answers, 0);
    }

    void aFailureChangesNothing()
    {
        MemorySecretStore store;
        store.failWith(FailureKind::KeychainLocked);
        std::optional<FailureKind> kind;
        store.write(m_connection, m_secret, this, [&](const Result<Done> &done) { kind = done.error().kind; });
        QTRY_COMPARE(kind, FailureKind::KeychainLocked);
        QVERIFY(store.kept.isEmpty());
        QCOMPARE(store.asked.write, 1);
    }

    void whatHangsIsAnsweredOnRelease()
    {
        MemorySecretStore store;
        store.hang();
        int answers = 0;
        store.remove(m_connection, this, [&](const auto &) { ++answers; });
        QCOMPARE(store.waiting(), 1);
        store.answerAll();
        QTRY_COMPARE(answers, 1);
        QCOMPARE(store.waiting(), 0);
    }

    /// What KeychainStore does, as its own tests show: the first is silent and ends late, behind it only reads stay.
    void pastTheDeadlineItAnswersAsTheRealOne()
    {
        MemorySecretStore store;
        store.hang();
        QStringList told;
        const auto note = [&told](const QString &who) {
            return [&told, who](const auto &answer) {
                const bool isSilent = !answer && answer.error().kind == FailureKind::KeychainSilent;
                told.append(who + (answer ? u" done"_s : isSilent ? u" silent"_s : u" busy"_s));
            };
        };
        store.write(m_connection, m_secret, this, note(u"write"_s));
        store.remove(m_connection, this, note(u"remove"_s));
        store.read(m_connection, this, note(u"read"_s));
        store.passDeadline();
        QTRY_COMPARE(told, QStringList({u"write silent"_s, u"remove busy"_s, u"read busy"_s}));
        QVERIFY(store.kept.isEmpty());
        store.answerAll();
        QTRY_COMPARE(told.mid(3), QStringList({u"write done"_s, u"read done"_s}));
        QCOMPARE(store.find(m_connection), m_secret);
    }
};

}

STOPDESK_TEST(memorysecretstore, TestMemorySecretStore, QCoreApplication)
#include "tst_memorysecretstore.moc"
