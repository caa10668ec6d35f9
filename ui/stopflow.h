#pragma once

#include "app/types/nextstep.h"
#include "ui/dialogs/questioncontext.h"
#include "ui/parts/fieldmarks.h"
#include "ui/workplace.h"

#include <QPointer>

class NewSince;
class StopByIdDialog;
class StopDialog;
struct StopQuestion;

/// What a question asks of the connection behind that link; valid as long as the link.
QuestionContext questionContext(ServiceLink &link, StopService &stops, DesktopLock &lock, Ticker &ticker, Clock &clock);
/// The question follows the lock of the desktop, and unlocks through it.
void connectLock(StopDialog &question, DesktopLock &lock);

/// From the wish to stop something to one decision: the question with its target fixed, and ids typed by hand that
/// lead to the same question. One question at a time.
class StopFlow final : public QObject {
    Q_OBJECT

public:
    StopFlow(const Workplace &place, QWidget *window);

    void ask(const QList<StopTarget> &targets, ClearQueue clearQueue = ClearQueue::No);
    /// `allOf`: everything that runs of this agent is meant, and what appears later is not.
    void askForMany(const QList<StopTarget> &targets, const AgentId &allOf, ClearQueue clearQueue = ClearQueue::No);
    /// What runs since the last question about several was asked that was answered with a stop, and is not among its
    /// targets; null without one.
    const NewSince *newSince() const { return m_new; }
    void askForSubTasks(); ///< those that run, of the conversation in Details; so are the next two
    void askToClear();
    void askToDiscard(const QueuedMessage &message);
    void take(NextStep step, const StopReport &report); ///< at once, or through the question
    void askForId(const ConversationId &typed = {}); ///< shows the dialog; keeps what was typed before if empty
    bool lead(Field field); ///< false when the field is none of its own
    void showMarks(const FieldMarks::Marks &marks);

Q_SIGNALS:
    void decided(); ///< a stop is about to be sent
    void decidedOn(const ConversationId &conversation); ///< alone, and its stop is in the models
    void newSinceChanged(); ///< another one, or none any more; what it has found it tells itself
    void clearQueueToggled(bool clear); ///< in a question about the conversation in Details
    void noteWanted(const StopReport &report);
    void endedTicketWanted(const Ending &ending);

private:
    ServiceLink &link() { return m_place.connector.link(); }
    void ask(const StopQuestion &question);
    void keepNewSince();
    void forgetNewSince();
    void askForQueue(const StopReport &report);
    void readAgain(const StopReport &report);
    StopByIdDialog &byId();

    Workplace m_place;
    QWidget *m_window;
    QPointer<StopDialog> m_question;
    NewSince *m_new = nullptr;
    StopByIdDialog *m_byId = nullptr;
};
