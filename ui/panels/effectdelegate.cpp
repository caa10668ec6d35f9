#include "ui/panels/effectdelegate.h"

#include "app/models/problemlistmodel.h"
#include "ui/parts/palette.h"

#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace {

void setInk(QStyleOptionViewItem &option, Tone tone)
{
    const QColor color = colorsOf(tone, QGuiApplication::palette()).text;
    option.palette.setColor(QPalette::Text, color);
    option.palette.setColor(QPalette::HighlightedText, color);
}

}

void EffectDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const bool isSettled = index.data(ProblemListModel::SettledRole).toBool();
    if (index.column() != ProblemListModel::Effect) {
        if (isSettled)
            setInk(*option, Tone::Grey);
        return;
    }
    const bool ofStop = Effect(index.data(ProblemListModel::EffectRole).toInt()) != Effect::NoStopInvolved;
    option->text = (isSettled ? u"✓ "_s : ofStop ? u"▲ "_s : u"◆ "_s) + option->text;
    setInk(*option, isSettled ? Tone::Grey : ofStop ? Tone::Red : Tone::Amber);
}
