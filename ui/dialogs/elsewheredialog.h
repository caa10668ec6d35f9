#pragma once

#include "app/types/runninginstance.h"

#include <QDialog>

/// Says that Stopdesk runs already, where it is not seen from here, and offers to bring it to the front there. A window
/// of its own, which goes when it is closed.
class ElsewhereDialog final : public QDialog {
    Q_OBJECT

public:
    explicit ElsewhereDialog(const RunningInstance &other, QWidget *parent = nullptr);

Q_SIGNALS:
    void showWanted(); ///< it stays open: whoever brings the other one up closes it
};
