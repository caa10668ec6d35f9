#pragma once

#include "app/gateway/gateway.h"
#include "app/gateway/pagereader.h"

#include <QMultiHash>

/// What one reading of whole lists said, a list for each state that was asked for.
struct SweptLists {
    Duration begunAt{0}; ///< before its first page was asked for, by the clock that never jumps
    QDateTime readAt;    ///< when its last page came, UTC
    QHash<ConversationId, RowState> states;            ///< of all that is on them
    QMultiHash<ConversationId, Conversation> subTasks; ///< by their parents
    int total = 0;        ///< rows, as the service counts
    bool isWhole = false; ///< every page was read, and no row can have slipped from one page to another

    bool operator==(const SweptLists &) const = default; ///< moc wants it
};

/// One reading of the lists of some states, of one agent or of all, page after page. A list is disturbed, and the
/// reading proves nothing, when its total changes, an id comes twice, a row cannot be read or fewer rows come than are
/// counted. It is several requests and not one moment: what goes from a state not yet read to one already read is on
/// none of the lists. What dies takes its request with it.
class LiveSweep final : public QObject {
    Q_OBJECT

public:
    static constexpr int mostPages = 1000; ///< read by one, whatever the lists say of their length

    struct Range {
        AgentId agent;      ///< empty: of all agents
        QStringList states; ///< words of the service, in the order of reading
        Lane lane = Lane::Check;
        int mostPages = LiveSweep::mostPages; ///< of all lists together: as soon as there are more, the reading ends
    };

    LiveSweep(std::shared_ptr<Gateway> gateway, Clock &clock, const Range &range, QObject *parent);

    void begin();
    const SweptLists &lists() const { return m_lists; } ///< as far as they are read

    /// Everything that runs, waits for a person or is about to start (contract, "Task states"), in the order in which a
    /// turn passes through them.
    static const QStringList &allLive();

Q_SIGNALS:
    void pageRead(const QList<Conversation> &rows);
    void ended(const Result<SweptLists> &lists); ///< once, and nothing after it

private:
    void readNext();
    void applyPage(const Page<Conversation> &page);
    void addRow(const Conversation &row);
    void end(bool isComplete);

    std::shared_ptr<Gateway> m_gateway;
    Clock &m_clock;
    Range m_range;
    SweptLists m_lists;
    PageReader<Conversation> m_reader; ///< of one list after the other
    int m_state = 0;                 ///< place in `Range::states`
    int m_pages = 0;                 ///< of all lists together, as far as they were begun
    int m_read = 0;                  ///< of these
    bool m_isDisturbed = false;
};
