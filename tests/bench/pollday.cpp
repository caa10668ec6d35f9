// What watching costs and how old the data is: simulated days of the real poller against a service that enforces its
// limits, beside a plan that reads everything each time.
#include "tests/app/session/pollday.h"
#include "tests/bench/report.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

bool officeHours(int hour)
{
    return hour >= 8 && hour < 18;
}

/// All pages of the list and the chosen conversation every 20 s, whatever is answered: requests in the office hours of
/// a day, and how many of them the limit of an hour refuses.
int naiveRefused(int conversations)
{
    const int pages = std::max(1, (conversations + 49) / 50);
    const int perHour = 180 * (pages + 1);
    return 10 * std::max(0, perHour - LimitedService::perHour);
}

void watchDay(int conversations)
{
    PollDay day(conversations, 20260513);
    const PollDay::Figures figures = day.run(24, officeHours);
    Report report(u"pollday-%1"_s.arg(conversations));
    report.add(u"most requests in 60 s"_s, figures.mostPerMinute, u"requests"_s, u"limit"_s, LimitedService::perMinute);
    report.add(u"most requests in 3600 s"_s, figures.mostPerHour, u"requests"_s, u"limit"_s, LimitedService::perHour);
    report.add(u"most polls in 60 s"_s, figures.mostPollsPerMinute, u"requests"_s, u"share"_s, 60);
    report.add(u"most polls in 3600 s"_s, figures.mostPollsPerHour, u"requests"_s, u"share"_s, 650);
    report.add(u"refused as too many (429)"_s, figures.refused, u"requests"_s, u"naive"_s, naiveRefused(conversations));
    report.add(u"requests of the day"_s, figures.requests, u"requests"_s);
    report.add(u"stops"_s, double(figures.stopWaits.size()), u"stops"_s);
    report.add(u"longest wait of a stop for its place"_s, quantile(figures.stopWaits, 1), u"ms"_s);
    report.add(u"chosen row, median age while looked at"_s, quantile(figures.chosenAges, 0.5), u"s"_s, u"goal"_s, 15);
    report.add(u"count and first page, median age"_s, quantile(figures.listAges, 0.5), u"s"_s, u"goal"_s, 30);
    report.add(u"oldest row of the list, median age"_s, quantile(figures.oldestRows, 0.5), u"s"_s);
    report.add(u"oldest row of the list, worst age"_s, quantile(figures.oldestRows, 1), u"s"_s);
    QList<double> passes(figures.requestsPerPass.begin(), figures.requestsPerPass.end());
    report.add(u"requests to read the running list whole, median"_s, quantile(passes, 0.5), u"requests"_s, u"N/50"_s,
               conversations / 50.0);
}

void watchAlone()
{
    PollDay day(5000, 7);
    Report report(u"pollday-nobody"_s);
    report.add(u"requests of a day that nobody looks, N = 5000"_s, day.run(24, [](int) { return false; }).requests,
               u"requests"_s, u"day's limit"_s, 5000);
}

}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    for (const int conversations : {50, 500, 5000})
        watchDay(conversations);
    watchAlone();
}
