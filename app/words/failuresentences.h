#pragma once

#include "app/types/failure.h"

#include <QCoreApplication>

/// The translation context of all that is said about failures.
struct Failures {
    Q_DECLARE_TR_FUNCTIONS(Failures)
};

/// What becomes of the other side's own text: nothing, quoted as the service's, quoted as the cause, or put into
/// the sentence (%1).
enum class Quote { No, Service, Cause, Inside };

/// The sentences for one kind of failure, untranslated, in the context "Failures". What to do is told apart by what
/// was asked: a stop of which nothing arrived, a read, or a form with a connection.
struct FailureSentences {
    FailureKind kind;
    Quote quote;
    const char *happened;
    const char *stopHappened; ///< null: as `happened`
    const char *doStop;
    const char *doRead;
    const char *doForm;
};

/// `status`: of HTTP, 0 without one; with some of them more is known than the kind.
const FailureSentences &sentencesOf(FailureKind kind, int status = 0);

/// The sentences for "too many requests" when the service said how long to wait (%1).
const FailureSentences &sentencesOfWait();
