#pragma once

#include "app/gateway/gateway.h"

#include <QMultiHash>
#include <QSet>

/// What one reading of the whole list of what runs said.
struct RunningList {
    Duration begunAt{0}; ///< before its first page was asked for, by the clock that never jumps
    QDateTime readAt;    ///< when its last page came, UTC
    QSet<ConversationId> ids;
    QMultiHash<ConversationId, Conversation> subTasks; ///< by their parents
    int pages = 1;
    int total = 0;
    bool isWhole = false; ///< what is not on it did not run. Not when rows may have slipped past, or it was too long

    bool operator==(const RunningList &) const = default;
};

/// One reading of the list of what runs, of one agent or of all, page after page. It is disturbed, and proves nothing,
/// when its total changes, an id comes twice, a row cannot be read or fewer rows come than are counted: rows may have
/// gone from a page not yet read to one that was. What dies takes its request with it.
class RunningSweep final : public QObject {
    Q_OBJECT

public:
    /// A list of more pages than `mostPages` is left after its first.
    RunningSweep(std::shared_ptr<Gateway> gateway, Clock &clock, const ConversationQuery &query, int mostPages,
                 QObject *parent);

    void begin();
    const RunningList &list() const { return m_list; } ///< as far as it is read

Q_SIGNALS:
    void pageRead(const QList<Conversation> &rows);
    void ended(const Result<RunningList> &list); ///< once, and nothing after it

private:
    void readNext();
    void take(const Page<Conversation> &page);
    void end();

    std::shared_ptr<Gateway> m_gateway;
    Clock &m_clock;
    ConversationQuery m_query;
    int m_mostPages;
    RunningList m_list;
    bool m_disturbed = false;
};
