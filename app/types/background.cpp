#include "app/types/background.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

/// Ends with the application, which waits for it.
QThreadPool &backgroundThreads()
{
    QCoreApplication *application = QCoreApplication::instance();
    auto *threads = application->findChild<QThreadPool *>(u"background"_s, Qt::FindDirectChildrenOnly);
    if (!threads) {
        threads = new QThreadPool(application);
        threads->setObjectName(u"background"_s);
    }
    return *threads;
}
