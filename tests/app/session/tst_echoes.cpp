#include "app/words/batchwords.h"
#include "app/words/failurewords.h"
#include "app/words/words.h"
#include "tests/app/session/sessioninhand.h"
#include "tests/support/fixture.h"
#include "tests/support/testmain.h"

namespace echoes_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

QStringList *logged = nullptr;
QtMessageHandler tellQt = nullptr;

void keepLog(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    logged->append(text);
    tellQt(type, context, text);
}

StopTarget target()
{
    StopTarget target;
    target.connection = {u"acme"_s};
    target.agent = {u"a1"_s};
    target.conversation = {u"c1"_s};
    target.title = u"Weekly outreach"_s;
    return target;
}

/// `input`, `ctx` and `url` of an answer repeat what was sent, which may be anybody's data: through the whole program it
/// is neither shown nor copied, written down or logged. The corpus has the word "canary" there.
class TestEchoes : public QObject {
    Q_OBJECT

    std::unique_ptr<SessionInHand> m_hand;
    QStringList m_log;

    Console &console() { return m_hand->console; }

    /// The answer to a stop, read by the real channel, as far as Problems and Stops.
    void refuse(const QByteArray &body, int status = 422)
    {
        m_hand->network.expect("POST ", FakeAnswer::with(status, body));
        console().stops.decide({target()}, ClearQueue::No, {}, false);
        m_hand->pass();
        QVERIFY(m_hand->network.allAsked());
    }
    QStringList shown()
    {
        QStringList words;
        for (const QAbstractItemModel *model : std::initializer_list<const QAbstractItemModel *>{
                 &console().models.problems, &console().models.stops, &console().link().conversations()}) {
            for (int row = 0; row < model->rowCount(); ++row) {
                for (int column = 0; column < model->columnCount(); ++column)
                    words += cell(model->index(row, column));
            }
        }
        for (const auto &[field, mark] : console().models.problems.marks())
            words.append(mark);
        return words;
    }
    static QStringList cell(const QModelIndex &index)
    {
        QStringList words;
        for (const QVariant &value : index.model()->itemData(index))
            words.append(value.toString());
        for (int role = Qt::DisplayRole; role < Qt::UserRole + 16; ++role)
            words.append(index.data(role).toString());
        return words;
    }
    QStringList copied()
    {
        QList<Problem> problems;
        for (const ProblemRow &row : console().models.problems.rows())
            problems.append(row.problem);
        QStringList words{words::problemsText(problems), words::problemsJson(problems)};
        const StopReport &report = console().models.stops.row(0).report;
        words += {words::ticketText(report, connectionTo(u"acme"_s)), words::engineerNote(report, connectionTo(u"acme"_s)),
                  words::batchText({report})};
        return words;
    }
    QStringList written()
    {
        QStringList contents;
        for (const QString &name : QDir(m_hand->folder.path()).entryList(QDir::Files)) {
            QFile file(m_hand->folder.filePath(name));
            if (file.open(QIODevice::ReadOnly))
                contents.append(QString::fromLatin1(file.readAll()));
        }
        return contents;
    }

private Q_SLOTS:
    void init()
    {
        m_log.clear();
        logged = &m_log;
        tellQt = qInstallMessageHandler(keepLog);
        m_hand = std::make_unique<SessionInHand>();
        Connection connection = connectionTo(u"acme"_s);
        connection.requestsPerMinute = 6000;
        connection.requestsPerHour = 60000;
        console().open(connection);
        m_hand->pass(1s);
        QCOMPARE(m_hand->conversations().size(), 2);
    }
    void cleanup()
    {
        qInstallMessageHandler(tellQt);
        m_hand.reset();
    }

    void nothingThatWasSentComesBack_data()
    {
        QTest::addColumn<QString>("body");
        for (const QString &name : fixtureNames(u"errors"_s)) {
            const bool repeats = fixture(u"errors/"_s + name).toLower().contains("canary");
            if (repeats && !name.endsWith(u".rows"))
                QTest::newRow(qPrintable(name)) << name;
        }
    }
    void nothingThatWasSentComesBack()
    {
        QFETCH(QString, body);
        refuse(fixture(u"errors/"_s + body));
        QTRY_VERIFY(console().models.problems.rowCount() > 0); // a long one is read in another thread
        for (const QStringList &words : {shown(), copied(), written(), m_log}) {
            for (const QString &text : words)
                QVERIFY2(!text.contains(u"canary"_s, Qt::CaseInsensitive), qPrintable(text.left(2000)));
        }
    }

    /// What the service does say gets there: the way is the right one.
    void whatIsSaidArrives()
    {
        refuse(R"({"detail":[{"loc":["body","clear_queue"],"msg":"said-word","type":"t","input":"canary"}]})");
        QVERIFY(shown().join(u' ').contains(u"said-word"_s));
        QVERIFY(copied().join(u' ').contains(u"said-word"_s));
        QVERIFY(!written().isEmpty());
    }
};

}

STOPDESK_TEST(echoes, TestEchoes, QCoreApplication)
#include "tst_echoes.moc"
