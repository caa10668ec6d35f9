#include "ui/panels/actionbutton.h"

#include <QAction>

using namespace Qt::StringLiterals;

ActionButton::ActionButton(QAction &action, const QString &objectName, QWidget *parent)
    : QPushButton(parent)
    , m_action(action)
{
    setObjectName(objectName);
    setAutoDefault(false);
    connect(&action, &QAction::changed, this, &ActionButton::follow);
    connect(this, &QPushButton::clicked, &action, &QAction::trigger);
    follow();
}

void ActionButton::follow()
{
    setText(m_action.text());
    setAccessibleName(m_action.text());
    const QString keys = m_action.shortcut().toString(QKeySequence::NativeText);
    setToolTip(keys.isEmpty() ? m_action.toolTip() : u"%1 (%2)"_s.arg(m_action.toolTip(), keys));
    setEnabled(m_action.isEnabled());
    setCheckable(m_action.isCheckable());
    setChecked(m_action.isChecked());
}
