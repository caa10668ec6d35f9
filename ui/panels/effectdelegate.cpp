#include "ui/panels/effectdelegate.h"

#include "app/models/problemlistmodel.h"
#include "ui/parts/palette.h"

#include <QGuiApplication>

using namespace Qt::StringLiterals;

void EffectDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const bool ofStop = Effect(index.data(ProblemListModel::EffectRole).toInt()) != Effect::NoStopInvolved;
    option->text = (ofStop ? u"▲ "_s : u"◆ "_s) + option->text;
    const QColor color = colorsOf(ofStop ? Tone::Red : Tone::Amber, QGuiApplication::palette()).text;
    option->palette.setColor(QPalette::Text, color);
    option->palette.setColor(QPalette::HighlightedText, color);
}
