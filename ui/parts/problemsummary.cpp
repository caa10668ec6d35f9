#include "ui/parts/problemsummary.h"

#include "app/words/failurewords.h"
#include "app/words/words.h"
#include "ui/parts/alertrole.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyleOptionButton>
#include <QStylePainter>
#include <QTextLayout>

using namespace Qt::StringLiterals;

namespace {

constexpr QSize air(5, 3); ///< around the words of a link, with the frame that shows the focus
constexpr int leastHeight = 24;
constexpr int longestWords = 240;

/// A button that reads as a link and breaks into lines, as QPushButton cannot. Nothing in its words is a mnemonic.
class Link final : public QPushButton {
public:
    Link(const QString &words, QWidget *parent)
        : QPushButton(parent)
        , m_words(words::plain(words, longestWords))
    {
        setObjectName(u"problemLink"_s);
        setProperty("link", true);
        setFlat(true);
        setAutoDefault(true); // Enter follows it, and sends nothing
        setAccessibleName(words);
        if (m_words != words)
            setToolTip(words::toolTip(words));
        QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
        policy.setHeightForWidth(true);
        setSizePolicy(policy);
    }

    QSize sizeHint() const override
    {
        constexpr int widest = 400;
        const int width = qMin(fontMetrics().horizontalAdvance(m_words) + 2 * air.width() + 1, widest);
        return {width, heightForWidth(width)};
    }
    QSize minimumSizeHint() const override { return {leastHeight, leastHeight}; }
    int heightForWidth(int width) const override
    {
        QTextLayout words(m_words, font());
        return qMax(leastHeight, breakLines(words, width - 2 * air.width()) + 2 * air.height());
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QStylePainter painter(this);
        QStyleOptionButton option;
        initStyleOption(&option);
        painter.drawControl(QStyle::CE_PushButtonBevel, option);
        QFont underlined = font();
        underlined.setUnderline(true);
        QTextLayout words(m_words, underlined);
        const int high = breakLines(words, width() - 2 * air.width());
        painter.setPen(palette().color(foregroundRole()));
        words.draw(&painter, QPointF(air.width(), (height() - high) / 2));
    }

private:
    /// At blanks, and inside what is longer than a line. Returns the height of all lines.
    int breakLines(QTextLayout &words, int width) const
    {
        QTextOption option(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeading));
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        option.setTextDirection(layoutDirection());
        words.setTextOption(option);
        words.beginLayout();
        qreal bottom = 0;
        for (QTextLine line = words.createLine(); line.isValid(); line = words.createLine()) {
            line.setLineWidth(width);
            line.setPosition({0, bottom});
            bottom += line.height();
        }
        words.endLayout();
        return qCeil(bottom);
    }

    const QString m_words;
};

/// As a sentence, so that a screen reader pauses after it.
QString sentence(const QString &words)
{
    return words.isEmpty() || words.back().isPunct() ? words : words + u'.';
}

}

ProblemSummary::ProblemSummary(QWidget *parent)
    : QFrame(parent)
    , m_shape(new QLabel(u"▲"_s, this))
    , m_title(new QLabel(this))
    , m_column(new QVBoxLayout)
{
    makeAlert(this);
    setObjectName(u"problemSummary"_s);
    setAttribute(Qt::WA_StyledBackground);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    setFocusPolicy(Qt::ClickFocus); // it is led to, and is no stop of Tab
    layOut();
    hide();
}

void ProblemSummary::layOut()
{
    m_title->setProperty("heading", true);
    m_title->setObjectName(u"problemCount"_s);
    m_title->setIndent(air.width()); // in line with the links
    m_column->setSpacing(0);
    m_column->addWidget(m_title);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(8);
    row->addWidget(m_shape, 0, Qt::AlignTop);
    row->addLayout(m_column, 1);
    row->setAlignment(m_column, Qt::AlignTop); // also with room to spare
}

void ProblemSummary::sumUp(const Lines &lines)
{
    const Lines wanted = lines.size() > 1 ? lines : Lines();
    if (wanted == m_lines)
        return;
    m_lines = wanted;
    qDeleteAll(std::exchange(m_links, {}));
    m_title->setText(words::problemCount(int(wanted.size())));
    QStringList spoken{sentence(m_title->text())};
    for (const auto &[field, words] : wanted) {
        addLine(field, words);
        spoken.append(sentence(words));
    }
    setAccessibleName(wanted.isEmpty() ? QString() : spoken.join(u' '));
    setVisible(!wanted.isEmpty());
}

void ProblemSummary::addLine(Field field, const QString &words)
{
    auto *link = new Link(words, this);
    connect(link, &QPushButton::clicked, this, [this, field = field] { Q_EMIT fieldChosen(field); });
    m_column->addWidget(link);
    setTabOrder(m_links.isEmpty() ? this : m_links.last(), link);
    m_links.append(link);
}

void ProblemSummary::announce()
{
    setFocus(Qt::OtherFocusReason);
    speak(this);
}
