#pragma once

#include "app/session/servicelink.h"

/// Opens connections, one at a time, and keeps what a person has set for whatever connection is open. There is always a
/// link; where no connection is open it is an empty one.
class Connector final : public QObject {
    Q_OBJECT

public:
    explicit Connector(const ServiceLink::Parts &parts, QObject *parent = nullptr);
    ~Connector() override;

    /// Leaves the connection before (its open stops go on being checked) and reads the key of this one.
    void open(const Connection &connection);
    void close();
    ServiceLink &link() { return *m_link; } ///< until `linkChanged`
    const ServiceLink &link() const { return *m_link; }

    void setFilter(StateFilter filter);
    StateFilter filter() const { return m_wishes.filter; }
    void holdUpdates(bool held);
    void attend(const Attention &attention); ///< the lock it knows itself

Q_SIGNALS:
    /// `link` is another one. The one before is destroyed as soon as all have been told.
    void linkChanged();

private:
    void change(std::optional<Connection> connection);

    ServiceLink::Parts m_parts;
    ServiceLink::Wishes m_wishes;
    std::unique_ptr<ServiceLink> m_link;
};
