#include "app/models/people.h"

bool People::remember(const Person &person)
{
    if (person.id.isEmpty() || (person.email.isEmpty() && person.name.isEmpty()))
        return false;
    const Person learnt = known(person);
    if (learnt == m_persons.value(person.id))
        return false;
    m_persons.insert(person.id, learnt);
    return true;
}

Person People::known(const Person &person) const
{
    const Person learnt = m_persons.value(person.id);
    Person whole = person;
    if (whole.email.isEmpty())
        whole.email = learnt.email;
    if (whole.name.isEmpty())
        whole.name = learnt.name;
    return whole;
}
