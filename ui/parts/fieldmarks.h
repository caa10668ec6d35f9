#pragma once

#include "app/types/problem.h"

#include <QObject>

class QLabel;
class QWidget;

/// How an error looks on a field, for eyes and for screen readers: property `invalid` on the control, "▲ words" in the
/// label under it, the same words as the control's accessible description. There is no other way to look wrong.
class FieldMarks final : public QObject {
    Q_OBJECT

public:
    using Marks = QList<QPair<Field, QString>>;

    explicit FieldMarks(QObject *parent = nullptr);

    /// In tab order: the first watched field that is wrong gets the focus. `inlineText` is shown only with a mark; give
    /// it a size policy that retains its size where nothing may move.
    void watch(Field field, QWidget *control, QLabel *inlineText);
    /// From now on a mark that goes leaves its room to nothing until all are cleared: nobody types into a form that jumps.
    void standStill() { m_standsStill = true; }
    /// These are all the marks there are: others go. Returns those that belong to no watched field.
    Marks show(const Marks &marks);
    void clear(Field field);
    void clear(); ///< their room too
    void correct(Field field); ///< as if a person had changed the control: its mark goes, and is told of
    bool isMarked(Field field) const;
    Marks marks() const; ///< those that are shown, in tab order
    void focusFirst(); ///< of those that are wrong; its words are spoken too
    bool focus(Field field); ///< false when no such field is watched, or it can take none now

Q_SIGNALS:
    void corrected(Field field); ///< a person changed a marked control; its mark is gone

private:
    struct Watched {
        Field field = Field::None;
        QWidget *control = nullptr;
        QLabel *inlineText = nullptr;
        QString description; ///< the control's own, given back with the mark's end
        QString words;
    };

    void mark(Watched &watched, const QString &words);
    void connectControl(Field field, QWidget *control);
    const Watched *find(Field field) const;

    QList<Watched> m_watched;
    bool m_standsStill = false;
};
