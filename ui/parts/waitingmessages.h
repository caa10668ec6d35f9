#pragma once

#include <QListView>

class QueueModel;

/// The messages that wait, first to start on top: the text, who wrote it, and at the right how long it has waited.
/// Empty, it says why. Texts are plain and of bounded length; more rows than are visible scroll.
class WaitingMessages final : public QListView {
    Q_OBJECT

public:
    enum class Height { Fixed, AsItsRows };
    enum class Lines { One, Two }; ///< beside the text, or under it where there is little room: the person

    WaitingMessages(QueueModel &queue, Height height, Lines lines, QWidget *parent = nullptr);

    void showNothing(const QString &why) { m_why = why; } ///< what it says while it is empty
    QString nothing() const { return m_why; }

    void letChoose(); ///< one of them at a time; nothing is chosen by itself
    QModelIndex chosen() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void choiceChanged();
    void removalWanted(); ///< Delete was pressed on the chosen one

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    void paintEvent(QPaintEvent *event) override;

private:
    int rowHeight() const;

    Height m_height;
    Lines m_lines;
    QString m_why;
};
