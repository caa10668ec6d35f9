#include "app/startarguments.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

struct Options {
    QCommandLineOption demo{
        u"demo"_s, QCoreApplication::translate("main", "Play the service on this computer. Needs no account.")};
    QCommandLineOption size{
        u"demo-size"_s,
        QCoreApplication::translate("main", "The demo has so many more conversations, 0 to 10000; the first 500 run."),
        u"number"_s};
    QCommandLineOption limits{
        u"demo-limits"_s,
        QCoreApplication::translate("main", "Requests that the demo answers in a minute and in an hour: 100,1000."),
        u"minute,hour"_s};
    QCommandLineOption keep{
        u"demo-keep"_s,
        QCoreApplication::translate("main", "The demo goes on where the last one with this folder ended; its service and "
                                            "its journal stand there. For tests of crashes."),
        u"folder"_s};
    QCommandLineOption help{{u"h"_s, u"help"_s}, QCoreApplication::translate("main", "Show this text.")};
    QCommandLineOption version{{u"v"_s, u"version"_s}, QCoreApplication::translate("main", "Show the version.")};
};

/// A whole number, written with digits alone.
std::optional<int> numberOf(const QString &text, int least, int most)
{
    const bool isPlain = !text.isEmpty() && text.size() <= 8 && std::ranges::all_of(text, [](QChar sign) {
        return sign >= u'0' && sign <= u'9';
    });
    const int number = isPlain ? text.toInt() : -1;
    return number >= least && number <= most ? std::optional(number) : std::nullopt;
}

QString takeSize(const QString &text, StartArguments &taken)
{
    const std::optional<int> size = numberOf(text, 0, StartArguments::mostInDemo);
    taken.demoSize = size.value_or(0);
    return size ? QString()
                : QCoreApplication::translate("main", "--demo-size takes a number from 0 to 10000, not: %1").arg(text);
}

QString takeLimits(const QString &text, StartArguments &taken)
{
    const QStringList parts = text.split(u',');
    const auto part = [&parts](int number) {
        return numberOf(parts.value(number), 1, StartArguments::mostRequests);
    };
    if (parts.size() != 2 || !part(0) || !part(1))
        return QCoreApplication::translate(
                   "main", "--demo-limits takes two numbers from 1 to 1000000, as 100,1000, not: %1").arg(text);
    taken.requestsPerMinute = *part(0);
    taken.requestsPerHour = *part(1);
    return {};
}

/// Why the options cannot be followed; empty where they can.
QString take(const QCommandLineParser &parser, const Options &options, StartArguments &taken)
{
    if (!parser.positionalArguments().isEmpty())
        return QCoreApplication::translate("main", "Unexpected argument: %1")
            .arg(parser.positionalArguments().constFirst());
    taken.demo = parser.isSet(options.demo);
    if (!taken.demo && (parser.isSet(options.size) || parser.isSet(options.limits) || parser.isSet(options.keep)))
        return QCoreApplication::translate("main", "--demo-size, --demo-limits and --demo-keep need --demo.");
    taken.keepDemoIn = parser.value(options.keep);
    if (parser.isSet(options.keep) && taken.keepDemoIn.isEmpty())
        return QCoreApplication::translate("main", "--demo-keep takes a folder.");
    QString complaint;
    if (parser.isSet(options.size))
        complaint = takeSize(parser.value(options.size), taken);
    if (complaint.isEmpty() && parser.isSet(options.limits))
        complaint = takeLimits(parser.value(options.limits), taken);
    return complaint;
}

}

StartArguments readArguments(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("main", "Stops runaway AI agent conversations, and sees that they stopped."));
    const Options options;
    parser.addOptions({options.demo, options.size, options.limits, options.keep, options.help, options.version});
    StartArguments taken;
    if (!parser.parse(arguments))
        taken.complaint = parser.errorText();
    else if (parser.isSet(options.help))
        taken.output = parser.helpText();
    else if (parser.isSet(options.version))
        taken.output = u"Stopdesk "_s + QCoreApplication::applicationVersion() + u'\n';
    else
        taken.complaint = take(parser, options, taken);
    if (!taken.output.isEmpty())
        taken.exitCode = 0;
    if (!taken.complaint.isEmpty()) {
        taken.exitCode = 2;
        taken.complaint += u"\nTry: stopdesk --help\n"_s;
    }
    return taken;
}
