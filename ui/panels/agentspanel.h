#pragma once

#include "app/types/freshness.h"

#include <QDateTime>
#include <QWidget>

class AgentListModel;
class PanelHeader;
class QAction;
class QComboBox;
class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class RowTable;

/// The agents: search field and table, *All agents* on top. One agent, or all, is chosen at any time, also while the
/// search hides it. In a narrow window `narrowChoice` stands in for the whole panel.
class AgentsPanel final : public QWidget {
    Q_OBJECT

public:
    /// `stopAll`: of the chosen agent, also in the menu of its row.
    AgentsPanel(AgentListModel &agents, QAction &stopAll, QWidget *parent = nullptr);

    void showModel(AgentListModel &agents); ///< of another connection: all of them are chosen

    const AgentId &chosen() const { return m_chosen; } ///< empty: all agents
    void choose(const AgentId &agent); ///< says so, if it is another one
    void showAge(const Freshness &freshness, const QDateTime &now); ///< once a second
    QComboBox *narrowChoice() const { return m_combo; } ///< hidden until somebody places and shows it
    RowTable *table() const { return m_table; }
    QLabel *mark() const { return m_mark; } ///< for what is wrong with the table

Q_SIGNALS:
    void agentChosen(const AgentId &agent);

private:
    void layOut();
    void connectParts();
    void takeRow();
    void showMenu(const QPoint &position);
    void takeComboRow(int row);
    void showChosen();
    void showNote();
    QString countText(int agents) const;
    int sourceRowOfChosen() const;
    void search(const QString &text);

    AgentListModel *m_agents;
    QAction &m_stopAll;
    QSortFilterProxyModel *m_found;
    PanelHeader *m_header;
    QLineEdit *m_search;
    QLabel *m_mark;
    RowTable *m_table;
    QComboBox *m_combo;
    AgentId m_chosen;
    QDateTime m_now;
    QString m_whySlow;
    bool m_showing = false; ///< the selection follows m_chosen, not the other way round
};
