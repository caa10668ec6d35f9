#include "ui/parts/palette.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace {

constexpr int toneCount = 5;
enum class Theme { Light, Dark, HighContrastLight, HighContrastDark };

struct Hex {
    QRgb text;
    QRgb pill;
};

/// Columns as in Theme, rows as in Tone. Blue and green differ in lightness from amber and red, so that they stay
/// apart in greyscale.
constexpr Hex tones[][toneCount] = {
    {{0x0b5c8a, 0xdff1fb}, {0x7a4d00, 0xfdefd2}, {0x4d5562, 0xe9ecf0}, {0x1f6a32, 0xe0f3e3}, {0xa61b12, 0xfde5e3}},
    {{0x86ccf2, 0x14374a}, {0xf2c063, 0x46320d}, {0xb9c0cb, 0x353b46}, {0x84d396, 0x173a20}, {0xff9d94, 0x4d1a18}},
    {{0xffffff, 0x003a5c}, {0xffffff, 0x5a3800}, {0xffffff, 0x303030}, {0xffffff, 0x00420f}, {0xffffff, 0x8a0000}},
    {{0x000000, 0x8fd6ff}, {0x000000, 0xffc94d}, {0x000000, 0xd8d8d8}, {0x000000, 0x8dea9f}, {0x000000, 0xffb0a8}},
};

Theme themeOf(const QPalette &palette)
{
    if (isHighContrast(palette))
        return isDark(palette) ? Theme::HighContrastDark : Theme::HighContrastLight;
    return isDark(palette) ? Theme::Dark : Theme::Light;
}

double luminance(const QColor &color)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

}

StateLook lookOf(RowState state)
{
    switch (state) {
    case RowState::Running: return {u"▶"_s, Tone::Blue};
    case RowState::NotStarted:
    case RowState::WaitingForPerson: return {u"◆"_s, Tone::Amber};
    case RowState::Completed: return {u"✓"_s, Tone::Grey};
    case RowState::Failed: return {u"▲"_s, Tone::Red};
    case RowState::StoppedByPerson: return {u"■"_s, Tone::Green};
    case RowState::EndedByService:
    case RowState::Ended:
    case RowState::NotRead:
    case RowState::NoLongerListed: return {u"–"_s, Tone::Grey};
    case RowState::Unknown: return {u"?"_s, Tone::Grey};
    }
    Q_UNREACHABLE();
}

StateLook lookOf(StopState state, bool startedAgain)
{
    if (startedAgain)
        return {u"▲"_s, Tone::Red};
    switch (state) {
    case StopState::InLine:
    case StopState::Sending:
    case StopState::Accepted: return {u"◌"_s, Tone::Grey};
    case StopState::Stopped:
    case StopState::NoLongerRunning:
    case StopState::WasNotRunning: return {u"■"_s, Tone::Green};
    case StopState::StoppedQueueKept:
    case StopState::NextStarted:
    case StopState::StillRunning:
    case StopState::SubTasksStillRunning:
    case StopState::Refused:
    case StopState::Unconfirmed: return {u"▲"_s, Tone::Red};
    case StopState::NotSent: return {u"–"_s, Tone::Grey};
    case StopState::NotKnown: return {u"?"_s, Tone::Grey};
    }
    Q_UNREACHABLE();
}

ToneColors colorsOf(Tone tone, const QPalette &palette)
{
    const Hex &hex = tones[int(themeOf(palette))][int(tone)];
    return {QColor::fromRgb(hex.text), QColor::fromRgb(hex.pill)};
}

StripColors stripColorsOf(const Connection &connection, const QPalette &palette)
{
    const bool dark = isDark(palette);
    if (connection.isDemo)
        return {Qt::white, QColor(0x3a4256), QColor(0x4a5470)};
    switch (connection.environment) {
    case Environment::Production: {
        const QColor red = dark ? QColor(0xc62828) : QColor(0xb0241c);
        return {Qt::white, red, red};
    }
    case Environment::Staging: {
        const QColor amber = dark ? QColor(0xdfa233) : QColor(0xf2b63d);
        return {QColor(0x241a00), amber, amber};
    }
    case Environment::Other: {
        const QColor slate(0x3d5a80);
        return {Qt::white, slate, slate};
    }
    }
    Q_UNREACHABLE();
}

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

bool isHighContrast(const QPalette &palette)
{
    return contrast(palette.color(QPalette::Window), palette.color(QPalette::WindowText)) > 20;
}

double contrast(const QColor &one, const QColor &other)
{
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

QColor mixed(const QColor &one, const QColor &other, double share)
{
    const auto part = [share](int a, int b) { return int(std::lround(a + (b - a) * share)); };
    return QColor(part(one.red(), other.red()), part(one.green(), other.green()), part(one.blue(), other.blue()));
}

QColor readable(const QColor &color, const QColor &back, const QColor &text)
{
    for (double share = 0; share < 1; share += 0.05) {
        if (const QColor tried = mixed(color, text, share); contrast(tried, back) >= 4.5)
            return tried;
    }
    return text;
}
