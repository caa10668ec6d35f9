#pragma once

#include <QHash>
#include <QMutex>
#include <QTcpServer>
#include <QThread>

#include <chrono>
#include <deque>

/// A service on a thread of its own with many running conversations, all of one agent. It refuses with 429 what
/// is above its limit over a sliding minute; its minute is `scale` times shorter than ours. A stop takes effect half a
/// second after its answer. A few conversations never stop, and of a few stops the answer is lost.
class BatchService final : public QObject {
public:
    /// `waiting`: messages of each.
    BatchService(int conversations, int scale, int waiting = 0);
    ~BatchService() override;

    static constexpr int perMinute = 100;
    static constexpr int everyOdd = 125; ///< each of so many never stops, or has its answer lost, by turns

    int port() const { return m_port; }
    static QByteArray idOf(int number) { return "c" + QByteArray::number(number); }

    struct Counts {
        int requests = 0;
        int refused = 0;   ///< with 429
        int delivered = 0; ///< stops that were taken
        int twice = 0;     ///< of a conversation that had been stopped already
    };
    Counts counts() const;
    bool runs(const QByteArray &id) const;
    bool wasDelivered(const QByteArray &id) const;

private:
    using Steady = std::chrono::steady_clock;
    struct Chat {
        int delivered = 0;
        bool obeys = true;
        bool losesAnswer = false;
        int waiting = 0;
        bool isCleared = false; ///< once it has stopped
        Steady::time_point stopsAt = Steady::time_point::max();
    };

    void take(QTcpSocket *socket, QByteArray &buffer);
    void answer(QTcpSocket *socket, const QByteArray &line, const QByteArray &body);
    void stop(QTcpSocket *socket, Chat &chat, bool clear);
    static QByteArray runState(const Chat &chat);
    QByteArray list(int page) const;
    bool isAboveLimit();
    static void say(QTcpSocket *socket, int status, const QByteArray &body);
    Steady::duration scaled(std::chrono::milliseconds length) const { return length / m_scale; }

    QThread m_thread;
    QTcpServer *m_server;
    int m_port = 0;
    int m_scale;
    mutable QMutex m_mutex;
    QList<QByteArray> m_order;
    QHash<QByteArray, Chat> m_chats;
    std::deque<Steady::time_point> m_taken;
    Counts m_counts;
};
