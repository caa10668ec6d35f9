// Qt reads PEM with the label CERTIFICATE, and DER. PKCS#7, which Windows' own authorities hand out, may be BER with
// lengths that are not told, and a "trusted" certificate may say that it is not for servers: libcrypto reads both, and
// is there already, for Qt encrypts with it.
#include "app/types/certificates.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QHostAddress>
#include <QStringDecoder>
#include <QUrl>

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace {

struct Certificates {
    Q_DECLARE_TR_FUNCTIONS(Certificates)
};

constexpr qint64 mostOfFile = 2 * 1024 * 1024; ///< bytes: all authorities of a system take a tenth of it

template <auto release> struct Freed {
    template <class Structure> void operator()(Structure *one) const { release(one); }
};
void releaseAll(STACK_OF(X509) *all)
{
    sk_X509_pop_free(all, X509_free);
}

using X509Pointer = std::unique_ptr<X509, Freed<X509_free>>;
using X509Stack = std::unique_ptr<STACK_OF(X509), Freed<releaseAll>>;

/// What libcrypto notes of its failures in this thread is not left to others.
class QuietErrors {
    Q_DISABLE_COPY_MOVE(QuietErrors)

public:
    QuietErrors() { ERR_set_mark(); }
    ~QuietErrors() { ERR_pop_to_mark(); }
};

const unsigned char *beginOf(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

QSslCertificate toQt(X509 *certificate)
{
    unsigned char *der = nullptr;
    const int length = i2d_X509(certificate, &der);
    const QByteArray bytes(reinterpret_cast<const char *>(der), std::max(length, 0));
    OPENSSL_free(der);
    return QSslCertificate(bytes, QSsl::Der);
}

/// One after the other, as far as they can be read.
QList<QSslCertificate> derCertificates(const QByteArray &der)
{
    QList<QSslCertificate> found;
    const unsigned char *at = beginOf(der);
    const unsigned char *const end = at + der.size();
    while (const X509Pointer one{d2i_X509(nullptr, &at, long(end - at))})
        found.append(toQt(one.get()));
    return found;
}

QList<QSslCertificate> pkcs7Certificates(const QByteArray &der)
{
    QList<QSslCertificate> found;
    const unsigned char *at = beginOf(der);
    const std::unique_ptr<CMS_ContentInfo, Freed<CMS_ContentInfo_free>> parcel{
        d2i_CMS_ContentInfo(nullptr, &at, long(der.size()))};
    const X509Stack all{parcel ? CMS_get1_certs(parcel.get()) : nullptr};
    for (int i = 0; all && i < sk_X509_num(all.get()); ++i)
        found.append(toQt(sk_X509_value(all.get(), i)));
    return found;
}

/// Whatever a label says: Windows writes CERTIFICATE over PKCS#7 too.
QList<QSslCertificate> certificatesIn(const QByteArray &der)
{
    const QList<QSslCertificate> found = derCertificates(der);
    return found.isEmpty() ? pkcs7Certificates(der) : found;
}

/// Whether what OpenSSL writes behind a trusted certificate keeps it from being used for servers.
bool isForServers(const QByteArray &der)
{
    const unsigned char *at = beginOf(der);
    const X509Pointer one{d2i_X509_AUX(nullptr, &at, long(der.size()))};
    return !one || X509_check_trust(one.get(), X509_TRUST_SSL_SERVER, X509_TRUST_NO_SS_COMPAT) != X509_TRUST_REJECTED;
}

bool isPrivateKey(const QByteArray &der)
{
    const unsigned char *at = beginOf(der);
    const std::unique_ptr<PKCS12, Freed<PKCS12_free>> parcel{d2i_PKCS12(nullptr, &at, long(der.size()))};
    at = beginOf(der);
    const std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>> key{d2i_AutoPrivateKey(nullptr, &at, long(der.size()))};
    return parcel || key;
}

struct PemBlock {
    QByteArray label;
    QByteArray der;
};

/// Between whatever text. Nothing behind one that does not end.
QList<PemBlock> pemBlocks(const QByteArray &text)
{
    constexpr QByteArrayView opening = "-----BEGIN ";
    constexpr QByteArrayView dashes = "-----";
    QList<PemBlock> found;
    for (auto at = text.indexOf(opening); at >= 0; at = text.indexOf(opening, at)) {
        const auto name = at + opening.size();
        const auto begin = text.indexOf(dashes, name);
        if (begin < 0)
            break;
        const QByteArray label = text.mid(name, begin - name);
        const auto end = text.indexOf("-----END " + label + dashes.toByteArray(), begin);
        found.append({label, QByteArray::fromBase64(text.mid(begin + dashes.size(), end - begin - dashes.size()))});
        if (end < 0)
            break;
        at = end;
    }
    return found;
}

/// A file that is written as text of two bytes each; others are as they are.
QByteArray inOneByteEach(const QByteArray &bytes)
{
    const auto encoding = QStringConverter::encodingForData(bytes);
    if (!encoding || *encoding == QStringConverter::Utf8)
        return bytes;
    QStringDecoder decoder(*encoding);
    return QString(decoder(bytes)).toLatin1();
}

/// What was found in a file, before its dates are looked at.
struct Findings {
    QList<QSslCertificate> certificates;
    int damaged = 0;
    int notForServers = 0;
    bool hasPrivateKey = false;
};

Findings findingsIn(const QByteArray &bytes)
{
    const QuietErrors quiet;
    const QList<PemBlock> blocks = pemBlocks(bytes);
    if (blocks.isEmpty()) {
        const QList<QSslCertificate> found = certificatesIn(bytes);
        return {found.isEmpty() ? certificatesIn(QByteArray::fromBase64(bytes)) : found, 0, 0, isPrivateKey(bytes)};
    }
    Findings all;
    for (const PemBlock &block : blocks) {
        const QList<QSslCertificate> found = certificatesIn(block.der);
        const bool isCertificate = block.label.endsWith("CERTIFICATE") || block.label.startsWith("PKCS");
        all.hasPrivateKey = all.hasPrivateKey || block.label.endsWith("PRIVATE KEY");
        if (found.isEmpty())
            all.damaged += isCertificate ? 1 : 0;
        else if (block.label.startsWith("TRUSTED") && !isForServers(block.der))
            ++all.notForServers;
        else
            all.certificates += found;
    }
    return all;
}

QString day(const QDateTime &time)
{
    return QLocale().toString(time.toUTC().date(), u"d MMM yyyy"_s);
}

/// Of certificates that are all too old or too new, in words; empty where there is one that can be used now.
QString troubleWithDates(const QList<QSslCertificate> &certificates)
{
    const QDateTime now = QDateTime::currentDateTimeUtc(); // as the check of a server's certificate takes it
    const auto last = std::ranges::max_element(certificates, {}, &QSslCertificate::expiryDate);
    if (last->expiryDate() < now)
        return Certificates::tr("What is in this file ended on %1, and this computer's clock shows %2. Set the clock if "
                                "it is wrong, or ask for the authority's new certificate.")
            .arg(day(last->expiryDate()), day(now));
    const auto first = std::ranges::min_element(certificates, {}, &QSslCertificate::effectiveDate);
    if (first->effectiveDate() > now)
        return Certificates::tr("What is in this file begins on %1, and this computer's clock shows %2. Set the clock if "
                                "it is wrong.")
            .arg(day(first->effectiveDate()), day(now));
    return {};
}

AuthorityFile judged(const Findings &found)
{
    if (found.hasPrivateKey)
        return {{}, Certificates::tr("There is a private key in this file, which belongs to whoever runs the server alone. "
                                     "Choose a file with the certificate of the authority and nothing else.")};
    if (found.certificates.isEmpty() && found.notForServers > 0)
        return {{}, Certificates::tr("What is in this file is marked as not to be trusted for servers. Choose another "
                                     "one.")};
    if (found.certificates.isEmpty() && found.damaged > 0)
        return {{}, Certificates::tr("The certificate in this file is damaged. Get the file again.")};
    if (found.certificates.isEmpty())
        return {{}, Certificates::tr("There is no certificate in this file. Choose the file of the certificate "
                                     "authority: PEM, DER or PKCS#7.")};
    if (found.damaged > 0)
        return {found.certificates, Certificates::tr("A part of this file is damaged. Get the file again.")};
    return {found.certificates, troubleWithDates(found.certificates)};
}

}

AuthorityFile readAuthorityFile(const QString &name)
{
    const QFileInfo info(name);
    if (!info.exists())
        return {{}, Certificates::tr("There is no such file. Choose another one, or leave this empty to use the "
                                     "system's.")};
    if (info.isDir())
        return {{}, Certificates::tr("This is a folder. Choose the file in it.")};
    if (!info.isFile())
        return {{}, Certificates::tr("This is not a file that can be read to its end. Choose another one.")};
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return {{}, Certificates::tr("This file cannot be read. Choose another one, or leave this empty to use the "
                                     "system's.")};
    const QByteArray bytes = file.read(mostOfFile + 1);
    if (bytes.size() > mostOfFile)
        return {{}, Certificates::tr("This file is larger than %1 MB. Choose one with the certificate of the authority "
                                     "and little else.").arg(mostOfFile / 1024 / 1024)};
    return judged(findingsIn(inOneByteEach(bytes)));
}

bool namesHost(const QSslCertificate &certificate, const QString &host)
{
    const auto names = certificate.subjectAlternativeNames();
    if (!names.contains(QSsl::DnsEntry) && !names.contains(QSsl::IpAddressEntry))
        return true;
    const QuietErrors quiet;
    const QByteArray der = certificate.toDer();
    const unsigned char *at = beginOf(der);
    const X509Pointer one{d2i_X509(nullptr, &at, long(der.size()))};
    const QByteArray name = QUrl::toAce(host);
    if (QHostAddress(host).isNull())
        return one
            && X509_check_host(one.get(), name.constData(), size_t(name.size()), X509_CHECK_FLAG_NEVER_CHECK_SUBJECT,
                               nullptr) == 1;
    // Some write an address as if it were a name.
    return names.values(QSsl::DnsEntry).contains(host)
        || (one && X509_check_ip_asc(one.get(), host.toLatin1().constData(), 0) == 1);
}
