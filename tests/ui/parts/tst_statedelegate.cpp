#include "app/types/clock.h"
#include "ui/parts/statedelegate.h"
#include "tests/support/testmain.h"
#include "ui/parts/statepill.h"

#include <QApplication>
#include <QHeaderView>
#include <QStandardItemModel>
#include <QTableView>
#include <QTest>

namespace statedelegate_test {

using namespace Qt::StringLiterals;

constexpr int rowRole = Qt::UserRole + 1;
constexpr int stopRole = Qt::UserRole + 2;
constexpr int staleRole = Qt::UserRole + 3;

QStandardItem *item(const QString &text, const QVariant &row, const QVariant &stop = {})
{
    auto *made = new QStandardItem(text);
    made->setData(row, rowRole);
    made->setData(stop, stopRole);
    return made;
}

class StateDelegateTest : public QObject {
    Q_OBJECT

    QStandardItemModel m_model;
    QTableView *m_view = nullptr;

    /// Whether the pill's colour of this meaning is in the picture of the row.
    bool hasTone(int row, Tone tone) const
    {
        const QImage image = m_view->viewport()->grab(m_view->visualRect(m_model.index(row, 0))).toImage();
        const QColor pill = colorsOf(tone, QApplication::palette()).pill;
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, image.height() / 2) == pill)
                return true;
        }
        return false;
    }

private Q_SLOTS:
    void init()
    {
        m_model.clear();
        m_model.appendRow(item(u"Running"_s, int(RowState::Running)));
        m_model.appendRow(item(u"Accepted, checking"_s, int(RowState::Running), int(StopState::Accepted)));
        m_model.appendRow(item(u"plain"_s, {}));
        m_view = new QTableView;
        m_view->setModel(&m_model);
        m_view->setItemDelegate(new StateDelegate({rowRole, stopRole, -1, staleRole}, m_view));
        m_view->setColumnWidth(0, 176);
        m_view->resize(400, 300);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view));
    }

    void cleanup() { delete m_view; }

    void aRowShowsItsStateAsAPill() { QVERIFY(hasTone(0, Tone::Blue)); }

    void ourStopGoesBeforeTheRowsState()
    {
        QVERIFY(hasTone(1, Tone::Grey));
        QVERIFY(!hasTone(1, Tone::Blue));
    }

    void aCellWithoutStateIsText()
    {
        QVERIFY(!hasTone(2, Tone::Blue));
        QVERIFY(!hasTone(2, Tone::Grey));
    }

    void whatIsStaleIsOutlined()
    {
        const auto colors = colorsOf(Tone::Blue, QApplication::palette());
        const auto frame = [this] {
            const QRect cell = m_view->visualRect(m_model.index(0, 0));
            const QImage image = m_view->viewport()->grab(cell).toImage();
            int y = 0;
            while (y < image.height() && image.pixelColor(60, y) != colorsOf(Tone::Blue, QApplication::palette()).text)
                ++y;
            return y < image.height() / 2;
        };
        QVERIFY(colors.text != colors.pill);
        QVERIFY(!frame());
        m_model.item(0)->setData(true, staleRole);
        QTRY_VERIFY(!hasTone(0, Tone::Blue));
        QVERIFY(frame());
        m_model.item(1)->setData(false, staleRole); // our own stop is what was proven
        QVERIFY(hasTone(1, Tone::Grey));
    }

    void aSelectedRowKeepsItsPill()
    {
        m_view->selectRow(0);
        QVERIFY(hasTone(0, Tone::Blue));
    }

    void aNarrowColumnKeepsThePillInside()
    {
        m_view->setColumnWidth(0, 60);
        const QImage image = m_view->viewport()->grab(QRect(60, 0, 40, 30)).toImage();
        for (int x = 2; x < image.width(); ++x)
            QVERIFY(image.pixelColor(x, 15) != colorsOf(Tone::Blue, QApplication::palette()).pill);
    }

    void rowsAreAtLeast30PixelsHigh()
    {
        m_view->verticalHeader()->setMinimumSectionSize(4);
        m_view->resizeRowsToContents();
        for (int row = 0; row < m_model.rowCount(); ++row)
            QCOMPARE_GE(m_view->rowHeight(row), 30);
    }

    void thePillsNameIsItsWord()
    {
        StatePill pill;
        pill.showState(RowState::Running, u"Running"_s);
        QCOMPARE(pill.accessibleName(), u"Running"_s);
        const int height = pill.sizeHint().height();
        StopReport stopped;
        stopped.state = StopState::Stopped;
        stopped.since = QDateTime(QDate(2026, 5, 13), QTime(12, 4, 31), utcZone);
        pill.showStop(stopped);
        QCOMPARE(pill.accessibleName(), u"Stopped 12:04:31"_s);
        pill.clear();
        QCOMPARE(pill.accessibleName(), QString());
        QCOMPARE(pill.sizeHint().height(), height);
    }

    void thePillTakesItsColourFromTheTable()
    {
        StatePill pill;
        StopReport again;
        again.state = StopState::Stopped;
        again.startedAgain = StartedAgain{QDateTime(QDate(2026, 5, 13), QTime(12, 6), utcZone), {}, {}};
        pill.showStop(again);
        QCOMPARE(pill.text(), u"Started again 12:06"_s);
        pill.resize(pill.sizeHint());
        const QImage image = pill.grab().toImage();
        QCOMPARE(image.pixelColor(4, image.height() / 2), colorsOf(Tone::Red, QApplication::palette()).pill);
    }
};

}

STOPDESK_TEST(statedelegate, StateDelegateTest, QApplication)
#include "tst_statedelegate.moc"
