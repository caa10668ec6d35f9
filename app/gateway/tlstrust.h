#pragma once

#include "app/types/connection.h"

#include <QSslConfiguration>
#include <QSslError>

/// Whom a connection believes that he is the service, and what is said where it does not. The authorities of the
/// connection's own file count beside the system's: behind a proxy that looks into TLS they are needed, and at home the
/// service shows its own certificate again. They count for this connection alone.
class TlsTrust {
public:
    /// Reads the file. One that cannot be used keeps nobody from a service that the system trusts.
    explicit TlsTrust(const Connection &connection);

    const QSslConfiguration &configuration() const { return m_configuration; }

    /// Whether a peer that Qt believes may be sent anything.
    bool accepts(const QSslCertificate &peer) const;
    /// The failure of a handshake with its cause in words, if it is one. `now`: what this computer's clock shows;
    /// `serviceNow`: what the service's showed when it last answered, counted on, if it ever did.
    Failure explain(Failure failure, const QList<QSslError> &errors, const QDateTime &now,
                    const std::optional<QDateTime> &serviceNow) const;

private:
    QString causeOf(const QSslError &error, const QDateTime &now, const std::optional<QDateTime> &serviceNow) const;

    QString m_host;
    QString m_fileTrouble;
    bool m_hasFile;
    QSslConfiguration m_configuration;
};
