#include "app/models/queuemodel.h"
#include "app/types/clock.h"
#include "tests/support/testmain.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

namespace queuemodel_test {

using namespace Qt::StringLiterals;

/// The waiting messages, first to start on top.
class TestQueueModel : public QObject {
    Q_OBJECT

private:
    QueuedMessage message(const QString &id, const QString &text, int seconds) const
    {
        return {{id}, text, {}, seconds < 0 ? QDateTime() : m_now.addSecs(-seconds)};
    }

    /// Text, person, and how long.
    QStringList lines() const
    {
        QStringList made;
        for (int row = 0; row < m_model->rowCount(); ++row) {
            const QModelIndex index = m_model->index(row, 0);
            made.append(QStringList{index.data().toString(), index.data(QueueModel::PersonRole).toString(),
                                    index.data(QueueModel::WaitingRole).toString()}
                            .join(u" | "_s));
        }
        return made;
    }

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<QueueModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }

    void messagesStandInTheirOrderWithTheirTime()
    {
        m_model->show({message(u"m1"_s, u"Also include the partners list"_s, 130), message(u"m2"_s, u"Stop!!"_s, 60),
                       message(u"m3"_s, {}, -1)}, m_now);
        QCOMPARE(lines(), QStringList({u"Also include the partners list | – | 2 min"_s, u"Stop!! | – | 1 min"_s,
                                       u"No text | – | –"_s}));
        QCOMPARE(m_model->index(1, 0).data(Qt::AccessibleTextRole).toString(), u"Stop!!, waiting for 1 min"_s);
    }

    void aMessageNamesItsPerson()
    {
        QueuedMessage one = message(u"m1"_s, u"Stop!!"_s, 60);
        one.person.email = u"noa@acme.example"_s;
        m_model->show({one}, m_now);
        QCOMPARE(lines(), QStringList{u"Stop!! | noa@acme.example | 1 min"_s});
        QCOMPARE(m_model->index(0, 0).data(Qt::AccessibleTextRole).toString(),
                 u"Stop!!, from noa@acme.example, waiting for 1 min"_s);
    }

    void theHeadLeavesAndTheOthersMoveUp()
    {
        m_model->show({message(u"m1"_s, u"one"_s, 9), message(u"m2"_s, u"two"_s, 8), message(u"m3"_s, u"three"_s, 7)},
                      m_now);
        const QPersistentModelIndex two = m_model->index(1, 0);
        m_model->show({message(u"m3"_s, u"three"_s, 7), message(u"m2"_s, u"two"_s, 8)}, m_now);
        QCOMPARE(lines(), QStringList({u"three | – | 7 s"_s, u"two | – | 8 s"_s}));
        QCOMPARE(two.row(), 1);
        m_model->clear();
        QVERIFY(!two.isValid());
    }

    void messagesWithoutIdsAndDuplicatesAreBorne()
    {
        m_model->show({message({}, u"a"_s, -1), message({}, u"a"_s, -1), message(u"m"_s, u"b"_s, -1),
                       message(u"m"_s, u"b"_s, -1)}, m_now);
        QCOMPARE(m_model->rowCount(), 3);
    }

    void timePassesInPlace()
    {
        m_model->show({message(u"m1"_s, u"old"_s, 7200), message(u"m2"_s, u"new"_s, 5)}, m_now);
        QSignalSpy changes(m_model.get(), &QAbstractItemModel::dataChanged);
        m_model->tick(m_now.addSecs(1));
        QCOMPARE(changes.size(), 1);
        QCOMPARE(changes.at(0).at(0).toModelIndex(), m_model->index(1, 0));
        QCOMPARE(m_model->index(1, 0).data(QueueModel::WaitingRole).toString(), u"6 s"_s);
    }

    void aHostileTextStaysOneHarmlessLine()
    {
        m_model->show({message(u"m1"_s, u"<img src=x>\n\u202e"_s + QString(100000, u'x'), 1)}, m_now);
        const QString text = m_model->index(0, 0).data().toString();
        QVERIFY(text.startsWith(u"<img src=x> \ufffdx"_s));
        QVERIFY(text.size() <= 300);
        QVERIFY(!m_model->index(0, 0).data(Qt::ToolTipRole).toString().contains(u"<i"_s));
    }

private:
    QDateTime m_now = QDateTime(QDate(2026, 5, 13), QTime(12, 0), utcZone);
    std::unique_ptr<QueueModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

}

STOPDESK_TEST(queuemodel, TestQueueModel, QCoreApplication)
#include "tst_queuemodel.moc"
