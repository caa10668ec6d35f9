#include "ui/panels/longrunningdelegate.h"

#include "app/models/conversationlistmodel.h"
#include "ui/parts/palette.h"

void LongRunningDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    if (!index.data(ConversationListModel::LongRunningRole).toBool())
        return;
    option->font.setBold(true);
    const QColor amber = colorsOf(Tone::Amber, option->palette).text;
    const QColor chosen = option->palette.color(QPalette::Highlight);
    const QColor onChosen = option->palette.color(QPalette::HighlightedText);
    option->palette.setColor(QPalette::Text, amber);
    option->palette.setColor(QPalette::HighlightedText, readable(amber, chosen, onChosen));
}
