#pragma once

#include <QDeadlineTimer>
#include <QLocalServer>
#include <QLockFile>

class QLocalSocket;

/// One Stopdesk for one data folder: the first to start keeps it, and is told what later ones were started for. A lock
/// decides, so that of several starts at once one is the first; a socket in the folder, for the same user only, carries
/// the word. Who crashed or hangs keeps nobody from starting.
class SingleInstance final : public QObject {
    Q_OBJECT

public:
    enum class Start {
        First,
        HandedOver, ///< the first has taken the wish: this one is to end
        Alone,      ///< another one runs, or may run, and does not answer
    };

    explicit SingleInstance(const QString &folder, QObject *parent = nullptr);

    /// Blocks for `patience` at the most: before there is a window.
    Start start();
    void release(); ///< the next to start is the first

    static constexpr std::chrono::milliseconds patience = std::chrono::seconds(2);
    static constexpr int longestLine = 256; ///< bytes, of a wish

Q_SIGNALS:
    void raiseWanted();

private:
    enum class Told { Taken, Refused, NobodyThere, NoAnswer };

    void listen();
    Told tell(const QDeadlineTimer &end) const;
    void serve(QLocalSocket *client);
    void read(QLocalSocket *client);

    QString m_socket;
    QLockFile m_lock;
    QLocalServer m_server;
};
