#include "app/credentials/connectionlist.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>
#include <sys/resource.h>

namespace connectionlist_test {

using namespace Qt::StringLiterals;

/// Every write to a file fails while it lives, as on a full disk (also for root).
class FullDisk {
public:
    FullDisk()
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit none{0, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &none);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before{};
};

Connection acme()
{
    Connection connection;
    connection.id = {u"3f0c1a52-7d0e-4a54-9a6f-0d3f5a0b7c11"_s};
    connection.name = u"Acme, cloud; \"ä\" = 1"_s;
    connection.address = QUrl(u"https://api.xpander.ai/pre%20fix"_s);
    connection.credential = CredentialKind::BearerToken;
    connection.environment = Environment::Staging;
    connection.routes = RouteFamily::Conversations;
    connection.readOnly = true;
    connection.authorityFile = u"/etc/own ca.pem"_s;
    connection.keychain = u"KWallet"_s;
    connection.requestsPerMinute = 50;
    connection.requestsPerHour = 500;
    return connection;
}

Connection other()
{
    Connection connection;
    connection.id = {u"other"_s};
    connection.name = u"A plain one"_s;
    connection.address = QUrl(u"http://intranet:8080"_s);
    connection.plainHttpAccepted = true;
    return connection;
}

/// What is kept of connections, and what happens to it when the file is damaged, newer or cannot be written.
class TestConnectionList : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;

