#include "tests/support/poordisk.h"

using namespace Qt::StringLiterals;

QProcessEnvironment poorDisk(const QString &folder, const QString &lacks, int error)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LD_PRELOAD"_s, QStringLiteral(STOPDESK_POOR_DISK));
    environment.insert(u"ASAN_OPTIONS"_s, u"verify_asan_link_order=0"_s);
    environment.insert(u"STOPDESK_POOR_DISK"_s, folder);
    environment.insert(u"STOPDESK_DISK_LACKS"_s, lacks);
    if (error != 0)
        environment.insert(u"STOPDESK_DISK_ERROR"_s, QString::number(error));
    return environment;
}
