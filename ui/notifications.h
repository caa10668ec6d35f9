#pragma once

#include <QObject>
#include <QSet>

class NotificationService;

/// Short messages of the desktop, for who looks elsewhere. Where the desktop shows none, nothing happens.
class Notifications final : public QObject {
    Q_OBJECT

public:
    explicit Notifications(QObject *parent = nullptr);

    void tell(const QString &summary);

Q_SIGNALS:
    void chosen(); ///< a person clicked on one of them

private:
    NotificationService *m_service = nullptr; ///< once there was something to be told
    QSet<uint> m_shown;
};
