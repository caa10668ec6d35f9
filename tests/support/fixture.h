#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QStringList>

/// The bytes of tests/fixtures/NAME, exactly as recorded; ".json" is added where the name has no suffix.
/// A name that does not exist ends the test program, naming the file.
QByteArray fixture(const QString &name);

/// The same as a JSON object; what is not one ends the test program.
QJsonObject fixtureObject(const QString &name);

/// The names of the files of tests/fixtures/FOLDER, sorted.
QStringList fixtureNames(const QString &folder);
