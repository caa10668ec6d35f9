#pragma once

#include "app/types/connection.h"
#include "app/types/stop.h"

/// The words of the file: what the interface may translate, the journal never does. Each word is written and read back
/// by one table.
namespace journalwords {

QString storable(const QString &text); ///< SQLite takes what follows half a pair for its other half: without such
/// A time of the program as the record has it: by the wall clock, UTC with milliseconds; null for an invalid time.
QString timeWord(const QDateTime &time);
QDateTime timeOf(const QString &word); ///< the other way round

QString environmentWord(Environment environment);
Environment environmentOf(const QString &word);

QString routesWord(RouteFamily routes);
RouteFamily routesOf(const QString &word); ///< the default where nothing was written

QString credentialWord(CredentialKind kind);
CredentialKind credentialOf(const QString &word); ///< the default where nothing was written

QString commandWord(Command command);
Command commandOf(const QString &word); ///< "stop conversation" where nothing was written

/// "sent", "stopped, queue not cleared", and the marks behind it: "stopped, started again", "unconfirmed, dismissed".
QString stepWord(const StopReport &report);
/// Puts the state and the marks of a step into the report; an unknown step is nothing that settles a stop.
void readStep(const QString &word, StopReport &report);

/// "run-state read 2026-05-13T12:00:01.500Z: nothing runs, 0 waiting", "record read … failed", and for what started
/// again "; likely cause: …". Null where nothing was read.
QString confirmationWord(const StopReport &report);
void readConfirmation(const QString &word, StopReport &report);

}
