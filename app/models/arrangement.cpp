#include "app/models/arrangement.h"

#include "app/models/conversationcells.h"
#include "app/words/words.h"

#include <QStringMatcher>

#include <algorithm>
#include <numeric>

using Column = ConversationListModel::Column;

namespace {

/// Sub-tasks come right after their conversation: high half the place of the group, low half the one within it.
qint64 placeInList(const ConversationListModel &conversations, int row)
{
    const Conversation &conversation = conversations.row(row).conversation;
    if (!conversation.isSubTask())
        return qint64(row) << 32;
    const int parent = conversations.find(conversation.parent);
    return parent < 0 ? (qint64(row) << 32) + 1 : (qint64(parent) << 32) + row + 1;
}

}

Candidate candidateOf(const ConversationListModel &conversations, int row, const Wish &wish)
{
    const ConversationRow &known = conversations.row(row);
    const Conversation &conversation = known.conversation;
    const Person &person = conversation.person;
    Candidate candidate{row, 0, {}, {}, {}};
    if (wish.column < 0)
        candidate.number = placeInList(conversations, row);
    else if (wish.column == Column::Title)
        candidate.text = conversation.title;
    else if (wish.column == Column::Agent)
        candidate.text = conversations.agentName(conversation.agent);
    else if (wish.column == Column::Person)
        candidate.person = person;
    else
        candidate.number = cells::sortNumber(known, wish.column);
    if (!wish.find.isEmpty())
        candidate.found = {conversation.title, conversation.id.value, person.email, person.name, person.id};
    return candidate;
}

bool isFound(const Candidate &candidate, const QString &find)
{
    return find.isEmpty() || std::ranges::any_of(candidate.found, [&find](const QString &text) {
               return text.contains(find, Qt::CaseInsensitive);
           });
}

void fold(Candidate &candidate, const Wish &wish)
{
    if (wish.column == Column::Title)
        candidate.text = words::title(candidate.text);
    else if (wish.column == Column::Person)
        candidate.text = words::person(candidate.person);
    candidate.text = candidate.text.toLower();
}

bool standsBefore(const Candidate &one, const Candidate &other, const Wish &wish)
{
    const bool up = wish.order == Qt::AscendingOrder;
    if (one.number != other.number)
        return (one.number < other.number) == up;
    const int texts = one.text.compare(other.text);
    return texts == 0 ? one.row < other.row : (texts < 0) == up;
}

QList<int> arrange(QList<Candidate> candidates, const Wish &wish)
{
    const QStringMatcher matcher(wish.find, Qt::CaseInsensitive);
    const auto isMatch = [&matcher](const QString &text) { return matcher.indexIn(text) >= 0; };
    if (!wish.find.isEmpty())
        candidates.removeIf([&isMatch](const Candidate &each) { return std::ranges::none_of(each.found, isMatch); });
    for (Candidate &candidate : candidates)
        fold(candidate, wish);
    QList<const Candidate *> order;
    order.reserve(candidates.size());
    for (const Candidate &candidate : std::as_const(candidates))
        order.append(&candidate);
    std::ranges::sort(order, [&wish](const Candidate *one, const Candidate *other) {
        return standsBefore(*one, *other, wish);
    });
    QList<int> rows;
    rows.reserve(order.size());
    for (const Candidate *candidate : std::as_const(order))
        rows.append(candidate->row);
    return rows;
}
