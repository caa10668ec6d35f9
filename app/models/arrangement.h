#pragma once

#include "app/models/conversationlistmodel.h"

#include <array>

/// How a person wants the conversations: in which order, and which of them.
struct Wish {
    int column = -1; ///< -1: the order of the list, sub-tasks under their conversation
    Qt::SortOrder order = Qt::AscendingOrder;
    QString find;    ///< in title, person or id; empty: all

    bool operator==(const Wish &) const = default;
};

/// What decides the place of a row, by value, so that many can be put in order in another thread.
struct Candidate {
    int row = 0;       ///< its number in the model
    qint64 number = 0; ///< of a column of numbers, or the place in the list
    QString text;      ///< of a column of words; to be folded
    Person person;     ///< of the column of persons; folding makes a text of it
    std::array<QString, 5> found; ///< where Find looks; only filled in for that
};

/// Copies what the wish needs of a row. Cheap: the costly part is left to `arrange`.
Candidate candidateOf(const ConversationListModel &conversations, int row, const Wish &wish);

bool isFound(const Candidate &candidate, const QString &find);

/// The numbers of those that are found, in order.
QList<int> arrange(QList<Candidate> candidates, const Wish &wish);

/// Whether one stands before the other; both folded.
bool standsBefore(const Candidate &one, const Candidate &other, const Wish &wish);
void fold(Candidate &candidate, const Wish &wish);
