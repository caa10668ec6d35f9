#include "ui/topbar.h"

#include "app/words/words.h"
#include "ui/panels/actionbutton.h"
#include "ui/panels/panelheader.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

TopBar::TopBar(const Actions &actions, QWidget *parent)
    : QWidget(parent)
    , m_connections(new QComboBox(this))
    , m_find(new QLineEdit(this))
{
    layOut(actions);
    m_typing.setSingleShot(true);
    m_typing.setInterval(150ms);
    connect(&m_typing, &QTimer::timeout, this, &TopBar::sayFind);
    connect(m_find, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(m_connections, &QComboBox::activated, this, [this](int row) {
        const QString id = m_connections->itemData(row).toString();
        m_connections->setCurrentIndex(m_current); // until it is another
        if (id.isEmpty())
            Q_EMIT demoToggled();
        else
            Q_EMIT connectionChosen(ConnectionId{id});
    });
    m_find->installEventFilter(this);
    m_connections->installEventFilter(this);
}

bool TopBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto &key = *static_cast<QKeyEvent *>(event);
        if (watched == m_find ? takeFindKey(key) : takeChooserKey(key))
            return true;
    }
    if (event->type() == QEvent::Wheel && watched == m_connections)
        return true; // to turn the wheel over it chooses nothing
    return QWidget::eventFilter(watched, event);
}

bool TopBar::takeFindKey(const QKeyEvent &event)
{
    switch (event.key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        sayFind();
        Q_EMIT matchWanted();
        return true;
    case Qt::Key_Down:
        sayFind();
        Q_EMIT rowsWanted(true);
        return true;
    case Qt::Key_Escape:
        if (m_find->text().isEmpty())
            Q_EMIT rowsWanted(false);
        else
            clearFind();
        return true;
    default:
        return false;
    }
}

/// A key on the closed chooser would switch the whole window to another connection: it opens the list, or does nothing.
bool TopBar::takeChooserKey(const QKeyEvent &event)
{
    switch (event.key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
        m_connections->showPopup();
        return true;
    case Qt::Key_Home:
    case Qt::Key_End:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        return true;
    default:
        return event.key() != Qt::Key_Space && !event.text().isEmpty() && event.text().front().isPrint();
    }
}

void TopBar::sayFind()
{
    m_typing.stop();
    Q_EMIT findChanged(m_find->text());
}

void TopBar::layOut(const Actions &actions)
{
    m_connections->setObjectName(u"connection"_s);
    m_connections->setAccessibleName(tr("Connection"));
    m_connections->setToolTip(tr("Connection"));
    m_connections->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_connections->setMaximumWidth(240);
    m_find->setObjectName(u"find"_s);
    m_find->setAccessibleName(tr("Find"));
    m_find->setPlaceholderText(tr("Find person, text or id  Ctrl+L"));
    m_find->setToolTip(tr("Filters the loaded conversations by title, person and id. Enter leads to the one match, Down to "
                          "the first row; Esc clears."));
    m_find->setClearButtonEnabled(true);
    m_find->setMinimumWidth(160);
    m_find->setMaximumWidth(560);

    auto *menu = new QPushButton(u"☰"_s, this);
    menu->setObjectName(u"menu"_s);
    menu->setAccessibleName(tr("Menu"));
    menu->setToolTip(tr("Menu"));
    menu->setAutoDefault(false);
    menu->setMenu(&actions.menu);
    menu->setProperty("menuButton", true);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *line = new QHBoxLayout;
    column->addLayout(line);
    column->addWidget(makeHairline(this));
    line->setContentsMargins(12, 8, 12, 8);
    line->setSpacing(8);
    line->addWidget(m_connections);
    line->addWidget(m_find, 4);
    line->addWidget(new ActionButton(actions.refresh, u"refresh"_s, this));
    line->addWidget(new ActionButton(actions.hold, u"holdUpdates"_s, this));
    line->addStretch(1);
    auto *stopById = new ActionButton(actions.stopById, u"stopById"_s, this);
    line->addWidget(stopById);
    line->addWidget(menu);
    setTabOrder(stopById, menu);
}

void TopBar::showConnections(const QList<Connection> &connections, const std::optional<Connection> &current)
{
    m_connections->clear();
    for (const Connection &connection : connections)
        m_connections->addItem(words::plain(connection.name, 60), connection.id.value);
    if (current && m_connections->findData(current->id.value) < 0)
        m_connections->insertItem(0, words::plain(current->name, 60), current->id.value);
    m_current = current ? m_connections->findData(current->id.value) : -1;
    m_connections->insertSeparator(m_connections->count());
    m_connections->addItem(current && current->isDemo ? tr("Leave the demo") : tr("Try the demo"), QString());
    m_connections->setCurrentIndex(m_current);
    m_connections->setEnabled(m_connections->count() > 0);
}

void TopBar::focusFind()
{
    m_find->setFocus(Qt::ShortcutFocusReason);
    m_find->selectAll();
}

void TopBar::clearFind()
{
    m_find->clear();
    sayFind();
}
