#include "app/gateway/stampfile.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Duration counts = 1h; // what is older is not kept
constexpr qint64 clockSlack = 50; // ms; two clocks read one after the other differ by so much at most
constexpr qint64 digits = 13; // of a time, all written: one that was cut off is no time
constexpr qint64 lineLength = digits + 3; // "1778673600000 S\n"
constexpr qint64 mostRead = 1 << 24; // bytes from the end: over a million lines
constexpr qint64 mostWritten = 1 << 18; // bytes until the file is begun anew
constexpr qint64 farAway = 1'000'000'000'000'000;

constexpr char letterOf(Lane lane)
{
    switch (lane) {
    case Lane::Stop: return 'S';
    case Lane::Check: return 'C';
    case Lane::Poll: break;
    }
    return 'P';
}

std::optional<qint64> numberIn(QByteArrayView text)
{
    const bool isNumber = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    return isNumber ? std::optional(text.toByteArray().toLongLong()) : std::nullopt;
}

struct Line {
    std::optional<qint64> time; ///< ms since 1970
    std::optional<qint64> shift;
    Lane lane = Lane::Poll;
};

Line parsed(QByteArrayView text)
{
    Line line;
    if (text.size() == digits + 1 && (text.front() == '+' || text.front() == '-')) {
        if (const auto shift = numberIn(text.sliced(1)))
            line.shift = text.front() == '-' ? -*shift : *shift;
        return line;
    }
    if (text.size() != digits + 2 || text[digits] != ' ')
        return line;
    for (const Lane lane : lanes) {
        if (text.back() != letterOf(lane))
            continue;
        line.time = numberIn(text.chopped(2));
        line.lane = lane;
    }
    return line;
}

QByteArray wordOf(qint64 number)
{
    return QByteArray::number(std::max<qint64>(0, number)).rightJustified(digits, '0');
}

QByteArray lineOf(qint64 time, Lane lane)
{
    return wordOf(time) + ' ' + letterOf(lane) + '\n';
}

struct TimedSend {
    qint64 time;
    Lane lane;
};

/// Times that lie ahead were written before the clock was set back: the latest of them is now, the others before it.
std::vector<StampFile::Stamp> agesOf(const std::vector<TimedSend> &sends, qint64 wallNow)
{
    qint64 latest = wallNow;
    for (const TimedSend &send : sends)
        latest = std::max(latest, send.time);
    std::vector<StampFile::Stamp> stamps;
    for (const TimedSend &send : sends) {
        const qint64 age = (send.time > wallNow ? latest : wallNow) - send.time;
        stamps.push_back({Duration(std::max<qint64>(0, age - clockSlack)), send.lane});
    }
    return stamps;
}

/// So many sends of which only the least age is known: within the shares of polling, in any minute and in the hour.
void addUnknown(std::vector<StampFile::Stamp> &stamps, qint64 count, Duration age, const RateLimits &limits)
{
    const auto ofMinute = std::min<qint64>(count, limits.of(Lane::Poll, Span::Minute));
    const auto ofHour = std::min<qint64>(count, limits.of(Lane::Poll, Span::Hour)) - ofMinute;
    stamps.insert(stamps.end(), size_t(ofMinute), {age, Lane::Poll});
    stamps.insert(stamps.end(), size_t(std::max<qint64>(0, ofHour)), {std::max(age, Duration(2min)), Lane::Poll});
}

}

QString StampFile::pathFor(const QString &folder, const QString &id)
{
    const QByteArray name = QCryptographicHash::hash(id.toUtf8(), QCryptographicHash::Sha256).toHex();
    return folder + u'/' + QString::fromLatin1(name) + QLatin1StringView(suffix);
}

bool StampFile::canBeFile() const
{
    const QFileInfo info(m_path);
    return !m_path.isEmpty() && (!info.exists() || info.isFile());
}

