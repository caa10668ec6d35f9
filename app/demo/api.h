#pragma once

#include "app/demo/answer.h"
#include "app/demo/order.h"
#include "app/demo/task.h"
#include "app/demo/validation.h"

#include <QHash>
#include <QUrl>
#include <QUrlQuery>

#include <functional>
#include <optional>

namespace demo {

class State;

/// A request, taken apart.
struct Call {
    QByteArray verb;
    QUrl url;
    QByteArray mimeType;
    QByteArray body;
};

/// The routes of the contract that a console may use, in both families; none of those that start or erase
/// work.
class Api {
public:
    /// `elsewhere` is where redirected stops are sent.
    Api(State &state, Style style, const QByteArray &elsewhere);

    /// The question that was asked, or nothing: there is no such route.
    struct Question;
    std::optional<Question> question(const Call &call) const;

    Answer answer(const Question &question, qint64 now); ///< ms since the state began

    struct Question {
        Answer (Api::*route)(const Question &, Validation &);
        std::optional<Order> order;
        QHash<QString, QString> path; ///< values of the parameters, decoded, by their names
        QUrlQuery query;
        QByteArray mimeType;
        QByteArray body;

        QString about() const; ///< the most particular of the ids in the path
    };

private:
    Answer agents(const Question &question, Validation &validation);
    Answer tasks(const Question &question, Validation &validation);
    Answer task(const Question &question, Validation &validation);
    Answer stopTask(const Question &question, Validation &validation);
    Answer runState(const Question &question, Validation &validation);
    Answer stopConversation(const Question &question, Validation &validation);
    Answer clearQueue(const Question &question, Validation &validation);
    Answer discardMessage(const Question &question, Validation &validation);

    /// What `act` says of the task asked about; else what breaks the contract, or that there is no such task.
    Answer about(const Question &question, const Validation &validation, const std::function<Answer(Task &task)> &act);
    Task *find(const Question &question);
    QList<const Task *> selected(const Question &question) const;

    State &m_state;
    Style m_style;
    QByteArray m_elsewhere;
};

}
