#include "app/credentials/keychainstore.h"
#include "app/credentials/sessionsecrets.h"
#include "app/demo/demogateway.h"
#include "app/gateway/networkwatch.h"
#include "app/gateway/proxylookup.h"
#include "app/journal/journal.h"
#include "app/credentials/connectionbook.h"
#include "app/credentials/connectionlist.h"
#include "app/session/desktoplock.h"
#include "app/session/connector.h"
#include "app/session/runmodels.h"
#include "app/session/singleinstance.h"
#include "app/startarguments.h"
#include "app/types/clock.h"
#include "app/types/ownfiles.h"
#include "app/words/startwords.h"
#include "ui/dialogs/elsewheredialog.h"
#include "ui/mainwindow.h"
#include "ui/parts/style.h"
#include "ui/parts/tablegate.h"
#include "ui/parts/viewaccess.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QIcon>
#include <QNetworkAccessManager>
#include <QPointer>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <cstdio>
#include <memory>

#ifdef Q_OS_UNIX
#include <pwd.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace {

/// What this process keeps to from its first line on. A core file would hold keys; its limit is 1 byte and not 0, which
/// does not hold for a pattern that begins with a pipe, and it is no PR_SET_DUMPABLE, because portals do not serve a
/// process whose /proc they cannot read.
void setProcessRules()
{
#ifdef Q_OS_UNIX
    ::umask(077); // the files that it makes are its owner's alone
    constexpr rlimit noCore{1, 1};
    ::setrlimit(RLIMIT_CORE, &noCore);
#endif
}

/// The folder of that kind, which is made if it is not there.
QString folderFor(QStandardPaths::StandardLocation location)
{
    const QString folder = QStandardPaths::writableLocation(location);
    QDir().mkpath(folder);
    return folder;
}

QString dataFolder()
{
    return folderFor(QStandardPaths::AppDataLocation);
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

/// Where everything of one window is kept.
struct Files {
    QString settings;
    QString journal;
    QString sends;
    QString memory; ///< of the window; empty: nowhere
};

Files ownFiles()
{
    const QString settings = fileIn(QStandardPaths::AppConfigLocation, u"stopdesk.ini"_s);
    return {settings, fileIn(QStandardPaths::AppDataLocation, u"journal.sqlite"_s),
            fileIn(QStandardPaths::AppDataLocation, u"sends"_s),
            fileIn(QStandardPaths::AppConfigLocation, u"window.ini"_s)};
}

/// Before anything in them is opened.
void closeOwnFolders()
{
    closeFolderToOthers(folderFor(QStandardPaths::AppConfigLocation));
    closeFolderToOthers(dataFolder());
}

/// In a folder that is the person's: nothing else in it is touched.
void closeKeptDemo(const QString &folder)
{
    const QStringList names{u"stopdesk.ini*"_s, u"journal.sqlite*"_s, u"service.jsonl"_s, u"*.sends"_s};
    for (const QString &name : QDir(folder).entryList(names, QDir::Files | QDir::System)) {
        dropPipe(QDir(folder).filePath(name));
        closeToOthers(QDir(folder).filePath(name));
    }
}

/// A demo's journal, settings and counts are its own.
Files demoFiles(const QString &folder)
{
    return {folder + u"/stopdesk.ini"_s, folder + u"/journal.sqlite"_s, folder, {}};
}

/// Everything behind one window. `elsewhere`: what the chooser of a demo offers beside it. `remark`: on the start.
class Desk {
public:
    explicit Desk(const Files &files, const QList<Connection> &elsewhere = {}, const QString &remark = {})
        : m_settings(files.settings)
        , m_journal(files.journal, operatorName())
        , m_connections(m_settings)
        , m_book(m_connections, m_store, m_sessionSecrets)
        , m_watch(m_clock)
        , m_lock(m_clock)
        , m_ticker(m_clock)
        , m_stops(m_journal, m_clock)
        , m_models(m_stops, m_journal, m_clock)
        , m_budgets(m_clock, files.sends)
        , m_network([] { return std::make_unique<QNetworkAccessManager>(); }, &m_watch, ProxyLookup::askSystem)
        , m_tester(m_budgets, m_clock, m_network)
        , m_connector({m_store, m_sessionSecrets, m_stops, m_models.problems, m_budgets, m_lock, m_ticker, m_clock, m_network})
    {
        m_stops.resume(); // what it finds is no news: before there is a window to tell it
        m_window = std::make_unique<MainWindow>(MainWindow::Parts{
            {m_connector, m_stops, m_models, m_tester, m_book, m_lock, m_ticker, m_clock},
            files.memory, files.settings, elsewhere, remark});
    }

    MainWindow &window() { return *m_window; }
    bool hasConnection() const { return m_connector.link().connection().has_value(); }
    void show()
    {
        m_window->show();
        m_watch.start(); // may ask the system's bus: after the window is there
        m_lock.start();
    }
    void open(const Connection &connection, const Secret &key)
    {
        m_sessionSecrets.keep(connection, key);
        m_connector.open(connection);
    }

private:
    QString m_settings;
    SystemClock m_clock;
    KeychainStore m_store;
    SessionSecrets m_sessionSecrets;
    Journal m_journal;
    ConnectionList m_connections;
    ConnectionBook m_book;
    NetworkWatch m_watch;
    DesktopLock m_lock;
    Ticker m_ticker;
    StopService m_stops;
    RunModels m_models;
    Budgets m_budgets; ///< kept over switches: the service counts on
    Network m_network;
    ConnectionTester m_tester;
    Connector m_connector;
    std::unique_ptr<MainWindow> m_window;
};

/// The service played on this computer, and the window on it. It begins anew and leaves nothing, but where it is to be
/// kept in a folder.
class Demo {
public:
    Demo(const StartArguments &arguments, const QList<Connection> &elsewhere)
        : m_arguments(arguments)
        , m_gateway({.extraConversations = arguments.demoSize,
                     .requestsPerMinute = arguments.requestsPerMinute,
                     .requestsPerHour = arguments.requestsPerHour,
                     .keepIn = arguments.keepDemoIn})
        , m_elsewhere(elsewhere)
    {
    }

    MainWindow &window() { return m_desk->window(); }

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
        const bool isKept = !m_arguments.keepDemoIn.isEmpty();
        m_desk = std::make_unique<Desk>(demoFiles(isKept ? m_arguments.keepDemoIn : m_scratch.path()), m_elsewhere);
        m_desk->open(connection, Secret::fromStored(m_gateway.key().toLatin1()));
        m_desk->show();
        return true;
    }

private:
    StartArguments m_arguments;
    QTemporaryDir m_scratch;
    DemoGateway m_gateway;
    QList<Connection> m_elsewhere;
    std::unique_ptr<Desk> m_desk; ///< once the gateway listens
};

