#include "app/session/olderpages.h"

#include <QLocale>

OlderPages::OlderPages(std::shared_ptr<Gateway> gateway) : m_gateway(std::move(gateway)) { }

void OlderPages::begin(const AgentId &agent)
{
    m_asker.reset();
    m_agent = agent;
    m_page = m_loaded = m_total = 0;
    m_atEnd = false;
}

void OlderPages::readNext()
{
    if (!canRead())
        return;
    m_asker = std::make_unique<QObject>();
    m_gateway->conversations({m_agent, {}, {}, m_page + 1}, m_asker.get(),
                             [this](const Result<Page<Conversation>> &page) { take(page); });
}

void OlderPages::take(const Result<Page<Conversation>> &page)
{
    m_asker.release()->deleteLater(); // the answer comes from a child of it
    if (!page) {
        Q_EMIT failed(page.error());
        return;
    }
    ++m_page;
    m_loaded += int(page->rows.size());
    m_total = page->total;
    m_atEnd = page->isLast() || page->rows.isEmpty();
    Q_EMIT read(page->rows);
}

QString OlderPages::loadedText() const
{
    if (m_page == 0 || m_atEnd)
        return {};
    const QLocale locale;
    return tr("%1 of %2 loaded").arg(locale.toString(m_loaded), locale.toString(m_total));
}
