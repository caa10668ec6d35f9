#pragma once

#include "app/types/connection.h"

#include <QObject>
#include <QStringList>

#include <tl/expected.hpp>

#include <functional>

class QSettings;

/// A new random id, for a connection that is being made.
ConnectionId newConnectionId();

/// The connections a person made, kept in one INI file: names, addresses and choices, never a key. The demo is not
/// kept. What the file holds and this version cannot read (damaged entries, a newer format) is reported and left
/// as it is. A change that could not be written holds for this run, and is said so.
class ConnectionList final : public QObject {
    Q_OBJECT

public:
    /// Nothing, or in words why the change is not in the file.
    using Kept = tl::expected<void, QString>;

    explicit ConnectionList(const QString &file, QObject *parent = nullptr);

    const QList<Connection> &all() const { return m_connections; } ///< by name
    std::optional<Connection> find(const ConnectionId &id) const;
    Kept save(const Connection &connection); ///< adds it, or replaces the one with its id
    Kept remove(const ConnectionId &id);

    ConnectionId lastOpened() const { return m_lastOpened; } ///< empty without one
    Kept setLastOpened(const ConnectionId &id);

    /// In words, what could not be read at the start. Empty when all could.
    const QStringList &reports() const { return m_reports; }

Q_SIGNALS:
    void changed();

private:
    void load();
    void loadEntry(QSettings &settings, const ConnectionId &id);
    void putAside();
    Kept writeAll();
    void sort();
    Kept change(const std::function<void(QSettings &)> &edit);

    const QString m_file;
    QList<Connection> m_connections;
    ConnectionId m_lastOpened;
    QStringList m_reports;
    QString m_mayNotWrite; ///< why the file must be left as it is; empty when it may be written
};
