#pragma once

#include "app/types/clock.h"
#include "app/types/connection.h"
#include "app/types/secret.h"

/// When a bearer token ends by its own word: the claim `exp` of a JWT (RFC 7519), UTC, by the clock of who gave it out.
/// Its signature is not checked: this is read to warn, never to refuse. Invalid for whatever is no such token.
QDateTime tokenEnd(const Secret &token);
/// The same for the credential of that connection; invalid where it is no bearer token.
QDateTime tokenEndOf(const Connection &connection, const Secret &secret);
/// When that is in the program's time. `ahead`: how far the service's clock is ahead of this computer's.
QDateTime fromService(const QDateTime &end, Duration ahead);
