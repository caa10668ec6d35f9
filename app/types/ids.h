#pragma once

#include <QHashFunctions>
#include <QString>

#include <compare>

/// An opaque id of the service or of ours. Each kind is a type of its own, so that two cannot be swapped.
template <class Tag> struct Id {
    QString value;

    bool isEmpty() const { return value.isEmpty(); }
    auto operator<=>(const Id &) const = default;
    bool operator==(const Id &) const = default;
};

template <class Tag> size_t qHash(const Id<Tag> &id, size_t seed = 0) noexcept
{
    return qHash(id.value, seed);
}

using AgentId = Id<struct AgentTag>;
using ConversationId = Id<struct ConversationTag>; ///< also the id of the record (task) of its first turn
using MessageId = Id<struct MessageTag>;
using ConnectionId = Id<struct ConnectionTag>;
using RequestId = Id<struct RequestTag>;
using BatchId = Id<struct BatchTag>; ///< of one decision about several targets

BatchId newBatchId(); ///< random
/// A new random id for one request, sent as X-Request-ID and shown in errors.
RequestId newRequestId();

/// Whether the id would change the path it is put into: a segment of it is empty, `.` or `..`, in any number of
/// percent-encodings, as some server on the way may read it (Qt finding 7.3). Such an id must not leave.
bool collapsesPath(const QString &id);