    QByteArray bytes() const
    {
        QFile file(m_path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void setBytes(const QByteArray &bytes) const
    {
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    QByteArray savedAcme() const
    {
        ConnectionList(m_path).save(acme());
        return bytes();
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(u"settings/stopdesk.ini"_s);
    }

    void aFirstStartHasNothingToReport()
    {
        const ConnectionList list(m_path);
        QCOMPARE(list.all(), QList<Connection>());
        QCOMPARE(list.reports(), QStringList());
        QVERIFY(list.lastOpened().isEmpty());
        QVERIFY(!QFile::exists(m_path));
    }

    void everythingComesBack()
    {
        {
            ConnectionList list(m_path);
            QSignalSpy changed(&list, &ConnectionList::changed);
            QVERIFY(list.save(acme()));
            QVERIFY(list.save(other()));
            QVERIFY(list.setLastOpened(acme().id));
            QCOMPARE(changed.count(), 2);
        }
        const ConnectionList list(m_path);
        QCOMPARE(list.reports(), QStringList());
        QCOMPARE(list.all(), QList<Connection>({other(), acme()})); // by name
        QCOMPARE(list.find(acme().id), acme());
        QCOMPARE(list.lastOpened(), acme().id);
    }

    void savingAgainReplaces()
    {
        ConnectionList list(m_path);
        list.save(acme());
        Connection renamed = acme();
        renamed.name = u"Zeta"_s;
        QVERIFY(list.save(renamed));
        QCOMPARE(list.all(), QList<Connection>({renamed}));
        const ConnectionList again(m_path);
        QCOMPARE(again.all(), QList<Connection>({renamed}));
    }

    /// A service may really stand behind such a path.
    void anAddressThatWasKeptIsNotCut()
    {
        ConnectionList(m_path).save(acme());
        {
            QSettings settings(m_path, QSettings::IniFormat);
            settings.setValue(u"connections/%1/address"_s.arg(acme().id.value), u"https://api.xpander.ai/pre%20fix/v1/agents"_s);
        }
        const ConnectionList list(m_path);
        QCOMPARE(list.all().value(0).address.path(), u"/pre fix/v1/agents"_s);
        QVERIFY(list.reports().isEmpty());
    }

    /// What was accepted for one origin holds for no other, whoever edits the file.
    void acceptedHttpIsOfOneOrigin()
    {
        ConnectionList(m_path).save(other());
        QCOMPARE(ConnectionList(m_path).all(), QList<Connection>({other()}));
        setBytes(bytes().replace("address=http://intranet:8080", "address=http://intranet:8081"));
        const ConnectionList list(m_path);
        QCOMPARE(list.all(), QList<Connection>());
        QCOMPARE(list.reports(), QStringList(u"The connection “A plain one” cannot be read and is left out. http sends the key readable "
                                             "over the network. Use https, or accept this below."_s));
    }

    /// Versions before wrote "true".
    void acceptedHttpOfAFormerFileIsBoundToItsAddress()
    {
        ConnectionList(m_path).save(other());
        setBytes(bytes().replace("plainHttpAccepted=http://intranet:8080", "plainHttpAccepted=true"));
        QCOMPARE(ConnectionList(m_path).all(), QList<Connection>({other()}));
        QVERIFY(bytes().contains("plainHttpAccepted=http://intranet:8080"));
    }

    void removingLeavesNothing()
    {
        ConnectionList list(m_path);
        list.save(acme());
        list.setLastOpened(acme().id);
        QSignalSpy changed(&list, &ConnectionList::changed);
        QVERIFY(list.remove(acme().id));
        QCOMPARE(changed.count(), 1);
        QVERIFY(list.lastOpened().isEmpty());
        QVERIFY(!bytes().contains(acme().id.value.toLatin1()));
        QCOMPARE(ConnectionList(m_path).all(), QList<Connection>());
    }

    void theDemoIsNotKept()
    {
        ConnectionList list(m_path);
        Connection demo = acme();
        demo.isDemo = true;
        list.save(demo);
        QVERIFY(list.all().isEmpty());
        QVERIFY(bytes().isEmpty());
    }

    void idsAreNew()
    {
        QVERIFY(newConnectionId() != newConnectionId());
        QCOMPARE(newConnectionId().value.size(), 36);
    }

    void aDamagedEntryIsReportedAndLeftAsItIs_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("environment") << QByteArray("staging") << QByteArray("stagging");
        QTest::newRow("credential") << QByteArray("bearer-token") << QByteArray("password");
        QTest::newRow("routes") << QByteArray("routes=conversations") << QByteArray("routes=");
        QTest::newRow("address") << QByteArray("https://api") << QByteArray("https://user:pw@api");
        QTest::newRow("http not accepted") << QByteArray("https://api") << QByteArray("http://api");
        QTest::newRow("read-only is gone") << QByteArray("readOnly=true") << QByteArray("unknown=true");
        QTest::newRow("no limit") << QByteArray("requestsPerMinute=50") << QByteArray("requestsPerMinute=many");
    }
    void aDamagedEntryIsReportedAndLeftAsItIs()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QByteArray damaged = savedAcme();
        QVERIFY(damaged.contains(from));
        setBytes(damaged.replace(from, to));

        ConnectionList list(m_path);
        QCOMPARE(list.all(), QList<Connection>());
        QCOMPARE(list.reports().size(), 1);
        QVERIFY2(list.reports().first().contains(u"Acme"_s), qPrintable(list.reports().first()));
        QVERIFY(list.save(other()));
        QVERIFY(bytes().contains(to));
        QCOMPARE(ConnectionList(m_path).all(), QList<Connection>({other()}));
    }

    void aTruncatedFileNeverLosesReadOnly()
    {
        const QByteArray whole = savedAcme();
        for (qsizetype size = 0; size < whole.size(); size += 7) {
            setBytes(whole.left(size));
            const ConnectionList list(m_path);
            for (const Connection &connection : list.all())
                QVERIFY2(connection.readOnly, qPrintable(QString::number(size)));
        }
    }

    void aNewerVersionIsNotOverwritten_data()
    {
        QTest::addColumn<QByteArray>("version");
        QTest::newRow("next") << QByteArray("version=2");
        QTest::newRow("no number") << QByteArray("version=two");
    }
    void aNewerVersionIsNotOverwritten()
    {
        QFETCH(QByteArray, version);
        const QByteArray newer = savedAcme().replace("version=1", version);
        setBytes(newer);
        ConnectionList list(m_path);
        QCOMPARE(list.all(), QList<Connection>({acme()}));
        QCOMPARE(list.reports().size(), 1);
        const auto kept = list.save(other());
        QVERIFY(!kept);
        QCOMPARE(kept.error(), list.reports().first());
        QVERIFY(list.find(other().id)); // for this run
        QVERIFY(!list.remove(acme().id));
        QCOMPARE(bytes(), newer);
    }

    void aFileThatIsNoneIsPutAside()
    {
        const QByteArray noise = savedAcme() + "\x7f" "ELF noise\nno settings at all\n[half a sect";
        setBytes(noise);
        ConnectionList list(m_path);
        QCOMPARE(list.reports().size(), 1);
        QCOMPARE(list.all(), QList<Connection>({acme()}));
        QVERIFY(list.save(other()));
        const ConnectionList again(m_path);
        QCOMPARE(again.all(), QList<Connection>({other(), acme()}));
        QCOMPARE(again.reports(), QStringList());
        m_path += u".damaged"_s;
        QCOMPARE(bytes(), noise);
    }

    void aFullDiskIsSaidAndHarmsNothing()
    {
        const QByteArray before = savedAcme();
        ConnectionList list(m_path);
        {
            const FullDisk full;
            const auto kept = list.save(other());
            QVERIFY(!kept);
            QVERIFY(kept.error().contains(m_path));
        }
        QCOMPARE(bytes(), before);
        QVERIFY(list.find(other().id)); // for this run
        QVERIFY(list.setLastOpened(acme().id)); // there is room again: not haunted by the error before
        QCOMPARE(ConnectionList(m_path).lastOpened(), acme().id);
    }

    void aPlaceThatCannotBeWrittenIsSaid()
    {
        ConnectionList list(u"/dev/null/stopdesk.ini"_s);
        QVERIFY(!list.save(acme()));
        QCOMPARE(list.all().size(), 1);
    }
};

}

STOPDESK_TEST(connectionlist, TestConnectionList, QCoreApplication)
#include "tst_connectionlist.moc"
