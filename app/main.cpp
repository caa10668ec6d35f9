#include "app/credentials/keychainstore.h"
#include "app/credentials/sessionsecrets.h"
#include "app/demo/demogateway.h"
#include "app/gateway/networkwatch.h"
#include "app/gateway/proxylookup.h"
#include "app/journal/journal.h"
#include "app/session/connectionbook.h"
#include "app/session/connectionlist.h"
#include "app/session/session.h"
#include "app/session/singleinstance.h"
#include "app/startarguments.h"
#include "app/types/clock.h"
#include "ui/mainwindow.h"
#include "ui/parts/style.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QIcon>
#include <QNetworkAccessManager>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <cstdio>
#include <memory>

#ifdef Q_OS_UNIX
#include <pwd.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace {

/// The folder of that kind, which is made if it is not there.
QString folderFor(QStandardPaths::StandardLocation location)
{
    const QString folder = QStandardPaths::writableLocation(location);
    QDir().mkpath(folder);
    return folder;
}

QString fileIn(QStandardPaths::StandardLocation location, const QString &name)
{
    return folderFor(location) + u'/' + name;
}

/// Of the account that the program runs as. $USER says what somebody wrote there.
QString operatorName()
{
#ifdef Q_OS_UNIX
    const uid_t uid = geteuid();
    const passwd *account = getpwuid(uid);
    return account ? QFile::decodeName(account->pw_name) : u"uid %1"_s.arg(uid);
#else
    return qEnvironmentVariable("USERNAME", u"unknown"_s);
#endif
}

/// Everything behind one window. A demo keeps no settings, has a journal of its own and knows no keychain key.
class Desk {
public:
    enum class Kind { Real, Demo };

    explicit Desk(Kind kind)
        : m_settings(kind == Kind::Demo ? m_scratch.filePath(u"stopdesk.ini"_s)
                                        : fileIn(QStandardPaths::AppConfigLocation, u"stopdesk.ini"_s))
        , m_journal(fileIn(QStandardPaths::AppDataLocation,
                           kind == Kind::Demo ? u"demo-journal.sqlite"_s : u"journal.sqlite"_s),
                    operatorName())
        , m_connections(m_settings)
        , m_book(m_connections, m_store, m_sessionSecrets)
        , m_watch(m_clock)
        , m_session({m_store, m_sessionSecrets, m_journal, m_clock,
                     {[] { return std::make_unique<QNetworkAccessManager>(); }, &m_watch, ProxyLookup::askSystem},
                     kind == Kind::Demo ? m_scratch.path() : fileIn(QStandardPaths::AppDataLocation, u"sends"_s)})
        , m_window({m_session, m_book, m_clock,
                    kind == Kind::Demo ? QString() : fileIn(QStandardPaths::AppConfigLocation, u"window.ini"_s), m_settings})
    {
    }

    MainWindow &window() { return m_window; }
    void show()
    {
        m_window.show();
        m_watch.start(); // may ask the system's bus: after the window is there
    }
    void open(const Connection &connection, const Secret &key)
    {
        m_sessionSecrets.keep(connection.id, key);
        m_session.open(connection);
    }

private:
    QTemporaryDir m_scratch; ///< the demo's settings and counts, which go with it
    QString m_settings;
    SystemClock m_clock;
    KeychainStore m_store;
    SessionSecrets m_sessionSecrets;
    Journal m_journal;
    ConnectionList m_connections;
    ConnectionBook m_book;
    NetworkWatch m_watch;
    Session m_session;
    MainWindow m_window;
};

/// The service played on this computer, and the window on it.
class Demo {
public:
    explicit Demo(const StartArguments &arguments)
        : m_gateway({.extraConversations = arguments.demoSize,
                     .requestsPerMinute = arguments.requestsPerMinute,
                     .requestsPerHour = arguments.requestsPerHour})
        , m_desk(Desk::Kind::Demo)
        , m_arguments(arguments)
    {
    }

