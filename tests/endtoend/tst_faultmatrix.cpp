#include "tests/endtoend/faultmatrixcell.h"
#include "tests/support/testmain.h"

#include <QtTest>

#include <algorithm>

namespace faultmatrix_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

struct Status {
    int status;
    QByteArray body;
    HeaderLines headers = {};
};

QByteArray detail(const QByteArray &text)
{
    return R"({"detail":")" + text + R"("})";
}

QByteArray webPage(const QByteArray &title)
{
    return "<html><head><title>" + title + "</title></head><body><h1>" + title + "</h1></body></html>";
}

const HeaderLines html{{"Content-Type", "text/html"}};

/// Bodies as the service, its framework or a proxy in front of it words them.
QList<Status> statuses()
{
    return {
        {400, detail("Bad request")},
        {401, detail("Invalid API key")},
        {403, detail("Not allowed for this agent")},
        {404, detail("Not Found")},
        {408, detail("Request Timeout")},
        {409, detail("Conversation is locked")},
        {410, detail("Gone")},
        {422, R"({"detail":[{"loc":["path","agent_id"],"msg":"value is not a valid uuid","type":"type_error.uuid"}]})"},
        {425, detail("Too Early")},
        {429, detail("Too many requests"), {{"Retry-After", "7"}}},
        {500, detail("Internal Server Error")},
        {502, webPage("502 Bad Gateway"), html},
        {503, webPage("503 Service Unavailable"), html},
        {504, webPage("504 Gateway Time-out"), html},
    };
}

/// What the service says when all is well.
QByteArray goodBody(Ask ask)
{
    switch (ask) {
    case Ask::List:
        return R"({"items":[{"id":"c1","agent_id":"a1","status":"executing","title":"Refund"},)"
               R"({"id":"s1","agent_id":"a1","status":"executing","title":"Refund"}],"page":1,"total_pages":1})";
    case Ask::RunState:
    case Ask::Proof: return R"({"conversation_id":"c1","is_running":false,"queue_depth":0,"queued_messages":[]})";
    case Ask::Stop:
    case Ask::TaskStop:
    case Ask::Discard: return R"({"id":"c1","status":"stopping"})";
    }
    return {};
}

QByteArray bodyOfWrongTypes(Ask ask)
{
    switch (ask) {
    case Ask::List: return R"({"items":{"id":7},"page":"one"})";
    case Ask::RunState:
    case Ask::Proof: return R"({"conversation_id":"c1","is_running":"no"})";
    case Ask::Stop:
    case Ask::TaskStop:
    case Ask::Discard: return R"([{"status":7}])";
    }
    return {};
}

QList<Fault> faults()
{
    using Way = Fault::Way;
    const auto answers = [](const QString &name, const Reaction &reaction) {
        return Fault{name, Way::Answers, [reaction](Ask) { return reaction; }};
    };
    QList<Fault> all{
        {u"none"_s, Way::Answers, [](Ask ask) { return Reaction::answer(200, goodBody(ask)); }},
        {u"connection refused"_s, Way::RefusesConnections, {}},
        {u"name not found"_s, Way::HasNoName, {}},
        {u"reset before reading"_s, Way::ResetsUnread, {}},
        answers(u"reset after reading"_s, Reaction::resetAfterReading()),
        answers(u"hangs"_s, Reaction::hang()),
        {u"drips"_s, Way::Answers, [](Ask ask) { return Reaction::drip(goodBody(ask), 200ms); }},
        {u"cut"_s, Way::Answers, [](Ask ask) { return Reaction::halfBody(goodBody(ask)); }},
    };
    for (const Status &each : statuses())
        all.append(answers(QString::number(each.status), Reaction::answer(each.status, each.body, each.headers)));
    all.append(answers(u"200, a web page"_s, Reaction::answer(200, webPage("Sign in"), html)));
    all.append(answers(u"200, empty"_s, Reaction::answer(200, {})));
    all.append(
        {u"200, wrong types"_s, Way::Answers, [](Ask ask) { return Reaction::answer(200, bodyOfWrongTypes(ask)); }});
    return all;
}

/// One part of the table: its heading, what stands above it, and its columns.
struct Section {
    Ask ask;
    QString text;
    QStringList columns;
};

QList<Section> sections()
{
    const QStringList stop{u"Fault"_s,   u"Outcome"_s,   u"How it is known"_s, u"Effect"_s,
                           u"Problem"_s, u"Delivered"_s, u"Journal"_s};
    const QStringList read{u"Fault"_s, u"What was read before"_s, u"Problem"_s, u"Delivered"_s};
    return {
        {Ask::Stop,
         u"## Stop of a conversation\n\nIt runs before the stop; what is read afterwards says that nothing runs."_s,
         stop},
        {Ask::TaskStop,
         u"## Stop of a sub-task\n\nIt runs before the stop; what is read afterwards says that it has ended."_s, stop},
        {Ask::Discard,
         u"## Discarding a message\n\nIt waits before; what is read afterwards says that nothing waits."_s, stop},
        {Ask::Proof,
         u"## The reads that prove a stop\n\nThe stop itself is accepted; run-state has the fault from then on."_s,
         {u"Fault"_s, u"Outcome"_s, u"How it is known"_s, u"Journal"_s}},
        {Ask::List, u"## The list of conversations\n\nTwo rows were read; the next three rounds meet the fault."_s,
         read},
        {Ask::RunState,
         u"## The live state of the chosen conversation\n\nIt was read once; the next three reads meet "
         "the fault."_s,
         read},
    };
}

