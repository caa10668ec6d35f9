#include "ui/panels/effectdelegate.h"

#include "app/models/problemlistmodel.h"
#include "ui/parts/palette.h"

#include <QGuiApplication>

using namespace Qt::StringLiterals;

void EffectDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const bool ofStop = Effect(index.data(ProblemListModel::EffectRole).toInt()) != Effect::NoStopInvolved;
    const bool isSettled = index.data(ProblemListModel::SettledRole).toBool();
    option->text = (isSettled ? u"✓ "_s : ofStop ? u"▲ "_s : u"◆ "_s) + option->text;
    const Tone tone = isSettled ? Tone::Grey : ofStop ? Tone::Red : Tone::Amber;
    const QColor color = colorsOf(tone, QGuiApplication::palette()).text;
    option->palette.setColor(QPalette::Text, color);
    option->palette.setColor(QPalette::HighlightedText, color);
}
