#include "tests/support/rows.h"

using namespace Qt::StringLiterals;

QStringList rows(const QAbstractItemModel &model, const QModelIndex &parent)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(parent); ++column) {
            cells << model.index(row, column, parent).data(Qt::DisplayRole).toString();
        }
        lines << cells.join(u" | "_s);
    }
    return lines;
}
