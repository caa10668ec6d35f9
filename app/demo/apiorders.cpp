#include "app/demo/api.h"

#include "app/demo/demostate.h"
#include "app/demo/records.h"
#include "app/demo/replies.h"

using namespace Qt::StringLiterals;

namespace demo {

/// A body is not looked at: the route declares none.
Answer Api::stopTask(const Question &question, Validation &validation)
{
    return about(question, validation, [this](Task &task) {
        m_state.stop(task, false);
        return task.reply == Reply::Accepted ? jsonAnswer(record(task, m_state)) : answerTo(task, m_elsewhere);
    });
}

/// Delegated work is no conversation: it has a stop of its own.
Answer Api::stopConversation(const Question &question, Validation &validation)
{
    const bool clearQueue = validation.clearQueue(question.body, question.mimeType);
    return about(question, validation, [this, clearQueue](Task &task) {
        if (!task.parentId.isEmpty()) {
            return detailAnswer(404, u"Conversation not found"_s);
        }
        m_state.stop(task, clearQueue);
        return answerTo(task, m_elsewhere);
    });
}

Answer Api::clearQueue(const Question &question, Validation &validation)
{
    return about(question, validation, [](Task &task) {
        if (task.waiting == Waiting::Guarded) {
            return detailAnswer(403, u"Forbidden"_s);
        }
        task.queue.clear();
        return jsonAnswer(QJsonValue::Null);
    });
}

Answer Api::discardMessage(const Question &question, Validation &validation)
{
    return about(question, validation, [this, id = question.about()](Task &task) {
        const auto isMeant = [&id](const Message &message) { return message.id == id; };
        if (task.waiting == Waiting::Guarded) {
            return detailAnswer(403, u"Forbidden"_s);
        }
        if (task.waiting == Waiting::PickedUp && std::any_of(task.queue.cbegin(), task.queue.cend(), isMeant)) {
            m_state.takeNextMessage(task);
        }
        return task.queue.removeIf(isMeant) > 0 ? jsonAnswer(QJsonValue::Null)
                                                : detailAnswer(404, u"Message not found"_s);
    });
}

}
