#pragma once

#include "app/journal/exportfile.h"
#include "app/types/clock.h"

#include <QObject>

#include <functional>

/// Writes stops into a file as they stood when it was started, with the columns of the journal's export, slice by
/// slice, so that everything else goes on. One `ended`, never before `start` has returned; deleted before it, it leaves
/// nothing behind. Needs no journal that works.
class BatchExport final : public QObject {
    Q_OBJECT

public:
    using ConnectionOf = std::function<Connection(const StopReport &report)>;

    BatchExport(Clock &clock, const QString &file, ExportFormat format, QObject *parent = nullptr);

    void start(const QList<StopReport> &reports, const ConnectionOf &connectionOf);

    static constexpr int inSlice = 100;

Q_SIGNALS:
    void ended(const ExportEnd &end);

private:
    void writeSlice();

    Clock &m_clock;
    ExportFile m_file;
    QList<StopReport> m_reports;
    ConnectionOf m_connectionOf;
};
