#pragma once

#include "app/gateway/budgets.h"
#include "app/gateway/httpchannel.h"
#include "app/models/agentlistmodel.h"
#include "app/models/conversationlistmodel.h"
#include "app/models/problemlistmodel.h"
#include "app/models/queuemodel.h"
#include "app/session/decisions.h"
#include "app/session/details.h"
#include "app/session/inview.h"
#include "app/session/keyinuse.h"
#include "app/session/olderpages.h"
#include "app/session/pollpace.h"
#include "app/session/requestusage.h"
#include "app/session/runningofagent.h"
#include "app/types/clock.h"

#include <memory>

class DesktopLock;
class Journal;
class Poller;

/// Which conversations are listed.
enum class StateFilter { Live, Running, NotStarted, WaitingForPerson, All, JustStopped };

/// What harmless reads with a new key could see.
struct ConnectionTest {
    int agents = 0;
};

/// The connection and key in use, the life of `Gateway` and models, and what a refused key means. Windows speak with
/// this and with what it gives out; nothing behind it.
class Session final : public QObject {
    Q_OBJECT

public:
    using KeyState = KeyInUse::State;
    struct Parts {
        SecretStore &store;
        SessionSecrets &sessionSecrets;
        Journal &journal;
        Clock &clock;
        Network network; ///< the real one, or a test's
        QString sendsFolder{}; ///< where sends are kept for the next run (`Budgets`); empty for nowhere
        DesktopLock *lock = nullptr; ///< null: this desktop is never locked
    };

    explicit Session(const Parts &parts, QObject *parent = nullptr);
    ~Session() override;

    AgentListModel &agents() { return m_agents; }
    ConversationListModel &conversations() { return m_conversations; }
    QueueModel &queue() { return m_queue; }
    Decisions &decisions() { return m_decisions; }
    const Decisions &decisions() const { return m_decisions; }
    ProblemListModel &problems() { return m_problems; }
    OlderPages &older() { return m_older; }
    RunningOfAgent &runningOfAgent() { return m_runningOfAgent; }
    const RequestUsage &usage() const { return m_usage; }

    /// Leaves the connection before (its open stops go on being checked) and reads the key of this one.
    void open(Connection connection);
    void close();
    const std::optional<Connection> &connection() const { return m_connection; }
    QString keychain() const { return m_parts.store.name(); } ///< as people call it
    KeyState keyState() const { return m_key.state(); }
    const std::optional<Failure> &keyFailure() const { return m_key.failure(); }
    bool isWaitingForKeychain() const { return m_key.isSlow(); } ///< longer than 1 s

    /// Reads with a key that need not be stored: the first agent, the newest conversations and, where there
    /// is one, its run state, which proves the route family. Answers what could be seen; where the limits let nothing out
    /// for now, how long that lasts.
    void test(const Connection &connection, const Secret &secret, QObject *asker, Answer<ConnectionTest> answer);
    /// The proxy that requests to that address would go through, by host and port; empty: none. Asked in a thread.
    void findProxy(const QUrl &address, QObject *asker, const std::function<void(const QString &proxy)> &answer);

    void chooseAgent(const AgentId &agent);  ///< empty: all agents
    const AgentId &chosenAgent() const { return m_agent; }
    void setFilter(StateFilter filter);
    StateFilter filter() const { return m_filter; }
    void choose(const ConversationId &conversation); ///< for Details; empty: none
    const std::optional<Details> &details() const { return m_details; }
    void readChosen(); ///< its state and its record, at once

    /// The conversations that a person sees now: what is missing of them is read first.
    void showInView(const QList<ConversationId> &conversations);
    void attend(const Attention &attention); ///< who looks: nobody, and it reads more rarely. The lock it knows itself
    bool isLocked() const; ///< the desktop: nobody can look
    bool isArmed() const;  ///< whether something can be decided: not since the desktop was locked, until somebody presses
    void arm();            ///< somebody has pressed; as `DesktopLock::arm`
    void refresh();
    void holdUpdates(bool held); ///< until it is released, whatever connection is opened meanwhile
    const Freshness &freshness() const { return m_freshness; }
    /// When the bearer token in use ends by its own word and the service's clock, in the program's time; invalid where it
    /// does not say or none is in use. Known on after the service has refused it.
    QDateTime tokenEnd() const;
    QDateTime now() const { return m_parts.clock.now(); }
    QDateTime testedTokenEnd() const { return m_testedTokenEnd; } ///< of the one tested last, once that is answered
    /// How far the service's clock is ahead of this computer's, by its answers; negative: behind.
    Duration serviceAhead() const;
    /// From when on what a person asks to be read can leave, UTC; invalid where it can now, or nearly.
    QDateTime readableFrom() const;
    bool isStale() const { return ::isStale(m_freshness, m_parts.clock.now()); }

Q_SIGNALS:
    void connectionChanged();
    void keyChanged();                      ///< keyState or keyFailure
    void freshnessChanged();
    void detailsChanged();
    void armedChanged(); ///< isArmed or isLocked

private:
    void connectKey();
    void begin(const Secret &secret);
    std::shared_ptr<Gateway> gatewayFor(const Connection &connection, const Secret &secret,
                                        std::shared_ptr<RequestBudget> budget);
    void connectPoller();
    void connectProof();
    void takeRows(const QList<Conversation> &rows, const Coverage &coverage);
    void readInView(int reads);
    void takeStop(const StopReport &report);
    void showStop(const StopReport &report);
    void countRunning();
    void readFirstOlder();
    void fail(const Failure &failure, const Occasion &occasion);
    void endPolling(const Failure &failure);
    void settle(Subject subject, const QString &about = {}, const ConversationId &conversation = {});
    void followLock();
    void updateDetails();
    void tick();

    Parts m_parts;
    AgentListModel m_agents;
    ConversationListModel m_conversations;
    QueueModel m_queue;
    ProblemListModel m_problems;
    Decisions m_decisions;

    std::optional<Connection> m_connection;
    KeyInUse m_key;
    Budgets m_budgets; ///< kept over switches: the service counts on
    std::shared_ptr<Gateway> m_gateway;
    std::unique_ptr<Poller> m_poller;
    OlderPages m_older;
    RunningOfAgent m_runningOfAgent;

    AgentId m_agent;
    StateFilter m_filter = StateFilter::Live;
    ConversationId m_chosen;
    InView m_inView;
    Attention m_attention;
    RequestUsage m_usage;
    std::optional<RunState> m_runState;
    std::optional<Record> m_record;
    std::optional<Details> m_details;
    Freshness m_freshness;
    QDateTime m_tokenEnd; ///< by the service's clock
    QDateTime m_testedTokenEnd;
    bool m_held = false;
};
