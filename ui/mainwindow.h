#pragma once

#include "app/session/selection.h"
#include "ui/attentionwatch.h"
#include "ui/notice.h"
#include "ui/windowactions.h"
#include "ui/windowmemory.h"
#include "ui/workplace.h"

#include <QMainWindow>

#include <functional>

class AgentsPanel;
class CloseQuestion;
class ConnectionFlow;
class ConversationsPanel;
class DetailsPanel;
class EnvironmentStrip;
class FieldMarks;
class LowerTabs;
class NoticeBar;
class ProblemFlow;
class StartPage;
class StatusLine;
class StopFlow;
class TopBar;
class QSplitter;
class QStackedWidget;

/// What stands where and which panel feeds which. Everything it shows comes from the link to the service that is open,
/// from the stops of this run and from their models.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    struct Parts {
        Workplace place;
        QString memoryFile; ///< where the window's place is kept; empty: nowhere
        QString earlierMemoryFile{}; ///< as in `WindowMemory`
        QList<Connection> elsewhere{}; ///< of a demo: those that its chooser leads back to
        QString remark{}; ///< what is to be known of the start
    };

    explicit MainWindow(const Parts &parts, QWidget *parent = nullptr);
    ~MainWindow() override;

    void openLast(); ///< the connection that was open when the program ended, if there is one
    void openKept(const ConnectionId &id); ///< nothing where it is not kept, or is open already
    bool isEditing() const; ///< what a person typed or decided about a connection would be lost with the window

Q_SIGNALS:
    void demoWanted();
    void demoLeft(const ConnectionId &wanted); ///< empty: for what was open before
    void closed(); ///< by the person; nothing unsent is left in it
    void forgetWanted(const QString &keys); ///< what is kept here is to go with this window; what became of the keys, in words

protected:
    void resizeEvent(QResizeEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    void layOut();
    QWidget *makeDesk();
    void connectActions();
    void connectLink();
    void followLink();
    void connectPanels();
    void connectTabs();
    void connectCopying();
    void watchFields();

    bool isDemo() const;
    void chooseConnection(const ConnectionId &id);
    void open(const Connection &connection);
    void showConnection();
    void showConnections();
    void showList();
    void showDetails();
    void showNotice();
    void followNotice();
    void repaintTimes();
    void updateActions();
    void connectMany();
    void followOthers();
    void showOthers();
    void updateManyActions();
    void askAboutMany();
    void readAllOfAgent();
    void askAboutAllOfAgent(const AgentId &agent, const QList<ConversationId> &running);
    void tick();
    QString troubleText();
    void askToStop();
    void showConversation(const ConversationId &id);
    Connection connectionOf(const StopReport &report) const;
    Listing listingOf(const StopReport &report) const;
    void copyTicket(const StopReport &report);
    void copyTicketOfEnded(const Ending &ending);
    void copyNote(const StopReport &report);
    void copy(const QString &text, const QString &said);
    void readNow(const std::function<void()> &read);
    void say(const QString &said);
    void sayCopied(const QStringList &ids, const QString &ofOne); ///< %1 is the id
    void showAbout();

    ServiceLink &link() { return m_parts.place.connector.link(); }
    const ServiceLink &link() const { return m_parts.place.connector.link(); }

    Parts m_parts;
    Selection m_selection;
    WindowActions m_actions;
    WindowMemory m_memory;
    AttentionWatch m_attention; ///< goes before the window does: closing tells it more
    StopFlow *m_stopFlow;
    ConnectionFlow *m_connectionFlow;
    CloseQuestion *m_closeQuestion;
    EnvironmentStrip *m_strip;
    TopBar *m_topBar;
    NoticeBar *m_notice;
    StartPage *m_startPage;
    AgentsPanel *m_agents;
    ConversationsPanel *m_conversations;
    DetailsPanel *m_details;
    LowerTabs *m_tabs;
    StatusLine *m_status;
    QStackedWidget *m_pages;
    QSplitter *m_panels;
    QSplitter *m_dock;
    FieldMarks *m_marks;
    ProblemFlow *m_problemFlow;
    QString m_notKept; ///< why the open connection was not noted as the last one
    Notice m_told; ///< what came of an edit or removal of a connection, where nothing more urgent is to be said
    Notice m_noticeShown;
    QList<Notice::Lasting> m_lastingClosed; ///< by the person
    Duration m_wallStep{0}; ///< how far the clock was set, as painted
    QDateTime m_offlineSince;
};
