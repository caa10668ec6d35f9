#include "ui/attentionwatch.h"

#include <QCoreApplication>
#include <QEvent>
#include <QGuiApplication>
#include <QWidget>
#include <QWindow>

namespace {

constexpr qint64 betweenInputs = 1000; // ms

bool isInput(QEvent::Type type)
{
    switch (type) {
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::Wheel:
    case QEvent::TouchBegin:
    case QEvent::TabletPress:
        return true;
    default: // an open list of Qt's
        return false;
    }
}

bool isOnScreen(const QWidget &window)
{
    const QWindow *handle = window.windowHandle();
    return window.isVisible() && !window.isMinimized() && handle && handle->isExposed();
}

}

AttentionWatch::AttentionWatch(QWidget &window, Clock &clock)
    : m_window(window)
    , m_clock(clock)
{
    QCoreApplication::instance()->installEventFilter(this);
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this, [this] { look(m_clock.now()); });
}

bool AttentionWatch::eventFilter(QObject *watched, QEvent *event)
{
    const QEvent::Type type = event->type();
    const bool ofWindow = watched == &m_window || watched == m_window.windowHandle();
    if (isInput(type)) {
        const QDateTime now = m_clock.now();
        if (!m_attention.lastInput.isValid() || m_attention.lastInput.msecsTo(now) >= betweenInputs)
            look(now);
    } else if (ofWindow && (type == QEvent::Expose || type == QEvent::Show || type == QEvent::Hide
                            || type == QEvent::WindowStateChange)) {
        look(m_attention.lastInput.isValid() ? m_attention.lastInput : m_clock.now());
    }
    return QObject::eventFilter(watched, event);
}

void AttentionWatch::look(const QDateTime &lastInput)
{
    const Attention now{QGuiApplication::applicationState() == Qt::ApplicationActive, isOnScreen(m_window), lastInput};
    if (now == m_attention)
        return;
    m_attention = now;
    Q_EMIT changed(m_attention);
}
