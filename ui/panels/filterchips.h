#pragma once

#include "app/types/conversation.h"

#include <QWidget>

class QButtonGroup;

/// A row of buttons of which one is down: which states are listed. Arrow keys move between them.
class FilterChips final : public QWidget {
    Q_OBJECT

public:
    explicit FilterChips(QWidget *parent = nullptr);

    StateFilter chosen() const;
    void choose(StateFilter filter); ///< says nothing to anybody
    void offerJustStopped(bool offered); ///< at the end of the row, where it moves none; stays while it is chosen

Q_SIGNALS:
    void filterChosen(StateFilter filter);

private:
    void add(StateFilter filter, const QString &text, const QString &hint, const QString &name);

    QButtonGroup *m_group;
};