std::vector<StampFile::Stamp> StampFile::load(const RateLimits &limits, Duration now, qint64 wallNow)
{
    if (m_offset)
        return {};
    m_limits = limits;
    m_offset = wallNow - now.count();
    return begin(wallNow);
}

/// Begins the file anew, with what still counts.
std::vector<StampFile::Stamp> StampFile::begin(qint64 wallNow)
{
    m_file.close();
    if (!QFileInfo(m_path).isFile() || !m_file.open(QIODevice::ReadOnly))
        return {};
    std::vector<Stamp> stamps = read(wallNow);
    m_file.close();
    rewrite(stamps, wallNow);
    return stamps;
}

/// From the end to the beginning: a line that says that the clock was set is about those before it.
std::vector<StampFile::Stamp> StampFile::read(qint64 wallNow)
{
    if (m_file.size() > mostRead) {
        m_file.seek(m_file.size() - mostRead);
        m_file.readLine(lineLength);
    }
    const QByteArray bytes = m_file.readAll();
    std::vector<TimedSend> sends;
    qint64 shift = 0;
    bool isShiftUnknown = false; // then the sends before look older than they are
    qint64 unknown = 0;
    for (qsizetype end = bytes.size(); end > 0;) {
        const bool isWhole = bytes[end - 1] == '\n';
        const qsizetype begin = end < 2 ? 0 : bytes.lastIndexOf('\n', end - 2) + 1;
        const QByteArrayView text = QByteArrayView(bytes).sliced(begin, end - begin - isWhole);
        end = begin;
        const Line line = parsed(text);
        if (line.shift)
            shift = std::clamp(shift + *line.shift, -farAway, farAway);
        else if (line.time && !isShiftUnknown)
            sends.push_back({*line.time + shift, line.lane});
        else
            unknown += (text.size() + lineLength - 1) / lineLength;
        isShiftUnknown = isShiftUnknown || (!line.shift && text.startsWith('+'));
    }
    std::vector<Stamp> stamps = agesOf(sends, wallNow);
    const qint64 writtenAt = QFileInfo(m_path).lastModified().toMSecsSinceEpoch();
    addUnknown(stamps, unknown, Duration(std::max<qint64>(0, wallNow - writtenAt)), m_limits);
    std::erase_if(stamps, [](const Stamp &stamp) { return stamp.age > counts; });
    return stamps;
}

void StampFile::rewrite(std::vector<Stamp> stamps, qint64 wallNow)
{
    m_written = 0;
    std::ranges::sort(stamps, std::ranges::greater(), &Stamp::age);
    if (stamps.empty()) {
        QFile::remove(m_path);
        return;
    }
    QSaveFile file(m_path);
    if (!file.open(QIODevice::WriteOnly))
        return;
    for (const Stamp &stamp : stamps)
        file.write(lineOf(wallNow - stamp.age.count(), stamp.lane));
    file.commit();
}

/// A file that has grown long is begun anew when a poll leaves, for that takes a sync to disk.
void StampFile::append(Lane lane, Duration now, qint64 wallNow)
{
    noteClock(now, wallNow);
    if (m_written > mostWritten && lane == Lane::Poll)
        begin(wallNow);
    write(lineOf(wallNow, lane));
}

void StampFile::noteClock(Duration now, qint64 wallNow)
{
    const qint64 offset = wallNow - now.count();
    const qint64 step = offset - m_offset.value_or(offset);
    if (m_offset && std::abs(step) <= clockSlack)
        return;
    m_offset = offset;
    if (step != 0)
        write((step < 0 ? "-" : "+") + wordOf(std::abs(step)) + '\n');
}

/// Unbuffered: what is written outlives the program, though not the machine.
void StampFile::write(const QByteArray &line)
{
    if (!m_file.isOpen() && !(canBeFile() && m_file.open(QIODevice::Append | QIODevice::Unbuffered)))
        return;
    m_file.write(line);
    m_written += line.size();
}
