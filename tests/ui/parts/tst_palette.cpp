#include "ui/parts/palette.h"
#include "tests/support/testmain.h"

#include <QApplication>
#include <QImageReader>
#include <QStyle>
#include <QStyleFactory>
#include <QTest>

namespace palette_test {

using namespace Qt::StringLiterals;

QPalette paletteOf(QRgb window, QRgb text)
{
    QPalette palette;
    palette.setColor(QPalette::Window, QColor::fromRgb(window));
    palette.setColor(QPalette::WindowText, QColor::fromRgb(text));
    return palette;
}

constexpr Tone allTones[] = {Tone::Blue, Tone::Amber, Tone::Grey, Tone::Green, Tone::Red};

class PaletteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The tick of a check box is one; Debian 13 has their reader in a package of its own.
    void svgPicturesCanBeRead() { QVERIFY(QImageReader::supportedImageFormats().contains("svg")); }

    void everyTextCanBeReadOnItsPill_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::newRow("light") << paletteOf(0xefefef, 0x000000);
        QTest::newRow("dark") << paletteOf(0x23272f, 0xe6e9ee);
        QTest::newRow("high contrast, light") << paletteOf(0xffffff, 0x000000);
        QTest::newRow("high contrast, dark") << paletteOf(0x000000, 0xffffff);
    }

    void everyTextCanBeReadOnItsPill()
    {
        QFETCH(const QPalette, palette);
        for (const Tone tone : allTones) {
            const ToneColors colors = colorsOf(tone, palette);
            const double ratio = contrast(colors.text, colors.pill);
            QVERIFY2(ratio >= (isHighContrast(palette) ? 7 : 4.5),
                     qPrintable(u"tone %1: %2"_s.arg(int(tone)).arg(ratio)));
        }
    }

    void everyStripCanBeRead_data() { everyTextCanBeReadOnItsPill_data(); }

    void everyStripCanBeRead()
    {
        QFETCH(const QPalette, palette);
        for (const Environment environment : {Environment::Production, Environment::Staging, Environment::Other}) {
            for (const bool demo : {false, true}) {
                Connection connection;
                connection.environment = environment;
                connection.isDemo = demo;
                const StripColors colors = stripColorsOf(connection, palette);
                QCOMPARE_GE(contrast(colors.text, colors.back), 4.5);
                QCOMPARE_GE(contrast(colors.text, colors.stripe), 4.5);
                QCOMPARE(colors.back != colors.stripe, demo);
            }
        }
    }

    void everyStateHasOneVisibleShape()
    {
        for (int state = 0; state <= int(RowState::NoLongerListed); ++state)
            QCOMPARE(lookOf(RowState(state)).shape.size(), 1);
        for (int state = 0; state <= int(StopState::Unconfirmed); ++state)
            QCOMPARE(lookOf(StopState(state)).shape.size(), 1);
    }

    void onlyProvenOutcomesAreGreen()
    {
        for (const StopState state : {StopState::Accepted, StopState::Sending, StopState::InLine, StopState::NotSent})
            QCOMPARE(lookOf(state).tone, Tone::Grey);
        for (const StopState state : {StopState::Unconfirmed, StopState::StillRunning, StopState::Refused,
                                      StopState::NextStarted, StopState::StoppedQueueKept})
            QCOMPARE(lookOf(state).tone, Tone::Red);
        QCOMPARE(lookOf(StopState::Stopped).tone, Tone::Green);
        QCOMPARE(lookOf(StopState::Stopped, true).tone, Tone::Red); // started again
    }

    void contrastIsTheOneOfWcag()
    {
        QCOMPARE(contrast(Qt::white, Qt::black), 21.0);
        QCOMPARE(contrast(Qt::white, Qt::white), 1.0);
        QVERIFY(qAbs(contrast(QColor(0x767676), Qt::white) - 4.54) < 0.01);
    }

    void aColorIsMovedUntilItCanBeRead()
    {
        QCOMPARE_GE(contrast(readable(QColor(0xffd0d0), Qt::white, Qt::black), Qt::white), 4.5);
        QCOMPARE(readable(Qt::darkBlue, Qt::white, Qt::black), QColor(Qt::darkBlue));
    }

    void lightAndDarkAreToldByLightness()
    {
        QVERIFY(isDark(paletteOf(0x23272f, 0xe6e9ee)));
        QVERIFY(!isDark(paletteOf(0xefefef, 0x000000)));
        QVERIFY(!isHighContrast(paletteOf(0xefefef, 0x000000)));
        QVERIFY(isHighContrast(paletteOf(0x000000, 0xffffff)));
    }
};

}

STOPDESK_TEST(palette, PaletteTest, QApplication)
#include "tst_palette.moc"
