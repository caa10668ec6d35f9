#include "app/session/connector.h"

Connector::Connector(const ServiceLink::Parts &parts, QObject *parent)
    : QObject(parent), m_parts(parts), m_link(std::make_unique<ServiceLink>(parts, m_wishes))
{
}

Connector::~Connector() = default;

void Connector::open(const Connection &connection)
{
    change(connection);
}

void Connector::close()
{
    change(std::nullopt);
}

/// By value: the caller may refer to the connection of the link that goes.
void Connector::change(std::optional<Connection> connection)
{
    m_parts.stops.leave();
    auto before = std::exchange(m_link, std::make_unique<ServiceLink>(m_parts, m_wishes, connection));
    Q_EMIT linkChanged();
    before.reset();
    m_link->open();
}

void Connector::setFilter(StateFilter filter)
{
    m_wishes.filter = filter;
    m_link->setWishes(m_wishes);
}

void Connector::holdUpdates(bool held)
{
    m_wishes.isHeld = held;
    m_link->setWishes(m_wishes);
}

void Connector::attend(const Attention &attention)
{
    m_wishes.attention = attention;
    m_link->setWishes(m_wishes);
}
