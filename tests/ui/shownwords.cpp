#include "tests/ui/shownwords.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QAction>
#include <QComboBox>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTextDocument>
#include <QTextDocumentFragment>

#include <algorithm>

using namespace Qt::StringLiterals;
using hostile::Blanks;
using hostile::Lines;

namespace {

QString asRichText(const QString &html)
{
    return QTextDocumentFragment::fromHtml(html).toPlainText();
}

/// As Qt draws what may bear a mnemonic.
QString withoutMnemonics(const QString &text)
{
    QString seen;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'&' && ++i == text.size())
            break;
        seen.append(text[i]);
    }
    return seen;
}

QString asTitle(const QString &text)
{
    const QString twice(QChar(1));
    return QString(text).replace(u"[*][*]"_s, twice).remove(u"[*]"_s).replace(twice, u"[*]"_s);
}

/// What a tool tip shows; the joiners that keep Qt from reading it as HTML have no shape.
QString asToolTip(const QString &text)
{
    QString seen = Qt::mightBeRichText(text) ? asRichText(text) : text;
    return seen.remove(QChar(0x2060));
}

class Walk {
public:
    explicit Walk(QWidget &window)
    {
        see(window);
        for (QWidget *widget : window.findChildren<QWidget *>())
            see(*widget);
        for (const QAction *action : window.findChildren<QAction *>())
            seeAction(*action);
    }

    QList<ShownWords> words;

private:
    void add(const QObject &of, const char *what, const QString &text, Lines lines = Lines::One,
             Blanks blanks = Blanks::Exact)
    {
        const QString name = of.objectName().isEmpty() || of.objectName().size() > 60
            ? QString::fromLatin1(of.metaObject()->className())
            : of.objectName();
        if (!text.isEmpty())
            words.append({name + u' ' + QString::fromLatin1(what), text, lines, blanks});
    }
    void addToolTip(const QObject &of, const char *what, const QString &text)
    {
        add(of, what, asToolTip(text), Lines::Several, Blanks::Any);
    }

    void see(QWidget &widget)
    {
        addToolTip(widget, "tool tip", widget.toolTip());
        add(widget, "status tip", widget.statusTip());
        add(widget, "title", asTitle(widget.windowTitle()));
        add(widget, "accessible name", widget.accessibleName(), Lines::Several);
        add(widget, "accessible description", widget.accessibleDescription(), Lines::Several);
        if (QAccessibleInterface *told = QAccessible::queryAccessibleInterface(&widget)) {
            add(widget, "told name", told->text(QAccessible::Name), Lines::Several);
            add(widget, "told description", told->text(QAccessible::Description).remove(QChar(0x2060)), Lines::Several,
                Blanks::Any);
        }
        seeText(widget);
        if (auto *combo = qobject_cast<QComboBox *>(&widget))
            seeModel(*combo, *combo->model());
        if (auto *view = qobject_cast<QAbstractItemView *>(&widget); view && view->model())
            seeModel(*view, *view->model());
    }
    void seeText(QWidget &widget)
    {
        if (auto *label = qobject_cast<QLabel *>(&widget))
            add(*label, "text", seen(*label), Lines::Several);
        else if (auto *button = qobject_cast<QAbstractButton *>(&widget))
            add(*button, "text", withoutMnemonics(button->text()));
        else if (auto *box = qobject_cast<QGroupBox *>(&widget))
            add(*box, "title", withoutMnemonics(box->title()));
        else if (auto *menu = qobject_cast<QMenu *>(&widget))
            add(*menu, "title", withoutMnemonics(menu->title()));
        else if (auto *edit = qobject_cast<QPlainTextEdit *>(&widget))
            add(*edit, "text", edit->toPlainText(), Lines::Several);
        else if (auto *field = qobject_cast<QLineEdit *>(&widget))
            add(*field, "placeholder", field->placeholderText());
        else if (auto *tabs = qobject_cast<QTabBar *>(&widget))
            seeTabs(*tabs);
    }
    static QString seen(const QLabel &label)
    {
        const bool isRich = label.textFormat() == Qt::RichText
            || (label.textFormat() == Qt::AutoText && Qt::mightBeRichText(label.text()));
        if (isRich)
            return asRichText(label.text());
        return label.buddy() ? withoutMnemonics(label.text()) : label.text();
    }
    void seeTabs(const QTabBar &tabs)
    {
        for (int i = 0; i < tabs.count(); ++i) {
            add(tabs, "tab", withoutMnemonics(tabs.tabText(i)));
            addToolTip(tabs, "tab's tool tip", tabs.tabToolTip(i));
            add(tabs, "tab's accessible name", tabs.accessibleTabName(i));
        }
    }
    void seeAction(const QAction &action)
    {
        add(action, "action", withoutMnemonics(action.text()));
        add(action, "status tip", action.statusTip());
        addToolTip(action, "tool tip", action.toolTip());
    }
    void seeModel(const QObject &view, const QAbstractItemModel &model)
    {
        for (int row = 0; row < model.rowCount(); ++row) {
            for (int column = 0; column < model.columnCount(); ++column)
                seeCell(view, model.index(row, column));
        }
        for (int column = 0; column < model.columnCount(); ++column)
            add(view, "column", model.headerData(column, Qt::Horizontal).toString());
    }
    void seeCell(const QObject &view, const QModelIndex &cell)
    {
        add(view, "cell", cell.data().toString());
        addToolTip(view, "cell's tool tip", cell.data(Qt::ToolTipRole).toString());
        add(view, "cell's accessible text", cell.data(Qt::AccessibleTextRole).toString());
        add(view, "cell's accessible description", cell.data(Qt::AccessibleDescriptionRole).toString());
    }
};

}

QList<ShownWords> wordsOf(QWidget &window)
{
    return Walk(window).words;
}

QString firstFault(const QList<ShownWords> &words, const hostile::Text &text)
{
    for (const ShownWords &shown : words) {
        if (const QString fault = hostile::fault(shown.text, text, shown.lines, shown.blanks); !fault.isEmpty())
            return shown.where + u": "_s + fault;
    }
    return {};
}

int timesShown(const QList<ShownWords> &words)
{
    return int(std::ranges::count_if(words, [](const ShownWords &shown) { return shown.text.contains(hostile::begin); }));
}
