#include "app/session/singleinstance.h"

#include <QCoreApplication>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

void say(const char *line)
{
    std::puts(line);
    std::fflush(stdout);
}

}

/// onestart FOLDER [DISPLAY]: a start of a program that is there once for a folder, with its windows there. Says what
/// kind of start it was, and each wish to be raised; ends when it was handed over.
int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    SingleInstance instance(QCoreApplication::arguments().at(1), QCoreApplication::arguments().value(2));
    QObject::connect(&instance, &SingleInstance::raiseWanted, &instance, [] { say("raise"); });
    switch (instance.start()) {
    case SingleInstance::Start::HandedOver:
        say("handed over");
        return 0;
    case SingleInstance::Start::First:
        say("first");
        break;
    case SingleInstance::Start::Unheard:
        say("unheard");
        break;
    case SingleInstance::Start::Elsewhere:
        say(qPrintable(u"elsewhere %1 %2"_s.arg(instance.other().process).arg(instance.other().display)));
        say(instance.raise() ? "shown there" : "gone");
        return 0;
    case SingleInstance::Start::Beside:
        say(qPrintable(u"beside %1"_s.arg(instance.other().process)));
        break;
    case SingleInstance::Start::Unchecked:
        say("unchecked");
        break;
    }
    return QCoreApplication::exec();
}
