#pragma once

#include <QPushButton>

class QAction;

/// A button that is one of several faces of an action: text, name for screen readers, tool tip, enabled and checked
/// follow it.
class ActionButton final : public QPushButton {
    Q_OBJECT

public:
    ActionButton(QAction &action, const QString &objectName, QWidget *parent = nullptr);

private:
    void follow();

    QAction &m_action;
};
