#pragma once

#include "app/types/secret.h"

#include <QDateTime>

/// When a bearer token ends by its own word: the claim `exp` of a JWT (RFC 7519), UTC, by the clock of who gave it out.
/// Its signature is not checked: this is read to warn, never to refuse. Invalid for whatever is no such token.
QDateTime tokenEnd(const Secret &token);
