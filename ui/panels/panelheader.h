#pragma once

#include <QWidget>

class ElidedLabel;
class QFrame;
class QHBoxLayout;
class QLabel;

/// The line above a panel: its name in bold, and beside it, quietly, what is to be known about its data. The panel
/// may put a control of its own at the right end. Never wider than the panel: the note gives way, then the name.
class PanelHeader final : public QWidget {
    Q_OBJECT

public:
    explicit PanelHeader(const QString &title, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    void setNote(const QString &note, const QString &toolTip = {});
    void setNoteIsError(bool isError);
    QString note() const;
    void addAtEnd(QWidget *widget);

private:
    QHBoxLayout *m_line;
    ElidedLabel *m_title;
    QLabel *m_note;
};

/// A line between two areas, one above the other.
QFrame *makeHairline(QWidget *parent);
