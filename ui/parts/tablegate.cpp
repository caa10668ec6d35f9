#include "ui/parts/tablegate.h"

#include <QAccessible>
#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>

using namespace Qt::StringLiterals;

namespace {

/// Stands before the bridge, and goes with it.
class TableGate final : public QDBusVirtualObject {
public:
    explicit TableGate(QDBusVirtualObject &bridge)
        : QDBusVirtualObject(&bridge)
        , m_bridge(bridge)
    {
    }

    QString introspect(const QString &path) const override { return m_bridge.introspect(path); }

    bool handleMessage(const QDBusMessage &message, const QDBusConnection &bus) override
    {
        return (!isAboutTable(message) || isTable(message.path())) && m_bridge.handleMessage(message, bus);
    }

private:
    static bool isAboutTable(const QDBusMessage &message)
    {
        const bool isProperty = message.interface() == "org.freedesktop.DBus.Properties"_L1;
        const QString what = isProperty ? message.arguments().value(0).toString() : message.interface();
        return what == "org.a11y.atspi.Table"_L1;
    }

    static bool isTable(const QString &path)
    {
        QAccessibleInterface *asked = QAccessible::accessibleInterface(path.section(u'/', -1).toUInt());
        return asked && asked->isValid() && asked->tableInterface();
    }

    QDBusVirtualObject &m_bridge;
};

void standBefore()
{
    const QString path = u"/org/a11y/atspi/accessible"_s;
    QDBusConnection bus(u"a11y"_s);
    auto *bridge = qobject_cast<QDBusVirtualObject *>(bus.objectRegisteredAt(path));
    if (!bridge || dynamic_cast<TableGate *>(bridge))
        return;
    bus.unregisterObject(path);
    if (!bus.registerVirtualObject(path, new TableGate(*bridge), QDBusConnection::SubPath))
        bus.registerVirtualObject(path, bridge, QDBusConnection::SubPath);
}

/// The bridge takes its place within the turn of events in which it becomes active, and hears nothing before the next.
class BridgeWatch final : public QAccessible::ActivationObserver {
public:
    void accessibilityActiveChanged(bool active) override
    {
        if (active)
            QMetaObject::invokeMethod(qApp, standBefore, Qt::QueuedConnection);
    }
};

}

void installTableGate()
{
    static BridgeWatch watch;
    QAccessible::installActivationObserver(&watch);
    watch.accessibilityActiveChanged(QAccessible::isActive());
}
