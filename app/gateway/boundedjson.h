#pragma once

#include <QByteArray>
#include <QJsonDocument>
#include <QString>

/// JSON that is counted before it is read: QJsonDocument makes a few hundred bytes of each bracket, so that 8 MB of
/// brackets, nested a thousand deep, take more than a gigabyte. For any thread.
namespace boundedjson {

constexpr int deepest = 100;            ///< brackets within one another; the contract has 6
constexpr int mostBrackets = 40'000;    ///< a page has a few hundred, the longest queue some 5,000
constexpr int mostValues = 200'000;     ///< what commas part

/// As QJsonDocument reads it, or why not, in words for an engineer, in `error`. Says where what stands behind the JSON
/// begins in `end`, if that is all that is wrong with it.
QJsonDocument read(const QByteArray &text, QString *error = nullptr, qsizetype *end = nullptr);

}
