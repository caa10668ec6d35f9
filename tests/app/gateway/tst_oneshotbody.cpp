#include "app/gateway/oneshotbody.h"
#include "tests/support/testmain.h"

#include <QtTest>

namespace oneshotbody_test {

/// A body that is given once and never again.
class TestOneShotBody : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itGivesItsBytesOnce()
    {
        OneShotBody body("{\"clear_queue\":true}");
        QVERIFY(!body.wasRead());
        QCOMPARE(body.bytesAvailable(), 20);
        QCOMPARE(body.readAll(), "{\"clear_queue\":true}");
        QVERIFY(body.wasRead());
        QVERIFY(body.atEnd());
        QCOMPARE(body.readAll(), QByteArray());
        QCOMPARE(body.bytesAvailable(), 0);
    }

    void itCannotBeRewound()
    {
        OneShotBody body("abcd");
        QVERIFY(body.isSequential());
        QCOMPARE(body.read(2), "ab");
        QVERIFY(!body.reset());
        QVERIFY(!body.seek(0));
        QCOMPARE(body.readAll(), "cd");
    }

    void aPieceCountsAsTaken()
    {
        OneShotBody body("abcd");
        body.read(1);
        QVERIFY(body.wasRead());
        QVERIFY(!body.atEnd());
    }

    void lookingIsNotTaking()
    {
        OneShotBody body("abcd");
        QCOMPARE(body.size(), 4);
        QVERIFY(!body.atEnd());
        QVERIFY(!body.wasRead());
    }

    void anEmptyOneIsAtItsEndAtOnce()
    {
        OneShotBody body({});
        char byte = 0;
        QVERIFY(body.atEnd());
        QCOMPARE(body.read(&byte, 1), -1);
        QVERIFY(!body.reset());
        QVERIFY(!body.wasRead());
    }

    void nothingIsWrittenToIt()
    {
        OneShotBody body("abcd");
        QTest::ignoreMessage(QtWarningMsg, "QIODevice::write (OneShotBody): ReadOnly device");
        QCOMPARE(body.write("x"), -1);
    }
};

}

STOPDESK_TEST(oneshotbody, TestOneShotBody, QCoreApplication)
#include "tst_oneshotbody.moc"
