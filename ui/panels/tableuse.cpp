#include "ui/panels/tableuse.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QMouseEvent>

using namespace std::chrono_literals;

namespace {

constexpr Duration lookAgain = 250ms; ///< while something is open, whose end nobody tells

bool belongsTo(const QWidget *widget, const QWidget &owner)
{
    while (widget && widget != &owner)
        widget = widget->parentWidget();
    return widget != nullptr;
}

}

TableUse::TableUse(QAbstractItemView &table, Clock &clock, QObject *parent)
    : QObject(parent), m_table(table), m_clock(clock)
{
    table.viewport()->setMouseTracking(true);
    table.viewport()->installEventFilter(this);
    table.installEventFilter(this);
}

bool TableUse::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::MouseMove: {
        const QPoint pointer = static_cast<QMouseEvent *>(event)->globalPosition().toPoint();
        if (std::exchange(m_pointer, pointer) != pointer) // a window that comes up beneath it is no move
            use();
        break;
    }
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonDblClick:
        m_pressed = true;
        use();
        break;
    case QEvent::MouseButtonRelease:
        m_pressed = false;
        use();
        break;
    case QEvent::Wheel:
    case QEvent::KeyPress:
    case QEvent::ShortcutOverride:
    case QEvent::ContextMenu:
    case QEvent::DragMove:
        use();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

void TableUse::use()
{
    m_lastUse = m_clock.monotonic();
    if (m_inUse)
        return;
    m_inUse = true;
    wait(lingers);
    Q_EMIT changed(true);
}

void TableUse::wait(Duration time)
{
    m_clock.after(time, this, [this] { look(); });
}

void TableUse::look()
{
    const Duration rest = m_lastUse + lingers - m_clock.monotonic();
    if (rest > 0ms)
        return wait(rest);
    if (isHeld())
        return wait(lookAgain);
    m_inUse = false;
    Q_EMIT changed(false);
}

bool TableUse::isHeld() const
{
    const QWidget *modal = QApplication::activeModalWidget();
    const QWidget *focus = QApplication::focusWidget();
    const bool isEdited = focus && focus != m_table.viewport() && m_table.viewport()->isAncestorOf(focus);
    return m_pressed || isEdited || belongsTo(QApplication::activePopupWidget(), m_table)
        || (modal && modal->parentWidget() && modal->parentWidget()->window() == m_table.window());
}
