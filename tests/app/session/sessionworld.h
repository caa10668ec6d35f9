#pragma once

#include "app/gateway/networkwatch.h"
#include "tests/support/console.h"
#include "tests/support/memorysecretstore.h"
#include "tests/support/world.h"

/// A whole session in front of the played service, with the limits of a connection as a person has it by default.
class SessionWorld {
public:
    SessionWorld()
    {
        connection.id = {QStringLiteral("acme")};
        connection.name = QStringLiteral("Acme");
        connection.address = QUrl(QStringLiteral("https://acme.test"));
        store.keep(connection, Secret::fromStored("key"));
        journal = std::make_unique<Journal>(folder.filePath(QStringLiteral("journal.sqlite")), QStringLiteral("noa"));
    }

    void open()
    {
        console = std::make_unique<Console>(
            Console::Parts{store, secrets, *journal, clock, {network.factory(), &watch},
                           folder.filePath(QStringLiteral("sends"))});
        console->open(connection);
        pass(std::chrono::seconds(3));
    }
    /// The program ends and starts again, with what is on disk.
    void restart()
    {
        console.reset();
        journal.reset();
        clock.restart();
        journal = std::make_unique<Journal>(folder.filePath(QStringLiteral("journal.sqlite")), QStringLiteral("noa"));
        open();
    }
    void pass(Duration time) { passTime(time, clock, network); }

    /// The newest report of each conversation.
    StopReport report(const QByteArray &id)
    {
        StopReport newest;
        for (const StopRow &row : console->models.stops.rows()) {
            if (row.report.target.conversation.value == QString::fromLatin1(id) && row.report.id > newest.id)
                newest = row.report;
        }
        return newest;
    }
    QList<StopTarget> listed(const QByteArrayList &ids)
    {
        QList<StopTarget> targets;
        for (const QByteArray &id : ids) {
            if (const auto target = console->link().locator().targetOf({QString::fromLatin1(id)}))
                targets.append(*target);
        }
        return targets;
    }

    QTemporaryDir folder;
    FakeClock clock;
    FakeNetwork network;
    PlayedService service{clock, network};
    NetworkWatch watch{clock}; ///< sleeps until it is started
    MemorySecretStore store;
    SessionSecrets secrets;
    Connection connection;
    std::unique_ptr<Journal> journal;
    std::unique_ptr<Console> console;
};
