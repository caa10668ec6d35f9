#include "ui/panels/longrunningdelegate.h"

#include "app/models/conversationlistmodel.h"
#include "ui/parts/palette.h"

#include <QGuiApplication>

void LongRunningDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    if (!index.data(ConversationListModel::LongRunningRole).toBool())
        return;
    option->font.setBold(true);
    const QColor amber = colorsOf(Tone::Amber, QGuiApplication::palette()).text;
    option->palette.setColor(QPalette::Text, amber);
    option->palette.setColor(QPalette::HighlightedText, amber); // the sheet's selection is pale, as the rows are
}
