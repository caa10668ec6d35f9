#pragma once

#include "app/types/ids.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

using Duration = std::chrono::milliseconds;

/// What went wrong, as far as a person has to do something different about it. The words are in app/words.
enum class FailureKind {
    // answered by the service
    BadRequest,    ///< 400 and every 4xx without a kind of its own
    KeyRefused,    ///< 401
    Forbidden,     ///< 403
    NotFound,      ///< 404, 410
    Conflict,      ///< 409
    Invalid,       ///< 422, or a local check of a form
    TooMany,       ///< 429, rate
    PlanLimit,     ///< 429, a spent plan: waiting does not help
    ServerTimeout, ///< 408, 504
    ServerError,   ///< other 5xx
    Redirected,    ///< any 3xx: never followed
    Unreadable,    ///< a 2xx whose body is not what was asked for, or an interim answer that Qt takes for the whole one
    TooLarge,      ///< the body is over the cap
    // on the way
    NameNotFound,
    ConnectionRefused,
    Unreachable, ///< also 511
    Tls,
    CertificateDate, ///< nothing but the time speaks against the certificate: it may be this computer's clock
    Proxy,       ///< also 407
    TimedOut,
    ConnectionLost,
    // never sent
    ReadOnly,
    UnsafeId,
    NoKey,
    Cancelled,
    Halted,      ///< the rest of a batch was not sent, because of what happened to others of it
    Interrupted, ///< the program ended while it was under way; what had left may have arrived
    JournalUnusable,
    UnsafeAddress,
    // the keychain
    KeychainMissing,
    KeychainLocked,
    KeychainSilent,
    KeychainBusy, ///< an earlier ask has had no answer, and nothing is served behind it
    KeychainRefused,
    KeychainFailed,
};

/// Statuses that are not the service's words, which has never seen the request (RFC 9110, 15.5.8; RFC 6585, 6).
inline constexpr int proxyAsksForPassword = 407;
inline constexpr int networkAsksForSignIn = 511;

/// How far a request came: the fact on which "was anything stopped?" hangs. What a proxy or the network kept has never
/// left.
enum class Reached { NeverLeft, MayHaveArrived, Answered };

/// One entry of a 422 `detail`, or of a local check.
struct FieldError {
    QStringList place; ///< the words of `loc` as the wire has them, numbers in brackets: {"body", "jobs", "[1]"}
    QString message;
    QString type;

    bool operator==(const FieldError &) const = default;
};

/// Whether this answer to a command says that nothing was done. Not a 408, which gave up waiting, and not a 303, which
/// says where to look at what was done (RFC 9110, 15.4.4).
constexpr bool refusesCommand(int status)
{
    return status >= 300 && status < 500 && status != 408 && status != 303;
}

/// Why an ask has no value.
struct Failure {
    FailureKind kind = FailureKind::Unreadable;
    Reached reached = Reached::NeverLeft;
    int status = 0;                     ///< HTTP status, 0 without one
    std::optional<Duration> retryAfter; ///< from Retry-After, clamped to 1 s … 1 h
    QString text;                       ///< what the other side said, plain, bounded; may be empty
    QList<FieldError> fields;
    RequestId request;
    int moreFields = 0;                 ///< entries of the answer beyond `fields`
    QString rest{};                     ///< what of the answer nobody understood, bounded: for an engineer

    bool operator==(const Failure &) const = default;
};
