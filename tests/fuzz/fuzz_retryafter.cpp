#include "app/gateway/httpfailure.h"
#include "app/types/clock.h"
#include "tests/fuzz/fuzzing.h"

using namespace fuzzing;
using namespace std::chrono_literals;

/// The header Retry-After.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QDateTime now(QDate(2026, 5, 13), QTime(12, 0), utcZone);
    const auto wait = httpfailure::retryAfter(bytes(data, size), now);
    require(!wait || (*wait >= 1s && *wait <= 1h), "a wait is between a second and an hour");
    return 0;
}
