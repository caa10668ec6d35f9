#pragma once

#include "app/models/chosenlistmodel.h"
#include "app/models/selectionfacts.h"

#include <QWidget>

class RowTable;
class QFormLayout;
class QLabel;
class QPushButton;

/// What Details says of several chosen conversations: how many of them can be stopped, whose they are, the longest
/// running, what waits, and a list from which some can be taken out. Taking out deselects; nothing here stops anything.
class SelectionPanel final : public QWidget {
    Q_OBJECT

public:
    explicit SelectionPanel(QWidget *parent = nullptr);

    /// `hidden`: selected before, and not shown any more. `now` is UTC.
    void showSelection(const ConversationListModel &conversations, const QList<ConversationId> &ids,
                       const SelectionFacts &facts, int hidden, const QDateTime &now);

protected:
    void resizeEvent(QResizeEvent *event) override;

Q_SIGNALS:
    void takeOutWanted(const ConversationId &id);

private:
    void layOut();
    void layOutList();
    QLabel *addFact(const QString &name, const QString &objectName);
    static void say(QLabel &value, const QString &text);
    static QString longestText(const ConversationListModel &conversations, const SelectionFacts &facts,
                               const QDateTime &now);
    void takeOut();

    ChosenListModel m_rows;
    QLabel *m_headline;
    QLabel *m_remark; ///< what is left alone, and why
    QFormLayout *m_form;
    QLabel *m_agents;
    QLabel *m_persons;
    QLabel *m_longest;
    QLabel *m_waiting;
    RowTable *m_table;
    QPushButton *m_takeOut;
};
