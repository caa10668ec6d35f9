#include "app/demo/task.h"

#include <QUuid>

#include <array>

using namespace Qt::StringLiterals;

namespace demo {

static QString idOf(QStringView kind, QStringView name)
{
    const QUuid ours(0x6f5b1c1e, 0x8d0a, 0x4b8e, 0x9b, 0x52, 0x10, 0x7d, 0x3e, 0x6c, 0x1a, 0x44);
    return QUuid::createUuidV5(ours, u"%1/%2"_s.arg(kind, name)).toString(QUuid::WithoutBraces);
}

QString taskId(QStringView title)
{
    return idOf(u"task", title);
}

QString agentId(QStringView name)
{
    return idOf(u"agent", name);
}

QString messageId(QStringView title, int number)
{
    return idOf(u"message", u"%1/%2"_s.arg(title).arg(number));
}

QString organizationId()
{
    return idOf(u"organization", u"Acme");
}

Person person(int number)
{
    struct Name {
        QStringView first;
        QStringView last;
    };
    static constexpr std::array<Name, 8> names{{{u"Dana", u"Whitfield"},
                                                {u"Noa", u"Ben-David"},
                                                {u"Omar", u"Haddad"},
                                                {u"Lee", u"Castellanos"},
                                                {u"Zoë", u"Müller"},
                                                {u"Ines", u"Duarte"},
                                                {u"Kofi", u"Mensah"},
                                                {u"Priya", u"Raman"}}};
    const Name &name = names[std::size_t(number) % names.size()];
    const QString mailbox = name.first == u"Zoë" ? u"zoe"_s : name.first.toString().toLower();
    const QString email = mailbox + u"@acme.example"_s;
    return {idOf(u"person", email), name.first.toString(), name.last.toString(), email};
}

}
