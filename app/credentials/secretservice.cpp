#include "app/credentials/secretservice.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

using Attributes = QMap<QString, QString>;
using State = KeyringLook::State;

const auto secrets = "org.freedesktop.secrets"_L1;
const auto secretsPath = "/org/freedesktop/secrets"_L1;
const auto serviceInterface = "org.freedesktop.Secret.Service"_L1;

State stateOf(const QDBusError &error)
{
    switch (error.type()) {
    case QDBusError::ServiceUnknown:
    case QDBusError::AccessDenied: // a sandbox that does not let us through
        return State::NoService;
    case QDBusError::NoReply:
    case QDBusError::Timeout:
    case QDBusError::TimedOut:
        return State::Silent;
    case QDBusError::NoServer:
    case QDBusError::Disconnected:
    case QDBusError::NoNetwork:
        return State::NoBus;
    default: // QtDBus's long list of errors that say nothing about which keychain there is
        return error.name().startsWith("org.freedesktop.DBus.Error.Spawn"_L1) ? State::NoService : State::Failed;
    }
}

/// One look: who serves, which collection is the default, is it locked, where is the item. Deletes itself.
class Look final : public QObject {
public:
    Look(const Attributes &attributes, Duration patience, QObject *context,
         std::function<void(const KeyringLook &)> answer)
        : QObject(context), m_attributes(attributes), m_patience(patience), m_answer(std::move(answer))
    {
    }

    void begin()
    {
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
        if (!QDBusConnection::sessionBus().isConnected())
            return end({.state = State::NoBus, .text = QDBusConnection::sessionBus().lastError().message()});
        return isKdeSession() ? askForWallet() : askForCollection();
#else
        end({.state = State::Elsewhere});
#endif
    }

private:
    /// Only a wallet that runs is used; newer QtKeychains go to the Secret Service where there is none.
    void askForWallet()
    {
        auto names = QDBusMessage::createMethodCall("org.freedesktop.DBus"_L1, "/org/freedesktop/DBus"_L1,
                                                    "org.freedesktop.DBus"_L1, "ListNames"_L1);
        call<QStringList>(names, [this](const auto &reply) {
            const QStringList found = reply.value();
            const auto isWallet = [](const QString &name) { return name.startsWith("org.kde.kwalletd"_L1); };
            if (std::ranges::any_of(found, isWallet))
                return end({.state = State::Elsewhere});
            askForCollection();
        });
    }

    void askForCollection()
    {
        auto alias = QDBusMessage::createMethodCall(secrets, secretsPath, serviceInterface, "ReadAlias"_L1);
        alias << u"default"_s;
        call<QDBusObjectPath>(alias, [this](const auto &reply) {
            const QString path = reply.value().path();
            path.size() > 1 ? askForLock(path) : end({.state = State::NoCollection});
        });
    }

    void askForLock(const QString &collection)
    {
        auto locked = QDBusMessage::createMethodCall(secrets, collection, "org.freedesktop.DBus.Properties"_L1,
                                                     "Get"_L1);
        locked << u"org.freedesktop.Secret.Collection"_s << u"Locked"_s;
        call<QVariant>(locked, [this](const auto &reply) {
            reply.value().toBool() ? end({.state = State::Locked}) : askForItem();
        });
    }

    void askForItem()
    {
        auto search = QDBusMessage::createMethodCall(secrets, secretsPath, serviceInterface, "SearchItems"_L1);
        search << QVariant::fromValue(m_attributes);
        call<QList<QDBusObjectPath>, QList<QDBusObjectPath>>(search, [this](const auto &reply) {
            const QList<QDBusObjectPath> unlocked = reply.template argumentAt<0>();
            const KeyringLook seen{.state = State::Unlocked,
                                   .unlockedItems = int(unlocked.size()),
                                   .lockedItems = int(reply.template argumentAt<1>().size())};
            m_attributes.contains(u"user"_s) ? end(seen) : askForNames(unlocked, seen);
        });
    }

    void askForNames(QList<QDBusObjectPath> items, KeyringLook seen)
    {
        if (items.isEmpty())
            return end(seen);
        auto get = QDBusMessage::createMethodCall(secrets, items.takeLast().path(), "org.freedesktop.DBus.Properties"_L1,
                                                  "Get"_L1);
        get << u"org.freedesktop.Secret.Item"_s << u"Attributes"_s;
        call<QVariant>(get, [this, items, seen](const auto &reply) {
            KeyringLook more = seen;
            more.names.append(qdbus_cast<Attributes>(reply.value()).value(u"user"_s));
            askForNames(items, more);
        });
    }

    template <class... Values, class Then> void call(const QDBusMessage &message, Then then)
    {
        const auto pending = QDBusConnection::sessionBus().asyncCall(message, int(m_patience.count()));
        auto *watcher = new QDBusPendingCallWatcher(pending, this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, then] {
            const QDBusPendingReply<Values...> reply = *watcher;
            if (reply.isError())
                return end({.state = stateOf(reply.error()), .text = reply.error().message()});
            then(reply);
        });
    }

    void end(const KeyringLook &look)
    {
        deleteLater();
        m_answer(look);
    }

    const Attributes m_attributes;
    const Duration m_patience;
    const std::function<void(const KeyringLook &)> m_answer;
};

}

bool isKdeSession()
{
    const QByteArray current = qgetenv("XDG_CURRENT_DESKTOP");
    if (!current.isEmpty())
        return current == "KDE";
    return qgetenv("DESKTOP_SESSION").startsWith("kde") || qEnvironmentVariableIsSet("KDE_FULL_SESSION");
}

namespace {

void startLook(const Attributes &attributes, Duration patience, QObject *context,
               std::function<void(const KeyringLook &)> answer)
{
    qDBusRegisterMetaType<Attributes>();
    auto *look = new Look(attributes, patience, context, std::move(answer));
    QTimer::singleShot(0, look, [look] { look->begin(); });
}

}

void lookIntoKeyring(const QString &server, const QString &user, Duration patience, QObject *context,
                     std::function<void(const KeyringLook &)> answer)
{
    startLook({{u"server"_s, server}, {u"user"_s, user}}, patience, context, std::move(answer));
}

void listKeyring(const QString &server, Duration patience, QObject *context,
                 std::function<void(const KeyringLook &)> answer)
{
    startLook({{u"server"_s, server}}, patience, context, std::move(answer));
}
