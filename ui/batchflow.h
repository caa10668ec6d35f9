#pragma once

#include "app/journal/batchexport.h"
#include "app/session/retry.h"
#include "app/session/session.h"
#include "ui/notifications.h"
#include "ui/panels/stopspanel.h"

#include <functional>
#include <memory>

class StopFlow;

/// What a person does about the decision that the Stops panel shows: end its sending, try again what did not work,
/// take it away as text or file. Keeps the panel told of how the sending goes, and the desktop of a decision that has
/// come to its end while nobody looked.
class BatchFlow final : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Session &session;
        StopFlow &questions;
        Clock &clock;
        BatchExport::ConnectionOf connectionOf;
    };

    BatchFlow(const Parts &parts, StopsPanel *panel);

private:
    void connectPanel();
    void tellOfEnd(const BatchId &batch);
    void raiseWindow();
    void showSending();
    void estimate();
    void retry();
    void showRead(int read, int total);
    void askAgain(const Retry::Found &found);
    void copy(BatchChoice::Copy what);
    void askForFile(ExportFormat format);
    void save(const QString &file, ExportFormat format);
    void showSaved(const ExportEnd &end);
    QString ticket(const QList<StopReport> &reports) const;

    Parts m_parts;
    Decisions &m_decisions;
    StopsPanel *m_panel;
    Retry m_retry;
    Notifications m_notifications;
    std::unique_ptr<BatchExport> m_export;
    QTimer m_second;    ///< while something is to be sent: what is left of the time changes by itself
    Duration m_rest{0}; ///< until all of it has left
};
