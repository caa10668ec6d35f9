#include "app/words/words.h"

#include "app/types/clock.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int namedAgents = 3;

struct Many {
    Q_DECLARE_TR_FUNCTIONS(Many)
};

/// Up to ten seconds more than it is, as nobody knows how fast the answers come.
QString about(Duration duration)
{
    const Duration tens = std::chrono::ceil<std::chrono::duration<qint64, std::ratio<10>>>(duration);
    return tens < 30min && tens >= 1min && tens % 1min == 0ms ? words::roughly(tens) : words::elapsed(tens);
}

/// Cut to the minute: what holds before 14:20:31 holds before 14:20.
QString minuteOf(const QDateTime &time)
{
    return QLocale().toString(toWall(time).toLocalTime().time(), u"HH:mm"_s);
}

/// Stops and their proof.
QString duration(const SendForecast &forecast)
{
    const Duration all = std::max(forecast.total, forecast.proven);
    if (all < 10s) {
        return forecast.stops == 1 ? Many::tr("1 stop takes a few seconds.")
                                   : Many::tr("%n stops take a few seconds.", nullptr, forecast.stops);
    }
    return forecast.stops == 1 ? Many::tr("1 stop takes about %1.").arg(about(all))
                               : Many::tr("%n stops take about %1.", nullptr, forecast.stops).arg(about(all));
}

}

namespace words {

QString sendingTime(const SendForecast &forecast)
{
    if (!forecast.hourFreesAt.isValid())
        return duration(forecast);
    const QString from = minuteOf(forecast.hourFreesAt);
    const QString until = minuteOf(forecast.endsAt.addSecs(59));
    if (forecast.beforeHour == 0)
        return Many::tr("None can be sent before %1: the requests of this hour are used up. The last follows by %2.")
            .arg(from, until);
    return Many::tr("Only %1 can be sent before %2; the other %3 follow by %4.")
        .arg(QLocale().toString(forecast.beforeHour), from,
             QLocale().toString(forecast.stops - forecast.beforeHour), until);
}

QString waitingInAll(const WaitingSum &sum)
{
    const QLocale locale;
    if (sum.known == 0)
        return Many::tr("not known");
    if (sum.isWhole())
        return locale.toString(sum.messages);
    if (sum.messages == 0)
        return Many::tr("none so far, known for %1 of %2", "conversations")
            .arg(locale.toString(sum.known), locale.toString(sum.of));
    return Many::tr("at least %1, known for %2 of %3", "messages, conversations")
        .arg(locale.toString(sum.messages), locale.toString(sum.known), locale.toString(sum.of));
}

QString queueChoice(const WaitingSum &sum, ClearQueue choice)
{
    const bool clear = choice == ClearQueue::Yes;
    if (sum.isWhole() && (clear || sum.messages == 0))
        return queueChoice(sum.messages, choice);
    if (sum.messages == 0) {
        return clear ? queueChoice(std::nullopt, choice)
                     : Many::tr("Waiting messages, if there are any, stay; the first of each conversation may start at once.");
    }
    const QString messages = QLocale().toString(sum.messages);
    if (clear)
        return Many::tr("All waiting messages will be discarded, at least %1.").arg(messages);
    return (sum.isWhole() ? Many::tr("The waiting messages (%1) stay; the first of each conversation may start at once.")
                          : Many::tr("The waiting messages (at least %1) stay; the first of each conversation may start "
                                     "at once."))
        .arg(messages);
}

QString agentShares(const QList<AgentShare> &largestFirst)
{
    QStringList named;
    int others = 0;
    for (const AgentShare &share : largestFirst) {
        if (named.size() < namedAgents)
            named.append(Many::tr("%1 %2", "agent, number").arg(plain(share.name, 60), QLocale().toString(share.targets)));
        else
            others += share.targets;
    }
    if (others > 0)
        named.append(Many::tr("others %1", "number").arg(QLocale().toString(others)));
    return named.join(u", "_s);
}

}
