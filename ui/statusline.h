#pragma once

#include "app/session/session.h"

#include <QWidget>

class QLabel;
class RequestGauges;
class RequestPopup;

/// The window's last line: when it will be read again and why not sooner, what waits for its turn, and how much of the
/// request limits is used, with the last hour behind a click.
class StatusLine final : public QWidget {
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent = nullptr);

    void showSession(const Session &session, const QDateTime &now);

private:
    QString refreshText(const Session &session, const QDateTime &now) const;
    QString waitingText(const Session &session) const;

    QLabel *m_next;
    QLabel *m_waiting;
    RequestGauges *m_gauges;
    RequestPopup *m_popup;
};
