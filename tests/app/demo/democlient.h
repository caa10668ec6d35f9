#pragma once

#include "app/demo/demogateway.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <memory>

class QTcpSocket;

/// A finished request; status 0 when nothing usable came back.
struct Got {
    int status = 0;
    QByteArray text;
    QJsonObject json;
    std::unique_ptr<QNetworkReply> reply;

    QString detail() const { return json[u"detail"].toString(); }
    QJsonObject error(int i = 0) const { return json[u"detail"].toArray().at(i).toObject(); }
};

/// A demo gateway and somebody who asks it, over the real network stack.
class DemoClient {
public:
    /// Limits that no test reaches, and scenarios twenty times as fast.
    static DemoGateway::Options generous();

    bool open(const DemoGateway::Options &options = generous());
    void close();
    DemoGateway &gateway() { return *m_gateway; }
    QUrl address() const { return m_address; }

    QByteArray key() const { return m_gateway->key().toLatin1(); }
    QByteArray host() const { return m_address.authority().toLatin1(); } ///< as the header has it

    Got ask(const QByteArray &verb, const QString &path, const QByteArray &body = {}); ///< with the key
    Got askWith(const QList<QPair<QByteArray, QByteArray>> &headers, const QByteArray &verb, const QString &path,
                const QByteArray &body = {});
    Got read(const QString &path);
    Got stop(QStringView title, bool clearQueue = false);
    Got stopTask(QStringView title, const QByteArray &body = {});
    Got clearQueue(QStringView title);
    Got discard(QStringView title, int number); ///< the message with this number, as in DemoGateway::messageId
    /// Sends the stop over this socket and answers what came back until it was closed or a second had passed.
    QByteArray rawStop(QTcpSocket &socket, QStringView title);
    QJsonObject runState(QStringView title);
    QJsonObject record(QStringView title);
    QJsonArray firstTasks(); ///< of the list, a hundred
    QJsonObject listed(QStringView title);
    QString conversationPath(QStringView title); ///< of a scenario
    QString stopPath(QStringView title) { return conversationPath(title) + QStringLiteral("/stop"); }

private:
    std::unique_ptr<DemoGateway> m_gateway;
    std::unique_ptr<QNetworkAccessManager> m_network;
    QUrl m_address;
};
