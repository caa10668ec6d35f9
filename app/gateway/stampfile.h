#pragma once

#include "app/gateway/ratelimits.h"

#include <QFile>

#include <vector>

/// When requests of one connection left, kept for the next run: time and lane, nothing else. A line is appended at each
/// send and not synced, so it costs a stop nothing and outlives a killed program. What cannot be written is not kept;
/// nothing here fails.
class StampFile {
public:
    struct Stamp {
        Duration age{0};
        Lane lane = Lane::Poll;
    };

    explicit StampFile(const QString &path)
        : m_path(path)
        , m_file(path)
    {
    }

    /// What earlier runs left and still counts, once; a new file begins with it. Where the file is damaged, polling is
    /// taken to have spent its share: damage may make polling wait, never a stop. `wallNow` in ms since 1970.
    std::vector<Stamp> load(const RateLimits &limits, Duration now, qint64 wallNow);
    void append(Lane lane, Duration now, qint64 wallNow);
    /// Writes down that the wall clock was set since the last call, if it was: what is in the file keeps its age.
    void noteClock(Duration now, qint64 wallNow);

    /// A file for this id in the folder, whatever the id looks like.
    static QString pathFor(const QString &folder, const QString &id);
    static constexpr const char *suffix = ".sends";

private:
    bool canBeFile() const;
    std::vector<Stamp> begin(qint64 wallNow);
    std::vector<Stamp> read(qint64 wallNow);
    void rewrite(std::vector<Stamp> stamps, qint64 wallNow);
    void write(const QByteArray &line);

    QString m_path;
    QFile m_file;
    RateLimits m_limits;
    std::optional<qint64> m_offset; ///< wall clock less monotonic, ms
    qint64 m_written = 0; ///< bytes since the file was begun
};
