#pragma once

#include "app/models/selectionfacts.h"
#include "app/session/connector.h"

/// The conversations that are chosen together. What is known of them is counted at once when others are chosen, and a
/// moment later, at most three times a second, when something became known.
class Selection final : public QObject {
    Q_OBJECT

public:
    Selection(Connector &connector, DesktopLock &lock, Clock &clock, QObject *parent = nullptr);

    void choose(const QList<ConversationId> &ids); ///< in the order shown
    bool isMany() const { return m_ids.size() > 1; }
    const QList<ConversationId> &ids() const { return m_ids; }
    const SelectionFacts &facts() const { return m_facts; }
    /// Of those that `facts` says can be stopped, frozen now, in that order.
    QList<StopTarget> targets() const;
    QList<StopTarget> targetsAmong(const QList<ConversationId> &ids) const; ///< the same of others than the chosen

    static constexpr Duration pause = std::chrono::milliseconds(350); ///< between two counts

Q_SIGNALS:
    void changed();

private:
    void followLink();
    void countSoon();
    void count();
    SelectionFacts factsOf(const QList<ConversationId> &ids) const;
    QList<StopTarget> targetsOf(const SelectionFacts &facts) const;

    Connector &m_connector;
    DesktopLock &m_lock;
    Clock &m_clock;
    QList<ConversationId> m_ids;
    SelectionFacts m_facts;
    bool m_counting = false; ///< will be done in a moment
};
