#pragma once

#include "app/demo/demogateway.h"
#include "app/journal/journal.h"
#include "app/credentials/connectionbook.h"
#include "app/session/desktoplock.h"
#include "tests/support/console.h"
#include "tests/support/memorysecretstore.h"
#include "tests/ui/workplaceof.h"
#include "ui/lowertabs.h"
#include "ui/mainwindow.h"
#include "ui/panels/conversationtable.h"
#include "ui/panels/detailspanel.h"

#include <QNetworkAccessManager>
#include <QPushButton>
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
        console = std::make_unique<Console>(
            Console::Parts{store, secrets, *journal, clock, [] { return std::make_unique<QNetworkAccessManager>(); },
                           {}, &lock});
        window = std::make_unique<MainWindow>(
            MainWindow::Parts{workplaceOf(*console, book), folder.filePath(QStringLiteral("window.ini")),
                              folder.filePath(QStringLiteral("stopdesk.ini"))});
    }

    QTemporaryDir folder;
    QString file = folder.filePath(QStringLiteral("journal.sqlite"));
    DemoGateway gateway{{0, 6000, 60000, 4.0, false}};
    SystemClock clock;
    DesktopLock lock{clock}; ///< sleeps until it is started
    MemorySecretStore store;
    SessionSecrets secrets;
    std::unique_ptr<Journal> journal;
    ConnectionList list{folder.filePath(QStringLiteral("stopdesk.ini"))};
    ConnectionBook book{list, store, secrets};
    std::unique_ptr<Console> console;
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
        secrets.keep(made, Secret::fromStored(gateway.key().toLatin1()));
        console->open(made);
    }

    template <class W> W &find(const QString &name) { return *window->findChild<W *>(name); }
    ConversationTable &conversations() { return find<ConversationTable>(QStringLiteral("conversations")); }
    LowerTabs &tabs() { return find<LowerTabs>(QStringLiteral("lowerTabs")); }
    DetailsPanel &details() { return *window->findChild<DetailsPanel *>(); }
    QPushButton &stopButton() { return *details().findChild<QPushButton *>(QStringLiteral("stopConversation")); }
    /// The conversation's row as it is shown; invalid while it is not.
    QModelIndex rowOf(const QString &title)
    {
        const QAbstractItemModel &model = *conversations().model();
        for (int row = 0; row < model.rowCount(); ++row) {
            const QModelIndex index = model.index(row, ConversationListModel::Title);
            if (index.data().toString() == title)
                return index;
        }
        return {};
    }
};
