#include "app/session/runmodels.h"

#include "app/words/words.h"

RunModels::RunModels(StopService &service, Journal &record, Clock &clock) : journal(record, clock)
{
    QObject::connect(&service, &StopService::changed, &stops, &StopListModel::show);
    QObject::connect(&service, &StopService::endedEarlier, &stops, &StopListModel::show);
    QObject::connect(&service, &StopService::connectionUsed, &journal, &JournalPages::use);
    QObject::connect(&service, &StopService::leftOpen, &journal, &JournalPages::addLeftOpen);
    QObject::connect(&service, &StopService::changed, &journal, &JournalPages::show);
    QObject::connect(&service, &StopService::decided, &problems, &ProblemListModel::clearSubject);
    QObject::connect(&service, &StopService::changed, &problems, [this](const StopReport &report) {
        if (isKnownByReading(report.state))
            problems.tellSince(occasionOf(report.target), words::stopPill(report),
                               hasEnded(report) ? report.since : QDateTime());
    });
    QObject::connect(&service, &StopService::failed, &problems,
                     [this, &clock](const Failure &failure, const Occasion &occasion) {
                         problems.add(failure, occasion, clock.now());
                     });
}
