#pragma once

#include "app/types/runstate.h"

#include <QListWidget>

/// The waiting messages of one read, frozen: who, what, and how long each has waited. Keeps one height whatever it
/// holds, and scrolls. Texts are shown as plain text of bounded length.
class WaitingMessages final : public QListWidget {
    Q_OBJECT

public:
    explicit WaitingMessages(QWidget *parent = nullptr);

    void show(const RunState &state, const QDateTime &now);
    void tick(const QDateTime &now);
    void showNothing(const QString &why); ///< "Reading…", "No messages wait."

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void name(QListWidgetItem *item, const QDateTime &now);

    QString m_why;
};
