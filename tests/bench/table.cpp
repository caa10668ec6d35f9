// A long list in the real panel: how long the window's event loop stands still while it is loaded, sorted, searched and
// refreshed, beside a QStandardItemModel behind a QSortFilterProxyModel that does the same in the obvious way.
#include "app/gateway/httpchannel.h"
#include "app/gateway/gateway.h"
#include "app/gateway/wire.h"
#include "app/types/clock.h"
#include "tests/bench/report.h"
#include "tests/support/fakenetwork.h"
#include "ui/panels/conversationspanel.h"
#include "ui/panels/conversationtable.h"
#include "ui/panels/selectionpanel.h"

#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>

#include <malloc.h>

using namespace Qt::StringLiterals;
using Column = ConversationListModel::Column;

namespace {

constexpr int manyRows = 100'000;
constexpr int pageRows = 50;
const QDateTime noon = QDateTime(QDate(2026, 5, 13), QTime(12, 0), utcZone);

double milliseconds(const QElapsedTimer &since)
{
    return double(since.nsecsElapsed()) / 1e6;
}

double allocated()
{
    return double(mallinfo2().uordblks) + double(mallinfo2().hblkhd);
}

/// Turns the loop by hand, for each turn is to be timed. The longest one from the first event of `act` until `isDone` and nothing more to do.
double longestTurn(const std::function<void()> &act, const std::function<bool()> &isDone = [] { return true; })
{
    double longest = 0;
    bool acted = false;
    QMetaObject::invokeMethod(qApp, [&] { act(); acted = true; }, Qt::QueuedConnection);
    QElapsedTimer all;
    all.start();
    int idle = 0;
    while ((!acted || !isDone() || idle < 20) && all.elapsed() < 60'000) {
        QElapsedTimer turn;
        turn.start();
        QCoreApplication::processEvents();
        longest = qMax(longest, milliseconds(turn));
        idle = acted && isDone() ? idle + 1 : 0;
    }
    return longest;
}

Conversation conversation(int number)
{
    static const QStringList subjects{u"Refund for order"_s, u"Delivery of"_s, u"Contract"_s, u"Appointment on"_s,
                                      u"Summary of ticket"_s, u"Invoice"_s, u"Question about"_s};
    Conversation one;
    one.id = {u"7f3c%1-9a1e-4c55-8d2f-0123456789ab"_s.arg(number, 8, 16, QChar(u'0'))};
    one.agent = {u"agent-%1-0123456789"_s.arg(number % 40)};
    one.title = u"%1 %2"_s.arg(subjects.at(number % 7)).arg((number * 7919) % manyRows);
    one.person = {u"user-%1"_s.arg(number % 5000), u"person%1@customer.example"_s.arg(number % 5000), {}};
    one.stateWord = number % 20 == 0 ? u"executing"_s : u"completed"_s;
    one.state = rowStateOf(one.stateWord);
    one.source = u"api"_s;
    one.createdAt = noon.addSecs(-number);
    one.updatedAt = noon;
    return one;
}

QList<Conversation> page(int first, int rows = pageRows)
{
    QList<Conversation> made;
    for (int number = first; number < first + rows; ++number)
        made.append(conversation(number));
    return made;
}

/// What a refresh brings: some of a page look different, one is new.
QList<Conversation> refreshed(int round)
{
    QList<Conversation> rows = page(round * pageRows);
    for (int each = 0; each < 5; ++each)
        rows[each].title += u" (%1)"_s.arg(round);
    rows[7] = conversation(manyRows + round);
    return rows;
}

struct Figures {
    double load = 0;
    double sort = 0;
    double find = 0;
    QList<double> refreshes;
};

const QStringList typed{u"9"_s, u"99"_s, u"991"_s, u"9917"_s, u"991"_s, {}};
const QList<int> sorted{Column::Title, Column::Person, Column::State, Column::RunningFor};

Figures ofPanel(int rowsInAll)
{
    SystemClock clock;
    QAction stop;
    ConversationListModel model;
    ConversationsPanel panel(model, stop, clock);
    QAbstractItemModel &shown = *panel.table()->model();
    panel.showOnly({}, StateFilter::All);
    panel.resize(900, 600);
    panel.show();
    Figures figures;
    for (int first = 0; first < rowsInAll; first += pageRows) {
        const QList<Conversation> rows = page(first);
        const int loaded = qMin(first + pageRows, ConversationListModel::mostRows);
        const auto act = [&] { model.merge(rows, {}, noon); };
        figures.load = qMax(figures.load, longestTurn(act, [&] { return shown.rowCount() >= loaded; }));
    }
    bool arranged = false;
    QObject::connect(&shown, &QAbstractItemModel::layoutChanged, [&arranged] { arranged = true; });
    for (const int column : sorted) {
        arranged = false;
        const auto act = [&] { panel.table()->horizontalHeader()->setSortIndicator(column, Qt::AscendingOrder); };
        figures.sort = qMax(figures.sort, longestTurn(act, [&] { return arranged; }));
    }
    panel.table()->horizontalHeader()->setSortIndicator(Column::Title, Qt::AscendingOrder);
    int before = -1;
    for (const QString &text : typed) {
        before = shown.rowCount();
        const auto act = [&] { panel.find(text); };
        figures.find = qMax(figures.find, longestTurn(act, [&] { return shown.rowCount() != before; }));
    }
    for (int round = 0; round < 30; ++round) {
        const QList<Conversation> rows = refreshed(round);
        const auto act = [&] {
            model.merge(rows, {true, {u"executing"_s}, {u"agent-0-0123456789"_s}}, noon.addSecs(round));
            model.tick(noon.addSecs(round));
        };
        figures.refreshes.append(longestTurn(act));
    }
    return figures;
}

/// The obvious way: an item for each cell, looked up by walking over the rows, sorted and searched by the proxy.
class Naive {
public:
    Naive()
    {
        m_proxy.setSourceModel(&m_model);
        m_proxy.setFilterKeyColumn(-1);
        m_proxy.setFilterCaseSensitivity(Qt::CaseInsensitive);
        m_proxy.setSortCaseSensitivity(Qt::CaseInsensitive);
    }
    void merge(const QList<Conversation> &rows)
    {
        for (const Conversation &row : rows) {
            const QStringList texts{row.stateWord, row.title, row.agent.value, row.person.email, row.id.value,
                                    row.createdAt.toString(), row.source};
            int found = 0;
            while (found < m_model.rowCount() && m_model.item(found, 4)->text() != row.id.value)
                ++found;
            QList<QStandardItem *> items;
            for (int column = 0; column < texts.size(); ++column) {
                if (found < m_model.rowCount())
                    m_model.item(found, column)->setText(texts.at(column));
                else
                    items.append(new QStandardItem(texts.at(column)));
            }
            if (!items.isEmpty())
                m_model.appendRow(items);
        }
    }
    void append(const QList<Conversation> &rows) ///< known to be new: the loading of so many would not end
    {
        for (const Conversation &row : rows)
            m_model.appendRow({new QStandardItem(row.stateWord), new QStandardItem(row.title),
                               new QStandardItem(row.agent.value), new QStandardItem(row.person.email),
                               new QStandardItem(row.id.value), new QStandardItem(row.createdAt.toString()),
                               new QStandardItem(row.source)});
    }
    QSortFilterProxyModel &proxy() { return m_proxy; }

private:
    QStandardItemModel m_model;
    QSortFilterProxyModel m_proxy;
};

Figures ofNaive(int rowsInAll)
{
    Naive naive;
    QTableView view;
    view.setModel(&naive.proxy());
    view.resize(900, 600);
    view.show();
    Figures figures;
    for (int first = 0; first < rowsInAll; first += pageRows) {
        const QList<Conversation> rows = page(first);
        figures.load = qMax(figures.load, longestTurn([&] { naive.append(rows); }));
    }
    for (const int column : {1, 3, 0, 5})
        figures.sort = qMax(figures.sort, longestTurn([&] { naive.proxy().sort(column); }));
    for (const QString &text : typed)
        figures.find = qMax(figures.find, longestTurn([&] { naive.proxy().setFilterFixedString(text); }));
    for (int round = 0; round < 3; ++round)
        figures.refreshes.append(longestTurn([&] { naive.merge(refreshed(round)); }));
    return figures;
}

void compareMerges(Report &report)
{
    for (const int rows : {1'000, 10'000, 100'000}) {
        const double empty = allocated();
        ConversationListModel model;
        model.merge(page(0, rows), {}, noon);
        const double ours = (allocated() - empty) / rows;
        const double filled = allocated();
        Naive naive;
        naive.append(page(0, rows));
        const double theirs = (allocated() - filled) / rows;
        report.add(u"memory of a row of %1"_s.arg(rows), ours, u"bytes"_s, u"QStandardItemModel"_s, theirs);

        QList<double> merges;
        QList<double> naiveMerges;
        for (int round = 0; round < 15; ++round) {
            const QList<Conversation> page = refreshed(round);
            QElapsedTimer time;
            time.start();
            model.merge(page, {true, {u"executing"_s}, {u"nobody"_s}}, noon.addSecs(round));
            merges.append(milliseconds(time));
            if (round >= 5)
                continue;
            time.start();
            naive.merge(page);
            naiveMerges.append(milliseconds(time));
        }
        report.add(u"merge of a page into %1 rows"_s.arg(rows), quantile(merges, 0.5), u"ms"_s,
                   u"QStandardItemModel"_s, quantile(naiveMerges, 0.5));
    }
}

/// All of 10,000 rows selected in the panel, told to the selection's list in Details, and refreshed.
void compareSelections(Report &report)
{
    constexpr int rows = 10'000;
    SystemClock clock;
    QAction stop;
    ConversationListModel model;
    ConversationsPanel panel(model, stop, clock);
    SelectionPanel details;
    QList<ConversationId> selected;
    const auto tell = [&] { details.showSelection(model, selected, factsOf(selected, model, {}), 0, noon); };
    QObject::connect(&panel, &ConversationsPanel::selectionChanged, &details, [&](const QList<ConversationId> &ids) {
        selected = ids;
        tell();
    });
    panel.showOnly({}, StateFilter::All);
    panel.resize(900, 600);
    panel.show();
    details.show();
    model.merge(page(0, rows), {}, noon);
    longestTurn([] { }, [&] { return panel.table()->model()->rowCount() == rows; });
    panel.table()->horizontalHeader()->setSortIndicator(Column::Title, Qt::AscendingOrder);
    const double all = longestTurn([&] { panel.table()->selectAll(); }, [&] { return selected.size() == rows; });
    QList<double> refreshes;
    for (int round = 0; round < 30; ++round) {
        const QList<Conversation> rowsNow = refreshed(round);
        refreshes.append(longestTurn([&] { model.merge(rowsNow, {}, noon.addSecs(round)); tell(); }));
    }

    Naive naive;
    QTableView view;
    view.setSelectionBehavior(QAbstractItemView::SelectRows);
    view.setModel(&naive.proxy());
    view.resize(900, 600);
    view.show();
    naive.append(page(0, rows));
    naive.proxy().sort(1);
    int found = 0;
    const auto gather = [&] {
        for (const QModelIndex &row : view.selectionModel()->selectedRows(4))
            found += row.data().toString().isEmpty() ? 0 : 1;
    };
    const double naiveAll = longestTurn([&] { view.selectAll(); gather(); });
    QList<double> naiveRefreshes;
    for (int round = 0; round < 3; ++round)
        naiveRefreshes.append(longestTurn([&] { naive.merge(refreshed(round)); gather(); }));
    const QString peer = u"QTableView, selectedRows"_s;
    report.add(u"gap of selecting all of 10,000"_s, all, u"ms"_s, peer, naiveAll);
    report.add(u"gap of a refresh with them selected, median"_s, quantile(refreshes, 0.5), u"ms"_s, peer,
               quantile(naiveRefreshes, 0.5));
    report.add(u"gap of a refresh with them selected, longest"_s, quantile(refreshes, 1), u"ms"_s, peer,
               quantile(naiveRefreshes, 1));
}

QByteArray longPage()
{
    QByteArray items;
    for (int number = 0; number < pageRows; ++number) {
        items += number == 0 ? "" : ",";
        items += R"({"id":"c)" + QByteArray::number(number) + R"(","agent_id":"a1","status":"completed","title":"T",)";
        items += R"("result":")" + QByteArray("a text of some length, ").repeated(4'600) + R"("})";
    }
    return R"({"items":[)" + items + R"(],"total":50,"page":1,"total_pages":1})";
}

void compareLongPages(Report &report)
{
    const QByteArray body = longPage();
    FakeNetwork network;
    SystemClock clock;
    network.always("/v1/tasks", FakeAnswer::with(200, body));
    Connection connection;
    connection.address = QUrl(u"https://h.test"_s);
    Gateway gateway(connection,
                    std::make_shared<HttpChannel>(connection, *Secret::fromInput(u"a-key"_s),
                                                  std::make_shared<RequestBudget>(1000, 10000, clock), clock,
                                                  network.factory()));
    QList<double> apart;
    QList<double> here;
    for (int round = 0; round < 9; ++round) {
        bool answered = false;
        const auto ask = [&] { gateway.conversations({}, qApp, [&answered](const auto &) { answered = true; }); };
        apart.append(longestTurn(ask, [&answered] { return answered; }));
        here.append(longestTurn([&body] { (void)wire::conversations(body); }));
    }
    report.add(u"longest gap, a page of 5 MB"_s, quantile(apart, 0.5), u"ms"_s, u"read in the window's thread"_s,
               quantile(here, 0.5));
    const double before = allocated();
    const Result<Page<Conversation>> rows = wire::conversations(body);
    report.add(u"kept of a page of 5 MB"_s, allocated() - before, u"bytes"_s, u"its body"_s, double(body.size()));
}

/// Of 100,000 listed the model keeps `mostRows`; the other way all.
void comparePanels(Report &report, int rows)
{
    const Figures ours = ofPanel(rows);
    const Figures naive = ofNaive(rows);
    const QString peer = u"QStandardItemModel, QSortFilterProxyModel"_s;
    const QString of = QLocale(QLocale::English).toString(rows);
    report.add(u"longest gap, loading %1 rows"_s.arg(of), ours.load, u"ms"_s, peer, naive.load);
    report.add(u"longest gap, sorting %1"_s.arg(of), ours.sort, u"ms"_s, peer, naive.sort);
    report.add(u"longest gap, typing in Find, %1"_s.arg(of), ours.find, u"ms"_s, peer, naive.find);
    report.add(u"gap of a refresh of %1, median"_s.arg(of), quantile(ours.refreshes, 0.5), u"ms"_s, peer,
               quantile(naive.refreshes, 0.5));
    report.add(u"gap of a refresh of %1, longest (many rows go at once)"_s.arg(of), quantile(ours.refreshes, 1),
               u"ms"_s, peer, quantile(naive.refreshes, 1));
}

}

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    Report report(u"table"_s);
    compareMerges(report);
    compareLongPages(report);
    compareSelections(report);
    for (const int rows : {10'000, 50'000, manyRows})
        comparePanels(report, rows);
    return 0;
}
