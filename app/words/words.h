#pragma once

#include "app/types/connection.h"
#include "app/types/ending.h"
#include "app/types/freshness.h"
#include "app/types/manytargets.h"
#include "app/types/nextstep.h"
#include "app/types/problem.h"
#include "app/types/requestuse.h"
#include "app/types/stopability.h"

#include <QLocale>

/// The words for every state and outcome, for panel, file, ticket and screen reader alike. Plain text, never HTML.
/// Words for failures are in failurewords.h.
namespace words {

QString rowState(RowState state, const QString &word); ///< "Running"; an unknown word as it is
QString stopState(StopState state, Command command = Command::StopConversation); ///< "Stopped", "Queue cleared", …
QString stopCount(StopState state, Command command, int count); ///< "2 checking", for a summary
QString startedAgainCount(int count);
QString stopPill(const StopReport &report);            ///< "Stopped 12:04:31": the one pill of a row, local time
QString stopTitle(const StopTarget &target);           ///< "Weekly outreach", "Queue of Weekly outreach"
QString ofTarget(const StopTarget &target);            ///< "Of “Weekly outreach”, c5f32594…63d1c2e"
QString ticketCopied(const StopTarget &target);        ///< "Ticket text of “Weekly outreach” copied."
QString noteCopied(const StopTarget &target);
QString evidence(const StopReport &report);            ///< "Run state read 0.6 s after the stop: nothing runs"
QStringList remarks(const StopReport &report);         ///< what else is to be known of it: a sentence each
QString subTaskNames(const StopReport &report);        ///< the one of them that names sub-tasks; may be empty
QString nextStep(const StopReport &report);            ///< what a person can do now; may be empty
QString nextStep(NextStep step, const StopReport &report); ///< on a button: "Stop again…"
/// Where the list and a later or earlier look at the live state contradict each other: both, with their ages, or with
/// their times where `now` is missing. Empty where they agree or one was not read.
QString conflict(const Listing &listed, bool runs, const QDateTime &readAt, const QDateTime &now = {});

QString elapsed(Duration duration);                    ///< "18 min 02 s", from 30 min on "41 min", "2 h 14 min"
QString roughly(Duration duration);                    ///< the largest unit alone: "20 s", "4 min", "3 h", "2 d"
QString age(Duration duration);                        ///< "3 s ago"
QString clockTime(const QDateTime &time);              ///< "12:04:31", local
QString timeOfDay(const QDateTime &time);              ///< "12:04", local; with the date where it is not today
QString exactTime(const QDateTime &time);              ///< local time with date, seconds and zone, for tooltips
QString exactTimeAndUtc(const QDateTime &time);        ///< the same, and UTC where it differs: for what is read elsewhere

QString environment(Environment environment);          ///< "PRODUCTION", "STAGING", "OTHER"
QString person(const Person &person);                  ///< e-mail, else name, else the short id, else "–"
QString shortId(const QString &id);                    ///< shortened in the middle
/// One line of at most `limit` units; control and bidi characters are shown harmless.
QString plain(const QString &text, qsizetype limit = 300);
/// The same for several lines, each whole and where it was indented: what is put on the clipboard.
QString plainLines(const QString &text);
QString toolTip(const QString &text);                  ///< wrapped, and never taken for rich text by Qt
QString title(const QString &title);                   ///< plain title, or "Untitled"

/// "This token ends in 12 min.", "This token has ended at 17:12."
QString tokenEnd(const QDateTime &end, const QDateTime &now);
QString nothingReadBefore(const QDateTime &from);        ///< also when a person asks, because of the limits of the key
QString whySlow(const Freshness &freshness);           ///< "every 60 s while …"; empty while nothing slows reading
QString requestFigures(const RequestUse &use);         ///< "28 of 90 requests this minute, 402 of 900 this hour"
QString hourSummary(const QList<MinuteOfUse> &hour);   ///< the chart of the last hour in a sentence
QString whyNot(Stopability stopability);               ///< the reason under a grey button; empty for Can
/// "3 waiting messages stay; the first may start at once." `waiting` is unset when not read.
QString queueChoice(std::optional<int> waiting, ClearQueue choice);
QString queueChoice(const WaitingSum &sum, ClearQueue choice); ///< for several conversations
QString waitingInAll(const WaitingSum &sum);           ///< "at least 7, known for 5 of 12"
QString agentShares(const QList<AgentShare> &largestFirst); ///< "Sales outreach 6, Billing helper 4"
QString sendingTime(const SendForecast &forecast);     ///< "200 stops take about 2 min 20 s.", and what the hour allows
QString rowSentence(const Conversation &conversation, const QString &agentName, const QString &runningFor,
                    const QString &state);             ///< a row for a screen reader
/// For the clipboard, several lines. `listed`: what the list says of it now.
QString ticketText(const StopReport &report, const Connection &connection, const Listing &listed = {});
/// "Completed at 12:03:10, read 12:05:11. No stop of it was sent since Stopdesk was started."
QString howItEnded(const Ending &ending);
QString ticketText(const Ending &ending, const Connection &connection, const Listing &listed = {});
/// For those who run the service: ids, times in UTC with milliseconds, what each read said, and what is asked.
QString engineerNote(const StopReport &report, const Connection &connection, const Listing &listed = {});

}
