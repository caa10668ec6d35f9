#include "ui/panels/rowtable.h"

#include "ui/parts/clipboard.h"
#include "ui/parts/palette.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>

using namespace Qt::StringLiterals;

RowTable::RowTable(const QString &name, const QString &objectName, QWidget *parent)
    : QTableView(parent)
    , m_message(new QLabel(viewport()))
{
    setObjectName(objectName);
    setAccessibleName(name);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setWordWrap(false);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollMode(ScrollPerPixel);
    setTextElideMode(Qt::ElideRight);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(qMax(30, fontMetrics().height() + 12));
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);

    m_message->setAlignment(Qt::AlignCenter);
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::RichText);
    m_message->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    m_message->hide();
    connect(m_message, &QLabel::linkActivated, this, &RowTable::linkActivated);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &RowTable::forgetScroll);
}

void RowTable::setModel(QAbstractItemModel *model)
{
    // Before the view's own connections, to see the scroll as it was.
    connect(model, &QAbstractItemModel::rowsAboutToBeInserted, this, &RowTable::rememberScroll);
    connect(model, &QAbstractItemModel::rowsAboutToBeRemoved, this, &RowTable::rememberScroll);
    connect(model, &QAbstractItemModel::layoutAboutToBeChanged, this, [this] {
        m_current = QPoint(currentIndex().column(), currentIndex().row());
        rememberScroll();
    });
    QTableView::setModel(model);
    for (const auto moved : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(model, moved, this, &RowTable::restoreScroll);
    connect(model, &QAbstractItemModel::layoutChanged, this, [this] {
        const int row = qMin(m_current.y(), this->model()->rowCount() - 1);
        if (!currentIndex().isValid() && row >= 0) // it went with the change: its neighbour, as when rows are removed
            moveCurrent(this->model()->index(row, m_current.x()));
        restoreScroll();
    });
    connect(model, &QAbstractItemModel::modelReset, this, &RowTable::keepCurrent);
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, &RowTable::rowChosen);
    keepCurrent();
}

QModelIndex RowTable::chosenRow() const
{
    const QItemSelection ranges = selectionModel() ? selectionModel()->selection() : QItemSelection();
    const auto isOther = [&ranges](const QItemSelectionRange &range) {
        return range.top() != ranges.first().top() || range.bottom() != ranges.first().top();
    };
    if (ranges.isEmpty() || std::ranges::any_of(ranges, isOther))
        return {};
    return model()->index(ranges.first().top(), 0);
}

void RowTable::chooseRow(const QModelIndex &index)
{
    if (!index.isValid())
        selectionModel()->clearSelection();
    else if (index.flags() & Qt::ItemIsSelectable)
        selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void RowTable::showFirst()
{
    moveCurrent(firstCell());
    scrollToTop();
}

void RowTable::copyIds()
{
    QModelIndexList rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    if (rows.isEmpty() && currentIndex().isValid())
        rows.append(currentIndex().siblingAtColumn(0));
    if (rows.isEmpty())
        return;
    QStringList ids;
    for (const QModelIndex &row : std::as_const(rows))
        ids.append(row.data(m_idRole).toString());
    ids.removeAll(QString());
    ids.removeDuplicates();
    if (!ids.isEmpty())
        ::copyIds(ids);
    Q_EMIT idsCopied(ids);
}

/// A link takes its colour from the application, which knows nothing of a dark table.
void RowTable::showMessage(const QString &html)
{
    const QPalette &colors = palette();
    const QColor link = readable(colors.color(QPalette::Highlight), colors.color(QPalette::Base), colors.color(QPalette::Text));
    m_message->setText(QString(html).replace(u"<a "_s, u"<a style=\"color: %1\" "_s.arg(link.name())));
    m_text = html;
    // Without a link there is nothing for Tab to stop at.
    m_message->setFocusPolicy(html.contains("<a "_L1) ? Qt::StrongFocus : Qt::NoFocus);
    m_message->setGeometry(viewport()->rect().adjusted(12, 12, -12, -12));
    m_message->setVisible(!html.isEmpty());
}

QString RowTable::message() const
{
    return m_text;
}

void RowTable::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex current = currentIndex();
    const bool unmodified = !(event->modifiers() & ~Qt::KeypadModifier);
    const bool moves = event->key() == Qt::Key_Down || event->key() == Qt::Key_Up || event->key() == Qt::Key_Space;
    if (m_idRole >= 0 && event->matches(QKeySequence::Copy)) {
        copyIds();
        event->accept();
    } else if (unmodified && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        if (current.isValid())
            Q_EMIT entered(current);
        event->accept();
    } else if (unmodified && moves && current.isValid() && !selectionModel()->hasSelection()) {
        chooseRow(current); // the row that the focus frame is on comes first
        event->accept();
    } else {
        QTableView::keyPressEvent(event);
    }
}

void RowTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    m_message->setGeometry(viewport()->rect().adjusted(12, 12, -12, -12));
}

/// The view would choose a neighbour of a chosen row that goes. Only a person chooses what may be stopped.
void RowTable::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    const QModelIndex current = currentIndex();
    if (current.isValid() && current.row() >= start && current.row() <= end) {
        const int next = end + 1 < model()->rowCount() ? end + 1 : start - 1;
        moveCurrent(next < 0 ? QModelIndex() : current.siblingAtRow(next));
    }
    QTableView::rowsAboutToBeRemoved(parent, start, end);
}

void RowTable::keepCurrent()
{
    if (currentIndex().isValid() || !model() || model()->rowCount() == 0)
        return;
    moveCurrent(firstCell());
}

QModelIndex RowTable::firstCell() const
{
    return model()->index(0, qMax(0, horizontalHeader()->logicalIndexAt(0)));
}

/// Chooses nothing and scrolls nothing.
void RowTable::moveCurrent(const QModelIndex &index)
{
    const bool scrolls = hasAutoScroll();
    setAutoScroll(false);
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
    setAutoScroll(scrolls);
}

/// Once for all that moves in this turn of events: a refresh may come in several steps.
void RowTable::rememberScroll()
{
    const int first = verticalScrollBar()->value();
    if (!m_seen.isEmpty() || first == 0)
        return;
    for (int row = first; row < model()->rowCount() && rowViewportPosition(row) < viewport()->height(); ++row)
        m_seen.append(model()->index(row, 0));
    QMetaObject::invokeMethod(this, [this] { m_seen.clear(); }, Qt::QueuedConnection);
}

void RowTable::restoreScroll()
{
    keepCurrent();
    if (m_seen.isEmpty())
        return;
    const QScopedValueRollback restoring(m_restoring, true);
    executeDelayedItemsLayout();
    QHash<int, int> votes; // each row in view for the scroll that leaves it where it was
    int best = -1;
    for (int place = 0; place < m_seen.size(); ++place) {
        const int scroll = m_seen.at(place).isValid() ? m_seen.at(place).row() - place : -1;
        if (scroll >= 0 && scroll <= verticalScrollBar()->maximum() && ++votes[scroll] > votes.value(best))
            best = scroll;
    }
    if (best >= 0)
        verticalScrollBar()->setValue(best);
}

/// Who scrolls, scrolls.
void RowTable::forgetScroll()
{
    if (!m_restoring)
        m_seen.clear();
}
