#include "ui/dialogs/elsewheredialog.h"

#include "app/words/startwords.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace {

QLabel *sentence(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

}

ElsewhereDialog::ElsewhereDialog(const RunningInstance &other, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"elsewhere"_s);
    setWindowTitle(tr("Already running"));
    setAccessibleName(u"Already running"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(8);
    QLabel *where = sentence(words::runsElsewhere(other), this);
    where->setProperty("heading", true);
    where->setMinimumWidth(420);
    column->addWidget(where);
    column->addWidget(sentence(words::whyNotTwo(), this));
    column->addSpacing(12);
    auto *close = new QPushButton(tr("Close"), this);
    close->setObjectName(u"close"_s);
    auto *show = new QPushButton(tr("Show it there"), this);
    show->setObjectName(u"showItThere"_s);
    show->setDefault(true);
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(close);
    row->addSpacing(8);
    row->addWidget(show);
    column->addLayout(row);
    show->setFocus();
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(show, &QPushButton::clicked, this, &ElsewhereDialog::showWanted);
}
