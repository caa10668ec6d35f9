#pragma once

#include "app/session/session.h"

#include <QWidget>

class QLabel;

/// The window's last line: when it will be read again, and how much of the request budget is spent. The figures show
/// by themselves above 70 %, else in the tool tip.
class StatusLine final : public QWidget {
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent = nullptr);

    void showSession(const Session &session, const QDateTime &now);

private:
    QLabel *m_next;
    QLabel *m_requests;
};
