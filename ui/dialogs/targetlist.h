#pragma once

#include <QTableView>

class TargetModel;

/// Several targets of one question, to be looked through and unticked: with the mouse, or with Space in the row that
/// has the focus.
class TargetList final : public QTableView {
    Q_OBJECT

public:
    explicit TargetList(TargetModel &model, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    QSize sizeFor(int rows) const;
    void showCurrent(bool shown);

    const bool m_isOfOneAgent; ///< which the question names already
};
