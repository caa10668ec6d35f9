#pragma once

#include <QBasicTimer>
#include <QHash>
#include <QObject>
#include <QSet>

#include <chrono>
#include <memory>
#include <vector>

class QNetworkAccessManager;

/// Ends connections over which Qt reads bytes that no call is given: a status line, a response head, interim answers or
/// the head of a chunk that do not end. Qt keeps them without a limit and tells nobody. Over a plain connection its
/// thread reads them byte by byte and hears nothing else meanwhile, not even that it is to end: whoever deletes the
/// access manager then waits 5 s, and the thread goes on for good (Qt finding 11.21). What it has read is asked of the
/// kernel, ten times a second of the real time, while calls are on their way and until nothing flows after them. What
/// still waits in the kernel counts for nothing: it is bounded, and a slow machine leaves much there. One for all
/// channels, in their thread. Where the kernel does not tell, it does nothing.
class HeadWatch final : public QObject {
public:
    using Ports = QSet<quint16>;

    HeadWatch() = default;
    ~HeadWatch() override;

    /// One call, from its sending to the end of its reply.
    class Call {
    public:
        /// `ports`: of the service and of the proxy; 0 is none. Without a watch nobody is told.
        Call(std::shared_ptr<HeadWatch> watch, const Ports &ports);
        Call(const Call &) = delete;
        Call &operator=(const Call &) = delete;
        ~Call();

        void noteGiven(qint64 bytes); ///< of the body, to whoever asked

    private:
        std::shared_ptr<HeadWatch> m_watch;
        bool m_isGiven = false;
    };

    /// Deletes it where that keeps nobody waiting: at once when its thread is idle, else as soon as it is.
    void end(std::unique_ptr<QNetworkAccessManager> manager);

    static constexpr std::chrono::milliseconds look{100};
    static constexpr qint64 mostUnclaimed = 256 * 1024; ///< bytes that no call was given
    static constexpr qint64 mostOfHead = 32 * 1024; ///< of these, what a call that has ended needed: its head, a handshake
    static constexpr qint64 mostOnTheWay = 8 * 1024 * 1024; ///< the same in the buffers of a call that reads its body
    static constexpr int patience = 3; ///< looks in a row with more than that

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    struct Inflow;

    void begin(const Ports &ports);
    QList<Inflow> inflows() const;
    bool isIdle() const;
    void judge(const QList<Inflow> &all);

    Ports m_ports; ///< of all calls so far
    QBasicTimer m_timer;
    QHash<quint64, quint64> m_read; ///< bytes of each connection by the last look, by its inode
    std::vector<std::unique_ptr<QNetworkAccessManager>> m_ending;
    bool m_isFirstLook = true; ///< nothing to compare with
    bool m_isFlowing = false;
    int m_calls = 0;
    int m_given = 0;         ///< of these, how many read their bodies
    qint64 m_taken = 0;      ///< bytes given to calls since the last look
    qint64 m_unclaimed = 0;  ///< bytes that were read and given to nobody
    int m_looksWithTooMuch = 0;
};
