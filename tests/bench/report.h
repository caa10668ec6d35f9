#pragma once

#include <QList>
#include <QString>

/// What a benchmark measured: each figure beside a floor or a naive peer of the same run, as a ratio. Written when it
/// goes out of scope: a table to standard output, and `NAME.json` into the folder of STOPDESK_BENCH_RESULTS if that is
/// set.
class Report {
public:
    explicit Report(const QString &name);
    Report(const Report &) = delete;
    Report &operator=(const Report &) = delete;
    ~Report();

    /// A figure with what it is compared to. `unit`: ms, bytes, requests, ...
    void add(const QString &what, double value, const QString &unit, const QString &peer, double peerValue);
    /// A figure that stands for itself, such as a count.
    void add(const QString &what, double value, const QString &unit);

private:
    struct Line {
        QString what;
        double value;
        QString unit;
        QString peer; ///< empty: none
        double peerValue;
    };

    QString m_name;
    QList<Line> m_lines;
};

/// The value below which this share (0 … 1) of the values lies; 0 of none.
double quantile(QList<double> values, double share);
