#pragma once

#include "app/gateway/serviceclock.h"
#include "app/types/agent.h"
#include "app/types/page.h"
#include "app/types/result.h"
#include "app/types/secret.h"
#include "app/types/stop.h"

/// What the body of a refusal says: in words, and the entries in it. Texts of bounded length.
struct Refusal {
    QString text;
    QList<FieldError> fields; ///< the first 100
    int moreFields = 0;       ///< how many there are beyond them
    QString rest;             ///< what of it no rule understood, as it came; never what repeats our input
};

/// The field names of the API, both directions, and the shapes of its error bodies. Knows no network. Unknown fields
/// are ignored, null and missing are the same; a missing required field makes a row unreadable, not the page, and so
/// does an id of more than 100 letters, or coming after `mostRows`. Texts are cut where they are longer than a person
/// reads. Times are brought from the service's clock to the program's. Nothing is parsed that has more brackets or
/// values than `boundedjson` allows.
namespace wire {

constexpr int mostRows = 50; ///< of a page: as many as are asked for
constexpr int mostCounted = 100'000'000; ///< a count beyond it is told as this: sums of a few are numbers still

Result<Page<Agent>> agents(const QByteArray &body);
Result<Page<Conversation>> conversations(const QByteArray &body, const ServiceClock &clock = {});
Result<Record> record(const QByteArray &body, const ServiceClock &clock = {});
Result<RunState> runState(const QByteArray &body, const QDateTime &readAt, const ServiceClock &clock = {});

QByteArray stopBody(ClearQueue clearQueue); ///< the field is always spelled out (contract, table of requests)

/// Reads a refusal in any shape of contract/README.md "Errors" and the dialects around it, however it is encoded or
/// nested. Never takes what repeats our input (`input`, `ctx`, `url`). A map of names to words is one of fields only with
/// the statuses 400 and 422. Where it repeats the key, that is blotted out before anything is cut.
Refusal refusal(const QByteArray &body, int status = 422, const Secret &key = {});
/// Whether the text of a 429 is about a spent plan rather than the rate.
bool isPlanLimit(const QString &text);

}
