#include "app/credentials/keychainstore.h"

#include "app/credentials/connectionbook.h"
#include "tests/app/credentials/fakewallet.h"
#include "tests/support/testmain.h"

#include <qt6keychain/keychain.h>

#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QElapsedTimer>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <csignal>
#include <functional>
#include <memory>

namespace keychainstore_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

QString word(FailureKind kind)
{
    if (kind == FailureKind::KeychainMissing)
        return u"missing"_s;
    if (kind == FailureKind::KeychainLocked)
        return u"locked"_s;
    if (kind == FailureKind::KeychainSilent)
        return u"silent"_s;
    if (kind == FailureKind::KeychainBusy)
        return u"busy"_s;
    if (kind == FailureKind::KeychainRefused)
        return u"refused"_s;
    return kind == FailureKind::KeychainFailed ? u"failed"_s : u"of no keychain"_s;
}

QString shown(const Done &)
{
    return u"done"_s;
}

QString shown(const std::optional<Secret> &secret)
{
    return secret ? QString::fromLatin1(secret->reveal()) : u"no key"_s;
}

/// The longest time in which the event loop did not turn.
class Heartbeat : public QObject {
public:
    Heartbeat()
    {
        m_since.start();
        m_timer.callOnTimeout(this, [this] { longest = std::max(longest, m_since.restart()); });
        m_timer.start(2ms);
    }
    qint64 longest = 0;

private:
    QTimer m_timer;
    QElapsedTimer m_since;
};

QDBusMessage callService(const QString &method, const QVariantList &arguments)
{
    auto message = QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s, u"/org/freedesktop/secrets"_s,
                                                  u"org.freedesktop.Secret.Service"_s, method);
    message.setArguments(arguments);
    return QDBusConnection::sessionBus().call(message, QDBus::Block, 5000);
}

uint providerPid()
{
    return QDBusConnection::sessionBus().interface()->servicePid(u"org.freedesktop.secrets"_s);
}

/// The real store in front of a real gnome-keyring, of none at all, and of a wallet that lies. world.sh makes the
/// world that a test needs; CMakeLists.txt says which one that is.
class TestKeychainStore : public QObject {
    Q_OBJECT

private:
    const Secret m_secret = Secret::fromStored("canary-5b1f");
    const Secret m_other = Secret::fromStored("canary-5b1f-other");
    std::unique_ptr<KeychainStore> m_store;
    uint m_stopped = 0;
    QObject m_hands; ///< of the person whom a keychain asks

    static Connection connection(const QString &id, const QString &host = u"api.xpander.ai"_s)
    {
        Connection made;
        made.id = {id};
        made.address = QUrl(u"https://%1/v1"_s.arg(host));
        return made;
    }

