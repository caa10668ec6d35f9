#pragma once

#include <QObject>
#include <QPointer>

class QMessageBox;
class QWidget;
class StopService;

/// Stands between a window and its end while stops wait to be sent: asks, and where the person closes anyway, sees to
/// it first that each of them is *Not sent* in the journal.
class CloseQuestion final : public QObject {
    Q_OBJECT

public:
    CloseQuestion(StopService &stops, QWidget *window);

    /// Asks where it may not, and closes the window itself once it may. `endsService`: with the window the service goes,
    /// as a demo's does: nothing of it is checked at the next start.
    bool mayClose(bool endsService = false);

private:
    void ask(bool endsService);
    void showCount();
    void closeAnyway();
    void closeWhenDone();

    StopService &m_stops;
    QWidget *m_window;
    QPointer<QMessageBox> m_question;
    bool m_isEnding = false;
};
