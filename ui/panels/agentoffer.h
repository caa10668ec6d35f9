#pragma once

#include "app/types/readingprogress.h"

#include <QDateTime>
#include <QWidget>

class QLabel;
class QPushButton;

/// What Details says while an agent is chosen and no conversation: how much of it runs, and how far the reading of all
/// that runs has come, which goes before the question. The button that stops it is in the footer.
class AgentOffer final : public QWidget {
    Q_OBJECT

public:
    explicit AgentOffer(QWidget *parent = nullptr);

    /// `countedAt`: the count is as of then (UTC); invalid: as of now.
    void showAgent(std::optional<int> running, const RunningReading &reading, const QDateTime &countedAt = {});

Q_SIGNALS:
    void cancelWanted();

private:
    static QString textOf(const RunningReading &reading);

    QLabel *m_count;
    QLabel *m_reading;
    QPushButton *m_cancel;
};
