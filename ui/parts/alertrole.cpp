#include "ui/parts/alertrole.h"

#include <QAccessibleWidget>
#include <QWidget>

namespace {

constexpr const char *isAlert = "isAlert";

QAccessibleInterface *alertOf(const QString &, QObject *object)
{
    const bool wanted = object && object->isWidgetType() && object->property(isAlert).toBool();
    return wanted ? new QAccessibleWidget(static_cast<QWidget *>(object), QAccessible::AlertMessage) : nullptr;
}

}

void makeAlert(QWidget *widget)
{
    widget->setProperty(isAlert, true);
    QAccessible::installFactory(alertOf); // once: the same one is not installed twice
}

void speak(QWidget *alert)
{
    for (const QAccessible::Event heard : {QAccessible::Alert, QAccessible::ObjectShow}) {
        QAccessibleEvent event(alert, heard);
        QAccessible::updateAccessibility(&event);
    }
}
