#pragma once

#include "app/journal/journal.h"
#include "tests/support/console.h"
#include "tests/support/fastclock.h"
#include "tests/support/faultserver.h"
#include "tests/support/memorysecretstore.h"

#include <QTemporaryDir>

/// What meets the fault: a command, the reads that prove a stop, the list that is polled, or the live state of the
/// chosen conversation.
enum class Ask { Stop, TaskStop, Discard, Proof, List, RunState };

struct Fault {
    enum class Way { Answers, RefusesConnections, HasNoName, ResetsUnread };

    QString name;
    Way way = Way::Answers;
    std::function<Reaction(Ask)> reaction; ///< for `Answers`
};

/// What a person saw, and what server and journal know of it.
struct Seen {
    QString state;
    QString howItIsKnown; ///< of a stop, without the seconds
    QStringList problem; ///< effect, what happened and where, as Problems shows them; empty without one
    int deliveries = 0; ///< of the request that meets the fault, from then on
    bool twice = false; ///< one request id was delivered more than once
    QString journal; ///< its steps
    int requests = 0; ///< all that left in the time
    bool everStopped = false;
};

/// One fault in one place: a service of its own that works until the first reads are there, then has the fault, and a
/// session in front of it that goes on for a while. Sockets and session are the real ones; time is faster.
class FaultCell final : public QObject {
    Q_OBJECT

public:
    FaultCell(Ask ask, const Fault &fault);
    ~FaultCell() override;

    void begin();
    bool isReady(); ///< the first reads are there
    const Fault &fault() const { return m_fault; }
    const std::optional<Seen> &seen() const { return m_seen; } ///< set when it is over

private:
    void play();
    void act();
    void breakIt();
    void noteStop();
    void look();
    void countDeliveries(Seen &seen) const;
    QString stateOfRead();
    QString journalSteps() const;
    QByteArray faultyPath() const;
    QStringList problem();
    std::optional<StopTarget> target();
    bool isCommand() const { return m_ask != Ask::List && m_ask != Ask::RunState; }

    Ask m_ask;
    Fault m_fault;
    std::shared_ptr<bool> m_nameIsGone = std::make_shared<bool>(false);
    QTemporaryDir m_folder;
    FaultServer m_server;
    FastClock m_clock{20};
    MemorySecretStore m_store;
    SessionSecrets m_secrets;
    Journal m_journal{m_folder.filePath(QStringLiteral("journal.sqlite")), QStringLiteral("tester")};
    Console m_console;
    Connection m_connection;
    bool m_wasReady = false;
    bool m_broken = false;
    qsizetype m_deliveredBefore = 0;
    QDateTime m_brokenAt;
    int m_keyAsked = 0;
    QStringList m_outcomes; ///< as the Stops panel showed them, without the times
    bool m_everStopped = false;
    std::optional<Seen> m_seen;
};
