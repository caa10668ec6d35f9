#include "ui/notifications.h"

#include <QCoreApplication>
#include <QDBusAbstractInterface>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

using namespace Qt::StringLiterals;

/// The desktop's service (Desktop Notifications Specification 1.2). Its signal has the name that it has on the bus.
class NotificationService final : public QDBusAbstractInterface {
    Q_OBJECT

public:
    explicit NotificationService(QObject *parent)
        : QDBusAbstractInterface(u"org.freedesktop.Notifications"_s, u"/org/freedesktop/Notifications"_s,
                                 "org.freedesktop.Notifications", QDBusConnection::sessionBus(), parent)
    {
    }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString &action);
};

Notifications::Notifications(QObject *parent) : QObject(parent) { }

void Notifications::tell(const QString &summary)
{
    if (!QDBusConnection::sessionBus().isConnected())
        return;
    if (!m_service) {
        m_service = new NotificationService(this);
        connect(m_service, &NotificationService::ActionInvoked, this, [this](uint id) {
            if (m_shown.contains(id))
                Q_EMIT chosen();
        });
    }
    const QString program = u"org.stopdesk.Stopdesk"_s;
    const QVariantList message{u"Stopdesk"_s, 0U, program, summary, QString(),
                               QStringList{u"default"_s, tr("Show")},
                               QVariantMap{{u"desktop-entry"_s, program}}, -1};
    auto *told = new QDBusPendingCallWatcher(m_service->asyncCallWithArgumentList(u"Notify"_s, message), this);
    connect(told, &QDBusPendingCallWatcher::finished, this, [this, told] {
        told->deleteLater();
        const QDBusPendingReply<uint> id = *told;
        if (id.isValid())
            m_shown.insert(id.value());
    });
}

#include "notifications.moc"
