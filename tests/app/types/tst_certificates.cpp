#include "app/types/certificates.h"

#include "tests/support/faultserver.h"
#include "tests/support/testmain.h"

#include <QStringEncoder>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

namespace certificates_test {

using namespace Qt::StringLiterals;

QByteArray made(const QString &name)
{
    return FaultServer::certificateFile(name);
}

/// The authority as PEM under another label.
QByteArray labelled(const QByteArray &label)
{
    return made(u"authority.pem"_s).replace(" CERTIFICATE-", " " + label + "-");
}

QByteArray inUtf16(QStringConverter::Encoding encoding)
{
    QStringEncoder encoder(encoding, QStringConverter::Flag::WriteBom);
    return encoder(QString::fromLatin1(made(u"authority.pem"_s)));
}

/// Files of certificate authorities as companies hand them out, made by openssl.
class TestCertificates : public QObject {
    Q_OBJECT

private:
    AuthorityFile read(const QByteArray &bytes)
    {
        QFile file(m_folder.filePath(u"any"_s));
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(bytes) != bytes.size())
            qFatal("cannot write %s", qPrintable(file.fileName()));
        file.close();
        return readAuthorityFile(file.fileName());
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void eachFormIsRead_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray pem = made(u"authority.pem"_s);
        const QByteArray der = made(u"authority.der"_s);
        const QByteArray pkcs7 = made(u"authority.p7b"_s);
        QTest::newRow("PEM") << pem;
        QTest::newRow("PEM, X509") << labelled("X509 CERTIFICATE");
        QTest::newRow("PEM, trusted") << made(u"authority.trusted"_s);
        QTest::newRow("PEM, trusted, nothing said of trust") << labelled("TRUSTED CERTIFICATE");
        QTest::newRow("CR LF") << QByteArray(pem).replace("\n", "\r\n");
        QTest::newRow("CR") << QByteArray(pem).replace("\n", "\r");
        QTest::newRow("byte order mark") << "\xEF\xBB\xBF" + pem;
        QTest::newRow("UTF-16") << inUtf16(QStringConverter::Utf16LE);
        QTest::newRow("UTF-16, the other way round") << inUtf16(QStringConverter::Utf16BE);
        QTest::newRow("text around") << "Certificate:\n  Issuer: CN=\xC3\x84 -----\n" + pem + "\n-- \nYour IT\n";
        QTest::newRow("indented") << QByteArray(pem).replace("\n", "\n    ").prepend("    ");
        QTest::newRow("one line") << "-----BEGIN CERTIFICATE-----" + der.toBase64() + "-----END CERTIFICATE-----";
        QTest::newRow("Base64 alone") << der.toBase64();
        QTest::newRow("DER") << der;
        QTest::newRow("PKCS#7, PEM") << pkcs7;
        QTest::newRow("PKCS#7, DER") << made(u"authority.p7c"_s);
        QTest::newRow("PKCS#7, BER") << made(u"authority.ber"_s);
        QTest::newRow("PKCS#7 as Windows labels it") << QByteArray(pkcs7).replace("PKCS7", "CERTIFICATE");
        QTest::newRow("PKCS#7, the long label") << QByteArray(pkcs7).replace("PKCS7", "PKCS #7 SIGNED DATA");
        QTest::newRow("with one that has ended") << made(u"expired.pem"_s) + pem;
    }
    void eachFormIsRead()
    {
        QFETCH(QByteArray, bytes);
        const AuthorityFile file = read(bytes);
        QCOMPARE(file.trouble, QString());
        QVERIFY(file.certificates.contains(FaultServer::authority()));
    }

