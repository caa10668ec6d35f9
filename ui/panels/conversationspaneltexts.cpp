// What ConversationsPanel says about the list as a whole: above, beneath, and in place of rows.
#include "ui/panels/conversationspanel.h"

#include "app/words/failurewords.h"
#include "app/words/words.h"
#include "ui/panels/conversationtable.h"
#include "ui/panels/filterchips.h"
#include "ui/panels/panelheader.h"
#include "ui/panels/selectedconversations.h"
#include "ui/panels/visibleconversations.h"
#include "ui/parts/elidedlabel.h"

#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString age(const QDateTime &then, const QDateTime &now)
{
    return words::age(Duration(qMax<qint64>(0, then.msecsTo(now))));
}

/// Whether a person may mean a conversation by this: one word of some length with a digit in it, no e-mail.
bool mayBeId(const QString &text)
{
    static const QRegularExpression pattern(u"^(?=.*[0-9])[A-Za-z0-9_.~-]{8,200}$"_s);
    return pattern.match(text).hasMatch();
}

}

void ConversationsPanel::updateTexts()
{
    const Freshness &freshness = m_status.freshness;
    m_header->setNote(note(), freshness.readAt.isValid() ? words::exactTime(freshness.readAt) : QString());
    m_table->showMessage(m_visible->rowCount() > 0 ? QString() : emptyText());
    updateFooter();
}

void ConversationsPanel::updateFooter()
{
    const int waiting = m_visible->waiting();
    const bool searching = m_status.search.state == OlderSearch::State::Reading;
    m_footer->show(footerText());
    m_showNew->setText(waiting == 1 ? tr("1 new row, show") : tr("%n new rows, show", nullptr, waiting));
    m_showNew->setVisible(waiting > 0);
    m_cancel->setVisible(searching);
    const bool hasRoom = m_selected->hidden() == 0; // beside the sentence about the selection
    m_loadOlder->setVisible(m_status.canLoadOlder && !searching && hasRoom);
    m_loadOlder->setEnabled(!m_status.freshness.loading);
    m_search->setVisible(m_status.canLoadOlder && !searching && hasRoom && !m_visible->findText().isEmpty());
}

