#pragma once

#include "app/gateway/requestbudget.h"
#include "app/types/connection.h"
#include "app/types/secret.h"

/// The doors to the services: one for each connection, and one for all connections with the same key and origin, with
/// the smallest of their limits. Kept while the program runs, because the service counts on; what left is also kept for
/// the next run. Keys are compared in memory and written nowhere.
class Budgets {
public:
    /// `folder`: where sends are kept; empty for nowhere.
    Budgets(Clock &clock, const QString &folder);

    /// The door for this connection as it is now. To be asked again whenever it or its key has changed.
    std::shared_ptr<RequestBudget> budgetOf(const Connection &connection, const Secret &key);
    /// The same for one that is only tried: what stands in its form changes nothing for those that are in use.
    std::shared_ptr<RequestBudget> budgetToTry(const Connection &connection, const Secret &key);

private:
    struct Door {
        QUrl origin;
        QByteArray keyMark; ///< tells keys apart; the key itself stays with its connection
        QHash<ConnectionId, RateLimits> users;
        std::shared_ptr<RequestBudget> budget;
    };

    Door *openDoor(const QUrl &origin, const Secret &key, const RateLimits &limits);
    Door *doorTo(const QUrl &origin, const Secret &key);
    Door *doorOf(const ConnectionId &connection);
    static void leave(Door &door, const ConnectionId &connection);
    void use(Door &door, const Connection &connection);
    void removeOld() const;

    Clock &m_clock;
    QString m_folder;
    const QByteArray m_salt; ///< of this run
    std::vector<std::unique_ptr<Door>> m_doors;
    QHash<ConnectionId, std::shared_ptr<StampFile>> m_files;
};
