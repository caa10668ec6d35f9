#pragma once

#include "app/session/servicelink.h"

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

    /// `underWay`: the stops that are, in words.
    void showLink(const ServiceLink &link, const QString &underWay, const QDateTime &now);

private:
    QString refreshText(const ServiceLink &link, const QDateTime &now) const;
    QString waitingText(const ServiceLink &link, const QString &underWay) const;

    QLabel *m_next;
    QLabel *m_waiting;
    RequestGauges *m_gauges;
    RequestPopup *m_popup;
};
