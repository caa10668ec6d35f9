#pragma once

#include "app/types/agent.h"
#include "app/types/page.h"
#include "app/types/result.h"
#include "app/types/stop.h"

/// The field names of the API, both directions, and the shapes of its error bodies. Knows no network. Unknown fields
/// are ignored, null and missing are the same; a missing required field makes a row unreadable, not the page.
namespace wire {

Result<Page<Agent>> agents(const QByteArray &body);
Result<Page<Conversation>> conversations(const QByteArray &body);
Result<Record> record(const QByteArray &body);
Result<RunState> runState(const QByteArray &body, const QDateTime &readAt);

QByteArray stopBody(ClearQueue clearQueue); ///< the field is always spelled out (contract, table of requests)

/// The entries of a 422 `detail`, whatever `loc` mixes; at most 1,000. Empty where the body has another shape.
QList<FieldError> fieldErrors(const QByteArray &body);
/// What the service says in words, in any shape of contract/README.md "Errors": nested details, message, problem+json,
/// the title of a web page, plain text. One string of bounded length, never what the service echoes of our input.
QString errorText(const QByteArray &body);
/// Whether a 429 is about a spent plan rather than the rate.
bool isPlanLimit(const QByteArray &body);

}
