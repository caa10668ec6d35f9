#include "app/demo/demogateway.h"

#include "app/demo/demoserver.h"
#include "app/demo/tally.h"
#include "app/demo/task.h"

#include <QUuid>

using namespace Qt::StringLiterals;

DemoGateway::DemoGateway(const Options &options, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_key(u"demo-"_s + QUuid::createUuid().toString(QUuid::Id128))
    , m_tally(std::make_unique<demo::Tally>())
{
    m_thread.setObjectName(u"DemoGateway"_s);
}

DemoGateway::~DemoGateway()
{
    m_thread.quit();
    m_thread.wait();
}

QUrl DemoGateway::start()
{
    if (m_address.isEmpty()) {
        open();
    }
    return m_address;
}

void DemoGateway::open()
{
    auto *server = new demo::Server({m_options.extraConversations, m_options.requestsPerMinute,
                                     m_options.requestsPerHour, m_options.speed,
                                     m_options.problemDetailsV2 ? demo::Style::PydanticV2 : demo::Style::PydanticV1,
                                     m_key, m_options.keepIn},
                                    *m_tally);
    server->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, server, &QObject::deleteLater);
    m_thread.start();
    QMetaObject::invokeMethod(
        server,
        [this, server] {
            m_address = server->open();
            m_errorString = server->trouble();
        },
        Qt::BlockingQueuedConnection);
    if (m_address.isEmpty()) {
        m_thread.quit();
        m_thread.wait();
    }
}

QString DemoGateway::errorString() const
{
    return m_errorString;
}

int DemoGateway::received(demo::Order order, const QString &id) const
{
    return m_tally->orders(order, id);
}

int DemoGateway::stopsReceived(const QString &conversationId) const
{
    return received(demo::Order::StopConversation, conversationId) + received(demo::Order::StopTask, conversationId);
}

int DemoGateway::requestsReceived() const
{
    return m_tally->requests();
}

int DemoGateway::visitsElsewhere() const
{
    return m_tally->visitsElsewhere();
}

QString DemoGateway::conversationId(QStringView title)
{
    return demo::taskId(title);
}

QString DemoGateway::messageId(QStringView title, int number)
{
    return demo::messageId(title, number);
}

QString DemoGateway::agentId(QStringView name)
{
    return demo::agentId(name);
}
