#pragma once

#include "app/demo/order.h"

#include <QObject>
#include <QString>
#include <QThread>
#include <QUrl>

#include <memory>

namespace demo {
class Tally;
}

/// The service, played on the loopback address by real HTTP on a thread of its own: agents whose
/// conversations are the scenarios, titled by what they do when they are stopped. Nothing outside this
/// computer is ever asked.
class DemoGateway : public QObject {
    Q_OBJECT

public:
    struct Options {
        int extraConversations = 0; ///< filler rows, up to 10000
        int requestsPerMinute = 100;
        int requestsPerHour = 1000;
        double speed = 1.0; ///< divides the delays of scenarios
        bool problemDetailsV2 = false; ///< 422 bodies of the routes as pydantic v2 words them, else v1
        QString keepIn{}; ///< a folder, made if need be, in which it goes on at its next start; empty: nowhere
    };

    explicit DemoGateway(const Options &options, QObject *parent = nullptr);
    ~DemoGateway() override; ///< closes every connection and joins the thread

    /// The base address, bound when this returns; empty on failure. Asked again, it answers the same address.
    QUrl start();
    QString errorString() const;

    /// The key that is accepted, as `x-api-key` and as bearer token: another one in each gateway, so that no other
    /// program of this computer and no page in a browser knows it.
    QString key() const { return m_key; }

    /// Orders that arrived for this conversation, task or (`DiscardMessage`) message, whatever they were
    /// answered. Any thread.
    int received(demo::Order order, const QString &id) const;
    /// Those that stop, by either route. Any thread.
    int stopsReceived(const QString &conversationId) const;
    /// Requests that arrived whole, refused ones included. Any thread.
    int requestsReceived() const;
    /// Connections to the place that "Redirects elsewhere" points to: nobody should ever go there. Any
    /// thread.
    int visitsElsewhere() const;

    /// The fixed id of the conversation, sub-task or agent with this English title or name, and of a message
    /// that waits in such a conversation, the oldest being number 0.
    static QString conversationId(QStringView title);
    static QString messageId(QStringView title, int number);
    static QString agentId(QStringView name);

private:
    void open();

    Options m_options;
    const QString m_key;
    std::unique_ptr<demo::Tally> m_tally;
    QThread m_thread;
    QUrl m_address;
    QString m_errorString;
};