    void severalInOneFile_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("PEM") << made(u"authority.pem"_s) + "and\n" + made(u"self-signed.pem"_s);
        QTest::newRow("PEM in different forms") << made(u"authority.p7b"_s) + made(u"self-signed.pem"_s);
        QTest::newRow("DER") << made(u"authority.der"_s) + QSslCertificate(made(u"self-signed.pem"_s)).toDer();
    }
    void severalInOneFile()
    {
        QFETCH(QByteArray, bytes);
        const QList<QSslCertificate> both{FaultServer::authority(), QSslCertificate(made(u"self-signed.pem"_s))};
        QCOMPARE(read(bytes).certificates, both);
    }

    void whatCannotBeUsedIsSaid_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("words");
        const QByteArray pem = made(u"authority.pem"_s);
        const QString none = u"There is no certificate in this file."_s;
        const QString key = u"There is a private key in this file, "_s;
        const QString damaged = u"The certificate in this file is damaged."_s;
        QTest::newRow("nothing") << QByteArray() << none;
        QTest::newRow("text") << "A letter about -----BEGIN and END-----\n"_ba << none;
        QTest::newRow("a request") << "-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----\n"_ba
                                   << none;
        QTest::newRow("a key too") << pem + made(u"authority.key"_s) << key;
        QTest::newRow("a key before it") << made(u"authority.key"_s) + pem << key;
        QTest::newRow("a locked key")
            << "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----\n"_ba << key;
        QTest::newRow("a key, DER") << made(u"authority.key.der"_s) << key;
        QTest::newRow("PKCS#12") << made(u"authority.p12"_s) << key;
        QTest::newRow("damaged") << "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"_ba << damaged;
        QTest::newRow("cut") << pem.left(pem.size() / 2) << damaged;
        QTest::newRow("cut, DER") << made(u"authority.der"_s).chopped(1) << none;
        QTest::newRow("half of it damaged") << pem + pem.left(pem.size() / 2) << u"A part of this file is damaged."_s;
        QTest::newRow("ended") << made(u"expired.pem"_s)
                               << u"What is in this file ended on 2 Jan 2020, and this computer's clock shows "_s;
        QTest::newRow("not yet") << made(u"not-yet.pem"_s)
                                 << u"What is in this file begins on 1 Jan 2090, and this computer's clock shows "_s;
        QTest::newRow("not for servers") << made(u"authority.rejected"_s)
                                         << u"What is in this file is marked as not to be trusted for servers."_s;
        QTest::newRow("too large") << pem + QByteArray(2 * 1024 * 1024, '\n') << u"This file is larger than 2 MB."_s;
        QTest::newRow("a comb of beginnings") << "-----BEGIN CERTIFICATE-----\n"_ba.repeated(70000) << damaged;
    }
    void whatCannotBeUsedIsSaid()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, words);
        const QString trouble = read(bytes).trouble;
        QVERIFY2(trouble.startsWith(words) && trouble.endsWith(u'.'), qPrintable(trouble));
    }

    void aKeyIsNeverUsedAndADamagedPartSpoilsNoOther()
    {
        const QByteArray pem = made(u"authority.pem"_s);
        QVERIFY(read(pem + made(u"authority.key"_s)).certificates.isEmpty());
        QCOMPARE(read(pem + pem.left(200)).certificates, QList{FaultServer::authority()});
    }

    void whatIsNoFileIsNotOpened()
    {
        const auto said = [](const QString &file) { return readAuthorityFile(file).trouble; };
        QVERIFY(said(m_folder.filePath(u"none"_s)).startsWith(u"There is no such file."_s));
        QVERIFY(said(m_folder.path()).startsWith(u"This is a folder."_s));
#ifdef Q_OS_UNIX
        const QString fifo = m_folder.filePath(u"fifo"_s);
        QCOMPARE(mkfifo(qPrintable(fifo), 0600), 0);
        for (const QString &endless : {fifo, u"/dev/zero"_s})
            QVERIFY(said(endless).startsWith(u"This is not a file that can be read to its end."_s));
        QVERIFY(QFile::link(m_folder.filePath(u"loop"_s), m_folder.filePath(u"loop"_s)));
        QVERIFY(said(m_folder.filePath(u"loop"_s)).startsWith(u"There is no such file."_s));
#endif
        QFile locked(m_folder.filePath(u"locked"_s));
        QVERIFY(locked.open(QIODevice::WriteOnly));
        QVERIFY(locked.setPermissions({}));
        if (QFile again(locked.fileName()); again.open(QIODevice::ReadOnly))
            QSKIP("Root may read everything.");
        QVERIFY(said(locked.fileName()).startsWith(u"This file cannot be read."_s));
    }

    void aHostIsLookedForAmongTheAlternativeNames_data()
    {
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("is");
        QTest::newRow("address") << u"good.pem"_s << u"127.0.0.1"_s << true;
        QTest::newRow("name") << u"good.pem"_s << u"service.test"_s << true;
        QTest::newRow("capitals") << u"good.pem"_s << u"SERVICE.test"_s << true;
        QTest::newRow("another name") << u"good.pem"_s << u"a.service.test"_s << false;
        QTest::newRow("another address") << u"good.pem"_s << u"127.0.0.2"_s << false;
        QTest::newRow("address as common name alone") << u"common-name.pem"_s << u"127.0.0.1"_s << false;
        QTest::newRow("beside it") << u"common-name.pem"_s << u"elsewhere.example"_s << true;
        QTest::newRow("name as common name alone") << u"wildcard.pem"_s << u"service.test"_s << false;
        QTest::newRow("wildcard") << u"wildcard.pem"_s << u"api.example.com"_s << true;
        QTest::newRow("two below a wildcard") << u"wildcard.pem"_s << u"a.api.example.com"_s << false;
        QTest::newRow("IPv6") << u"wildcard.pem"_s << u"fd00::1"_s << true;
        QTest::newRow("an address written as a name") << u"wildcard.pem"_s << u"10.1.2.3"_s << true;
        QTest::newRow("no names at all") << u"authority.pem"_s << u"service.test"_s << true;
    }
    void aHostIsLookedForAmongTheAlternativeNames()
    {
        QFETCH(QString, certificate);
        QFETCH(QString, host);
        QTEST(namesHost(QSslCertificate(made(certificate)), host), "is");
    }
};

}

STOPDESK_TEST(certificates, TestCertificates, QCoreApplication)
#include "tst_certificates.moc"
