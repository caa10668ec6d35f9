#include "app/types/ids.h"
#include "tests/fuzz/fuzzing.h"

#include <QDir>
#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace fuzzing;

namespace {

QString decodedOnce(const QString &id)
{
    static const QRegularExpression encoded(u"(%[0-9a-fA-F]{2})+"_s);
    QString plain = id;
    for (auto match = encoded.match(plain); match.hasMatch();) {
        const QString bytes = QUrl::fromPercentEncoding(match.captured().toLatin1());
        plain.replace(match.capturedStart(), match.capturedLength(), bytes);
        match = encoded.match(plain, match.capturedStart() + bytes.size());
    }
    return plain;
}

/// Whether the path has nothing to tidy up in it.
bool staysInPlace(QString id)
{
    const QString path = u"/v1/agents/"_s + id.replace(u'\\', u'/') + u"/stop"_s;
    return QDir::cleanPath(path) == path;
}

}

/// An id that may leave: whoever reads the path finds the id where it was put.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QString id = QString::fromUtf8(bytes(data, size));
    if (collapsesPath(id))
        return 0;
    QString seen = id;
    for (int decodings = 0; decodings < 4; ++decodings) {
        require(staysInPlace(seen), "an id that may leave stays where it is, however often it is decoded");
        seen = decodedOnce(seen);
    }
    const QUrl sent =
        QUrl::fromEncoded("https://host.example/v1/agents/" + QUrl::toPercentEncoding(id) + "/stop", QUrl::StrictMode);
    require(sent.isValid() && sent.host() == u"host.example", "it leads nowhere else");
    require(sent.path(QUrl::FullyEncoded).count(u'/') == 4, "it is one segment");
    require(!sent.hasQuery() && !sent.hasFragment(), "it ends no path");
    return 0;
}
