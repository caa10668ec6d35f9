#pragma once

#include "ui/panels/rowtable.h"

/// The table of conversations: its columns, and which of them give way so that the title keeps 180 px.
class ConversationTable final : public RowTable {
    Q_OBJECT

public:
    explicit ConversationTable(QWidget *parent = nullptr);

    void layOutColumns(); ///< once, when the model is set
    void showAgents(bool shown); ///< not while one agent is chosen
    QByteArray columns() const;
    void restoreColumns(const QByteArray &columns);

Q_SIGNALS:
    void sortWanted(int column, Qt::SortOrder order); ///< -1: the order of the list

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitColumns();
    int widthOf(int column) const;

    bool m_showsAgents = true;
};
