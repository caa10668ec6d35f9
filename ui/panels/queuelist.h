#pragma once

#include <QListView>

/// The messages that wait, first to start on top: the text, and at the right how long it has waited. Lines cannot be
/// chosen; Tab comes here so that they can be read.
class QueueList final : public QListView {
    Q_OBJECT

public:
    explicit QueueList(QWidget *parent = nullptr);

    QSize sizeHint() const override; ///< as high as its lines
};
