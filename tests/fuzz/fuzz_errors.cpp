#include "app/gateway/wire.h"
#include "app/words/failurewords.h"
#include "app/words/words.h"
#include "tests/fuzz/fuzzing.h"

using namespace fuzzing;

namespace {

void requireBounded(const FieldError &error)
{
    require(error.place.size() <= 16 && error.message.size() <= 2000 && error.type.size() <= 200,
            "an entry is bounded");
    requirePlain(words::place(error), 1000);
    requirePlain(words::plain(error.message), 300);
    requirePlain(words::plain(error.type), 300);
}

}

/// The body of a refusal, and what is shown of it.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const Refusal refusal = wire::refusal(bytes(data, size));
    require(refusal.text.size() <= 2000, "the text is bounded");
    require(refusal.rest.size() <= 2000, "what was not understood is bounded");
    require(refusal.fields.size() <= 100, "a hundred entries are read");
    require(refusal.moreFields >= 0 && (refusal.moreFields == 0 || refusal.fields.size() == 100),
            "the rest is counted");
    for (const FieldError &error : refusal.fields)
        requireBounded(error);
    Failure failure;
    failure.text = refusal.text;
    failure.rest = refusal.rest;
    requirePlain(words::sentence(failure, Subject::Stop), 1000);
    wire::isPlanLimit(refusal.text);
    return 0;
}
