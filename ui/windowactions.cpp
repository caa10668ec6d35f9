#include "ui/windowactions.h"

#include "app/words/words.h"

#include <QWidget>

using namespace Qt::StringLiterals;

namespace {

void name(QAction &action, const QString &objectName, const QKeySequence &keys, const QString &toolTip)
{
    action.setObjectName(objectName);
    action.setShortcut(keys);
    if (!toolTip.isEmpty())
        action.setToolTip(toolTip);
}

/// `whyNot`: empty where it can be done.
void offer(QAction &action, const QString &text, const QString &whyNot)
{
    action.setEnabled(whyNot.isEmpty());
    action.setText(whyNot.isEmpty() ? text : WindowActions::tr("%1 (%2)", "what cannot be done, and why").arg(text, whyNot));
    action.setToolTip(whyNot.isEmpty() ? text : whyNot);
}

}

void WindowActions::offerConnections(const std::optional<Connection> &open)
{
    const QString demo = open && open->isDemo ? tr("the demo keeps no connections") : QString();
    const QString none = open ? demo : tr("no connection is open");
    offer(addConnection, tr("Add a connection…"), demo);
    offer(editConnection, tr("Edit connection…"), none);
    offer(removeConnection, tr("Remove connection…"), none);
    offer(forget, tr("Forget everything…"), demo);
    tryDemo.setVisible(demo.isEmpty());
    leaveDemo.setVisible(!demo.isEmpty());
}

void WindowActions::offerRefresh(bool isReady, const QDateTime &from)
{
    const bool waits = isReady && from.isValid();
    refresh.setEnabled(isReady);
    refresh.setText(waits ? tr("Refresh (from %1)", "a time of day").arg(words::clockTime(from)) : tr("Refresh"));
    refresh.setToolTip(waits ? words::nothingReadBefore(from) : tr("Read everything again"));
}

WindowActions::WindowActions(QWidget *window)
    : stop(tr("Stop conversation…"))
    , stopAll(tr("Stop all running…"))
    , stopById(tr("Stop by id…"))
    , unlock(tr("Unlock to stop…"))
    , refresh(tr("Refresh"))
    , hold(tr("Hold updates"))
    , find(tr("Find"))
    , problems(tr("Go to problems"))
    , tryDemo(tr("Try the demo"))
    , leaveDemo(tr("Leave the demo"))
    , about(tr("About Stopdesk"))
    , quit(tr("Quit"))
    , menu(window)
{
    name(stop, u"stopConversationAction"_s, QKeySequence(u"Ctrl+Shift+S"_s), {});
    name(stopAll, u"stopAllRunningAction"_s, {}, {});
    name(stopById, u"stopByIdAction"_s, QKeySequence(u"Ctrl+I"_s), tr("Stop a conversation whose id you know"));
    name(unlock, u"unlockAction"_s, {}, tr("The screen was locked, or its saver was on: one press arms stopping again"));
    name(refresh, u"refreshAction"_s, QKeySequence(Qt::Key_F5), tr("Read everything again"));
    name(hold, u"holdUpdatesAction"_s, QKeySequence(u"Ctrl+Shift+H"_s), tr("Nothing moves until this is released"));
    name(find, u"findAction"_s, QKeySequence(u"Ctrl+L"_s), {});
    name(problems, u"goToProblemsAction"_s, QKeySequence(Qt::Key_F8), {});
    name(addConnection, u"addConnectionAction"_s, QKeySequence(u"Ctrl+N"_s), {});
    name(editConnection, u"editConnectionAction"_s, {}, {});
    name(removeConnection, u"removeConnectionAction"_s, {}, {});
    name(forget, u"forgetEverythingAction"_s, {}, {});
    name(tryDemo, u"tryTheDemoAction"_s, {}, {});
    name(leaveDemo, u"leaveTheDemoAction"_s, QKeySequence(u"Ctrl+W"_s), {});
    name(about, u"aboutAction"_s, {}, {});
    name(quit, u"quitAction"_s, QKeySequence(u"Ctrl+Q"_s), {});
    hold.setCheckable(true);
    unlock.setVisible(false);
    offerConnections(std::nullopt);

    menu.addActions({&addConnection, &editConnection, &removeConnection, &forget, &tryDemo, &leaveDemo});
    menu.addSeparator();
    menu.addActions({&unlock, &stop, &stopAll, &stopById});
    menu.addSeparator();
    menu.addActions({&problems});
    menu.addSeparator();
    menu.addActions({&about, &quit});
    window->addActions({&stop, &stopById, &refresh, &hold, &find, &problems, &addConnection, &leaveDemo, &quit});
}
