#include "ui/batchflow.h"

#include "app/words/batchwords.h"
#include "app/words/words.h"
#include "ui/parts/clipboard.h"
#include "ui/parts/savefile.h"
#include "ui/stopflow.h"

#include <QDir>
#include <QGuiApplication>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

StopTally tallyOf(const QList<StopReport> &reports)
{
    StopTally tally;
    for (const StopReport &report : reports)
        tally.count(report, 1);
    return tally;
}

}

BatchFlow::BatchFlow(const Parts &parts, StopsPanel *panel)
    : QObject(panel)
    , m_parts(parts)
    , m_stops(parts.place.stops)
    , m_panel(panel)
    , m_retry(m_stops, parts.place.connector)
{
    connectPanel();
    connect(&m_stops, &StopService::sendingChanged, this, &BatchFlow::showSending);
    connect(&m_stops, &StopService::leftOut, this,
            [this](int count) { m_panel->say(words::leftOut(count).toHtmlEscaped()); });
    connect(&m_parts.place.models.stops, &StopListModel::batchEnded, this, &BatchFlow::tellOfEnd);
    connect(&m_notifications, &Notifications::chosen, this, &BatchFlow::raiseWindow);
    connect(&m_retry, &Retry::progressed, this, &BatchFlow::showRead);
    connect(&m_retry, &Retry::ended, this, &BatchFlow::askAgain);
    connect(&parts.place.ticker, &Ticker::ticked, this, &BatchFlow::tick);
}

void BatchFlow::connectPanel()
{
    connect(m_panel, &StopsPanel::sendingEndWanted, &m_stops, &StopService::stopSending);
    connect(m_panel, &StopsPanel::retryWanted, this, &BatchFlow::retry);
    connect(m_panel, &StopsPanel::copyWanted, this, &BatchFlow::copy);
    connect(m_panel, &StopsPanel::saveWanted, this, [this](BatchChoice::Save format) {
        askForFile(format == BatchChoice::Save::Csv ? ExportFormat::Csv : ExportFormat::Json);
    });
    connect(m_panel, &StopsPanel::linkActivated, this, [this] {
        m_retry.cancel();
        m_panel->say({});
    });
}

void BatchFlow::tellOfEnd(const BatchId &batch)
{
    const BatchCounts &ended = *m_parts.place.models.stops.batch(batch);
    if (QGuiApplication::applicationState() != Qt::ApplicationActive || m_parts.place.lock.isLocked())
        m_notifications.tell(words::batchEnd(words::batchSize(ended.size, ended.tally.isOfConversations()),
                                             ended.tally.summary()));
}

void BatchFlow::raiseWindow()
{
    QWidget *window = m_panel->window();
    window->setWindowState(window->windowState() & ~Qt::WindowMinimized);
    window->show();
    window->raise();
    window->activateWindow();
}

void BatchFlow::showSending()
{
    Sending sending = m_stops.sending();
    if (sending.left > 0 && m_rest == Duration(0))
        estimate();
    for (BatchSending &batch : sending.batches)
        batch.rest = batch.left > 0 ? m_rest : Duration(0);
    m_panel->showSending(sending);
}

/// What is left of the time changes by itself.
void BatchFlow::tick()
{
    if (m_rest == Duration(0))
        return;
    estimate();
    showSending();
}

/// Batches share the places there are: none ends before the last.
void BatchFlow::estimate()
{
    const Sending sending = m_stops.sending();
    const std::optional<SendForecast> forecast = m_parts.place.connector.link().usage().whenSent(sending.left, sending.readAlone);
    m_rest = forecast && sending.left > 0 ? std::max(forecast->total, Duration(1s)) : Duration(0);
    if (sending.pausedUntil.isValid())
        m_rest += Duration(m_parts.place.clock.now().msecsTo(sending.pausedUntil));
}

void BatchFlow::retry()
{
    if (m_retry.isReading())
        return;
    m_panel->say(tr("Reading…").toHtmlEscaped());
    m_retry.start(m_panel->ofBatch());
}

void BatchFlow::showRead(int read, int total)
{
    const QLocale locale = m_panel->locale();
    m_panel->say(u"%1 · <a href='#'>%2</a>"_s.arg(
        tr("Reading before the question: %1 of %2").arg(locale.toString(read), locale.toString(total)).toHtmlEscaped(),
        tr("Cancel").toHtmlEscaped()));
}

void BatchFlow::askAgain(const Retry::Found &found)
{
    QStringList said;
    if (found.noLongerRunning == 1)
        said.append(tr("1 does not run any more."));
    else if (found.noLongerRunning > 1)
        said.append(tr("%n do not run any more.", nullptr, found.noLongerRunning));
    if (found.notRead == 1)
        said.append(tr("The state of 1 could not be read."));
    else if (found.notRead > 1)
        said.append(tr("The states of %n could not be read.", nullptr, found.notRead));
    if (found.leftOut > 0)
        said.append(words::leftOut(found.leftOut));
    if (found.targets.isEmpty())
        said.append(tr("Nothing is left to be stopped."));
    m_panel->say(said.join(u' ').toHtmlEscaped());
    if (!found.targets.isEmpty())
        m_parts.questions.askForMany(found.targets, {});
}

void BatchFlow::copy(BatchChoice::Copy what)
{
    const QList<StopReport> reports = m_panel->ofBatch();
    const bool isTicket = what == BatchChoice::Copy::Ticket;
    copyText(isTicket ? ticket(reports) : words::batchText(reports));
    const QString size = words::batchSize(int(reports.size()), tallyOf(reports).isOfConversations());
    m_panel->say((isTicket ? tr("Ticket text of %1 copied.") : tr("%1 copied as text.")).arg(size).toHtmlEscaped());
}

QString BatchFlow::ticket(const QList<StopReport> &reports) const
{
    if (reports.isEmpty())
        return {};
    const StopTally tally = tallyOf(reports);
    const bool isOneConnection = std::ranges::all_of(reports, [&reports](const StopReport &report) {
        return report.target.connection == reports.first().target.connection;
    });
    return words::batchTicket({words::batchSize(int(reports.size()), tally.isOfConversations()), tally.summary(),
                               isOneConnection ? m_parts.connectionOf(reports.first()) : Connection(),
                               reports});
}

void BatchFlow::askForFile(ExportFormat format)
{
    const QString time = toWall(m_parts.place.clock.now()).toLocalTime().toString(u"yyyy-MM-dd-HHmm"_s);
    const SaveFile file{tr("Save the stops"), u"stopsFile"_s, u"stopdesk-stops-"_s + time, format == ExportFormat::Csv};
    file.ask(m_panel, [this, format](const QString &chosen) { save(chosen, format); });
}

void BatchFlow::save(const QString &file, ExportFormat format)
{
    const QList<StopReport> reports = m_panel->ofBatch();
    if (m_export || reports.isEmpty())
        return;
    m_panel->say(tr("Saving…").toHtmlEscaped());
    m_export = std::make_unique<BatchExport>(m_parts.place.clock, file, format);
    connect(m_export.get(), &BatchExport::ended, this, &BatchFlow::showSaved);
    m_export->start(reports, m_parts.connectionOf);
}

void BatchFlow::showSaved(const ExportEnd &end)
{
    m_export.release()->deleteLater();
    const QString saved = tr("%1 saved to %2", "how many, file")
                              .arg(m_panel->locale().toString(end.written), words::plain(QDir::toNativeSeparators(end.file), 1000));
    m_panel->say((end.trouble.isEmpty() ? saved : tr("Nothing was saved. %1").arg(end.trouble)).toHtmlEscaped());
}
