#pragma once

#include "app/models/conversationlistmodel.h"
#include "app/types/clock.h"
#include "app/types/freshness.h"
#include "app/types/readingprogress.h"
#include "app/types/conversation.h"

#include <QTimer>
#include <QWidget>

class ConversationTable;
class ElidedLabel;
class FilterChips;
class PanelHeader;
class SelectedConversations;
class TableUse;
class VisibleConversations;
class QAction;
class QComboBox;
class QLabel;
class QPushButton;

/// What is to be said about the list as a whole.
struct ListStatus {
    Freshness freshness;
    QString place; ///< the agent's name; empty: all agents
    QString loaded; ///< "150 of 4,318 loaded"; empty when all is
    bool canLoadOlder = false;
    OlderSearch search;
};

/// The conversations: how fresh they are, which states are listed, the table, and what is not shown. Choosing rows
/// shows them in Details; nothing done to a row here stops anything but the action in its menu, which asks.
class ConversationsPanel final : public QWidget {
    Q_OBJECT

public:
    ConversationsPanel(ConversationListModel &conversations, QAction &stop, Clock &clock, QWidget *parent = nullptr);

    void showModel(ConversationListModel &conversations); ///< of another connection; nothing of it is selected

    void showStatus(const ListStatus &status, const QDateTime &now); ///< also once a second: ages follow
    void showOnly(const AgentId &agent, StateFilter states); ///< an empty agent: all
    void showFilter(StateFilter filter);
    void placeNarrowChoice(QComboBox *agents); ///< stands before the chips; its owner shows and hides it
    ConversationId chosen() const; ///< empty with none and with several
    int selectedButHidden() const;
    void takeOut(const ConversationId &id); ///< of what is selected
    bool choose(const ConversationId &id); ///< false where it is not listed, or hidden
    void select(const QList<ConversationId> &ids);
    void find(const QString &text);
    /// The focus goes to the table, and what was found is chosen where it is one; of several none is.
    void goToMatch();
    void goToRows(bool toTheFirst); ///< the focus goes to the table; to its first row, which is chosen, or where it was
    int hiddenByFind() const;
    ConversationTable *table() const { return m_table; }
    QLabel *mark() const { return m_mark; } ///< for what is wrong with the table

Q_SIGNALS:
    void conversationChosen(const ConversationId &id); ///< empty: none, or several
    void selectionChanged(const QList<ConversationId> &ids); ///< in the order shown; also how many are hidden
    void filterChosen(StateFilter filter);
    void olderWanted();
    void searchWanted(); ///< of all older ones, for Find
    void searchCancelled();
    void findCleared();
    void lookUpWanted(const ConversationId &id);
    void viewChanged(const QList<ConversationId> &ids); ///< the rows that can be seen are others; a moment later

private:
    void layOut();
    void connectTable();
    void connectModel();
    void takeSelection();
    void watchView();
    void sayView();
    void sort(int column, Qt::SortOrder order);
    void showMenu(const QPoint &position);
    QModelIndex menuRow(const QPoint &position) const;
    void followLink(const QString &link);
    void updateTexts();
    QString note() const;
    QString longListText() const;
    QString missingText() const;
    QString countText() const;
    QString emptyText() const;
    QString noMatchText() const;
    QString nothingThereText() const;
    QString footerText() const;
    QString selectionText() const;
    QString searchText() const;
    QString unreadText() const;
    void updateFooter();
    void searchOlder();

    ConversationListModel *m_conversations;
    QAction &m_stop;
    VisibleConversations *m_visible;
    PanelHeader *m_header;
    FilterChips *m_chips;
    QLabel *m_mark;
    ConversationTable *m_table;
    SelectedConversations *m_selected;
    TableUse *m_use;
    QAction *m_selectAll;
    ElidedLabel *m_footer;
    QPushButton *m_showNew;
    QPushButton *m_loadOlder;
    QPushButton *m_search;
    QPushButton *m_cancel;
    QTimer m_viewSaid; ///< runs for 300 ms after what is seen began to change
    QList<ConversationId> m_view;
    QTimer m_loadingShown; ///< runs for 300 ms after reading began
    ListStatus m_status;
    QDateTime m_now;
    ConversationId m_chosen;
};
