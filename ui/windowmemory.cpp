#include "ui/windowmemory.h"

#include "app/types/foldertrouble.h"

#include <QGuiApplication>
#include <QScreen>
#include <QSettings>
#include <QSplitter>
#include <QWidget>

namespace {

constexpr int version = 1;
constexpr QLatin1StringView versionKey{"window/version"};
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
    if (m_file.isEmpty())
        return;
    dropLeftLock(m_file);
    QSettings settings(m_file, QSettings::IniFormat);
    if (settings.value(versionKey, version).toInt() != version)
        return;
    settings.setValue(versionKey, version);
    settings.setValue(key, value);
}

QByteArray WindowMemory::read(QLatin1StringView key) const
{
    if (m_file.isEmpty())
        return {};
    const QSettings settings(m_file, QSettings::IniFormat);
    if (!settings.contains(versionKey) && !m_earlierFile.isEmpty())
        return QSettings(m_earlierFile, QSettings::IniFormat).value(key).toByteArray();
    return settings.value(versionKey).toInt() == version ? settings.value(key).toByteArray() : QByteArray();
}
