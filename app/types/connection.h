#pragma once

#include "app/types/failure.h"

#include <QUrl>

enum class Environment { Production, Staging, Other };
enum class CredentialKind { ApiKey, BearerToken };
/// Which of the two families of conversation routes is used (contract, "Two route families").
enum class RouteFamily { Gateway, Conversations };

/// A service and how it is reached. Never the key: that is found in the keychain under `id`.
struct Connection {
    ConnectionId id;
    QString name;
    QUrl address; ///< base address; may have a path prefix
    CredentialKind credential = CredentialKind::ApiKey;
    Environment environment = Environment::Production;
    RouteFamily routes = RouteFamily::Gateway;
    bool readOnly = false;
    bool plainHttpAccepted = false; ///< a person accepted http to another machine, for the origin of this address
    QString authorityFile;          ///< of CAs that are trusted beside the system's; empty: none
    int requestsPerMinute = 100;    ///< the service's limits, of which 90 % are used
    int requestsPerHour = 1000;
    QString keychain{};             ///< the one that its key went to ("KWallet"); empty: none, or not known
    bool isDemo = false;            ///< never stored

    /// Without a stop. With it the queue can be cleared in both families of routes, and one message can be discarded in
    /// both.
    bool canClearQueueAlone() const { return routes == RouteFamily::Gateway; }
    bool operator==(const Connection &) const = default;
};

/// What stands in the connection form, not yet believed.
struct ConnectionDraft {
    Connection connection; ///< all but the address, which may not be one yet
    QString address;
    QString key;
    bool keyNeeded = true; ///< false where a key is stored and the field was left empty
    bool isStoppingAnswered = true; ///< whether a person has said if it may stop

    bool operator==(const ConnectionDraft &) const = default;
};

/// What was typed as an address, without white space around it and without a trailing slash; where it is a host
/// without a scheme, with one: http for this machine, https elsewhere. Where it is that of the service's version or of a
/// whole operation (…/v1, …/v1/agents), cut to what stands before.
QString completedAddress(const QString &input);

/// That, as an address. Not checked.
QUrl addressFromInput(const QString &input);
/// An address as it stands in a file: completed, and never cut, for it may have worked so.
QUrl addressAsKept(const QString &text);

/// Whether the host is this machine, as far as its name tells.
bool isLoopback(const QString &host);

/// Whether the address is plain http to another machine than this one.
bool isPlainHttpElsewhere(const QUrl &address);

/// Scheme, host and port, also where the port is the usual one: what a key belongs to, and what plain http is accepted for.
QUrl originOf(const QUrl &address);

/// Whether both lead to the same routes of the same service, by the same means.
bool isReachedAlike(const Connection &one, const Connection &other);

/// What must be mended before the draft can be saved. Places: name, address, plain_http,
/// key, may_stop, authority, limits.
QList<FieldError> problems(const ConnectionDraft &draft);

/// What harmless reads with a new key could see.
struct ConnectionTest {
    int agents = 0;
};
