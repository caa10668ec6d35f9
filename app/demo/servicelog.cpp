#include "app/demo/servicelog.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace demo {

ServiceLog::ServiceLog(const QString &folder)
    : m_began(QDateTime::currentDateTimeUtc())
{
    if (folder.isEmpty()) {
        return;
    }
    QDir().mkpath(folder);
    m_file.setFileName(QDir(folder).filePath(u"service.jsonl"_s));
    if (const QFileInfo info(m_file); info.exists() && !info.isFile()) { // who reads a pipe waits for ever
        m_trouble = m_file.fileName() + u": no file"_s;
        return;
    }
    if (!m_file.open(QFile::ReadWrite | QFile::Append | QFile::Unbuffered)) {
        m_trouble = m_file.fileName() + u": "_s + m_file.errorString();
        return;
    }
    m_file.seek(0);
    const QByteArray content = m_file.readAll();
    for (const QByteArray &line : content.split('\n')) {
        read(line);
    }
    if (!content.isEmpty() && !content.endsWith('\n')) {
        m_file.write("\n"); // the last line was cut off
    }
}

void ServiceLog::read(const QByteArray &line)
{
    const QJsonObject json = QJsonDocument::fromJson(line).object();
    if (json.contains("began"_L1)) {
        m_began = QDateTime::fromString(json["began"_L1].toString(), Qt::ISODateWithMs);
        m_port = quint16(json["port"_L1].toInt());
    } else if (json.contains("verb"_L1)) {
        const auto text = [&json](QLatin1StringView name) { return json[name].toString().toLatin1(); };
        m_orders.append({json["at"_L1].toInteger(),
                         {text("verb"_L1), QUrl::fromEncoded(text("url"_L1)), text("type"_L1), text("body"_L1)}});
    }
}

void ServiceLog::keepPort(quint16 port)
{
    if (m_port == 0) {
        write({{u"began"_s, m_began.toString(Qt::ISODateWithMs)}, {u"port"_s, port}});
    }
}

void ServiceLog::keep(const Order &order)
{
    write({{u"at"_s, order.at},
           {u"verb"_s, QString::fromLatin1(order.call.verb)},
           {u"url"_s, QString::fromLatin1(order.call.url.toEncoded())},
           {u"type"_s, QString::fromLatin1(order.call.mimeType)},
           {u"body"_s, QString::fromLatin1(order.call.body)}});
}

void ServiceLog::write(const QJsonObject &line)
{
    if (m_file.isOpen()) {
        m_file.write(QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n');
    }
}

}
