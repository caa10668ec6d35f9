#pragma once

#include "app/gateway/gateway.h"

#include <QObject>

/// The list in every state, read a page at a time when somebody wants older rows. Starts again for another agent.
class OlderPages final : public QObject {
    Q_OBJECT

public:
    explicit OlderPages(std::shared_ptr<Gateway> gateway);

    void begin(const AgentId &agent); ///< empty: of all agents
    bool canRead() const { return !m_asker && !m_atEnd; }
    bool hasBegun() const { return m_page > 0 || m_asker; }
    void readNext();
    QString loadedText() const;       ///< "150 of 4,318 loaded"; empty when nothing or all is

Q_SIGNALS:
    void read(const QList<Conversation> &rows);
    void failed(const Failure &failure);

private:
    void take(const Result<Page<Conversation>> &page);

    std::shared_ptr<Gateway> m_gateway;
    std::unique_ptr<QObject> m_asker; ///< of the page under way
    AgentId m_agent;
    int m_page = 0;
    int m_loaded = 0;
    int m_total = 0;
    bool m_atEnd = false;
};
