#include "app/words/words.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr char16_t replacement = u'\ufffd';
constexpr int mostMarks = 4; ///< above and below one letter; more of them cover the lines around it

struct Range {
    char32_t first;
    char32_t last;
};

/// Turn the direction of what follows: a title could show another title with them.
constexpr Range turning[] = {{0x202a, 0x202e}, {0x2066, 0x2069}};

/// Marks, fillers and tags without a shape of their own. Joiners stay: Persian and emoji need them.
constexpr Range invisible[] = {{0x00ad, 0x00ad}, {0x034f, 0x034f}, {0x061c, 0x061c}, {0x115f, 0x1160},
                               {0x17b4, 0x17b5}, {0x180e, 0x180e}, {0x200b, 0x200b}, {0x200e, 0x200f},
                               {0x2060, 0x2065}, {0x206a, 0x206f}, {0x3164, 0x3164}, {0xfeff, 0xfeff},
                               {0xffa0, 0xffa0}, {0xfff9, 0xfffb}, {0xe0000, 0xe007f}};

template <size_t Size> bool isIn(const Range (&ranges)[Size], char32_t c)
{
    return std::ranges::any_of(ranges, [c](const Range &range) { return c >= range.first && c <= range.last; });
}

bool isJoiner(char32_t c)
{
    return c == 0x200c || c == 0x200d;
}

bool isMark(char32_t c)
{
    const QChar::Category category = QChar::category(c);
    return category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing;
}

/// What is no character at all, or commands.
bool isHarmful(char32_t c)
{
    return QChar::isSurrogate(c) || QChar::isNonCharacter(c) || QChar::category(c) == QChar::Other_Control
        || isIn(turning, c);
}

/// The characters of a text one after another, and what may be shown of them.
class Line {
public:
    explicit Line(qsizetype limit) : m_limit(limit) { }

    bool isFull() const { return m_shown.size() > m_limit; }
    void add(char32_t c)
    {
        const bool begins = m_shown.isEmpty() || m_shown.back() == u' ';
        if (QChar::isSpace(c)) {
            if (!begins)
                m_shown.append(u' ');
        } else if (!isIn(invisible, c) && !(begins && isJoiner(c))) {
            countMarks(c);
            if (m_marks <= mostMarks)
                append(c);
        }
    }
    void addLetter(char16_t c)
    {
        m_marks = 0;
        m_shown.append(c);
    }
    QString cut() const
    {
        if (!isFull())
            return m_shown.trimmed();
        QString cut = m_shown.first(m_limit - 1);
        if (!cut.isEmpty() && cut.back().isHighSurrogate())
            cut.chop(1);
        return cut.trimmed() + u'…';
    }

private:
    void countMarks(char32_t c)
    {
        if (isMark(c))
            ++m_marks;
        else if (!isJoiner(c))
            m_marks = 0;
    }
    void append(char32_t c)
    {
        if (isHarmful(c))
            m_shown.append(replacement);
        else
            m_shown.append(QStringView(QChar::fromUcs4(c)));
    }

    QString m_shown;
    qsizetype m_limit;
    int m_marks = 0;
};

}

namespace words {

QString plain(const QString &text, qsizetype limit)
{
    Line line(limit);
    for (qsizetype i = 0; i < text.size() && !line.isFull(); ++i) {
        const char16_t unit = text[i].unicode();
        if (unit > u' ' && unit < 0x7f) {
            line.addLetter(unit);
            continue;
        }
        const bool isPair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        line.add(isPair ? QChar::surrogateToUcs4(text[i], text[i + 1]) : unit);
        i += isPair ? 1 : 0;
    }
    return line.cut();
}

QString plainLines(const QString &text)
{
    QStringList lines = text.split(u'\n');
    for (QString &line : lines) {
        const auto begins = std::ranges::find_if(line, [](QChar c) { return c != u' '; });
        const qsizetype indent = begins - line.begin();
        line = line.first(indent) + plain(line.sliced(indent), line.size());
    }
    return lines.join(u'\n');
}

QString toolTip(const QString &text)
{
    constexpr qsizetype width = 90;
    constexpr qsizetype longestWord = 120; ///< a line without a blank would be wider than the screen
    QString shown;
    qsizetype inLine = 0;
    for (const QChar c : text) {
        const bool full = inLine >= width && c == u' ';
        if (inLine >= longestWord && !full && !c.isLowSurrogate() && !c.isMark() && c != u'\n') {
            shown.append(u'\n');
            inLine = 0;
        }
        shown.append(full ? QChar(u'\n') : c);
        inLine = full || c == u'\n' ? 0 : inLine + 1;
        // Qt takes a tool tip for HTML when a known tag or "&lt;" stands in it: an invisible joiner breaks both
        if (c == u'<' || c == u'&')
            shown.append(QChar(0x2060));
    }
    return shown;
}

}
