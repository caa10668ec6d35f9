// Which rows of ConversationsPanel can be seen, said a moment after they changed.
#include "ui/panels/conversationspanel.h"

#include "ui/panels/conversationtable.h"
#include "ui/panels/visibleconversations.h"

#include <QScrollBar>

using namespace std::chrono_literals;

void ConversationsPanel::watchView()
{
    m_viewSaid.setSingleShot(true);
    m_viewSaid.setInterval(300ms);
    connect(&m_viewSaid, &QTimer::timeout, this, &ConversationsPanel::sayView);
    const auto begin = [this] {
        if (!m_viewSaid.isActive())
            m_viewSaid.start();
    };
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, &m_viewSaid, begin);
    connect(m_table->verticalScrollBar(), &QScrollBar::rangeChanged, &m_viewSaid, begin); // also when it is resized
    connect(m_visible, &VisibleConversations::moved, &m_viewSaid, begin);
}

void ConversationsPanel::sayView()
{
    QList<ConversationId> ids;
    const int height = m_table->viewport()->height();
    const int first = m_table->rowAt(0);
    for (int row = first; row >= 0 && row < m_visible->rowCount() && m_table->rowViewportPosition(row) < height; ++row)
        ids.append(m_visible->idAt(m_visible->index(row, 0)));
    if (ids == m_view)
        return;
    m_view = ids;
    Q_EMIT viewChanged(m_view);
}