/// Where this program's windows are, as in `RunningInstance`. ":1.0" is a screen of ":1".
QString displayHere()
{
    const QString platform = QGuiApplication::platformName();
    if (platform == "xcb"_L1)
        return u"x11 "_s + qEnvironmentVariable("DISPLAY").remove(QRegularExpression(u"\\.\\d+$"_s));
    return platform.startsWith("wayland"_L1)
        ? u"wayland "_s + qEnvironmentVariable("WAYLAND_DISPLAY", u"wayland-0"_s)
        : platform;
}

/// Whether there may be a place for windows. Where there is none, Qt would speak of plugins and abort.
bool mayHaveDisplay()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
    const QByteArray platform = qgetenv("QT_QPA_PLATFORM");
    if (platform == "xcb" || platform.startsWith("xcb:") || !qEnvironmentVariableIsEmpty("DISPLAY"))
        return !qEnvironmentVariableIsEmpty("DISPLAY");
    return !platform.isEmpty() || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")
        || !qEnvironmentVariableIsEmpty("WAYLAND_SOCKET") || qgetenv("XDG_SESSION_TYPE") == "wayland";
#else
    return true;
#endif
}

void say(const QString &line)
{
    std::fputs(qPrintable(line + u'\n'), stderr);
}

/// The last word of a start that can show no window.
int endWithoutDisplay(int argc, char **argv)
{
    const QCoreApplication core(argc, argv);
    SingleInstance instance(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation), {});
    say(words::noDisplay());
    if (instance.isRunning())
        say(words::runsElsewhere(instance.other()));
    return 1;
}

void bringUp(QWidget &window)
{
    window.setWindowState(window.windowState() & ~Qt::WindowMinimized);
    window.show();
    window.raise();
    window.activateWindow();
}

/// What is on the screen: the person's own window, of which there is one, the demo, to which it can lead and from which
/// one can go back, or both side by side. Each has data of its own, and says nothing to the other. A demo that is left
/// is over: the next one begins anew.
class Program final : public QObject {
public:
    explicit Program(const StartArguments &arguments)
        : m_arguments(arguments)
    {
        connect(&m_instance, &SingleInstance::raiseWanted, this, [this] { showOwn(); });
    }

    /// What to end with at once, after saying why; nothing when there is a window.
    std::optional<int> start()
    {
        if (m_arguments.demo)
            return showDemo() ? std::nullopt : std::optional(1);
        showOwn();
        return m_desk || m_elsewhere ? std::nullopt : std::optional(0);
    }

    /// What to end with at the end: whether this start came to anything.
    int status() const { return m_isGivenUp ? 1 : 0; }

private:
    /// In front, with that connection; without one, with the connection that was used last. There is none where a
    /// Stopdesk that runs already has come to the front instead, or asks whether it should.
    void showOwn(const ConnectionId &wanted = {})
    {
        const bool isNew = !m_desk;
        if (isNew)
            beginOwn();
        else
            bringUp(m_desk->window());
        if (!m_desk)
            return;
        if (isNew && wanted.isEmpty())
            m_desk->window().openLast();
        else
            m_desk->window().openKept(wanted);
    }

