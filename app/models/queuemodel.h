#pragma once

#include "app/models/rowmodel.h"
#include "app/types/runstate.h"

/// A waiting message; rows without an id of their own are told apart by their place.
struct QueueRow {
    QueuedMessage message;
    int place = 0;

    QString key() const;
    bool operator==(const QueueRow &) const = default;
};

/// The messages that wait behind the running turn, first to start on top: text, person, and how long each
/// has waited. Texts can be hidden: then no role of a row tells one.
class QueueModel final : public RowModel<QueueRow> {
    Q_OBJECT

public:
    enum Column { Text, ColumnCount }; ///< one: a list view tells a screen reader of every column as of an item
    enum Role { PersonRole = Qt::UserRole + 1, WaitingRole };

    explicit QueueModel(QObject *parent = nullptr);

    void show(const QList<QueuedMessage> &queue, const QDateTime &now);
    void clear();
    void tick(const QDateTime &now);
    void hideTexts(bool hidden);
    static QString hiddenText(); ///< stands where a text is hidden

protected:
    int columns() const override { return ColumnCount; }
    QVariant cell(const QueueRow &row, int column, int role) const override;
    QString columnTitle(int column) const override;

private:
    QString text(const QueueRow &row, int most) const;
    QString waiting(const QueueRow &row, const QDateTime &now) const;
    QString sentence(const QueueRow &row) const;
    QString toolTip(const QueueRow &row) const;

    QDateTime m_now;
    bool m_isHidden = false;
};
