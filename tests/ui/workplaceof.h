#pragma once

#include "tests/support/console.h"
#include "ui/workplace.h"

/// What a window works with, of a test's console.
inline Workplace workplaceOf(Console &console, ConnectionBook &book)
{
    return {console.connector, console.stops, console.models, console.tester, book, console.lock, console.ticker, console.clock};
}
