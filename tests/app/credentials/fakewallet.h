#pragma once

#include <QDBusConnection>
#include <QHash>
#include <QObject>
#include <QThread>

#include <atomic>

/// KWallet's own interface on the session bus, as far as QtKeychain uses it: keeps entries, and lies when told to.
/// It has a connection and a thread of its own, as QtKeychain first asks it with a blocking call. A test looks at it
/// and changes it only while nobody asks.
class FakeWallet final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.KWallet")

public:
    enum class Lie { None, StoresNothing, KeepsTheOldValue, Truncates, RemovesNothing };

    FakeWallet()
    {
        moveToThread(&m_thread);
        m_thread.start();
        m_bus.registerObject(QStringLiteral("/modules/kwalletd5"), this, QDBusConnection::ExportAllSlots);
        isServing = m_bus.registerService(QStringLiteral("org.kde.kwalletd5"));
    }
    ~FakeWallet() override
    {
        QDBusConnection::disconnectFromBus(m_bus.name());
        m_thread.quit();
        m_thread.wait();
    }

    QHash<QString, QByteArray> entries;
    Lie lie = Lie::None;
    bool refuses = false; ///< the person closes the wallet's prompt
    std::atomic<int> asked = 0; ///< how often it was to be opened
    bool isServing = false;

public Q_SLOTS:
    QString networkWallet() { return QStringLiteral("kdewallet"); }
    int open(const QString &, qlonglong, const QString &)
    {
        ++asked;
        return refuses ? -1 : 1;
    }
    int entryType(int, const QString &, const QString &key, const QString &)
    {
        return entries.contains(key) ? 2 : 0;
    }
    QByteArray readEntry(int, const QString &, const QString &key, const QString &) { return entries.value(key); }
    int writeEntry(int, const QString &, const QString &key, const QByteArray &value, const QString &)
    {
        if (lie == Lie::StoresNothing || (lie == Lie::KeepsTheOldValue && entries.contains(key)))
            return 0;
        entries.insert(key, lie == Lie::Truncates ? value.chopped(1) : value);
        return 0;
    }
    int removeEntry(int, const QString &, const QString &key, const QString &)
    {
        if (lie != Lie::RemovesNothing)
            entries.remove(key);
        return 0;
    }

private:
    QThread m_thread;
    QDBusConnection m_bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("wallet"));
};
