#include "ui/dialogs/questionwords.h"

#include "app/words/words.h"

#include <QCoreApplication>

#include <array>

using namespace Qt::StringLiterals;

#define WORDS(text) QT_TRANSLATE_NOOP("Question", text)
#define COUNT(text) QT_TRANSLATE_N_NOOP("Question", text)

namespace {

struct Question {
    Q_DECLARE_TR_FUNCTIONS(Question)
};

/// The words for one command. Those with %n are for several.
struct Row {
    Command command;
    const char *title;
    const char *titleOfMany;
    const char *keep;
    const char *go;
    const char *goMany;
    const char *consequence;
    const char *consequenceOfMany;
    const char *number;
    const char *withoutRecord;
    const char *stillPossible;
    const char *gone;
};

constexpr std::array rows{
    Row{Command::StopConversation, WORDS("Stop conversation?"), COUNT("Stop %n conversations?"), WORDS("Keep running"),
        WORDS("Stop conversation"), COUNT("Stop %n conversations"),
        WORDS("Stops this turn, also one that starts meanwhile. Work already done is not undone."),
        WORDS("Stops these turns, also those that start meanwhile. Work already done is not undone."),
        WORDS("Number of conversations"), WORDS("Stop without a record"), WORDS("You can still stop."), ""},
    Row{Command::StopSubTask, WORDS("Stop sub-task?"), COUNT("Stop %n sub-tasks?"), WORDS("Keep running"),
        WORDS("Stop sub-task"), COUNT("Stop %n sub-tasks"),
        WORDS("Stops this sub-task only. The conversation it belongs to is not touched."),
        WORDS("Stops these sub-tasks only. The conversation they belong to is not touched."),
        WORDS("Number of sub-tasks"), WORDS("Stop without a record"), WORDS("You can still stop."), ""},
    Row{Command::EmptyQueue, WORDS("Clear the queue?"), WORDS("Clear the queues?"), WORDS("Keep the queue"),
        WORDS("Clear the queue"), WORDS("Clear the queues"),
        WORDS("Discards all waiting messages. The running turn goes on."),
        WORDS("Discards all waiting messages. The running turns go on."), WORDS("Number of queues"),
        WORDS("Clear without a record"), WORDS("You can still clear it."),
        WORDS("No messages wait. There is nothing to discard.")},
    Row{Command::DiscardMessage, WORDS("Discard message?"), WORDS("Discard messages?"), WORDS("Keep the message"),
        WORDS("Discard message"), WORDS("Discard messages"),
        WORDS("Discards this message only. The running turn and the other messages go on."),
        WORDS("Discards these messages only. The running turn and the other messages go on."),
        WORDS("Number of messages"), WORDS("Discard without a record"),
        WORDS("You can still discard it."),
        WORDS("Too late: already picked up. There is nothing to discard.")},
};

const Row &rowOf(Command command)
{
    static_assert(rows[0].command == Command::StopConversation && rows[1].command == Command::StopSubTask
                  && rows[2].command == Command::EmptyQueue && rows[3].command == Command::DiscardMessage);
    return rows[size_t(command)];
}

QString tr(const char *text)
{
    return *text ? Question::tr(text) : QString();
}

QString headlineOf(const StopTarget &target)
{
    if (target.command != Command::DiscardMessage)
        return words::title(target.title);
    const QString text = words::plain(target.message.text);
    return text.isEmpty() ? Question::tr("No text") : text;
}

bool isProduction(const Connection &connection)
{
    return connection.environment == Environment::Production && !connection.isDemo;
}

}

QuestionWords questionWords(const StopTarget &target, int count, const Connection &connection)
{
    const bool many = count != 1;
    const Row &row = rowOf(target.command);
    QuestionWords made;
    made.title = many ? Question::tr(row.titleOfMany, nullptr, count) : tr(row.title);
    made.headline = many ? made.title : headlineOf(target);
    made.keep = tr(row.keep);
    made.go = many ? Question::tr(row.goMany, nullptr, count) : tr(row.go);
    if (many && isProduction(connection))
        made.go = Question::tr("%1 in %2", "Stop 12 conversations in PRODUCTION")
                      .arg(made.go, words::environment(connection.environment));
    made.consequence = tr(many ? row.consequenceOfMany : row.consequence);
    made.number = tr(row.number);
    made.withoutRecord = tr(row.withoutRecord);
    made.stillPossible = tr(row.stillPossible);
    made.gone = tr(row.gone);
    return made;
}

bool needsNumber(int count, bool allOfAnAgent, const Connection &connection)
{
    constexpr int mostWithout = 10;
    return count > mostWithout || (count > 1 && isProduction(connection)) || (count > 0 && allOfAnAgent);
}

#undef WORDS
#undef COUNT
