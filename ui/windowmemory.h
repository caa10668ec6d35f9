#pragma once

#include <QByteArray>
#include <QRect>
#include <QString>

class QSplitter;
class QWidget;

/// Where the window stood and how it was divided, kept over runs in an INI file of its own. With no file name nothing is
/// kept; a file of another version is left as it is, and nothing is read from it.
class WindowMemory {
public:
    /// `earlierFile`: where it was kept before it had a file of its own; only read, and only while that is not there.
    explicit WindowMemory(const QString &file, const QString &earlierFile = {})
        : m_file(file)
        , m_earlierFile(earlierFile)
    {
    }

    void keepWindow(const QWidget &window) const;
    void restoreWindow(QWidget &window) const; ///< brought onto a screen that is there now
    void keepSplitter(QLatin1StringView key, const QSplitter &splitter) const;
    void restoreSplitter(QLatin1StringView key, QSplitter &splitter) const;
    void keepColumns(const QByteArray &columns) const;
    QByteArray columns() const;

    static constexpr QLatin1StringView panels{
        "window/panels"}; ///< key of the splitter between agents, conversations and details
    static constexpr QLatin1StringView dock{"window/dock"}; ///< key of the splitter above the lower tabs

private:
    void write(QLatin1StringView key, const QByteArray &value) const;
    QByteArray read(QLatin1StringView key) const;

    QString m_file;
    QString m_earlierFile;
};
