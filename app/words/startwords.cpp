#include "app/words/startwords.h"

#include "app/words/words.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

struct Starts {
    Q_DECLARE_TR_FUNCTIONS(Starts)
};

constexpr qsizetype longestName = 80; // of a display or a computer

/// "on display :1"; empty where it is not known.
QString whereOf(const RunningInstance &other)
{
    const QString system = other.display.section(u' ', 0, 0);
    const QString name = words::plain(other.display.section(u' ', 1), longestName);
    if (other.computer == unknownComputer)
        return Starts::tr("on another computer");
    if (!other.computer.isEmpty())
        return Starts::tr("on the computer %1").arg(words::plain(other.computer, longestName));
    if (system == "x11"_L1)
        return Starts::tr("on display %1").arg(name);
    if (system == "wayland"_L1)
        return Starts::tr("on the Wayland display %1").arg(name);
    return other.display.isEmpty() ? QString()
                                   : Starts::tr("on another screen (%1)").arg(words::plain(other.display, longestName));
}

/// Where it runs and its number, each if it is known: what tells it from others.
QString described(const RunningInstance &other)
{
    QString text;
    if (const QString where = whereOf(other); !where.isEmpty())
        text += u' ' + where;
    if (other.process > 0)
        text += u' ' + Starts::tr("(process %1)").arg(QString::number(other.process));
    return text;
}

}

namespace words {

QString runsElsewhere(const RunningInstance &other)
{
    return Starts::tr("Stopdesk is already running%1.", "where").arg(described(other));
}

QString whyNotTwo()
{
    return Starts::tr("Two at once would write into one journal, and together ask more of the service than it allows.");
}

QString startsBeside(const RunningInstance &other, const QString &lockFile)
{
    return other.computer.isEmpty()
        ? Starts::tr("Another Stopdesk%1 does not answer. This one starts beside it.", "which").arg(described(other))
        : runsElsewhere(other) + u' ' + Starts::tr("This one starts beside it. If that computer is off, remove %1.")
                                            .arg(plain(lockFile));
}

QString startsUnchecked(const QString &folder)
{
    return Starts::tr("Whether another Stopdesk runs is not known: a lock can be kept neither in %1 nor among the files "
                      "of this login.")
        .arg(plain(folder));
}

QString startsUnheard(const QString &folder)
{
    return Starts::tr("If Stopdesk is started once more, this window cannot be brought to the front: a socket can be made "
                      "neither among the files of this login nor in %1.")
        .arg(plain(folder));
}

QString noDisplay()
{
    return Starts::tr("Stopdesk needs a display, and there is none here: neither DISPLAY nor WAYLAND_DISPLAY is set.");
}

QString forgotten(const QString &keys, const QStringList &left)
{
    return keys + u' '
        + (left.isEmpty() ? Starts::tr("Nothing else that Stopdesk kept is left on this computer (looked up).")
                          : Starts::tr("Not all of the rest could be removed: see %1.").arg(plain(left.join(u", "_s))));
}

QString folderLacks(FolderTrouble trouble, const QString &folder)
{
    const QString place = plain(folder);
    switch (trouble) {
    case FolderTrouble::None: return {};
    case FolderTrouble::ReadOnlyDisk: return Starts::tr("The disk can only be read: %1").arg(place);
    case FolderTrouble::NotAllowed: return Starts::tr("The folder cannot be written by this account: %1").arg(place);
    case FolderTrouble::Full: return Starts::tr("The disk is full: %1").arg(place);
    case FolderTrouble::NoLocks:
    case FolderTrouble::NoLockFiles:
        return Starts::tr("The folder has no file locks, as some network folders: %1").arg(place);
    case FolderTrouble::Other: return Starts::tr("The folder cannot be written: %1").arg(place);
    }
    return {};
}

}
