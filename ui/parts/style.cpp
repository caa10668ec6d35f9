#include "ui/parts/style.h"

#include "ui/parts/palette.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QStyleFactory>

using namespace Qt::StringLiterals;

namespace {

struct NamedColor {
    QLatin1StringView name;
    QColor color;
};

/// The sheet's own colours. Longer names stand before their beginnings, so that replacing is unambiguous.
QList<NamedColor> namedColors(const QPalette &palette)
{
    const QColor window = palette.color(QPalette::Window);
    const QColor base = palette.color(QPalette::Base);
    const QColor text = palette.color(QPalette::Text);
    const QColor accent = palette.color(QPalette::Highlight);
    const QColor back = contrast(text, window) < contrast(text, base) ? window : base;
    const bool dark = isDark(palette);
    const QColor red = dark ? QColor(0xc62828) : QColor(0xb0241c);
    const bool sharp = isHighContrast(palette);
    return {
        {"@selectedText"_L1, sharp ? palette.color(QPalette::HighlightedText) : text},
        {"@selected"_L1, sharp ? accent : mixed(base, accent, dark ? 0.35 : 0.22)},
        {"@hover"_L1, mixed(base, text, 0.06)},
        {"@hairline"_L1, sharp ? text : mixed(window, text, 0.14)},
        {"@border"_L1, sharp ? text : mixed(window, text, 0.42)},
        {"@muted"_L1, readable(mixed(back, text, 0.55), back, text)},
        {"@tickBack"_L1, readable(accent, Qt::white, Qt::black)},
        {"@accent"_L1, readable(accent, back, text)},
        {"@errorText"_L1, readable(colorsOf(Tone::Red, palette).text, back, text)},
        {"@warningText"_L1, readable(colorsOf(Tone::Amber, palette).text, back, text)},
        {"@errorBack"_L1, colorsOf(Tone::Red, palette).pill},
        {"@errorOn"_L1, colorsOf(Tone::Red, palette).text},
        {"@warningBack"_L1, colorsOf(Tone::Amber, palette).pill},
        {"@warningOn"_L1, colorsOf(Tone::Amber, palette).text},
        {"@infoBack"_L1, colorsOf(Tone::Grey, palette).pill},
        {"@infoOn"_L1, colorsOf(Tone::Grey, palette).text},
        {"@successBack"_L1, colorsOf(Tone::Green, palette).pill},
        {"@successOn"_L1, colorsOf(Tone::Green, palette).text},
        {"@redHover"_L1, mixed(red, Qt::black, 0.12)},
        {"@redPressed"_L1, mixed(red, Qt::black, 0.25)},
        {"@red"_L1, red},
    };
}

QString sheetFor(const QPalette &palette)
{
    QFile file(u":/stopdesk.qss"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    for (const NamedColor &named : namedColors(palette))
        sheet.replace(named.name, named.color.name());
    return sheet;
}

/// Sees the desktop's palette change and renews the sheet.
class SheetKeeper final : public QObject {
public:
    explicit SheetKeeper(QApplication &application)
        : QObject(&application)
        , m_application(application)
    {
        application.installEventFilter(this);
        renew();
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (watched == &m_application && event->type() == QEvent::ApplicationPaletteChange)
            renew();
        return QObject::eventFilter(watched, event);
    }

private:
    void renew()
    {
        const QString sheet = sheetFor(QApplication::palette());
        if (sheet != m_application.styleSheet())
            m_application.setStyleSheet(sheet);
    }

    QApplication &m_application;
};

}

void applyStyle(QApplication &application)
{
    QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    new SheetKeeper(application);
}
