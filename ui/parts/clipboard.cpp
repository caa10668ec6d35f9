#include "ui/parts/clipboard.h"

#include "app/words/words.h"

#include <QClipboard>
#include <QGuiApplication>

void copyText(const QString &text)
{
    QGuiApplication::clipboard()->setText(words::plainLines(text));
}

void copyIds(const QStringList &ids)
{
    QStringList lines;
    for (const QString &id : ids)
        lines.append(words::plain(id, id.size()));
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}
