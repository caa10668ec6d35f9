#pragma once

#include "ui/parts/fieldmarks.h"
#include "ui/parts/noticebar.h"
#include "ui/parts/problemsummary.h"

#include <QDialog>

#include <functional>

class QHBoxLayout;
class QScrollArea;
class QVBoxLayout;

/// The life of a form: load, check, send, mark, close. Shown beside the window with show(), so that Problems can lead
/// into it. Local checks and the service's answers are marked in one way: where several fields are wrong, a summary
/// below them gets the focus, where one is, the field. What is mended leaves its room until the next check, so that no
/// field moves under who types. Enter answers with the button that has the focus, elsewhere with the default one.
/// `problemFound` tells of what no read of the service has told.
class EditDialog : public QDialog {
    Q_OBJECT

public:
    EditDialog(Subject subject, QWidget *parent);

    bool focusField(Field field); ///< brings the dialog to the front and leads into the field; false: it takes no focus now
    void showMarks(const FieldMarks::Marks &marks); ///< what Problems says is wrong now
    const NoticeBar &notice() const { return *m_notice; }

Q_SIGNALS:
    void problemFound(const Failure &failure, Subject subject);
    void corrected(Field field);
    void sendingStarted(Subject subject); ///< what was wrong before is checked anew

protected:
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;
    virtual QList<FieldError> problems() const = 0; ///< checks made before sending
    virtual void send() = 0; ///< nothing is wrong with the form
    virtual void unfold(Field) { } ///< makes a folded away field visible

    void submit(); ///< marks what is wrong, or sends
    bool check(const QList<FieldError> &wrong); ///< false after marking what is wrong
    void showFailure(const Failure &failure, Subject subject); ///< at its fields, the rest as a notice
    void clearMarks();
    void tell(NoticeBar::Severity severity, const QString &text);
    void hush(); ///< nothing to say any more
    /// Asks inside the page; `then` happens when the action is chosen.
    void offer(NoticeBar::Severity severity, const QString &text, const QString &action, std::function<void()> then);

    FieldMarks &marks() { return m_marks; }
    QVBoxLayout &body() { return *m_body; }
    QHBoxLayout &footer() { return *m_footer; }

private:
    void layOut();
    void layOutMiddle();
    void orderTabs();
    void fit();
    ProblemSummary::Lines marked() const;
    void followMarks();

    Subject m_subject;
    FieldMarks m_marks;
    QScrollArea *m_middle; ///< scrolls where the screen is too small; notice and buttons stay
    ProblemSummary *m_summary;
    NoticeBar *m_notice;
    QVBoxLayout *m_told; ///< around the notice
    QVBoxLayout *m_body;
    QHBoxLayout *m_footer;
    std::function<void()> m_then;
};
