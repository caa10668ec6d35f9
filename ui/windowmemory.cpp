#include "ui/windowmemory.h"

#include <QGuiApplication>
#include <QScreen>
#include <QSettings>
#include <QSplitter>
#include <QWidget>

namespace {

constexpr QLatin1StringView geometryKey{"window/geometry"};
constexpr QLatin1StringView columnsKey{"window/conversationColumns"};

}

void WindowMemory::keepWindow(const QWidget &window) const
{
    write(geometryKey, window.saveGeometry());
}

void WindowMemory::restoreWindow(QWidget &window) const
{
    window.restoreGeometry(read(geometryKey));
    const auto screens = QGuiApplication::screens();
    const bool seen = std::ranges::any_of(screens, [&window](const QScreen *screen) {
        const QRect common = screen->availableGeometry() & window.geometry();
        return common.width() >= 200 && common.height() >= 100; // enough to take hold of
    });
    if (!seen)
        window.move(QGuiApplication::primaryScreen()->availableGeometry().topLeft());
}

void WindowMemory::keepSplitter(QLatin1StringView key, const QSplitter &splitter) const
{
    write(key, splitter.saveState());
}

void WindowMemory::restoreSplitter(QLatin1StringView key, QSplitter &splitter) const
{
    splitter.restoreState(read(key));
}

void WindowMemory::keepColumns(const QByteArray &columns) const
{
    write(columnsKey, columns);
}

QByteArray WindowMemory::columns() const
{
    return read(columnsKey);
}

void WindowMemory::write(QLatin1StringView key, const QByteArray &value) const
{
    if (!m_file.isEmpty())
        QSettings(m_file, QSettings::IniFormat).setValue(key, value);
}

QByteArray WindowMemory::read(QLatin1StringView key) const
{
    return m_file.isEmpty() ? QByteArray() : QSettings(m_file, QSettings::IniFormat).value(key).toByteArray();
}
