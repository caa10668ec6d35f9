#pragma once

#include "app/types/journalentry.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QDateEdit;
class QLineEdit;

/// What of the journal is to be shown: when, by whom, of which agent, how it came out, and any text in it.
class JournalFilterBar final : public QWidget {
    Q_OBJECT

public:
    explicit JournalFilterBar(QWidget *parent = nullptr);

    /// As it is set now; "today" and its like are counted from this moment, in local days.
    JournalFilter filter(const QDateTime &now) const;
    bool isEmpty() const;
    void clear();

Q_SIGNALS:
    void changed(); ///< typing is waited for

private:
    void fillTimes();
    void fillOutcomes();
    void layOut();
    void watch();
    void change();

    QComboBox *m_time;
    QDateEdit *m_day;
    QLineEdit *m_by;
    QLineEdit *m_agent;
    QComboBox *m_outcome;
    QLineEdit *m_find;
    QTimer m_typing;
};
