#pragma once

#include "app/types/problem.h"

// How a failure becomes entries of the Problems panel, and which of them are the same.

/// One entry per error of the failure, and one that counts the errors that were not read; one entry without errors.
QList<Problem> entriesOf(const Failure &failure, const Occasion &occasion, const QDateTime &at);

/// Of the same subject, connection and place, whatever is wrong there.
bool isSameKind(const Problem &one, const Problem &other);

/// Equal but for what differs each time: to which conversation it happened, moment, request, count, and the time to wait.
bool isEqual(const Problem &one, const Problem &other);

/// `problem` as it happened once more after `before`.
Problem counted(const Problem &problem, const Problem &before);

/// What of the problem a later outcome of the occasion is told beside; the end if nothing.
QList<Problem::Affected>::const_iterator affectedIn(const Problem &problem, const Occasion &occasion);
