#pragma once

#include "app/models/mergeplan.h"

#include <QAbstractTableModel>

/// Some rows of another model, in an order of their own. Told which numbers to show, it says exactly what came, went
/// and moved, never a reset, so that selection and scroll survive. Which rows and when is the business of who
/// inherits.
class ShownRows : public QAbstractTableModel {
    Q_OBJECT

public:
    explicit ShownRows(QAbstractItemModel &source, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    bool isMoving() const { return m_moving; } ///< rows come, go or move right now: nothing else may make them

protected:
    const QList<int> &shown() const { return m_shown; } ///< numbers in the other model, as they stand here
    int placeOf(int row) const;                         ///< -1 when it is not shown
    void show(const QList<int> &rows);
    void renumber(const QList<int> &shown);             ///< the same rows have other numbers
    void sayChanged(int first, int last, int firstColumn, int lastColumn, const QList<int> &roles);

private:
    void insertAt(const QList<int> &places, const QList<int> &wanted);
    void insertRun(int first, const QList<int> &rows);
    void reorder(const QList<int> &order);

    QAbstractItemModel &m_source;
    QList<int> m_shown;
    mutable QList<int> m_places; ///< by number; built when needed
    mutable bool m_placesOld = true;
    bool m_moving = false;
};
