#include "app/gateway/tlstrust.h"

#include "app/types/certificates.h"
#include "app/words/words.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

struct Trust {
    Q_DECLARE_TR_FUNCTIONS(Trust)
};

constexpr qsizetype mostNames = 3; ///< of a certificate that has many

enum class Doubt { Date, Host, Issuer, Other };

Doubt doubtOf(QSslError::SslError error)
{
    switch (int(error)) {
    case QSslError::CertificateExpired:
    case QSslError::CertificateNotYetValid:
        return Doubt::Date;
    case QSslError::HostNameMismatch:
        return Doubt::Host;
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
        return Doubt::Issuer;
    default: // a number of Qt's, which has words for it
        return Doubt::Other;
    }
}

/// Read once: it takes a tenth of a second.
const QList<QSslCertificate> &systemAuthorities()
{
    static const QList<QSslCertificate> all = QSslConfiguration::systemCaCertificates();
    return all;
}

QString shownName(const QString &name)
{
    return name.isEmpty() ? Trust::tr("somebody without a name") : words::plain(name, 60);
}

QString moment(const QDateTime &time)
{
    return QLocale().toString(time.toUTC(), u"d MMM yyyy HH:mm"_s);
}

/// The hosts that a certificate is for, as far as they are few.
QString hostsOf(const QSslCertificate &certificate)
{
    const auto alternatives = certificate.subjectAlternativeNames();
    QStringList names = alternatives.values(QSsl::DnsEntry) + alternatives.values(QSsl::IpAddressEntry);
    if (names.isEmpty())
        names = certificate.subjectInfo(QSslCertificate::CommonName);
    if (names.isEmpty())
        return Trust::tr("no host");
    names.sort();
    const qsizetype more = names.size() - mostNames;
    names = names.mid(0, mostNames);
    std::ranges::transform(names, names.begin(), shownName);
    if (more > 0)
        names.append(Trust::tr("%n others", nullptr, int(more)));
    return names.join(u", "_s);
}

bool isValidAt(const QSslCertificate &certificate, const QDateTime &time)
{
    return certificate.effectiveDate() <= time && time <= certificate.expiryDate();
}

/// The clock is left out where the service's own says that it is not the cause.
QString dateCause(const QSslError &error, const QDateTime &now, const std::optional<QDateTime> &serviceNow)
{
    const QSslCertificate certificate = error.certificate();
    const QString when = error.error() == QSslError::CertificateExpired
        ? Trust::tr("it ended on %1 UTC").arg(moment(certificate.expiryDate()))
        : Trust::tr("it begins on %1 UTC").arg(moment(certificate.effectiveDate()));
    if (serviceNow && !isValidAt(certificate, *serviceNow))
        return when;
    const QString clock = Trust::tr("%1, and this computer's clock shows %2 UTC").arg(when, moment(now));
    return serviceNow ? Trust::tr("%1, the service's %2 UTC").arg(clock, moment(*serviceNow)) : clock;
}

}

TlsTrust::TlsTrust(const Connection &connection)
    : m_host(connection.address.host())
    , m_hasFile(!connection.authorityFile.isEmpty())
    , m_configuration(QSslConfiguration::defaultConfiguration())
{
    m_configuration.setProtocol(QSsl::TlsV1_2OrLater);
    if (!m_hasFile)
        return;
    const AuthorityFile file = readAuthorityFile(connection.authorityFile);
    m_fileTrouble = file.trouble;
    // All by name: once some were added, Qt no longer looks for those of the system when it needs them.
    if (!file.certificates.isEmpty())
        m_configuration.setCaCertificates(systemAuthorities() + file.certificates);
}

bool TlsTrust::accepts(const QSslCertificate &peer) const
{
    return namesHost(peer, m_host);
}

QString TlsTrust::causeOf(const QSslError &error, const QDateTime &now, const std::optional<QDateTime> &serviceNow) const
{
    switch (doubtOf(error.error())) {
    case Doubt::Date:
        return dateCause(error, now, serviceNow);
    case Doubt::Host:
        return Trust::tr("it is for %1, not for %2").arg(hostsOf(error.certificate()), words::plain(m_host, 60));
    case Doubt::Issuer: {
        const QString issuer = shownName(error.certificate().issuerDisplayName());
        return m_hasFile ? Trust::tr("%1 signed it, whom neither the system nor the connection's own file trusts").arg(issuer)
                         : Trust::tr("%1 signed it, whom the system does not trust").arg(issuer);
    }
    case Doubt::Other:
        break;
    }
    return error.errorString();
}

Failure TlsTrust::explain(Failure failure, const QList<QSslError> &errors, const QDateTime &now,
                          const std::optional<QDateTime> &serviceNow) const
{
    if (failure.kind != FailureKind::Tls || errors.isEmpty())
        return failure;
    QStringList causes;
    for (const QSslError &error : errors)
        causes.append(causeOf(error, now, serviceNow));
    causes.removeDuplicates();
    const auto areOf = [](Doubt doubt) {
        return [doubt](const QSslError &error) { return doubtOf(error.error()) == doubt; };
    };
    if (!m_fileTrouble.isEmpty() && std::ranges::any_of(errors, areOf(Doubt::Issuer)))
        causes.append(Trust::tr("of that file: %1").arg(m_fileTrouble));
    failure.text = causes.join(u"; "_s);
    if (std::ranges::all_of(errors, areOf(Doubt::Date)))
        failure.kind = FailureKind::CertificateDate;
    return failure;
}