    void beginOwn(const QString &said = {})
    {
        const SingleInstance::Start start = m_instance.start();
        if (start == SingleInstance::Start::HandedOver)
            return;
        if (start == SingleInstance::Start::Elsewhere)
            return askAboutOther();
        const QString remark = said.isEmpty() ? remarkOn(start) : said;
        if (!remark.isEmpty())
            say(remark);
        m_desk = std::make_unique<Desk>(ownFiles(), QList<Connection>(), remark);
        MainWindow &window = m_desk->window();
        connect(&window, &MainWindow::demoWanted, this, [this] {
            if (showDemo() && !m_desk->hasConnection() && !m_desk->window().isEditing())
                m_desk->window().close(); // the start page gives its place to the demo
        });
        connect(&window, &MainWindow::closed, this, [this] { endOwn(); }, Qt::QueuedConnection);
        connect(&window, &MainWindow::forgetWanted, this, [this](const QString &keys) { forget(keys); }, Qt::QueuedConnection);
        m_desk->show();
    }

    QString remarkOn(SingleInstance::Start start) const
    {
        switch (start) {
        case SingleInstance::Start::Beside: return words::startsBeside(m_instance.other(), m_instance.lockFile());
        case SingleInstance::Start::Unchecked: return words::startsUnchecked(dataFolder());
        case SingleInstance::Start::Unheard: return words::startsUnheard(dataFolder());
        case SingleInstance::Start::First:
        case SingleInstance::Start::HandedOver:
        case SingleInstance::Start::Elsewhere: break;
        }
        return {};
    }

    /// In a window here, for who sits here does not see the one that runs.
    void askAboutOther()
    {
        if (!m_elsewhere) {
            say(words::runsElsewhere(m_instance.other()) + u' ' + words::whyNotTwo());
            m_elsewhere = new ElsewhereDialog(m_instance.other());
            connect(m_elsewhere, &ElsewhereDialog::showWanted, this, [this] {
                const QPointer<ElsewhereDialog> answered = m_elsewhere.data();
                m_elsewhere.clear();
                if (!m_instance.raise())
                    showOwn(); // it has ended meanwhile
                answered->accept();
            });
            connect(m_elsewhere, &QDialog::rejected, this, [this] { m_isGivenUp = !m_desk && !m_demo; });
        }
        bringUp(*m_elsewhere);
    }

    void endOwn()
    {
        m_desk.reset();
        m_instance.release();
    }

    /// Ends the window with all that is kept here, and begins as on the first day, which says what became of it.
    void forget(const QString &keys)
    {
        endOwn();
        QStringList left;
        for (const auto location : {QStandardPaths::AppConfigLocation, QStandardPaths::AppDataLocation}) {
            const QString folder = QStandardPaths::writableLocation(location);
            QDir(folder).removeRecursively();
            if (QFileInfo::exists(folder))
                left.append(folder);
        }
        dataFolder(); // where the next lock goes
        beginOwn(words::forgotten(keys, left));
    }

    bool showDemo()
    {
        if (m_demo) {
            bringUp(m_demo->window());
            return true;
        }
        QString trouble;
        m_demo = std::make_unique<Demo>(m_arguments, ConnectionList(ownFiles().settings).all());
        if (!m_demo->show(trouble)) {
            m_demo.reset();
            say(trouble);
            return false;
        }
        connect(&m_demo->window(), &MainWindow::demoLeft, this, [this](const ConnectionId &wanted) { leaveDemo(wanted); });
        connect(&m_demo->window(), &MainWindow::closed, this, [this] { m_demo.reset(); }, Qt::QueuedConnection);
        return true;
    }

    /// Another window is there before this one goes: the last one to go ends the program.
    void leaveDemo(const ConnectionId &wanted)
    {
        showOwn(wanted);
        if (!m_demo->window().close())
            bringUp(m_demo->window()); // it asks about stops that were not sent
    }

    StartArguments m_arguments;
    SingleInstance m_instance{dataFolder(), displayHere()};
    QPointer<ElsewhereDialog> m_elsewhere;
    bool m_isGivenUp = false; ///< neither a window here nor the other one in front
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
    setProcessRules();
    QCoreApplication::setApplicationName(u"stopdesk"_s);
    QCoreApplication::setOrganizationDomain(u"stopdesk.org"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(STOPDESK_VERSION));
    const StartArguments arguments = readArguments(argc, argv);
    std::fputs(qPrintable(arguments.output), stdout);
    std::fputs(qPrintable(arguments.complaint), stderr);
    if (arguments.exitCode)
        return *arguments.exitCode;
    if (!mayHaveDisplay())
        return endWithoutDisplay(argc, argv);
    closeOwnFolders();
    if (!arguments.keepDemoIn.isEmpty())
        closeKeptDemo(arguments.keepDemoIn);

    QApplication application(argc, argv);
    QGuiApplication::setApplicationDisplayName(u"Stopdesk"_s);
    QGuiApplication::setDesktopFileName(u"org.stopdesk.Stopdesk"_s);
    QApplication::setWindowIcon(
        QIcon::fromTheme(u"org.stopdesk.Stopdesk"_s, QIcon(u":/icons/org.stopdesk.Stopdesk.svg"_s)));
    applyStyle(application);
    installViewAccess();
    installTableGate();
    Program program(arguments);
    const std::optional<int> ended = program.start();
    if (ended)
        return *ended;
    const int status = QApplication::exec();
    return status ? status : program.status();
}
