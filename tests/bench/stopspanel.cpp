// A batch of 5,000 in the real panel: how long a turn of the window's event loop takes while its stops come in, as many
// at once as a batch writes down, and while each goes through its states. Beside it a panel that counts all rows again
// at every change.
#include "app/models/stoplistmodel.h"
#include "app/stopping/batch.h"
#include "app/types/clock.h"
#include "tests/bench/report.h"
#include "ui/panels/stopspanel.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace {

constexpr int stops = 5000;
constexpr int changesInTurn = 20;

StopReport report(qint64 id, StopState state)
{
    StopReport one;
    one.id = id;
    one.batch = {u"b1"_s};
    one.batchSize = stops;
    one.target.conversation = {u"7f3c%1-9a1e-4c55-8d2f-0123456789ab"_s.arg(id, 8, 16, QChar(u'0'))};
    one.target.title = u"Refund for order %1"_s.arg(id);
    one.target.agentName = u"Billing helper"_s;
    one.state = state;
    one.askedAt = one.since = QDateTime(QDate(2026, 5, 13), QTime(12, 4, 31), utcZone);
    return one;
}

struct Turns {
    QList<double> ms;

    /// By hand, for the turn is what is timed.
    void take(const std::function<void()> &act)
    {
        QElapsedTimer turn;
        turn.start();
        act();
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        ms.append(double(turn.nsecsElapsed()) / 1e6);
    }
    double longest() const { return quantile(ms, 1); }
    double middle() const { return quantile(ms, 0.5); }
};

struct Figures {
    Turns coming;
    Turns changing;
};

/// `follow` is done at every change, as a panel may.
Figures measure(StopListModel &model, const std::function<void()> &follow)
{
    StopsPanel panel(model);
    panel.resize(1280, 400);
    panel.show();
    if (follow) {
        QObject::connect(&model, &QAbstractItemModel::rowsInserted, &panel, follow);
        QObject::connect(&model, &QAbstractItemModel::dataChanged, &panel, follow);
    }
    Figures figures;
    for (int first = 1; first <= stops; first += Batch::intentsAtOnce) {
        figures.coming.take([&] {
            for (int i = 0; i < Batch::intentsAtOnce; ++i)
                model.show(report(first + i, StopState::InLine));
        });
    }
    for (const StopState state : {StopState::Sending, StopState::Accepted, StopState::Stopped}) {
        for (int first = 1; first <= stops; first += changesInTurn) {
            figures.changing.take([&] {
                for (int i = 0; i < changesInTurn; ++i)
                    model.show(report(first + i, state));
            });
        }
    }
    return figures;
}

}

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    StopListModel ours;
    const Figures panel = measure(ours, {});
    StopListModel counted;
    QLabel label;
    const Figures naive = measure(counted, [&counted, &label] {
        StopTally tally;
        for (const StopRow &row : counted.rows())
            tally.count(row.report, 1);
        label.setText(tally.summary());
    });
    Report out(u"stopspanel"_s);
    const auto add = [&out](const QString &what, const Turns &one, const Turns &other) {
        out.add(what + u", longest turn"_s, one.longest(), u"ms"_s, u"counting all rows at every change"_s, other.longest());
        out.add(what + u", turn in the middle"_s, one.middle(), u"ms"_s, u"counting all rows at every change"_s, other.middle());
    };
    add(u"5,000 stops come in, 100 a turn"_s, panel.coming, naive.coming);
    add(u"5,000 stops through three states, 20 a turn"_s, panel.changing, naive.changing);
    return 0;
}
