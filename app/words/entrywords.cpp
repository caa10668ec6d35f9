#include "app/words/entrywords.h"

#include "app/words/words.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

struct Entries {
    Q_DECLARE_TR_FUNCTIONS(Entries)
};

}

namespace words {

QString commandWords(Command command)
{
    switch (command) {
    case Command::StopConversation: return Entries::tr("Stop conversation");
    case Command::StopSubTask: return Entries::tr("Stop sub-task");
    case Command::EmptyQueue: return Entries::tr("Clear queue");
    case Command::DiscardMessage: return Entries::tr("Discard message");
    }
    return {};
}

QString entrySentence(const JournalEntry &entry)
{
    const StopReport &report = entry.report;
    QStringList parts{
        Entries::tr("%1: %2", "command: title").arg(commandWords(report.target.command), title(report.target.title))};
    if (const QString agent = plain(report.target.agentName, 120); !agent.isEmpty())
        parts.append(Entries::tr("agent %1").arg(agent));
    parts.append(Entries::tr("by %1").arg(plain(report.operatorName, 120)));
    parts.append(Entries::tr("connection %1").arg(plain(entry.connection.name, 120)));
    parts.append(Entries::tr("asked %1").arg(exactTime(report.askedAt)));
    return Entries::tr("%1: %2. %3", "outcome: sentence. how it is known")
        .arg(stopPill(report), parts.join(u"; "_s), evidence(report));
}

}
