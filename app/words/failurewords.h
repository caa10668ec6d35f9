#pragma once

#include "app/types/problemstep.h"
#include "app/types/stop.h"

/// The words for failures: one table of sentences by kind, one of places by control.
namespace words {

Effect effectOf(const Failure &failure, Subject subject);
QString effect(Effect effect);                            ///< "Nothing was stopped", "May have stopped", …
QString sentence(const Failure &failure, Subject subject); ///< the effect on a stop, what happened, what to do
QString happened(const Failure &failure, Subject subject); ///< the first part of the sentence
QString whatToDo(const Failure &failure, Subject subject); ///< its last part
QString messageOf(const Problem &problem);                ///< the field's message, else the sentence without the effect
QString statement(const Problem &problem);                ///< what happened, and what to do or what became of it
QString problemCount(int count);                          ///< "2 problems"
QString effectCounts(const QList<Problem> &problems);     ///< "May have stopped: 1 · Nothing was stopped: 2"
QString entry(const Problem &problem);                    ///< "Nothing was stopped: " and the message
QString subjectName(Subject subject);                     ///< what was asked: "Stop", "Live state"

QString webPage();                                        ///< said where a page for people came as the answer
QString place(const FieldError &error);                   ///< "body › jobs › item 2", "body › character 20"
QString placeInWords(const Problem &problem);             ///< "Also clear the queue", "Conversation id"
Field fieldOf(const QStringList &place, Subject subject); ///< the control an error belongs to, None if there is none
QString detailsOf(const Problem &problem);                ///< request id, type, server's text: several lines
QString problemsText(const QList<Problem> &problems);     ///< for a ticket: the details of each, an empty line between
QString problemsJson(const QList<Problem> &problems);     ///< the same as a JSON array, times in UTC
QString problemStep(ProblemStep step, Duration wait);     ///< on a button: "Enter a new key…", "Wait 40 s"

}
