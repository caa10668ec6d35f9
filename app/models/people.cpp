#include "app/models/people.h"

Person completed(Person person, const Person &from)
{
    if (person.email.isEmpty())
        person.email = from.email;
    if (person.name.isEmpty())
        person.name = from.name;
    return person;
}

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
    return completed(person, m_persons.value(person.id));
}

QSet<QString> People::learnRecord(const ConversationId &conversation, const QString &listedId, const Person &told)
{
    if (listedId.isEmpty())
        m_told[conversation] = completed(told, m_told.value(conversation));
    QSet<QString> news;
    for (const QString &id : {listedId, told.id}) {
        if (id.isEmpty())
            continue;
        m_read.insert(id);
        if (remember({id, told.email, told.name}))
            news.insert(id);
    }
    return news;
}

QSet<QString> People::learnListed(const ConversationId &conversation, const QString &listedId)
{
    const auto told = m_told.constFind(conversation);
    if (listedId.isEmpty() || told == m_told.cend())
        return {};
    const Person person = *told;
    m_told.erase(told); // the next id may be another person's
    return learnRecord(conversation, listedId, person);
}

bool People::isRead(const ConversationId &conversation, const Person &person) const
{
    return !known(person).email.isEmpty() || m_read.contains(person.id) || m_told.contains(conversation);
}
