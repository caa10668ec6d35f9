#pragma once

#include "app/gateway/budgets.h"
#include "app/gateway/network.h"
#include "app/models/agentlistmodel.h"
#include "app/models/conversationlistmodel.h"
#include "app/models/details.h"
#include "app/models/problemlistmodel.h"
#include "app/session/desktoplock.h"
#include "app/session/inview.h"
#include "app/session/keyinuse.h"
#include "app/session/locator.h"
#include "app/session/olderpages.h"
#include "app/session/poller.h"
#include "app/session/requestusage.h"
#include "app/session/runningofagent.h"
#include "app/stopping/stopservice.h"
#include "app/types/conversation.h"
#include "app/types/ticker.h"

/// One connection with its key, from the moment it is opened until another is: its gateway, what is polled, older pages,
/// what the tables show of it. Destroyed on a switch, and with it everything that was read; its stops live on in
/// `StopService`. Without a connection it is empty and does nothing.
class ServiceLink final : public QObject {
    Q_OBJECT

public:
    using KeyState = KeyInUse::State;
    struct Parts {
        SecretStore &store;
        SessionSecrets &sessionSecrets;
        StopService &stops;
        ProblemListModel &problems;
        Budgets &budgets;
        DesktopLock &lock;
        Ticker &ticker;
        Clock &clock;
        Network network; ///< the real one, or a test's
    };
    /// What a person has set, whatever connection is open.
    struct Wishes {
        StateFilter filter = StateFilter::Live;
        bool isHeld = false; ///< nothing is polled until it is released
        Attention attention{}; ///< who looks: nobody, and it reads more rarely
    };

    ServiceLink(const Parts &parts, const Wishes &wishes, const std::optional<Connection> &connection = {});
    ~ServiceLink() override;

    void open(); ///< once: reads the key, then the service
    const std::optional<Connection> &connection() const { return m_connection; }
    ConnectionId id() const { return m_connection ? m_connection->id : ConnectionId(); } ///< empty without one
    bool isOf(const ConnectionId &id) const { return m_connection && m_connection->id == id; }
    KeyState keyState() const { return m_key.state(); }
    bool isKeyKnown() const { return keyState() == KeyState::Known; }
    const std::optional<Failure> &keyFailure() const { return m_key.failure(); }
    bool isWaitingForKeychain() const { return m_key.isSlow(); } ///< longer than 1 s
    QString keychain() const { return m_parts.store.name(); } ///< as people call it

    AgentListModel &agents() { return m_agents; }
    const AgentListModel &agents() const { return m_agents; }
    ConversationListModel &conversations() { return m_conversations; }
    const ConversationListModel &conversations() const { return m_conversations; }
    Locator &locator() { return m_locator; }
    const RequestUsage &usage() const { return m_usage; }

    void chooseAgent(const AgentId &agent);  ///< empty: all agents
    const AgentId &chosenAgent() const { return m_agent; }
    void choose(const ConversationId &conversation); ///< for Details; empty: none
    const std::optional<Details> &details() const { return m_details; }
    void readChosen(); ///< its state and its record, at once
    /// The conversations that a person sees now: what is missing of them is read first.
    void showInView(const QList<ConversationId> &conversations) { m_inView.show(conversations); }

    void setWishes(Wishes wishes);
    void refresh();
    void prewarm(); ///< a decision may come soon: opens the connection that it would go over. Costs no request
    const Freshness &freshness() const { return m_freshness; }
    bool isStale() const { return ::isStale(m_freshness, m_parts.clock.now()); }
    /// When the bearer token in use ends by its own word and the service's clock, in the program's time; invalid where it
    /// does not say or none is in use. Known on after the service has refused it.
    QDateTime tokenEnd() const;
    /// How far the service's clock is ahead of this computer's, by its answers; negative: behind.
    Duration serviceAhead() const;
    /// From when on what a person asks to be read can leave; invalid where it can now, or nearly.
    QDateTime readableFrom() const;

    void readOlder();
    void searchOlder();
    void cancelSearch();
    bool canReadOlder() const { return m_older && m_older->canRead(); }
    OlderSearch olderSearch() const { return m_older ? m_older->progress() : OlderSearch(); }
    QString olderText() const { return m_older ? m_older->loadedText() : QString(); } ///< as `OlderPages::loadedText`

    void readRunningOf(const AgentId &agent); ///< before all of it is to be stopped
    void cancelRunning();
    RunningReading runningReading() const { return m_runningOfAgent ? m_runningOfAgent->reading() : RunningReading(); }

    static constexpr Duration readPatience = std::chrono::seconds(2); ///< before it is said that a wish to read waits

Q_SIGNALS:
    void keyChanged();       ///< keyState or keyFailure
    void freshnessChanged(); ///< also where older pages and their search are
    void detailsChanged();   ///< details, what runs of the chosen agent, or whether it can be stopped
    void runningChanged();   ///< runningReading
    void runningFound(const AgentId &agent, const QList<ConversationId> &ids);

private:
    void connectKey();
    void connectStops();
    void begin(const Secret &secret);
    void connectPoller();
    void connectOlder();
    void connectRunning();
    void applyRows(const QList<Conversation> &rows, const Coverage &coverage);
    void applyRunState(const RunState &state);
    void applyRecord(const Record &record);
    void applyStop(const StopReport &report);
    void showStop(const StopReport &report);
    void readInView(int reads);
    void countRunning();
    void readFirstOlder();
    void followLock();
    void fail(const Failure &failure, const Occasion &occasion);
    void endPolling(const Failure &failure);
    void settle(Subject subject, const QString &about = {}, const ConversationId &conversation = {});
    void updateDetails();
    void tick();

    Parts m_parts;
    Wishes m_wishes;
    const std::optional<Connection> m_connection;
    AgentListModel m_agents;
    ConversationListModel m_conversations;
    Locator m_locator;
    KeyInUse m_key;
    RequestUsage m_usage;
    QDateTime m_tokenEnd; ///< by the service's clock

    // Once the key is known.
    std::shared_ptr<Gateway> m_gateway;
    std::unique_ptr<Poller> m_poller; ///< until the service refuses the key
    std::unique_ptr<OlderPages> m_older;
    std::unique_ptr<RunningOfAgent> m_runningOfAgent;

    AgentId m_agent;
    ConversationId m_chosen;
    InView m_inView;
    std::optional<RunState> m_runState; ///< of the chosen one, as its record
    std::optional<Record> m_record;
    std::optional<Details> m_details;
    std::optional<int> m_running; ///< of the chosen agent, as last told
    Freshness m_freshness;
};
