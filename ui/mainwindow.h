#pragma once

#include "app/session/selection.h"
#include "ui/attentionwatch.h"
#include "ui/notice.h"
#include "ui/windowactions.h"
#include "ui/windowmemory.h"

#include <QMainWindow>
#include <QTimer>

class AgentsPanel;
class CloseQuestion;
class ConnectionBook;
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

/// What stands where and which panel feeds which. Everything it shows comes from the session and its models.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    struct Parts {
        Session &session;
        ConnectionBook &book;
        Clock &clock;
        QString memoryFile; ///< where the window's place is kept; empty: nowhere
        QString earlierMemoryFile{}; ///< as in `WindowMemory`
    };

    explicit MainWindow(const Parts &parts, QWidget *parent = nullptr);
    ~MainWindow() override;

    void openLast(); ///< the connection that was open when the program ended, if there is one

Q_SIGNALS:
    void demoWanted();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    void layOut();
    QWidget *makeDesk();
    void connectActions();
    void connectSession();
    void connectPanels();
    void connectTabs();
    void watchFields();

    void openKept(const ConnectionId &id);
    void open(const Connection &connection);
    void showConnection();
    void showConnections();
    void showList();
    void showDetails();
    void showNotice();
    void followNotice();
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
    void say(const QString &said);
    void showAbout();

    Parts m_parts;
    Session &m_session;
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
    QTimer m_second;
    QString m_notKept; ///< why the open connection was not noted as the last one
    Notice m_noticeShown;
    QDateTime m_offlineSince;
};
