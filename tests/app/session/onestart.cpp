#include "app/session/singleinstance.h"

#include <QCoreApplication>

#include <cstdio>

namespace {

void say(const char *line)
{
    std::puts(line);
    std::fflush(stdout);
}

}

/// onestart FOLDER: a start of a program that is there once for a folder. Says what kind of start it was, and each wish
/// to be raised; ends when it was handed over.
int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    SingleInstance instance(QCoreApplication::arguments().at(1));
    QObject::connect(&instance, &SingleInstance::raiseWanted, &instance, [] { say("raise"); });
    switch (instance.start()) {
    case SingleInstance::Start::HandedOver:
        say("handed over");
        return 0;
    case SingleInstance::Start::First:
        say("first");
        break;
    case SingleInstance::Start::Alone:
        say("alone");
        break;
    }
    return QCoreApplication::exec();
}
