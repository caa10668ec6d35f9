#pragma once

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

namespace demo {

struct Person {
    QString id;
    QString firstName;
    QString lastName;
    QString email;
};

/// A message that waits behind the running turn.
struct Message {
    QString id;
    QString text;
    Person person;
    QDateTime enqueuedAt;
};

/// What really becomes of the turn when it is stopped, whatever the stop is answered.
enum class Course {
    EndsAtOnce,
    EndsLater, ///< after `seconds`
    RunsOn,
    NextMessage, ///< ends, is idle for `seconds`, then takes up the first waiting message
    StartsAgain, ///< ends, and runs again after `seconds`
    WasIdle, ///< nothing ran: only the list had not noticed yet
};

/// What is special about the messages that wait.
enum class Waiting {
    Ordinary,
    KeptByStop, ///< a stop does not clear them, asked or not
    ListedInPart, ///< run-state lists three at the most, and counts all
    PickedUp, ///< whoever discards one is too late: its turn begins at that moment (404)
    Guarded, ///< nobody may discard any (403)
};

/// What is special about reading the task.
enum class Reading {
    Ordinary,
    FailsAfterStop, ///< from the first stop on, run-state and record answer 503
    ListsLag, ///< lists and record notice an end 2 min late
    NeverHeardOf, ///< listed, but run-state knows nothing of it and there is no record
};

/// What the POST that stops it is answered, by either route, whatever becomes of the turn.
enum class Reply {
    Accepted,
    WrongKey,
    Forbidden,
    NotFound,
    Conflict,
    InvalidBody,
    InvalidPath,
    InvalidSeveral,
    InvalidText,
    RateLimited,
    RateLimitedRetryAfter,
    PlanLimited,
    ServerError,
    EmptyBadGateway,
    Unavailable,
    ProblemDetails,
    WebPage,
    CutShort,
    Closed,
    Hanging,
    Redirect,
};

/// One execution as the service keeps it: a conversation, or delegated work when `parentId` is set.
struct Task {
    QString id;
    QString agentId;
    QString parentId;
    QString title;
    QString text;
    QString status; ///< as run-state knows it
    QString laggingStatus; ///< what lists and records still say, where they have not noticed yet
    QString internalStatus;
    QString source;
    QString result;
    Person person; ///< without an id: nobody, started by a schedule
    QDateTime createdAt; ///< of the first turn
    QDateTime startedAt; ///< of the turn that runs
    QDateTime updatedAt;
    QDateTime finishedAt;
    bool isRunning = false;
    bool isManuallyStopped = false;
    bool hasHeardStop = false; ///< a stop has arrived, whatever came of it
    bool changesThings = false; ///< its tools do so outside the service
    QList<Message> queue;
    QStringList children;
    Course course = Course::EndsAtOnce;
    double seconds = 0; ///< of the course
    Reply reply = Reply::Accepted;
    Waiting waiting = Waiting::Ordinary;
    Reading reading = Reading::Ordinary;

    const QString &listedStatus() const { return laggingStatus.isEmpty() ? status : laggingStatus; }
};

struct Agent {
    QString id;
    QString name;
    QString description;
    QString icon;
    QString status;
    QDateTime createdAt;
};

/// Ids are made from the names, so that they are the same in each run and tests can name them.
QString taskId(QStringView title);
QString agentId(QStringView name);
QString messageId(QStringView title, int number);
QString organizationId();

/// Made-up people at addresses that can't exist. Any number will do.
Person person(int number);

}