    /// What is answered, as a word; "key" values in clear. With a failure, also its text, in brackets.
    template <class Ask> QString ask(Ask &&begin)
    {
        auto words = std::make_shared<QStringList>();
        begin([words](const auto &answer) {
            words->append(answer ? shown(*answer)
                                 : u"%1 (%2)"_s.arg(word(answer.error().kind), answer.error().text));
        });
        if (!words->isEmpty())
            return u"answered before returning"_s;
        (void)QTest::qWaitFor([&] { return !words->isEmpty(); }, 20'000);
        return words->join(u" and "_s);
    }
    QString read(const Connection &from)
    {
        return ask([&](const Answer<std::optional<Secret>> &answer) { m_store->read(from, this, answer); });
    }
    QString write(const Connection &to, const Secret &secret)
    {
        return ask([&](const Answer<Done> &answer) { m_store->write(to, secret, this, answer); });
    }
    QString remove(const Connection &from)
    {
        return ask([&](const Answer<Done> &answer) { m_store->remove(from, this, answer); });
    }

    QString removeAll(const Connection &from)
    {
        return ask([&](const Answer<Done> &answer) { m_store->removeAll(from, this, answer); });
    }

    static QByteArray run(const QString &program, const QStringList &arguments, const QByteArray &input = {})
    {
        QProcess process;
        process.start(program, arguments);
        process.write(input);
        process.closeWriteChannel();
        process.waitForFinished();
        return process.readAllStandardOutput() + process.readAllStandardError();
    }
    /// Past the store, as an earlier version would.
    static void keepAs(const QString &name, const QByteArray &key)
    {
        QKeychain::WritePasswordJob job(u"org.stopdesk.Stopdesk"_s);
        job.setAutoDelete(false);
        job.setKey(name);
        job.setBinaryData(key);
        QSignalSpy finished(&job, &QKeychain::Job::finished);
        job.start();
        QVERIFY(finished.wait());
        QCOMPARE(job.error(), QKeychain::NoError);
    }
    static bool isKept(const QString &name)
    {
        QKeychain::ReadPasswordJob job(u"org.stopdesk.Stopdesk"_s);
        job.setAutoDelete(false);
        job.setKey(name);
        QSignalSpy finished(&job, &QKeychain::Job::finished);
        job.start();
        return finished.wait() && job.error() == QKeychain::NoError;
    }
    /// Their names, as another program sees them.
    static QStringList entriesOf(const Connection &connection)
    {
        const QString seen = QString::fromUtf8(run(u"secret-tool"_s, {u"search"_s, u"--all"_s, u"server"_s, u"org.stopdesk.Stopdesk"_s}));
        static const QRegularExpression user(u"^attribute.user = (.*)$"_s, QRegularExpression::MultilineOption);
        QStringList names;
        for (const QRegularExpressionMatch &match : user.globalMatch(seen)) {
            if (match.captured(1).endsWith(u'/' + connection.id.value))
                names.append(match.captured(1));
        }
        names.sort();
        return names;
    }

    /// What another program sees of the key.
    static QString keptFor(const Connection &connection)
    {
        QProcess tool;
        tool.start(u"secret-tool"_s, {u"lookup"_s, u"server"_s, u"org.stopdesk.Stopdesk"_s, u"user"_s,
                                      KeychainStore::entryName(connection)});
        tool.waitForFinished();
        return QString::fromLatin1(QByteArray::fromBase64(tool.readAllStandardOutput()));
    }
    static void lock()
    {
        const QList<QDBusObjectPath> all{QDBusObjectPath(u"/org/freedesktop/secrets/collection/login"_s)};
        QCOMPARE(callService(u"Lock"_s, {QVariant::fromValue(all)}).type(), QDBusMessage::ReplyMessage);
    }
    /// Nothing else opens it without a prompt: a new daemon takes over, with the password.
    static void restartUnlocked()
    {
        const uint before = providerPid();
        QProcess daemon;
        daemon.setStandardOutputFile(QProcess::nullDevice());
        daemon.start(u"gnome-keyring-daemon"_s,
                     {u"--replace"_s, u"--daemonize"_s, u"--unlock"_s, u"--components=secrets"_s});
        daemon.write("test");
        daemon.closeWriteChannel();
        QVERIFY(daemon.waitForFinished());
        QTRY_VERIFY(providerPid() != 0 && providerPid() != before);
    }
    /// The real wallet or database of world.sh asks for its password from now on.
    static void shut()
    {
        const bool isWallet = qgetenv("STOPDESK_KEEPER") == "kwallet";
        auto call = isWallet ? QDBusMessage::createMethodCall(u"org.kde.kwalletd5"_s, u"/modules/kwalletd5"_s,
                                                              u"org.kde.KWallet"_s, u"close"_s)
                             : QDBusMessage::createMethodCall(u"org.keepassxc.KeePassXC.MainWindow"_s, u"/keepassxc"_s,
                                                              u"org.keepassxc.KeePassXC.MainWindow"_s,
                                                              u"lockAllDatabases"_s);
        if (isWallet)
            call << u"kdewallet"_s << true;
        QCOMPARE(QDBusConnection::sessionBus().call(call).type(), QDBusMessage::ReplyMessage);
    }
    /// Presses these keys, from now until the test is over, in each window with which it asks.
    void answerPrompts(const QStringList &keys)
    {
        auto *shell = new QProcess(&m_hands);
        shell->start(u"sh"_s, QStringList({u"-c"_s, QStringLiteral(
            "while sleep 0.2; do if xdotool getactivewindow getwindowname 2>&1 |"
            " grep -Eq 'KDE Wallet Service|Unlock Database|Access Request'; then sleep 0.3; xdotool key \"$@\"; fi; done"),
            u"sh"_s}) + keys);
    }
    void dropHands()
    {
        for (auto *shell : m_hands.findChildren<QProcess *>()) {
            shell->kill();
            shell->waitForFinished();
            delete shell;
        }
    }
    static QStringList password() { return {u"t"_s, u"e"_s, u"s"_s, u"t"_s, u"Return"_s}; }
    static bool begins(const QString &words, const QString &kind) { return words.startsWith(kind + u" ("_s); }

private Q_SLOTS:
    void init() { m_store = std::make_unique<KeychainStore>(); }
    void cleanup()
    {
        if (m_stopped != 0)
            kill(pid_t(std::exchange(m_stopped, 0)), SIGCONT);
        dropHands();
    }

    // world: keyring

    void savesAndReadsBack()
    {
        const Connection acme = connection(u"1"_s);
        QCOMPARE(write(acme, m_secret), u"done"_s);
        QCOMPARE(read(acme), u"canary-5b1f"_s);
        QCOMPARE(KeychainStore::entryName(acme), u"stopdesk/https://api.xpander.ai:443/1"_s);
    }

    void anotherProgramFindsIt() { QCOMPARE(keptFor(connection(u"1"_s)), u"canary-5b1f"_s); }

    void findsTheKeyOfTheProcessBefore() { QCOMPARE(read(connection(u"1"_s)), u"canary-5b1f"_s); }

    void aMissingKeyIsAnAnswer() { QCOMPARE(read(connection(u"never saved"_s)), u"no key"_s); }

    void removesAndLooks()
    {
        const Connection acme = connection(u"2"_s);
        QCOMPARE(write(acme, m_secret), u"done"_s);
        QCOMPARE(remove(acme), u"done"_s);
        QCOMPARE(read(acme), u"no key"_s);
        QVERIFY(!isKept(KeychainStore::entryName(acme)));
        QCOMPARE(remove(acme), u"done"_s); // what is not there is gone
    }

    void connectionsDoNotCollide()
    {
        const Connection one = connection(u"one"_s);
        const Connection two = connection(u"two"_s);
        const Connection elsewhere = connection(u"one"_s, u"b\u00fccher.example"_s);
        QCOMPARE(write(one, m_secret), u"done"_s);
        QCOMPARE(write(two, m_other), u"done"_s);
        QCOMPARE(read(one), u"canary-5b1f"_s);
        QCOMPARE(read(two), u"canary-5b1f-other"_s);
        QCOMPARE(read(elsewhere), u"no key"_s);
        QCOMPARE(remove(one), u"done"_s);
        QCOMPARE(read(two), u"canary-5b1f-other"_s);
    }

    void aKeyIsOfOneOrigin()
    {
        const Connection acme = connection(u"12"_s);
        QCOMPARE(write(acme, m_secret), u"done"_s);
        for (const char *other : {"http://api.xpander.ai/v1", "https://api.xpander.ai:8443/v1", "http://api.xpander.ai:443/v1"}) {
            Connection moved = acme;
            moved.address = QUrl(QString::fromLatin1(other));
            QVERIFY2(read(moved) == u"no key"_s, other);
        }
        Connection otherwise = acme;
        otherwise.address = QUrl(u"https://API.xpander.ai:443/another/path"_s);
        QCOMPARE(read(otherwise), u"canary-5b1f"_s);
    }

    /// Versions before told keys apart by the host alone.
    void aFormerEntryIsMovedByItsFirstRead()
    {
        const Connection acme = connection(u"13"_s);
        keepAs(u"stopdesk/api.xpander.ai/13"_s, "canary-5b1f");
        QCOMPARE(read(acme), u"canary-5b1f"_s);
        QVERIFY(isKept(u"stopdesk/https://api.xpander.ai:443/13"_s));
        QVERIFY(!isKept(u"stopdesk/api.xpander.ai/13"_s));
        Connection moved = acme;
        moved.address.setPort(8443);
        QCOMPARE(read(moved), u"no key"_s);
        QCOMPARE(read(acme), u"canary-5b1f"_s);
    }

    void aNewKeyEndsTheFormerEntry()
    {
        const Connection acme = connection(u"14"_s);
        keepAs(u"stopdesk/api.xpander.ai/14"_s, "canary-5b1f");
        QCOMPARE(write(acme, m_other), u"done"_s);
        QVERIFY(!isKept(u"stopdesk/api.xpander.ai/14"_s));
        QCOMPARE(read(acme), u"canary-5b1f-other"_s);
    }

    /// Removing one leaves what the connection has for another origin; removing all leaves what is another's.
    void allEntriesOfAConnectionGoWithIt()
    {
        const Connection acme = connection(u"15"_s);
        const Connection elsewhere = connection(u"15"_s, u"other.example"_s);
        const Connection another = connection(u"115"_s);
        keepAs(u"stopdesk/api.former.example/15"_s, "canary-5b1f");
        for (const Connection &each : {acme, elsewhere, another})
            QCOMPARE(write(each, m_secret), u"done"_s);
        QCOMPARE(remove(acme), u"done"_s);
        QCOMPARE(read(acme), u"no key"_s);
        QCOMPARE(entriesOf(acme), QStringList({u"stopdesk/api.former.example/15"_s, u"stopdesk/https://other.example:443/15"_s}));
        QCOMPARE(removeAll(acme), u"done"_s);
        QCOMPARE(entriesOf(acme), QStringList());
        QCOMPARE(read(another), u"canary-5b1f"_s);
    }

    void everythingGoesAtOnce()
    {
        const Connection another = connection(u"115"_s);
        keepAs(u"stopdesk/of/nobody/any more"_s, "canary-5b1f");
        QCOMPARE(write(another, m_secret), u"done"_s);
        QCOMPARE(ask([&](const Answer<Done> &answer) { m_store->removeEverything({}, this, answer); }), u"done"_s);
        QVERIFY(!run(u"secret-tool"_s, {u"search"_s, u"--all"_s, u"server"_s, u"org.stopdesk.Stopdesk"_s}).contains("secret = "));
        QCOMPARE(write(connection(u"1"_s), m_secret), u"done"_s); // which later tests look for
    }

    void savingAgainReplaces()
    {
        const Connection acme = connection(u"3"_s);
        QCOMPARE(write(acme, m_secret), u"done"_s);
        QCOMPARE(write(acme, m_other), u"done"_s);
        QCOMPARE(read(acme), u"canary-5b1f-other"_s);
    }

    void anEmptyKeyIsNotSaved()
    {
        QVERIFY(begins(write(connection(u"4"_s), Secret()), u"failed"_s));
        QCOMPARE(read(connection(u"4"_s)), u"no key"_s);
    }

    void everyByteComesBack()
    {
        QByteArray bytes("canary-5b1f");
        bytes.append('\0').append("\xff\n").append(QByteArray(1980, 'k'));
        QCOMPARE(write(connection(u"5"_s), Secret::fromStored(bytes)), u"done"_s);
        QCOMPARE(read(connection(u"5"_s)), QString::fromLatin1(bytes));
    }

    /// Begun at once, the first would read back what the second has written.
    void asksAreServedOneAfterTheOther()
    {
        const Connection acme = connection(u"6"_s);
        QStringList words;
        const auto done = [&](const Result<Done> &answer) {
            words << (answer ? shown(*answer) : word(answer.error().kind));
        };
        m_store->write(acme, m_secret, this, done);
        m_store->write(acme, m_other, this, done);
        m_store->remove(acme, this, done);
        m_store->write(acme, m_secret, this, done);
        QTRY_COMPARE(words, QStringList({u"done"_s, u"done"_s, u"done"_s, u"done"_s}));
        QCOMPARE(read(acme), u"canary-5b1f"_s);
    }

    void aGoneAskerIsNotAnswered()
    {
        auto asker = std::make_unique<QObject>();
        int answers = 0;
        m_store->read(connection(u"1"_s), asker.get(), [&](const auto &) { ++answers; });
        asker.reset();
        QCOMPARE(read(connection(u"1"_s)), u"canary-5b1f"_s); // was behind it in line
        QCOMPARE(answers, 0);
    }

    void aStoreMayGoWhileItIsAsked()
    {
        int answers = 0;
        m_store->read(connection(u"1"_s), this, [&](const auto &) { ++answers; });
        m_store = std::make_unique<KeychainStore>();
        QCOMPARE(read(connection(u"1"_s)), u"canary-5b1f"_s); // QtKeychain serves the jobs in order
        QCOMPARE(answers, 0);
    }

    void lockedIsNotMissing()
    {
        const Connection acme = connection(u"7"_s);
        QCOMPARE(write(acme, m_secret), u"done"_s);
        lock();
        QVERIFY(begins(read(acme), u"locked"_s));
        QVERIFY(begins(read(connection(u"never saved"_s)), u"locked"_s));
        QVERIFY(begins(write(acme, m_other), u"locked"_s));
        QCOMPARE(remove(acme), u"locked (The keyring is locked. The key was not removed.)"_s);
        restartUnlocked();
        QCOMPARE(keptFor(acme), u"canary-5b1f"_s);
    }

    void aRestartedProviderIsHealedByARead()
    {
        const Connection acme = connection(u"8"_s);
        QCOMPARE(write(acme, m_secret), u"done"_s);
        restartUnlocked();
        QCOMPARE(read(acme), u"canary-5b1f"_s);
        QCOMPARE(write(acme, m_other), u"done"_s);
    }

    void aRestartedProviderFailsOneWrite()
    {
        const Connection acme = connection(u"9"_s);
        QCOMPARE(write(acme, m_secret), u"done"_s);
        restartUnlocked();
        QVERIFY(begins(write(acme, m_other), u"failed"_s)); // said, never repeated by itself
        QCOMPARE(keptFor(acme), u"canary-5b1f"_s);
        QCOMPARE(write(acme, m_other), u"done"_s);
    }

    void aSilentProviderEndsAtTheDeadline()
    {
        const Connection acme = connection(u"10"_s);
        QCOMPARE(write(acme, m_secret), u"done"_s);
        m_store = std::make_unique<KeychainStore>(300ms);
        m_stopped = providerPid();
        QVERIFY(m_stopped != 0);
        kill(pid_t(m_stopped), SIGSTOP);

        const Heartbeat heartbeat;
        QStringList words;
        const auto note = [&words](const auto &answer) {
            words << (answer ? shown(*answer) : word(answer.error().kind));
        };
        m_store->read(acme, this, note);
        m_store->write(acme, m_other, this, note);
        QTRY_COMPARE(words, QStringList({u"silent"_s, u"busy"_s}));
        m_store->remove(acme, this, note);
        m_store->read(acme, this, note);
        QTRY_COMPARE(words.mid(2), QStringList({u"busy"_s, u"busy"_s})); // told at once, not after another deadline
        QVERIFY2(heartbeat.longest < 100, qPrintable(QString::number(heartbeat.longest)));

        kill(pid_t(std::exchange(m_stopped, 0)), SIGCONT);
        QTRY_COMPARE(words.mid(4), QStringList({u"canary-5b1f"_s, u"canary-5b1f"_s})); // both reads hear how it ended
        QCOMPARE(read(acme), u"canary-5b1f"_s); // what was given up and would change something was not begun
        QCOMPARE(words.size(), 6);
    }

    /// As after a prompt that is answered when nobody waits for it any more.
    void aKeyForTheSessionIsTakenBackFromALateKeychain()
    {
        QTemporaryDir folder;
        ConnectionList list(folder.filePath(u"connections.ini"_s));
        SessionSecrets secrets;
        m_store = std::make_unique<KeychainStore>(300ms);
        ConnectionBook book(list, *m_store, secrets);
        const Connection acme = connection(u"11"_s);
        QStringList words;
        const auto save = [&] {
            m_stopped = providerPid();
            kill(pid_t(m_stopped), SIGSTOP);
            book.save(acme, m_secret, this, [&](const Result<Filed> &answer) {
                words << (answer ? u"saved"_s : word(answer.error().kind));
            });
        };
        const auto awake = [this] { kill(pid_t(std::exchange(m_stopped, 0)), SIGCONT); };
        save();
        QTRY_COMPARE(words, QStringList{u"silent"_s});
        awake();
        QTRY_COMPARE(words, QStringList({u"silent"_s, u"saved"_s})); // still wanted: heard as if it had come in time
        QCOMPARE(keptFor(acme), u"canary-5b1f"_s);
        QCOMPARE(remove(acme), u"done"_s);

        save();
        QTRY_COMPARE(words.size(), 3);
        book.keepForSession(acme, m_secret);
        QStringList turn;
        m_store->read(connection(u"never saved"_s), this, [&](const auto &answer) {
            turn << (answer ? shown(*answer) : word(answer.error().kind));
        });
        awake();
        QTRY_COMPARE(turn, QStringList({u"busy"_s, u"no key"_s})); // it stood behind the write, which has ended
        QTRY_COMPARE(keptFor(acme), QString());
        QCOMPARE(secrets.find(acme), m_secret);
        QCOMPARE(words.size(), 3);
    }

    // worlds: kwallet, keepassxc

    void itsPromptOpensIt()
    {
        shut();
        answerPrompts(password());
        QCOMPARE(read(connection(u"1"_s)), u"canary-5b1f"_s);
    }

    void aPromptThatIsClosedIsNoAbsence()
    {
        const Connection acme = connection(u"1"_s);
        using Verb = std::function<QString()>;
        for (const Verb &verb : {Verb([&] { return read(acme); }), Verb([&] { return read(connection(u"never saved"_s)); }),
                                 Verb([&] { return write(acme, m_other); }), Verb([&] { return remove(acme); })}) {
            shut();
            answerPrompts({u"Escape"_s});
            const QString words = verb();
            QVERIFY2(begins(words, u"locked"_s) || begins(words, u"refused"_s), qPrintable(words));
            dropHands();
        }
        itsPromptOpensIt(); // and the key is the one of before
    }

    void aPromptThatIsAnsweredLateIsHeard()
    {
        shut();
        m_store = std::make_unique<KeychainStore>(1s);
                QStringList words;
        m_store->read(connection(u"1"_s), this, [&](const auto &answer) {
            words << (answer ? shown(*answer) : word(answer.error().kind));
        });
        QTRY_COMPARE(words, QStringList{u"silent"_s});
        answerPrompts(password());
        QTRY_COMPARE_WITH_TIMEOUT(words, QStringList({u"silent"_s, u"canary-5b1f"_s}), 20'000);
    }

    // worlds: kwallet-asking, keepassxc-asking; each test is another program to them

    void anAccessThatIsAllowedSaves()
    {
        answerPrompts({u"Return"_s});
        QCOMPARE(write(connection(u"1"_s), m_secret), u"done"_s);
    }

    void anAccessThatIsDeniedIsNoAbsence()
    {
        answerPrompts({u"Escape"_s});
        const QString words = read(connection(u"1"_s));
        QVERIFY2(begins(words, u"locked"_s) || begins(words, u"refused"_s), qPrintable(words));
    }

    void anAccessThatIsAllowedGivesTheKey()
    {
        answerPrompts({u"Return"_s});
        QCOMPARE(read(connection(u"1"_s)), u"canary-5b1f"_s);
    }

    // worlds: none, no-bus, dead-bus, no-lib

    void withoutAKeychainThereIsNone()
    {
        const Heartbeat heartbeat;
        const Connection acme = connection(u"1"_s);
        for (const QString &words : {read(acme), write(acme, m_secret), remove(acme)})
            QVERIFY2(begins(words, u"missing"_s), qPrintable(words));
        QVERIFY2(heartbeat.longest < 100, qPrintable(QString::number(heartbeat.longest)));
    }

    // world: no-glib

    void withoutGlibsEventLoopNothingIsWaitedFor()
    {
        const Connection acme = connection(u"1"_s);
        for (const QString &words : {read(acme), write(acme, m_secret), remove(acme), removeAll(acme)})
            QVERIFY2(begins(words, u"failed"_s) && words.contains(u"GLib"_s), qPrintable(words));
    }

    // world: kde

    void aWalletIsBelieved()
    {
        FakeWallet wallet;
        QVERIFY(wallet.isServing);
        const Connection acme = connection(u"1"_s);
        QCOMPARE(read(acme), u"no key"_s);
        QCOMPARE(write(acme, m_secret), u"done"_s);
        QCOMPARE(wallet.entries.value(u"stopdesk/https://api.xpander.ai:443/1"_s), m_secret.reveal());
        QCOMPARE(read(acme), u"canary-5b1f"_s);
        QCOMPARE(remove(acme), u"done"_s);
        QVERIFY(wallet.entries.isEmpty());
        QCOMPARE(m_store->name(), u"KWallet"_s);
    }

    void onlyWhatCameBackIsSaved_data()
    {
        QTest::addColumn<int>("lie");
        QTest::newRow("stores nothing") << int(FakeWallet::Lie::StoresNothing);
        QTest::newRow("keeps the old value") << int(FakeWallet::Lie::KeepsTheOldValue);
        QTest::newRow("truncates") << int(FakeWallet::Lie::Truncates);
    }
    void onlyWhatCameBackIsSaved()
    {
        QFETCH(int, lie);
        FakeWallet wallet;
        const Connection acme = connection(u"1"_s);
        wallet.lie = FakeWallet::Lie(lie);
        if (wallet.lie == FakeWallet::Lie::KeepsTheOldValue)
            wallet.entries.insert(KeychainStore::entryName(acme), "an old key");
        const QString words = write(acme, m_secret);
        QVERIFY2(begins(words, u"failed"_s), qPrintable(words));
        QVERIFY(!words.contains(u"canary"_s));
    }

    void aFormerEntryOfTheWalletIsMoved()
    {
        FakeWallet wallet;
        wallet.entries.insert(u"stopdesk/api.xpander.ai/1"_s, "canary-5b1f");
        QCOMPARE(read(connection(u"1"_s)), u"canary-5b1f"_s);
        QCOMPARE(wallet.entries.keys(), QStringList(u"stopdesk/https://api.xpander.ai:443/1"_s));
    }

    void aFormerEntryStaysWhereTheNewOneIsNotKept()
    {
        FakeWallet wallet;
        wallet.lie = FakeWallet::Lie::StoresNothing;
        wallet.entries.insert(u"stopdesk/api.xpander.ai/1"_s, "canary-5b1f");
        for (int reads = 0; reads < 2; ++reads)
            QCOMPARE(read(connection(u"1"_s)), u"canary-5b1f"_s);
        QCOMPARE(wallet.entries.keys(), QStringList(u"stopdesk/api.xpander.ai/1"_s));
    }

    void onlyWhatIsGoneIsRemoved()
    {
        FakeWallet wallet;
        const Connection acme = connection(u"1"_s);
        QCOMPARE(write(acme, m_secret), u"done"_s);
        wallet.lie = FakeWallet::Lie::RemovesNothing;
        for (const QString &words : {remove(acme), removeAll(acme)})
            QCOMPARE(words, u"failed (The key is still in the keyring.)"_s);
    }

    void aClosedPromptIsARefusal()
    {
        FakeWallet wallet;
        wallet.refuses = true;
        const Connection acme = connection(u"1"_s);
        for (const QString &words : {read(acme), write(acme, m_secret), remove(acme)})
            QVERIFY2(begins(words, u"refused"_s), qPrintable(words));
        QCOMPARE(wallet.asked.load(), 3); // not once more for the former entry
    }

    void anEmptyEntryIsNoKey()
    {
        FakeWallet wallet;
        wallet.entries.insert(KeychainStore::entryName(connection(u"1"_s)), QByteArray());
        QCOMPARE(read(connection(u"1"_s)), u"no key"_s);
    }
};

}

STOPDESK_TEST(keychainstore, TestKeychainStore, QCoreApplication)
#include "tst_keychainstore.moc"
