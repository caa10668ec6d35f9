#pragma once

#include "app/models/details.h"

#include <QWidget>

class StatePill;
class QFormLayout;
class QLabel;

/// What is known of the chosen conversation, as labelled lines whose values stand in one column.
class DetailsFacts final : public QWidget {
    Q_OBJECT

public:
    explicit DetailsFacts(QWidget *parent = nullptr);

    void showDetails(const Details &details, const QDateTime &now);

private:
    QLabel *addFact(const QString &name, const QString &objectName);
    void addState();
    void addId();
    void showTimes(const Details &details, const QDateTime &now);
    void copyId() const;

    QFormLayout *m_form;
    StatePill *m_state;
    QLabel *m_age;
    QLabel *m_parent; ///< of a sub-task; its line is hidden otherwise
    QLabel *m_agent;
    QLabel *m_person;
    QLabel *m_started;
    QLabel *m_runningFor;
    QLabel *m_id;
    ConversationId m_shown;
};