QString ConversationsPanel::note() const
{
    const Freshness &freshness = m_status.freshness;
    if (!freshness.readAt.isValid())
        return freshness.lastFailure ? tr("could not be read") : QString();
    const QString age = ::age(freshness.readAt, m_now);
    const bool isOld = isStale(freshness, m_now);
    QStringList parts{isOld ? tr("%1 at %2", "3 running, time").arg(countText(), words::timeOfDay(freshness.readAt))
                            : countText()};
    parts << (freshness.lastFailure      ? tr("updated %1, last try failed").arg(age)
              : isBack(freshness, m_now) ? tr("back since %1, read %2").arg(words::timeOfDay(freshness.backAt), age)
                                         : tr("read %1").arg(age));
    parts << longListText() << missingText();
    parts << (freshness.held ? tr("updates held") : words::whySlow(freshness));
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

/// A list of many pages is never as fresh as its first one.
QString ConversationsPanel::longListText() const
{
    const Freshness &freshness = m_status.freshness;
    if (!freshness.wholeAt.isValid())
        return freshness.total > freshness.listed
            ? tr("%1 of %2 so far").arg(locale().toString(freshness.listed), locale().toString(freshness.total))
            : QString();
    const Duration older(freshness.wholeAt.msecsTo(freshness.readAt));
    return older < 1min ? QString() : tr("each row within %1").arg(words::roughly(older + 1min));
}

/// What the service listed and the table does not have.
QString ConversationsPanel::missingText() const
{
    const int unreadable = m_status.freshness.unreadable;
    QStringList parts;
    if (unreadable > 0)
        parts << (unreadable == 1 ? tr("1 row cannot be read") : tr("%n rows cannot be read", nullptr, unreadable));
    if (m_conversations->isFull())
        parts << tr("the table is full with %1 rows").arg(locale().toString(m_conversations->rowCount()));
    return parts.join(u" · "_s);
}

QString ConversationsPanel::countText() const
{
    const auto count = [this](RowState state) {
        return int(std::ranges::count_if(m_conversations->watchedRows(), [this, state](int number) {
            const Conversation &conversation = m_conversations->row(number).conversation;
            return conversation.state == state && !conversation.isSubTask() && m_visible->isOfAgent(conversation);
        }));
    };
    switch (m_chips->chosen()) {
    case StateFilter::NotStarted: return tr("%n not started", nullptr, count(RowState::NotStarted));
    case StateFilter::WaitingForPerson: return tr("%n waiting", nullptr, count(RowState::WaitingForPerson));
    case StateFilter::Live:
    case StateFilter::Running:
    case StateFilter::All:
    case StateFilter::JustStopped: break;
    }
    return tr("%n running", nullptr, count(RowState::Running));
}

QString ConversationsPanel::emptyText() const
{
    const Freshness &freshness = m_status.freshness;
    if (m_visible->hidden() > 0 || !m_visible->findText().isEmpty())
        return noMatchText();
    if (freshness.readAt.isValid())
        return nothingThereText();
    if (freshness.loading)
        return m_loadingShown.isActive() ? QString() : tr("Reading conversations…");
    if (freshness.lastFailure)
        return words::sentence(*freshness.lastFailure, Subject::Conversations).toHtmlEscaped();
    return {};
}

QString ConversationsPanel::noMatchText() const
{
    QString text = tr("No match; %n without Find.", nullptr, m_visible->hidden());
    if (const QString unread = unreadText(); !unread.isEmpty())
        text += u' ' + tr("%1.").arg(unread);
    if (mayBeId(m_visible->findText()))
        text += u" <a href=\"id\">%1</a>"_s.arg(tr("Look up by id…"));
    return text + u" <a href=\"find\">%1</a>"_s.arg(tr("Remove the filter."));
}

QString ConversationsPanel::nothingThereText() const
{
    const auto nothing = [this] {
        switch (m_chips->chosen()) {
        case StateFilter::Live:
        case StateFilter::Running: return tr("Nothing runs.");
        case StateFilter::NotStarted: return tr("Nothing waits to start.");
        case StateFilter::WaitingForPerson: return tr("Nothing waits for a person.");
        case StateFilter::JustStopped: return tr("Nothing was stopped from here yet.");
        case StateFilter::All: break;
        }
        return tr("There are no conversations.");
    }();
    const QString read = tr("Read %1.").arg(age(m_status.freshness.readAt, m_now));
    const QString all =
        m_chips->chosen() == StateFilter::All ? QString() : u" <a href=\"all\">%1</a>"_s.arg(tr("Show all."));
    return nothing + u' ' + read + all;
}

/// Empty unless several are or were selected. What is counted first is what a stop hits.
QString ConversationsPanel::selectionText() const
{
    const int hidden = m_selected->hidden();
    const int selected = int(m_selected->ids().size());
    if (selected + hidden < 2)
        return {};
    const QString count = locale().toString(selected);
    if (hidden == 0)
        return tr("%1 selected").arg(count);
    return hidden == 1 ? tr("%1 selected, 1 more is not visible under the filter and will not be stopped").arg(count)
                       : tr("%1 selected, %n more are not visible under the filter and will not be stopped", nullptr, hidden).arg(count);
}

QString ConversationsPanel::footerText() const
{
    if (const QString selection = selectionText(); !selection.isEmpty())
        return selection;
    QStringList parts{m_status.place.isEmpty() ? tr("All agents") : words::plain(m_status.place)};
    if (m_visible->hidden() > 0)
        parts << tr("%n hidden by Find", nullptr, m_visible->hidden());
    const QString search = searchText();
    if (!search.isEmpty())
        parts << search;
    else if (!m_status.loaded.isEmpty())
        parts << m_status.loaded;
    parts << unreadText();
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

/// What Find cannot know yet; empty where nothing is looked for, and where every person was read.
QString ConversationsPanel::unreadText() const
{
    const auto [all, unread, nameless] = m_visible->persons();
    QStringList parts;
    if (unread > 0)
        parts << (all == 1 ? tr("1 person not read yet")
                           : tr("%1 of %n persons not read yet", nullptr, all).arg(locale().toString(unread)));
    if (nameless > 0)
        parts << (nameless == 1 ? tr("1 row names no person") : tr("%n rows name no person", nullptr, nameless));
    return parts.join(u", "_s);
}

/// Of a search that goes on, "350 of 4,318, 8 requests, about 6 s"; afterwards what it found.
QString ConversationsPanel::searchText() const
{
    const OlderSearch &search = m_status.search;
    const QString looked = locale().toString(search.looked);
    const QString total = locale().toString(search.total);
    const int matches = m_visible->rowCount() + m_visible->waiting();
    const QString found = matches == 1 ? tr("1 match") : tr("%n matches", nullptr, matches);
    if (m_visible->findText().isEmpty())
        return {};
    switch (search.state) {
    case OlderSearch::State::None:
        return {};
    case OlderSearch::State::Reading: {
        if (search.total == 0)
            return tr("Searching…");
        const QString requests = search.requests == 1 ? tr("1 request") : tr("%n requests", nullptr, search.requests);
        const QString text = tr("%1 of %2, %3").arg(looked, total, requests);
        return search.left ? tr("%1, about %2").arg(text, words::roughly(*search.left)) : text;
    }
    case OlderSearch::State::Done:
        return search.looked == 1 ? tr("Looked through 1 conversation, %1").arg(found)
                                  : tr("Looked through %1 conversations, %2").arg(looked, found);
    case OlderSearch::State::Cancelled:
    case OlderSearch::State::Failed:
        return tr("Looked through %1 of %2, %3").arg(looked, total, found);
    }
    return {};
}
