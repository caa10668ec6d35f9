#include "app/session/desktoplock.h"

#include "app/types/background.h"

#include <QDBusAbstractInterface>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusServiceWatcher>

#include <algorithm>

using namespace Qt::StringLiterals;

/// A screen saver's interface has the name of its service.
struct ScreenSaverPlace {
    const char *service;
    const char *path;
};

namespace {

constexpr auto logind = "org.freedesktop.login1";
constexpr auto logindSession = "org.freedesktop.login1.Session";
constexpr auto properties = "org.freedesktop.DBus.Properties";

constexpr ScreenSaverPlace screenSavers[]{
    {"org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"}, // KDE, and others
    {"org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"},
    {"org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"},
    {"org.mate.ScreenSaver", "/org/mate/ScreenSaver"},
    {"org.xfce.ScreenSaver", "/org/xfce/ScreenSaver"},
};

}

/// A service that may tell that the screen is locked. It is heard under the unique name of whoever owns its name now: on
/// the system's bus any user may send a signal that looks like logind's. Nor does QtDBus block for a unique name, as it
/// does for another one, to learn whose it is.
class LockSource : public QObject {
    Q_OBJECT

public:
    LockSource(const QDBusConnection &bus, const char *service)
        : m_bus(bus)
        , m_service(QLatin1StringView(service))
        , m_watcher(m_service, bus, QDBusServiceWatcher::WatchForOwnerChange)
    {
        connect(&m_watcher, &QDBusServiceWatcher::serviceOwnerChanged, this,
                [this](const QString &, const QString &, const QString &owner) { takeOwner(owner); });
    }

    void start()
    {
        QDBusMessage owner = QDBusMessage::createMethodCall(u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s,
                                                            u"org.freedesktop.DBus"_s, u"GetNameOwner"_s);
        owner << m_service;
        ask(owner, this, [this](const QDBusMessage &reply) { takeOwner(reply.arguments().value(0).toString()); });
    }

    bool isLocked() const { return m_isLocked; }
    void forget() { m_isLocked = false; }

Q_SIGNALS:
    void told();

protected:
    /// `context` goes with the owner.
    virtual void listenTo(const QString &owner, QObject *context) = 0;

    void tell(bool locked)
    {
        m_isLocked = locked;
        Q_EMIT told();
    }
    /// `then` is called with what is no error only.
    template <class Then> void ask(const QDBusMessage &question, QObject *context, Then then)
    {
        askOr(question, context, std::move(then), [] { });
    }
    template <class Then, class Else>
    void askOr(const QDBusMessage &question, QObject *context, Then then, Else otherwise)
    {
        auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(question), context);
        connect(watcher, &QDBusPendingCallWatcher::finished, context, [watcher, then, otherwise] {
            watcher->deleteLater();
            watcher->isError() ? otherwise() : then(watcher->reply());
        });
    }
    const QDBusConnection &bus() const { return m_bus; }

private:
    void takeOwner(const QString &owner)
    {
        if (owner == m_owner)
            return;
        m_owner = owner;
        m_ofOwner = owner.isEmpty() ? nullptr : std::make_unique<QObject>();
        if (m_ofOwner)
            listenTo(owner, m_ofOwner.get());
        if (m_isLocked)
            tell(false); // whoever said so has gone
    }

    QDBusConnection m_bus;
    QString m_service;
    QDBusServiceWatcher m_watcher;
    QString m_owner;
    bool m_isLocked = false;
    std::unique_ptr<QObject> m_ofOwner; ///< context of all that was asked of it and is heard from it
};

// Signals of these classes have the names that they have on the bus.

class ScreenSaverSignals final : public QDBusAbstractInterface {
    Q_OBJECT

public:
    ScreenSaverSignals(const QString &owner, const ScreenSaverPlace &place, const QDBusConnection &bus, QObject *parent)
        : QDBusAbstractInterface(owner, QLatin1StringView(place.path), place.service, bus, parent)
    {
    }

Q_SIGNALS:
    void ActiveChanged(bool active);
};

class LogindSessionSignals final : public QDBusAbstractInterface {
    Q_OBJECT

public:
    LogindSessionSignals(const QString &owner, const QString &path, const QDBusConnection &bus, QObject *parent)
        : QDBusAbstractInterface(owner, path, logindSession, bus, parent)
    {
    }

Q_SIGNALS:
    void Lock();
    void Unlock();
};

class PropertySignals final : public QDBusAbstractInterface {
    Q_OBJECT

public:
    PropertySignals(const QString &owner, const QString &path, const QDBusConnection &bus, QObject *parent)
        : QDBusAbstractInterface(owner, path, properties, bus, parent)
    {
    }

Q_SIGNALS:
    void PropertiesChanged(const QString &interface, const QVariantMap &changed, const QStringList &outdated);
};

