#pragma once

#include "app/credentials/connectionbook.h"
#include "app/journal/journal.h"
#include "app/session/desktoplock.h"
#include "tests/support/console.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenetwork.h"
#include "tests/support/fixture.h"
#include "tests/support/memorysecretstore.h"
#include "ui/connectionflow.h"
#include "ui/dialogs/connectiondialog.h"
#include "ui/dialogs/stopbyiddialog.h"
#include "ui/stopflow.h"

#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

/// A real session over a fake network, with a key in memory, opened on a production connection.
struct Desk {
    /// A journal whose file is a folder ("." is one) does not work.
    explicit Desk(const QString &journalName = QStringLiteral("journal.sqlite"), const ProxyFinder &finder = {})
        : proxies(finder), journal(folder.filePath(journalName), QStringLiteral("tester"))
    {
        // What is due now happens without a test turning the clock.
        QObject::connect(&pump, &QTimer::timeout, &pump, [this] { clock.advance(Duration(0)); });
        pump.start(1);
        network.always("GET ", FakeAnswer::with(200, fixture(QStringLiteral("tasks-empty"))));
        connection.id = {QStringLiteral("k1")};
        connection.name = QStringLiteral("Acme cloud");
        connection.address = QUrl(QStringLiteral("https://api.example"));
        secrets.keep(connection, Secret::fromStored("canary-key"));
        console.open(connection);
        target.connection = connection.id;
        target.agent = {QStringLiteral("a1")};
        target.conversation = {QStringLiteral("02843b37-4d77-48a0-8da7-2c76afe54401")};
        target.title = QStringLiteral("Weekly outreach to 4,000 contacts");
        target.agentName = QStringLiteral("Sales outreach");
        target.person.email = QStringLiteral("noa@acme.example");
    }

    /// Lets time pass, and the answers that fall due arrive.
    void pass(Duration time)
    {
        clock.advance(time);
        settle();
    }

    /// What is due now, and what that leads to, happens.
    void settle()
    {
        for (int round = 0; round < 5; ++round) {
            clock.advance(Duration(0));
            QTest::qWait(0);
        }
    }

    QuestionContext question()
    {
        return questionContext(console.link(), console.stops, lock, console.ticker, clock);
    }
    ConnectionContext connectionForm() { return connectionContext(console.tester, console.connector, clock); }
    StopByIdDialog::Locate locate()
    {
        return [this](const ConversationId &conversation, const AgentId &agent, QObject *asker, Answer<Located> answer) {
            console.link().locator().locate(conversation, agent, asker, std::move(answer));
        };
    }

    ProxyFinder proxies;
    QTemporaryDir folder;
    FakeClock clock;
    DesktopLock lock{clock}; ///< sleeps until it is started
    FakeNetwork network;
    MemorySecretStore store;
    SessionSecrets secrets;
    Journal journal;
    ConnectionList list{folder.filePath(QStringLiteral("stopdesk.ini"))};
    ConnectionBook book{list, store, secrets};
    Connection connection;
    StopTarget target;
    QTimer pump;
    Console console{{store, secrets, journal, clock, {network.factory(), nullptr, proxies}, {}, &lock}};
};
