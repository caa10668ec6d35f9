#pragma once

#include "app/demo/demogateway.h"
#include "app/journal/journal.h"
#include "app/session/connectionbook.h"
#include "app/session/session.h"
#include "tests/support/memorysecretstore.h"
#include "ui/mainwindow.h"

#include <QNetworkAccessManager>
#include <QTemporaryDir>

#include <functional>

/// What a file that is no journal of ours looks like: it is met at the start, and not touched.
using Preparation = std::function<void(const QString &journalFile)>;

/// Everything behind one window, on the demo's real HTTP.
struct DemoDesk {
    explicit DemoDesk(const Preparation &prepare = {})
    {
        if (prepare)
            prepare(file);
        journal = std::make_unique<Journal>(file, QStringLiteral("tester"));
        session = std::make_unique<Session>(
            Session::Parts{store, secrets, *journal, clock, [] { return std::make_unique<QNetworkAccessManager>(); }});
        window = std::make_unique<MainWindow>(
            MainWindow::Parts{*session, book, clock, folder.filePath(QStringLiteral("stopdesk.ini"))});
    }

    QTemporaryDir folder;
    QString file = folder.filePath(QStringLiteral("journal.sqlite"));
    DemoGateway gateway{{0, 6000, 60000, 4.0, false}};
    SystemClock clock;
    MemorySecretStore store;
    SessionSecrets secrets;
    std::unique_ptr<Journal> journal;
    ConnectionList list{folder.filePath(QStringLiteral("stopdesk.ini"))};
    ConnectionBook book{list, store, secrets};
    std::unique_ptr<Session> session;
    std::unique_ptr<MainWindow> window;

    Connection connection()
    {
        Connection made;
        made.id = {QStringLiteral("k1")};
        made.name = QStringLiteral("Acme cloud");
        made.address = gateway.start();
        made.requestsPerMinute = 6000;
        made.requestsPerHour = 60000;
        return made;
    }
    void openWithKey(bool isDemo = false)
    {
        Connection made = connection();
        made.isDemo = isDemo;
        secrets.keep(made.id, Secret::fromStored(gateway.key().toLatin1()));
        session->open(made);
    }
};
