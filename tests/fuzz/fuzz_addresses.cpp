#include "app/types/connection.h"
#include "app/types/secret.h"
#include "tests/fuzz/fuzzing.h"

using namespace Qt::StringLiterals;
using namespace fuzzing;

namespace {

bool isWrong(const QList<FieldError> &problems, const QString &place)
{
    return std::ranges::any_of(problems, [&](const FieldError &error) { return error.place == QStringList{place}; });
}

void requireUsable(const QString &address)
{
    const QUrl url = addressFromInput(address);
    require(url.isValid() && !url.host().isEmpty(), "an address names a host");
    require(url.scheme() == u"https" || url.scheme() == u"http", "an address is one of the web");
    require(url.userInfo().isEmpty() && !url.hasQuery() && !url.hasFragment(), "an address is an address alone");
    require(!isPlainHttpElsewhere(url), "nothing readable goes to another machine unasked");
}

void requireHeader(const QString &key)
{
    const auto secret = Secret::fromInput(key);
    require(secret && !secret->isEmpty(), "what was found good is a key");
    require(std::ranges::all_of(secret->reveal(), [](char c) { return c > ' ' && c < 0x7f; }),
            "a key is visible ASCII");
}

}

/// The connection form: an address, and behind the first line break a key. What is found good can be used.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QString input = QString::fromUtf8(bytes(data, size));
    ConnectionDraft draft;
    draft.address = input.section(u'\n', 0, 0);
    draft.key = input.section(u'\n', 1);
    const QList<FieldError> wrong = problems(draft);
    for (const FieldError &error : wrong)
        require(error.place.size() == 1 && !error.message.isEmpty(), "a problem has a place and words");
    if (!isWrong(wrong, u"address"_s) && !isWrong(wrong, u"plain_http"_s))
        requireUsable(draft.address);
    if (!isWrong(wrong, u"key"_s))
        requireHeader(draft.key);
    return 0;
}
