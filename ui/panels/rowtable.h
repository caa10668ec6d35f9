#pragma once

#include <QPersistentModelIndex>
#include <QTableView>

class QLabel;

/// A table of whole rows, of which one is chosen at most, or several where its selection mode says so. It has a current row whenever it has rows (screen readers
/// crash Qt 6.4 otherwise) but never chooses one by itself; a refresh leaves as many of the rows in view as it can at
/// their place on the screen; Tab leaves it; Enter only says so. Tables of the window differ in what they make of `rowChosen` and `entered`.
class RowTable : public QTableView {
    Q_OBJECT

public:
    RowTable(const QString &name, const QString &objectName, QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    QModelIndex chosenRow() const; ///< column 0 of the only chosen row; invalid without one and with several
    /// Of any column; invalid: none. A row that its model does not let be chosen changes nothing.
    void chooseRow(const QModelIndex &index);
    void showFirst(); ///< the first row becomes the current one and is scrolled to; nothing is chosen
    void setIdRole(int role) { m_idRole = role; } ///< Ctrl+C is about the text that column 0 has for it
    void copyIds(); ///< of the chosen rows in the order shown; with none chosen, of the current one
    void showMessage(const QString &html); ///< in the middle of the empty table; empty text hides it
    QString message() const;

Q_SIGNALS:
    void rowChosen(); ///< another row, or none
    void entered(const QModelIndex &row); ///< Enter was pressed on the row
    void idsCopied(const QStringList &ids); ///< none where no row has one: the clipboard is as before
    void linkActivated(const QString &link); ///< of the message

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;

private:
    void keepCurrent();
    QModelIndex firstCell() const;
    void moveCurrent(const QModelIndex &index);
    void rememberScroll();
    void restoreScroll();
    void forgetScroll();

    QLabel *m_message;
    QString m_text; ///< of the message
    int m_idRole = -1; ///< -1: Ctrl+C copies the current cell, as in any view
    QList<QPersistentModelIndex> m_seen; ///< the rows in view when rows began to move, from the top
    QPoint m_current; ///< column and row, when the layout began to change
    bool m_restoring = false;
};