class ScreenSaverSource final : public LockSource {
public:
    ScreenSaverSource(const QDBusConnection &bus, const ScreenSaverPlace &place)
        : LockSource(bus, place.service)
        , m_place(place)
    {
    }

protected:
    void listenTo(const QString &owner, QObject *context) override
    {
        auto *saver = new ScreenSaverSignals(owner, m_place, bus(), context);
        connect(saver, &ScreenSaverSignals::ActiveChanged, this, &ScreenSaverSource::tell);
        const auto active = QDBusMessage::createMethodCall(owner, QLatin1StringView(m_place.path),
                                                           QLatin1StringView(m_place.service), u"GetActive"_s);
        ask(active, context, [this](const QDBusMessage &reply) {
            if (reply.arguments().value(0).toBool())
                tell(true);
        });
    }

private:
    ScreenSaverPlace m_place;
};

/// Of this session: the one in the environment, or the one that logind takes for the caller's.
class LogindSource final : public LockSource {
public:
    explicit LogindSource(const QDBusConnection &bus)
        : LockSource(bus, logind)
    {
    }

protected:
    void listenTo(const QString &owner, QObject *context) override
    {
        const QString own = qEnvironmentVariable("XDG_SESSION_ID");
        const auto askLogind = [this, owner, context] { askForSession(owner, u"auto"_s, context, [] { }); };
        own.isEmpty() ? askLogind() : askForSession(owner, own, context, askLogind);
    }

private:
    template <class Else>
    void askForSession(const QString &owner, const QString &id, QObject *context, Else otherwise)
    {
        QDBusMessage session = QDBusMessage::createMethodCall(owner, u"/org/freedesktop/login1"_s,
                                                              u"org.freedesktop.login1.Manager"_s, u"GetSession"_s);
        session << id;
        askOr(session, context, [this, owner, context](const QDBusMessage &reply) {
            listenToSession(owner, reply.arguments().value(0).value<QDBusObjectPath>().path(), context);
        }, otherwise);
    }

    /// Lock is a wish, and comes before the screen is locked; LockedHint follows from a locker that sets it.
    void listenToSession(const QString &owner, const QString &path, QObject *context)
    {
        auto *session = new LogindSessionSignals(owner, path, bus(), context);
        connect(session, &LogindSessionSignals::Lock, this, [this] { tell(true); });
        connect(session, &LogindSessionSignals::Unlock, this, [this] { tell(false); });
        auto *changes = new PropertySignals(owner, path, bus(), context);
        connect(changes, &PropertySignals::PropertiesChanged, this,
                [this](const QString &, const QVariantMap &changed) {
                    if (const auto hint = changed.constFind(u"LockedHint"_s); hint != changed.cend())
                        tell(hint->toBool());
                });
        QDBusMessage hint = QDBusMessage::createMethodCall(owner, path, QLatin1StringView(properties), u"Get"_s);
        hint << QString(QLatin1StringView(logindSession)) << u"LockedHint"_s;
        ask(hint, context, [this](const QDBusMessage &reply) {
            if (reply.arguments().value(0).value<QDBusVariant>().variant().toBool())
                tell(true);
        });
    }
};

DesktopLock::DesktopLock(Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
}

DesktopLock::~DesktopLock() = default;

/// To connect to a bus waits for its greeting.
void DesktopLock::start()
{
    workInBackground<bool>(
        this,
        [] {
            const QDBusConnection system = QDBusConnection::systemBus();
            const QDBusConnection session = QDBusConnection::sessionBus();
            return system.isConnected() || session.isConnected();
        },
        [this](bool reachable) {
            if (reachable)
                listen();
        });
}

void DesktopLock::listen()
{
    if (const QDBusConnection bus = QDBusConnection::systemBus(); bus.isConnected())
        m_sources.push_back(std::make_unique<LogindSource>(bus));
    if (const QDBusConnection bus = QDBusConnection::sessionBus(); bus.isConnected()) {
        for (const ScreenSaverPlace &place : screenSavers)
            m_sources.push_back(std::make_unique<ScreenSaverSource>(bus, place));
    }
    for (const auto &source : m_sources) {
        connect(source.get(), &LockSource::told, this, &DesktopLock::follow);
        source->start();
    }
}

void DesktopLock::follow()
{
    const bool isLocked = std::ranges::any_of(m_sources, [](const auto &source) { return source->isLocked(); });
    if (isLocked == m_isLocked)
        return;
    m_isLocked = isLocked;
    if (isLocked) {
        m_isArmed = false;
        m_arming.reset();
    }
    Q_EMIT changed();
}

void DesktopLock::arm()
{
    if (m_isArmed || m_arming)
        return;
    m_arming = std::make_unique<QObject>();
    m_clock.after(armingTime, m_arming.get(), [this] { endArming(); });
}

void DesktopLock::endArming()
{
    m_arming.release()->deleteLater(); // this is called from its timer
    for (const auto &source : m_sources)
        source->forget();
    m_isLocked = false;
    m_isArmed = true;
    Q_EMIT changed();
}

#include "desktoplock.moc"
