#pragma once

#include "app/models/conversationlistmodel.h"

#include <QPointer>

/// A conversation among those that are chosen together.
struct ChosenRow {
    ConversationId id;

    ConversationId key() const { return id; }
    bool operator==(const ChosenRow &) const = default;
};

/// The conversations that are chosen together, to be looked through: title, and how long it runs or else its state.
/// Holds only ids; the words are those of the list, asked for when they are shown.
class ChosenListModel final : public RowModel<ChosenRow> {
    Q_OBJECT

public:
    enum Column { Title, State, ColumnCount };

    explicit ChosenListModel(QObject *parent = nullptr);

    /// These of that list, in this order; the words of those that were there before may be others now.
    void show(const ConversationListModel &conversations, const QList<ConversationId> &ids);

protected:
    int columns() const override { return ColumnCount; }
    QVariant cell(const ChosenRow &row, int column, int role) const override;
    QString columnTitle(int column) const override;

private:
    QVariant of(const ChosenRow &row, int column, int role) const;

    QPointer<const ConversationListModel> m_conversations;
    QList<ConversationId> m_ids;
};