    /// False, with the reason in words, when the gateway cannot listen.
    bool show(QString &trouble)
    {
        Connection connection;
        connection.id = ConnectionId{u"demo"_s};
        connection.name = u"Demo"_s;
        connection.address = m_gateway.start();
        connection.environment = Environment::Other;
        connection.isDemo = true;
        connection.requestsPerMinute = m_arguments.requestsPerMinute;
        connection.requestsPerHour = m_arguments.requestsPerHour;
        if (connection.address.isEmpty()) {
            trouble = m_gateway.errorString();
            return false;
        }
        m_desk.open(connection, Secret::fromStored(m_gateway.key().toLatin1()));
        m_desk.show();
        return true;
    }

private:
    DemoGateway m_gateway;
    Desk m_desk;
    StartArguments m_arguments;
};

void bringUp(QWidget &window)
{
    window.setWindowState(window.windowState() & ~Qt::WindowMinimized);
    window.show();
    window.raise();
    window.activateWindow();
}

/// What is on the screen: the person's own window, of which there is one, or the demo, to which its start page can
/// lead. A demo has data of its own: each start of it is another one, and says nothing to the person's window.
class Program final : public QObject {
public:
    explicit Program(const StartArguments &arguments)
        : m_arguments(arguments)
    {
    }

    /// What to end with at once, after saying why; nothing when there is a window.
    std::optional<int> start()
    {
        if (m_arguments.demo)
            return startDemo() ? std::nullopt : std::optional(1);
        switch (m_instance.start()) {
        case SingleInstance::Start::HandedOver:
            return 0;
        case SingleInstance::Start::Alone:
            say(QCoreApplication::translate("main", "Another Stopdesk does not answer. This one starts beside it."));
            break;
        case SingleInstance::Start::First:
            break;
        }
        showDesk();
        return std::nullopt;
    }

private:
    void showDesk()
    {
        m_desk = std::make_unique<Desk>(Desk::Kind::Real);
        connect(&m_desk->window(), &MainWindow::demoWanted, this, [this] {
            if (!startDemo())
                return;
            m_instance.release();
            m_desk->window().close();
        });
        connect(&m_instance, &SingleInstance::raiseWanted, this, [this] { bringUp(m_desk->window()); });
        m_desk->show();
        m_desk->window().openLast();
    }

    bool startDemo()
    {
        QString trouble;
        m_demo = std::make_unique<Demo>(m_arguments);
        if (m_demo->show(trouble))
            return true;
        m_demo.reset();
        say(trouble);
        return false;
    }

    static void say(const QString &line) { std::fputs(qPrintable(line + u'\n'), stderr); }

    StartArguments m_arguments;
    SingleInstance m_instance{folderFor(QStandardPaths::AppDataLocation)};
    std::unique_ptr<Desk> m_desk;
    std::unique_ptr<Demo> m_demo;
};

StartArguments readArguments(int argc, char **argv)
{
    const QCoreApplication core(argc, argv);
    return readArguments(QCoreApplication::arguments());
}

}

int main(int argc, char **argv)
{
    QCoreApplication::setApplicationName(u"stopdesk"_s);
    QCoreApplication::setOrganizationDomain(u"stopdesk.org"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(STOPDESK_VERSION));
    const StartArguments arguments = readArguments(argc, argv);
    std::fputs(qPrintable(arguments.output), stdout);
    std::fputs(qPrintable(arguments.complaint), stderr);
    if (arguments.exitCode)
        return *arguments.exitCode;

    QApplication application(argc, argv);
    QGuiApplication::setApplicationDisplayName(u"Stopdesk"_s);
    QGuiApplication::setDesktopFileName(u"org.stopdesk.Stopdesk"_s);
    QApplication::setWindowIcon(
        QIcon::fromTheme(u"org.stopdesk.Stopdesk"_s, QIcon(u":/icons/org.stopdesk.Stopdesk.svg"_s)));
    applyStyle(application);
    Program program(arguments);
    const std::optional<int> ended = program.start();
    return ended ? *ended : QApplication::exec();
}
