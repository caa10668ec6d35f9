#include "ui/parts/environmentstrip.h"

#include "app/words/words.h"
#include "ui/parts/palette.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace {

constexpr int stripeWidth = 12;

QString hostOf(const QUrl &address)
{
    const QString host = words::plain(address.host());
    return address.port() < 0 ? host : host + u':' + QString::number(address.port());
}

/// A name that does not fit ends in dots; it takes what the others leave.
class ElidedName final : public QLabel {
public:
    using QLabel::QLabel;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setPen(palette().color(foregroundRole()));
        painter.drawText(rect(), Qt::AlignLeading | Qt::AlignVCenter,
                         fontMetrics().elidedText(text(), Qt::ElideRight, width()));
    }
};

}

EnvironmentStrip::EnvironmentStrip(QWidget *parent)
    : QWidget(parent)
    , m_word(new QLabel(this))
    , m_name(new ElidedName(this))
    , m_warning(new QLabel(this))
    , m_trouble(new QLabel(this))
    , m_right(new QLabel(this))
{
    setObjectName(u"environmentStrip"_s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 4, 12, 4);
    row->setSpacing(12);
    for (QLabel *label : {m_word, m_name, m_warning, m_trouble, m_right}) {
        label->setTextFormat(Qt::PlainText);
        row->addWidget(label, label == m_name ? 1 : 0);
    }
    // A long name gives way before the words that warn.
    m_name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    QFont strong = font();
    strong.setBold(true);
    m_word->setFont(strong);
    m_warning->setFont(strong);
    m_trouble->setFont(strong);
    setMinimumHeight(28);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    hide();
}

void EnvironmentStrip::showConnection(const Connection &connection)
{
    m_connection = connection;
    const QString host = hostOf(connection.address);
    m_word->setText(u"■ "_s + (connection.isDemo ? tr("DEMO") : words::environment(connection.environment)));
    m_name->setText(words::plain(connection.name) + (host.isEmpty() ? QString() : u" · "_s + host));
    m_name->setToolTip(words::toolTip(m_name->text()));
    const bool readable = connection.plainHttpAccepted && isPlainHttpElsewhere(connection.address);
    m_warning->setText(readable ? tr("▲ Not encrypted") : QString());
    m_warning->setVisible(readable);
    m_right->setText(connection.readOnly ? tr("Read-only") : tr("Can stop"));
    applyColors();
    nameIt();
    show();
}

void EnvironmentStrip::showTrouble(const QString &text)
{
    m_trouble->setText(text);
    m_trouble->setVisible(!text.isEmpty());
    nameIt();
}

void EnvironmentStrip::clear()
{
    m_connection = {};
    showTrouble({});
    hide();
}

void EnvironmentStrip::paintEvent(QPaintEvent *)
{
    const StripColors colors = stripColorsOf(m_connection, QApplication::palette());
    QPainter painter(this);
    painter.fillRect(rect(), colors.back);
    if (colors.stripe == colors.back)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colors.stripe, stripeWidth));
    for (int x = -height(); x < width() + height(); x += 3 * stripeWidth)
        painter.drawLine(x, height() + stripeWidth, x + height() + stripeWidth, 0);
}

void EnvironmentStrip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        applyColors();
    QWidget::changeEvent(event);
}

/// By style sheet, as the application's sheet would win over a palette.
void EnvironmentStrip::applyColors()
{
    const QString sheet =
        u"QLabel { color: %1; }"_s.arg(stripColorsOf(m_connection, QApplication::palette()).text.name());
    if (sheet != styleSheet())
        setStyleSheet(sheet);
}

void EnvironmentStrip::nameIt()
{
    QStringList parts{m_word->text().mid(2), m_name->text(), m_warning->text().mid(2), m_trouble->text(),
                      m_right->text()};
    parts.removeAll(QString());
    setAccessibleName(parts.join(u", "_s));
}
