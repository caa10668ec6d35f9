#pragma once

#include "app/gateway/gateway.h"
#include "app/gateway/pagereader.h"
#include "app/types/clock.h"
#include "app/types/readingprogress.h"

#include <QObject>

/// The list in every state, read a page at a time when somebody wants older rows, or on to its end when somebody
/// searches them. Starts again for another agent. What has to give way to a stop is asked again a moment later.
class OlderPages final : public QObject {
    Q_OBJECT

public:
    OlderPages(std::shared_ptr<Gateway> gateway, Clock &clock);

    void begin(const AgentId &agent); ///< empty: of all agents
    bool canRead() const { return !isReading() && !m_isCut && !isAtEnd(); }
    bool hasBegun() const { return page() > 0 || isReading(); }
    void readNext();
    void search();
    void cancelSearch();
    void leaveOff(); ///< there is no room for more rows: nothing more is read before `begin`, and a search ends here
    OlderSearch progress() const;
    QString loadedText() const;       ///< "150 of 4,318 loaded, 3 of them cannot be read"; empty when nothing or all is

    static constexpr int mostPages = 1000; ///< as many rows as the table has room for
    static constexpr Duration patience = std::chrono::seconds(1); ///< before what gave way is asked again

Q_SIGNALS:
    void read(const QList<Conversation> &rows);
    void failed(const Failure &failure);
    void changed(); ///< what can be read or where the search is, apart from what it read

private:
    void ask(bool isAsked = false);
    void take(const Result<Page<Conversation>> &page);
    void fail(const Failure &failure);
    bool isReading() const { return m_reader.isReading() || m_patience; }
    int page() const { return m_reader.pass().pages; } ///< that was read last
    bool isAtEnd() const { return page() > 0 && m_reader.pass().hasEnded && !m_reader.pass().isCut; }
    bool isSearching() const { return m_search.state == OlderSearch::State::Reading; }
    Duration timeLeft() const;

    Clock &m_clock;
    std::shared_ptr<Gateway> m_gateway;
    PageReader<Conversation> m_reader;
    std::unique_ptr<QObject> m_patience; ///< while what gave way to a stop waits to be asked again
    bool m_isAsked = false; ///< by a person, the page under way
    AgentId m_agent;
    bool m_isCut = false; ///< for want of room
    OlderSearch m_search;
    int m_firstPage = 0;        ///< where the search began
    Duration m_searchedSince{0};
};