QStringList cells(const Section &section, const Fault &fault, const Seen &seen)
{
    const QString delivered = QString::number(seen.deliveries);
    static const QRegularExpression wordsOfQt(u"(?<=not JSON: )[^”]+"_s); // they differ by version
    const QString problem = seen.problem.mid(1).join(u" — "_s).replace(wordsOfQt, u"…"_s);
    switch (section.ask) {
    case Ask::Stop:
    case Ask::TaskStop:
    case Ask::Discard:
        return {fault.name, seen.state, seen.howItIsKnown, seen.problem.value(0), problem, delivered, seen.journal};
    case Ask::Proof: return {fault.name, seen.state, seen.howItIsKnown, seen.journal};
    case Ask::List:
    case Ask::RunState: return {fault.name, seen.state, problem, delivered};
    }
    return {};
}

QString line(const QStringList &cells)
{
    return u"| "_s + cells.join(u" | "_s) + u" |\n"_s;
}

}

// Opened anew: moc of Qt 6.4 loses its count of braces in the raw strings above.
namespace faultmatrix_test {

/// Every fault in every place, over real sockets: what the person sees, what was delivered and what the journal says,
/// as a table that a person can read.
class TestFaultMatrix : public QObject {
    Q_OBJECT

private:
    QString generatedTable() const
    {
        QString table = u"# What becomes of each fault\n\nWritten by tst_faultmatrix. *Delivered*: whole requests that "
                        "reached the service while it had the fault.\n"_s;
        for (const Section &section : sections()) {
            table += u'\n' + section.text + u"\n\n"_s + line(section.columns)
                + line(QStringList(section.columns.size(), u"---"_s));
            for (const auto &cell : m_cells.at(section.ask))
                table += line(cells(section, cell->fault(), *cell->seen()));
        }
        return table;
    }

    std::map<Ask, std::vector<std::unique_ptr<FaultCell>>> m_cells;

private Q_SLOTS:
    void initTestCase()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        constexpr int atOnce = 5;
        for (const Section &section : sections()) {
            auto &cells = m_cells[section.ask];
            for (const Fault &fault : faults()) {
                cells.push_back(std::make_unique<FaultCell>(section.ask, fault));
                cells.back()->begin();
                const auto isReady = [](const auto &cell) { return cell->isReady(); };
                if (cells.size() % atOnce == 0)
                    QTRY_VERIFY(std::all_of(cells.end() - atOnce, cells.end(), isReady));
            }
        }
        for (const auto &[ask, all] : m_cells) {
            for (const auto &cell : all)
                QTRY_VERIFY2_WITH_TIMEOUT(cell->seen(), qPrintable(cell->fault().name), 20'000);
        }
    }

    void theTableIsTheCommittedOne()
    {
        QFile committed(QFINDTESTDATA("faultmatrix.md"));
        const QString generated = generatedTable();
        if (!committed.open(QIODevice::ReadOnly) || QString::fromUtf8(committed.readAll()) != generated) {
            QFile fresh(u"faultmatrix.new.md"_s); // another name: QFINDTESTDATA looks here first
            QVERIFY(fresh.open(QIODevice::WriteOnly));
            fresh.write(generated.toUtf8());
            QFAIL(qPrintable(u"The table changed. Read it, then: cp %1 %2"_s.arg(
                QFileInfo(fresh).absoluteFilePath(), QFileInfo(committed).absoluteFilePath())));
        }
    }

    void nothingIsDeliveredTwice()
    {
        for (const auto &[ask, all] : m_cells) {
            for (const auto &cell : all) {
                QVERIFY2(!cell->seen()->twice, qPrintable(cell->fault().name));
                const bool command = ask == Ask::Stop || ask == Ask::TaskStop || ask == Ask::Discard;
                QVERIFY2(!command || cell->seen()->deliveries <= 1, qPrintable(cell->fault().name));
            }
        }
    }

    void noFaultAsksMoreThanNone()
    {
        for (const Ask ask : {Ask::List, Ask::RunState}) {
            const int most = m_cells.at(ask).front()->seen()->requests;
            for (const auto &cell : m_cells.at(ask))
                QVERIFY2(cell->seen()->requests <= most, qPrintable(cell->fault().name));
        }
        for (const auto &cell : m_cells.at(Ask::Proof)) // 0.5, 1 and 2 s, then every 2 s, from 30 s on every 15 s
            QVERIFY2(cell->seen()->deliveries <= 20, qPrintable(cell->fault().name));
    }

    void aFailedReadIsNeverStopped()
    {
        for (const auto &cell : m_cells.at(Ask::Proof)) {
            QCOMPARE(cell->seen()->everStopped, cell->fault().name == u"none");
        }
    }
};

}

STOPDESK_TEST(faultmatrix, TestFaultMatrix, QCoreApplication)
#include "tst_faultmatrix.moc"
