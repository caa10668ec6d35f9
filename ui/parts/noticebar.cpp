#include "ui/parts/noticebar.h"

#include "ui/parts/alertrole.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace {

QString nameOf(NoticeBar::Severity severity)
{
    switch (severity) {
    case NoticeBar::Severity::Info: return u"info"_s;
    case NoticeBar::Severity::Success: return u"success"_s;
    case NoticeBar::Severity::Warning: return u"warning"_s;
    case NoticeBar::Severity::Error: return u"error"_s;
    }
    Q_UNREACHABLE();
}

QString shapeOf(NoticeBar::Severity severity)
{
    switch (severity) {
    case NoticeBar::Severity::Info: return u"◌"_s;
    case NoticeBar::Severity::Success: return u"✓"_s;
    case NoticeBar::Severity::Warning: return u"◆"_s;
    case NoticeBar::Severity::Error: return u"▲"_s;
    }
    Q_UNREACHABLE();
}

}

NoticeBar::NoticeBar(QWidget *parent)
    : QFrame(parent)
    , m_shape(new QLabel(this))
    , m_words(new QLabel(this))
    , m_action(new QPushButton(this))
    , m_close(new QToolButton(this))
    , m_grid(new QGridLayout(this))
{
    makeAlert(this);
    layOut();
    connect(m_action, &QPushButton::clicked, this, &NoticeBar::actionChosen);
    connect(m_close, &QToolButton::clicked, this, [this] {
        clear();
        Q_EMIT closed();
    });
    hide();
}

void NoticeBar::layOut()
{
    setAttribute(Qt::WA_StyledBackground);
    m_words->setTextFormat(Qt::PlainText);
    m_words->setWordWrap(true);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_words->setObjectName(u"noticeText"_s);
    m_action->setObjectName(u"noticeAction"_s);
    m_close->setObjectName(u"noticeClose"_s);
    m_close->setText(u"×"_s);
    m_close->setAccessibleName(tr("Close this message"));
    m_close->setToolTip(tr("Close this message"));

    m_grid->setContentsMargins(12, 4, 4, 4);
    m_grid->setSpacing(8);
    m_grid->setColumnStretch(1, 1);
    m_grid->addWidget(m_shape, 0, 0);
    m_grid->addWidget(m_words, 0, 1);
    m_grid->addWidget(m_action, 0, 2);
    m_grid->addWidget(m_close, 0, 3);
}

void NoticeBar::putActionBelow()
{
    m_grid->setContentsMargins(12, 8, 4, 8);
    m_grid->addWidget(m_action, 1, 1, Qt::AlignLeading);
    m_grid->addWidget(m_close, 0, 3, Qt::AlignTop);
    m_grid->addWidget(m_shape, 0, 0, Qt::AlignTop);
    m_grid->addWidget(m_words, 0, 1, Qt::AlignVCenter);
}

void NoticeBar::say(Severity severity, const QString &text, const QString &action)
{
    if (text.isEmpty())
        return clear();
    const bool changed = !isVisibleTo(parentWidget()) || text != m_text;
    m_severity = severity;
    m_text = text;
    setProperty("severity", nameOf(severity));
    style()->unpolish(this);
    style()->polish(this);
    m_shape->setText(shapeOf(severity));
    m_words->setText(text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    setAccessibleName(text);
    show();
    if (changed)
        speak(this);
}

void NoticeBar::correct(const QString &text)
{
    m_text = text;
    m_words->setText(text);
    setAccessibleName(text);
}

void NoticeBar::clear()
{
    m_text.clear();
    setAccessibleName({});
    hide();
}
