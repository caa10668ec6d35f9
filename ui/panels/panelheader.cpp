#include "ui/panels/panelheader.h"

#include "ui/parts/elidedlabel.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>

using namespace Qt::StringLiterals;

PanelHeader::PanelHeader(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_line(new QHBoxLayout(this))
    , m_title(new ElidedLabel(this))
    , m_note(new QLabel(this))
{
    m_line->setContentsMargins(12, 0, 12, 0);
    m_line->setSpacing(8);
    setMinimumHeight(36);
    m_note->setTextFormat(Qt::PlainText);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_note->setObjectName(u"note"_s);
    m_note->setProperty("muted", true);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_line->addWidget(m_title);
    m_line->addWidget(m_note, 1);
    setTitle(title);
}

void PanelHeader::setTitle(const QString &title)
{
    m_title->show(title);
}

void PanelHeader::setNote(const QString &note, const QString &toolTip)
{
    m_note->setText(note);
    m_note->setToolTip(toolTip);
}

void PanelHeader::setNoteIsError(bool isError)
{
    if (m_note->property("error").toBool() == isError)
        return;
    m_note->setProperty("error", isError);
    m_note->setProperty("muted", !isError);
    m_note->style()->unpolish(m_note);
    m_note->style()->polish(m_note);
}

QString PanelHeader::note() const
{
    return m_note->text();
}

void PanelHeader::addAtEnd(QWidget *widget)
{
    m_line->addWidget(widget);
}

QFrame *makeHairline(QWidget *parent)
{
    auto *line = new QFrame(parent);
    line->setProperty("hairline", true);
    line->setFixedHeight(1);
    return line;
}
