#pragma once

#include "app/credentials/connectionbook.h"
#include "app/gateway/networkwatch.h"
#include "app/journal/journal.h"
#include "app/session/desktoplock.h"
#include "tests/support/console.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenetwork.h"
#include "tests/support/memorysecretstore.h"

#include <QTemporaryDir>
#include <QtTest>

const QByteArray running = "GET /v1/tasks?page=1&per_page=50&status=executing";

/// A row of a conversation list, of agent a1.
inline QByteArray row(const QByteArray &id, const QByteArray &status = "executing")
{
    return R"({"id":")" + id + R"(","agent_id":"a1","status":")" + status + R"(","title":"T )" + id + "\"}";
}

inline FakeAnswer page(const QByteArrayList &rows, int number = 1, int pages = 1, int total = 0)
{
    return FakeAnswer::with(200,
                            R"({"items":[)" + rows.join(',') + R"(],"page":)" + QByteArray::number(number)
                                + R"(,"total_pages":)" + QByteArray::number(pages) + R"(,"total":)"
                                + QByteArray::number(total) + '}');
}

inline Connection connectionTo(const QString &id)
{
    Connection connection;
    connection.id = {id};
    connection.name = id;
    connection.address = QUrl(QStringLiteral("https://%1.test").arg(id));
    return connection;
}

/// A session with everything around it in a test's hands: keys for "acme" and "beta", one agent, and the running
/// conversations c1 and c2.
class SessionInHand {
public:
    /// `journalFile`: of a run before; without one a fresh journal.
    explicit SessionInHand(const QString &journalFile = {})
        : journal(journalFile.isEmpty() ? folder.filePath(QStringLiteral("journal.sqlite")) : journalFile,
                  QStringLiteral("noa"))
    {
        for (const char *id : {"acme", "beta"})
            store.keep(connectionTo(QString::fromLatin1(id)), Secret::fromStored(QByteArray("key-of-") + id));
        network.always("GET /v1/tasks?", page({}));
        network.always("GET /v1/tasks/", FakeAnswer::with(200, R"({"id":"c0","agent_id":"a1"})"));
        network.always("GET /v1/agents?", page({R"({"id":"a1","name":"Billing","status":"ACTIVE"})"}));
        network.always(running, page({row("c1"), row("c2")}));
    }

    void pass(Duration time = std::chrono::milliseconds(300))
    {
        for (Duration gone{0}; gone < time; gone += std::chrono::milliseconds(100)) {
            clock.advance(std::chrono::milliseconds(100));
            for (int i = 0; i < 5; ++i)
                QTest::qWait(0);
        }
    }

    void open(const QString &id)
    {
        console.open(connectionTo(id));
        pass(std::chrono::seconds(1));
    }

    QStringList conversations()
    {
        QStringList ids;
        for (const ConversationRow &each : console.link().conversations().rows())
            ids.append(each.conversation.id.value);
        return ids;
    }

    QTemporaryDir folder;
    FakeClock clock;
    FakeNetwork network;
    NetworkWatch watch{clock}; ///< sleeps until it is started
    DesktopLock lock{clock};   ///< the same
    MemorySecretStore store;
    SessionSecrets secrets;
    ConnectionList list{folder.filePath(QStringLiteral("stopdesk.ini"))};
    ConnectionBook book{list, store, secrets};
    Journal journal;
    Console console{Console::Parts{store, secrets, journal, clock, {network.factory(), &watch}, {}, &lock}};
};
