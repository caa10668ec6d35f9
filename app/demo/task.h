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
    EndsLater, ///< after 8 s
    RunsOn,
    NextMessage, ///< ends, is idle for a moment, then takes up the first waiting message
    StartsAgain, ///< ends, and runs again after 60 s
    WasIdle, ///< nothing ran: only the list had not noticed yet
};

/// What the POST that stops a conversation is answered, whatever becomes of the turn.
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
    QString status;
    QString internalStatus;
    QString source;
    QString result;
    Person person; ///< without an id: nobody, started by a schedule
    QDateTime createdAt; ///< of the first turn
    QDateTime startedAt; ///< of the turn that runs
    QDateTime updatedAt;
    QDateTime finishedAt;
    bool isRunning = false; ///< what run-state says; the status comes from another store and may lag
    bool isManuallyStopped = false;
    QList<Message> queue;
    QStringList children;
    Course course = Course::EndsAtOnce;
    Reply reply = Reply::Accepted;
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
