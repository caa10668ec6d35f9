#pragma once

#include "app/models/rowmodel.h"
#include "app/types/journalentry.h"

struct JournalRow {
    JournalEntry entry;

    qint64 key() const { return entry.report.intent; }
    bool operator==(const JournalRow &) const = default;
};

/// What was read of the journal, newest first, a page at a time: a view that comes to the end asks for more.
class JournalModel final : public RowModel<JournalRow> {
    Q_OBJECT

public:
    enum Column { Time, Outcome, What, Title, Agent, By, Connection, HowItIsKnown, ColumnCount };
    enum Role { IntentRole = Qt::UserRole + 1, StopStateRole, StartedAgainRole, ConversationIdRole };

    explicit JournalModel(QObject *parent = nullptr);

    void clear();
    /// Adds them below; one that is there already is changed where it stands.
    void append(const QList<JournalEntry> &entries);
    /// Changes the entry where it stands, or puts it on top.
    void show(const JournalEntry &entry);
    void setMoreToRead(bool more);

    bool canFetchMore(const QModelIndex &parent) const override { return !parent.isValid() && m_moreToRead; }
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void moreWanted();

protected:
    int columns() const override { return ColumnCount; }
    QVariant cell(const JournalRow &row, int column, int role) const override;
    QString columnTitle(int column) const override;

private:
    QString text(const JournalEntry &entry, int column) const;
    QString toolTip(const JournalEntry &entry, int column) const;
    QStringList outcomeTip(const JournalEntry &entry) const;

    bool m_moreToRead = true;
};
