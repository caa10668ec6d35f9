#pragma once

#include "app/journal/batchexport.h"
#include "app/session/retry.h"
#include "ui/notifications.h"
#include "ui/panels/stopspanel.h"
#include "ui/workplace.h"

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
        Workplace place;
        StopFlow &questions;
        BatchExport::ConnectionOf connectionOf;
    };

    BatchFlow(const Parts &parts, StopsPanel *panel);

private:
    void connectPanel();
    void tellOfEnd(const BatchId &batch);
    void raiseWindow();
    void showSending();
    void tick();
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
    StopService &m_stops;
    StopsPanel *m_panel;
    Retry m_retry;
    Notifications m_notifications;
    std::unique_ptr<BatchExport> m_export;
    Duration m_rest{0}; ///< until all of it has left
};
