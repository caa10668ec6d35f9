#pragma once

#include <QTabWidget>

class JournalPages;
class JournalPanel;
class ProblemListModel;
class ProblemsPanel;
class StopListModel;
class StopsPanel;
class QAbstractItemModel;

/// The lower part of the window: Problems and Stops, each tab with its count, and the journal.
class LowerTabs final : public QTabWidget {
    Q_OBJECT

public:
    LowerTabs(ProblemListModel &problems, StopListModel &stops, JournalPages &journal, QWidget *parent = nullptr);

    ProblemsPanel *problems() const { return m_problems; }
    StopsPanel *stops() const { return m_stops; }
    JournalPanel *journal() const { return m_journal; }
    void raiseProblems();
    void raiseStops();

private:
    void follow(const QAbstractItemModel &model, QWidget *page, const QString &name);

    ProblemsPanel *m_problems;
    StopsPanel *m_stops;
    JournalPanel *m_journal;
};
