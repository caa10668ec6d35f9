#include "tests/bench/report.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTextStream>

#include <algorithm>

using namespace Qt::StringLiterals;

Report::Report(const QString &name)
    : m_name(name)
{
}

Report::~Report()
{
    QTextStream table(stdout);
    table << '\n' << m_name << '\n';
    QJsonArray figures;
    for (const Line &line : m_lines) {
        table << u"  %1 %2 %3"_s.arg(line.what, -58).arg(line.value, 12, 'f', 3).arg(line.unit, -9);
        QJsonObject figure{{u"what"_s, line.what}, {u"value"_s, line.value}, {u"unit"_s, line.unit}};
        if (!line.peer.isEmpty()) {
            const double ratio = line.peerValue == 0 ? 0 : line.value / line.peerValue;
            table << u" %1 x %2 (%3)"_s.arg(ratio, 8, 'f', 2).arg(line.peer).arg(line.peerValue, 0, 'f', 3);
            figure.insert(u"peer"_s, line.peer);
            figure.insert(u"peerValue"_s, line.peerValue);
            figure.insert(u"ratio"_s, ratio);
        }
        table << '\n';
        figures.append(figure);
    }
    const QString folder = qEnvironmentVariable("STOPDESK_BENCH_RESULTS");
    if (folder.isEmpty())
        return;
    QFile file(QDir(folder).filePath(m_name + u".json"_s));
    if (file.open(QIODevice::WriteOnly))
        file.write(QJsonDocument(QJsonObject{{u"bench"_s, m_name}, {u"figures"_s, figures}}).toJson());
}

void Report::add(const QString &what, double value, const QString &unit, const QString &peer, double peerValue)
{
    m_lines.append({what, value, unit, peer, peerValue});
}

void Report::add(const QString &what, double value, const QString &unit)
{
    add(what, value, unit, {}, 0);
}

double quantile(QList<double> values, double share)
{
    if (values.isEmpty())
        return 0;
    std::ranges::sort(values);
    return values.at(std::min(values.size() - 1, qsizetype(share * double(values.size()))));
}
