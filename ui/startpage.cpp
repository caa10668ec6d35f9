#include "ui/startpage.h"

#include "app/words/words.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

constexpr int columnWidth = 480;
constexpr int recentShown = 5;

}

StartPage::StartPage(QWidget *parent)
    : QWidget(parent)
    , m_recentTitle(new QLabel(tr("Connections"), this))
    , m_recent(new QVBoxLayout)
{
    setObjectName(u"startPage"_s);
    setProperty("page", true);
    QVBoxLayout *column = layOutColumn();
    auto *add = new QPushButton(tr("Add a connection…"), this);
    add->setObjectName(u"addAConnection"_s);
    add->setDefault(true);
    auto *demo = new QPushButton(tr("Try the demo"), this);
    demo->setObjectName(u"tryTheDemo"_s);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(add);
    buttons->addWidget(demo);
    buttons->addStretch();
    column->addLayout(buttons);
    column->addSpacing(24);
    m_recentTitle->setProperty("muted", true);
    m_recent->setSpacing(4);
    column->addWidget(m_recentTitle);
    column->addLayout(m_recent);
    column->addStretch(2);
    showRecent({});
    connect(add, &QPushButton::clicked, this, &StartPage::addWanted);
    connect(demo, &QPushButton::clicked, this, &StartPage::demoWanted);
}

void StartPage::showRecent(const QList<Connection> &connections)
{
    while (QLayoutItem *item = m_recent->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (const Connection &connection : connections.first(qMin<qsizetype>(recentShown, connections.size()))) {
        auto *button = new QPushButton(this);
        const QString name = words::plain(connection.name, 60);
        button->setText(u"%1  ·  %2"_s.arg(name, words::environment(connection.environment)).replace(u'&', u"&&"_s));
        button->setObjectName(u"open-"_s + connection.id.value);
        button->setProperty("link", true);
        button->setStyleSheet(u"text-align: left"_s);
        connect(button, &QPushButton::clicked, this, [this, id = connection.id] { Q_EMIT connectionChosen(id); });
        m_recent->addWidget(button, 0, Qt::AlignLeft);
    }
    m_recentTitle->setVisible(!connections.isEmpty());
}

QVBoxLayout *StartPage::layOutColumn()
{
    auto *middle = new QWidget(this);
    middle->setFixedWidth(columnWidth);
    auto *line = new QHBoxLayout(this);
    line->addStretch();
    line->addWidget(middle);
    line->addStretch();

    auto *name = new QLabel(u"Stopdesk"_s, middle);
    QFont large = name->font();
    large.setPointSizeF(large.pointSizeF() * 1.8);
    large.setBold(true);
    name->setFont(large);
    auto *sentence = new QLabel(tr("See what runs, stop it, know that it stopped."), middle);
    sentence->setWordWrap(true);
    auto *note = new QLabel(tr("A console for people who look after AI agents. The demo needs no account: it plays the "
                               "service on this computer."),
                            middle);
    note->setWordWrap(true);
    note->setProperty("muted", true);

    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 24, 0, 24);
    column->setSpacing(8);
    column->addStretch(1);
    column->addWidget(name);
    column->addWidget(sentence);
    column->addWidget(note);
    column->addSpacing(16);
    return column;
}
