#pragma once

#include "app/types/conversation.h"

#include <QHash>

/// What was learnt of persons in this run, by user id: a list names the id alone, a record or a waiting message
/// more.
class People {
public:
    bool remember(const Person &person);         ///< whether that told something new
    Person known(const Person &person) const;    ///< with what is missing filled in

private:
    QHash<QString, Person> m_persons;
};
