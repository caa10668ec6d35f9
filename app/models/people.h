#pragma once

#include "app/types/conversation.h"

#include <QHash>
#include <QSet>

/// With the e-mail and name of the other where they are missing.
Person completed(Person person, const Person &from);

/// What was learnt of persons in this run, by user id: a list names the id alone, a record or a waiting message
/// more. What a record says of its person belongs to the id that a list names for the same conversation, whichever of
/// the two is read first; the record need not name an id.
class People {
public:
    bool remember(const Person &person);         ///< whether that told something new
    Person known(const Person &person) const;    ///< with what is missing filled in

    /// What a record of the conversation says, whose list names that id; empty: no list has named one yet. Returns the
    /// ids of whom that told something new.
    QSet<QString> learnRecord(const ConversationId &conversation, const QString &listedId, const Person &told);
    /// A list names the id. Returns it where a record read before told something new of that person.
    QSet<QString> learnListed(const ConversationId &conversation, const QString &listedId);
    /// What a record said for which no list has named an id; nothing where there is none.
    Person ofRecord(const ConversationId &conversation) const { return m_told.value(conversation); }

    /// Whether the e-mail is known, or a record of that person was read that has none. Without an id it counts for the
    /// one conversation.
    bool isRead(const ConversationId &conversation, const Person &person) const;

private:
    QHash<QString, Person> m_persons;
    QSet<QString> m_read; ///< ids of which a record was read, whatever it told
    QHash<ConversationId, Person> m_told; ///< by records of which no list has named the person
};
