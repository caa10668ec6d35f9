#pragma once

#include <QSslCertificate>

/// What a file of certificate authorities has for a connection.
struct AuthorityFile {
    QList<QSslCertificate> certificates; ///< that may be trusted now; may be there beside trouble
    QString trouble;                     ///< why a person should choose another file, a sentence; empty: all is well
};

/// Certificates as companies hand them out: PEM with any label, DER, PKCS#7, or Base64 alone, several in one file,
/// text around them, with any line ends, also as Windows writes text (UTF-16). What is no ordinary file is not opened,
/// so that nobody is waited for; of a file no more than 2 MB is read. For any thread.
AuthorityFile readAuthorityFile(const QString &file);

/// Whether the certificate names this host (a name or an address) where it names hosts at all, as it should: among its
/// alternative names. Qt takes the common name too, whatever stands there. True where it has no such names.
bool namesHost(const QSslCertificate &certificate, const QString &host);
