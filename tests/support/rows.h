#pragma once

#include <QAbstractItemModel>
#include <QStringList>

/// A model as text: one line a row, its display cells joined by " | ", so that a failed comparison shows the
/// table. Rows below `parent` only; what stands under them is read with another call.
QStringList rows(const QAbstractItemModel &model, const QModelIndex &parent = {});
