#pragma once

#include "app/models/conversationlistmodel.h"

#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;

/// The sub-tasks of the conversation in Details, with their states, and the button that stops those that run. Hidden
/// where there are none. Enter or a double click on one shows it.
class SubTasksArea final : public QWidget {
    Q_OBJECT

public:
    explicit SubTasksArea(QWidget *parent = nullptr);

    /// `running`: how many of them run. `whyNot`: why none can be stopped now; empty where they can.
    void showSubTasks(const QList<ConversationRow> &subTasks, int running, const QString &whyNot);

Q_SIGNALS:
    void stopWanted();
    void conversationWanted(const ConversationId &id);

private:
    void showRows(const QList<ConversationRow> &subTasks);

    QLabel *m_title;
    QListWidget *m_list;
    QPushButton *m_stop;
};
