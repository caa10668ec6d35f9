#include "tests/support/fixture.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

QByteArray fixture(const QString &name)
{
    const QString suffix = QFileInfo(name).suffix().isEmpty() ? u".json"_s : QString();
    QFile file(QStringLiteral(STOPDESK_FIXTURES "/") + name + suffix);
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("No such fixture: %s", qPrintable(file.fileName()));
    }
    return file.readAll();
}

QJsonObject fixtureObject(const QString &name)
{
    const QJsonDocument document = QJsonDocument::fromJson(fixture(name));
    if (!document.isObject()) {
        qFatal("Not a JSON object: %s", qPrintable(name));
    }
    return document.object();
}

QStringList fixtureNames(const QString &folder)
{
    return QDir(QStringLiteral(STOPDESK_FIXTURES "/") + folder).entryList(QDir::Files, QDir::Name);
}
