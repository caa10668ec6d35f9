#pragma once

#include "app/types/runninginstance.h"

#include <QDeadlineTimer>
#include <QLocalServer>
#include <QLockFile>

#include <memory>
#include <optional>

class QLocalSocket;

/// One Stopdesk for one data folder: the first to start keeps it, and is told what later ones were started for. A lock
/// decides, so that of several starts at once one is the first; a socket carries the word, and nobody but this account is
/// believed or told anything over it. The lock is in the folder, the socket among the files of this login; each is in the
/// other place where its own cannot hold it. Who crashed or hangs keeps nobody from starting.
class SingleInstance final : public QObject {
    Q_OBJECT

public:
    enum class Start {
        First,
        Unheard,    ///< the first as well, but no socket can be made: nobody can hand over to it
        HandedOver, ///< the first has taken the wish: this one is to end
        Elsewhere,  ///< the first has its windows where they are not seen from here: nothing was asked of it yet
        Beside,     ///< another one runs and does not answer
        Unchecked,  ///< no lock could be made anywhere
    };

    /// `display`: where this one's windows are, as in `RunningInstance`.
    SingleInstance(const QString &folder, const QString &display, QObject *parent = nullptr);

    /// Blocks for `patience` at the most: before there is a window.
    Start start();
    /// Brings the first to the front, wherever it is. False: it has gone, or does not answer.
    bool raise();
    /// Whether a first one answers now. Takes no place, so it needs no display.
    bool isRunning();
    void release(); ///< the next to start is the first

    /// Who is in the way, after `Elsewhere` and `Beside`, or is running.
    const RunningInstance &other() const { return m_other; }
    QString lockFile() const; ///< in the folder

    static constexpr std::chrono::milliseconds patience = std::chrono::seconds(2);
    static constexpr int longestLine = 256; ///< bytes, of a wish and of an answer

Q_SIGNALS:
    void raiseWanted();

private:
    enum class Told { Taken, Elsewhere, Refused, NobodyThere, NoAnswer };

    QString nearby(const QString &name);
    QStringList sockets();
    Start startOf(Told told);
    RunningInstance owner();
    bool chooseLock();
    bool lockNearby();
    void setLock(const QString &file);
    Start begin();
    bool reach(QLocalSocket &first, const QDeadlineTimer &end);
    Told tell(const QDeadlineTimer &end);
    Told say(const QByteArray &wish, const QDeadlineTimer &end, QByteArray &answer);
    void serve(QLocalSocket *client);
    void read(QLocalSocket *client);

    QString m_folder;
    QString m_display;
    std::optional<QString> m_nearby; ///< once it is needed
    std::unique_ptr<QLockFile> m_lock;
    QLocalServer m_server;
    RunningInstance m_other;
};
