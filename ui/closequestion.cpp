#include "ui/closequestion.h"

#include "app/stopping/stopservice.h"
#include "app/words/batchwords.h"

#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

CloseQuestion::CloseQuestion(StopService &stops, QWidget *window)
    : QObject(window), m_stops(stops), m_window(window)
{
    connect(&stops, &StopService::changed, this, [this] {
        if (m_question)
            showCount();
        if (m_isEnding)
            closeWhenDone();
    });
}

bool CloseQuestion::mayClose(bool endsService)
{
    if (m_stops.unsent() == 0)
        return true;
    if (!m_question && !m_isEnding)
        ask(endsService);
    return false;
}

void CloseQuestion::ask(bool endsService)
{
    const QString title = endsService ? tr("Close the demo?") : tr("Close Stopdesk?");
    m_question = new QMessageBox(QMessageBox::Warning, title, {}, QMessageBox::NoButton, m_window);
    m_question->setObjectName(u"closeQuestion"_s);
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    m_question->setTextFormat(Qt::PlainText);
    if (!endsService)
        m_question->setInformativeText(tr("Stops that were sent are checked at the next start."));
    QPushButton *keep = m_question->addButton(tr("Keep open"), QMessageBox::RejectRole);
    keep->setObjectName(u"keepOpen"_s);
    QPushButton *close = m_question->addButton(tr("Close anyway"), QMessageBox::DestructiveRole);
    close->setObjectName(u"closeAnyway"_s);
    m_question->setDefaultButton(keep);
    m_question->setEscapeButton(keep);
    connect(close, &QPushButton::clicked, this, &CloseQuestion::closeAnyway);
    showCount();
    m_question->open();
}

void CloseQuestion::showCount()
{
    const QString text = words::unsentWarning(m_stops.unsent());
    if (m_question->text() != text)
        m_question->setText(text);
}

void CloseQuestion::closeAnyway()
{
    m_isEnding = true;
    m_stops.cancelUnsent();
    closeWhenDone();
}

void CloseQuestion::closeWhenDone()
{
    if (m_stops.unsent() > 0)
        return;
    m_isEnding = false;
    QMetaObject::invokeMethod(m_window, &QWidget::close, Qt::QueuedConnection);
}
