#pragma once

#include "app/models/journalpages.h"

#include <QTimer>
#include <QWidget>

class JournalFilterBar;
class RowTable;
class QLabel;
class QPushButton;

/// Everything ever stopped, as the journal has it: to be looked through, copied and exported. Enter or a double click
/// on a row shows its conversation.
class JournalPanel final : public QWidget {
    Q_OBJECT

public:
    explicit JournalPanel(JournalPages &pages, QWidget *parent = nullptr);
    RowTable *table() const { return m_table; }

Q_SIGNALS:
    void copyWanted(const QString &text, const QString &said); ///< `said`: once it is copied
    void conversationWanted(const ConversationId &id);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeButtons();
    QWidget *makeProgress();
    void layOut();
    void layOutColumns();
    void connectPages();
    void connectTable();
    void follow();
    void beginBusy();
    void showProgress();
    void endProgress();
    void actOnProgress();
    void showEnd(const ExportEnd &end);
    void updateTexts();
    QString emptyText() const;
    void askForFile(ExportFormat format);
    std::optional<JournalEntry> chosenEntry() const;

    JournalPages &m_pages;
    JournalFilterBar *m_filter;
    RowTable *m_table;
    QPushButton *m_ticket;
    QPushButton *m_curl;
    QPushButton *m_export;
    QWidget *m_progressLine;
    QLabel *m_progress;
    QPushButton *m_cancel;
    QTimer m_beat; ///< while something is under way: first after a moment, then each second
    QTimer m_linger; ///< of what came to its end
};
