#include "app/gateway/boundedjson.h"

using namespace Qt::StringLiterals;

namespace {

/// What is too much about it; null for what may be read. Of text that is no JSON it says nothing for certain.
const char *excessOf(const QByteArray &text)
{
    int depth = 0;
    int brackets = 0;
    int values = 1;
    bool isInString = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char letter = text[i];
        if (isInString) {
            i += letter == '\\' ? 1 : 0;
            isInString = letter != '"';
            continue;
        }
        isInString = letter == '"';
        const bool opens = letter == '[' || letter == '{';
        brackets += opens ? 1 : 0;
        values += letter == ',' ? 1 : 0;
        depth += opens ? 1 : letter == ']' || letter == '}' ? -1 : 0;
        if (depth > boundedjson::deepest)
            return "nested too deeply";
        if (brackets > boundedjson::mostBrackets || values > boundedjson::mostValues)
            return "too many values";
    }
    return nullptr;
}

}

QJsonDocument boundedjson::read(const QByteArray &text, QString *error, qsizetype *end)
{
    QJsonParseError wrong;
    const char *const excess = excessOf(text);
    const QJsonDocument document = excess ? QJsonDocument() : QJsonDocument::fromJson(text, &wrong);
    const bool isWrong = wrong.error != QJsonParseError::NoError;
    if (error && (excess || isWrong))
        *error = excess ? QString::fromLatin1(excess) : u"not JSON: "_s + wrong.errorString();
    if (end && wrong.error == QJsonParseError::GarbageAtEnd)
        *end = wrong.offset;
    return document;
}
