#include "ui/parts/savefile.h"

#include <QCoreApplication>
#include <QFileDialog>

using namespace Qt::StringLiterals;

namespace {

struct Files {
    Q_DECLARE_TR_FUNCTIONS(Files)
};

}

void SaveFile::ask(QWidget *parent, std::function<void(const QString &file)> take) const
{
    auto *dialog = new QFileDialog(parent, title);
    dialog->setObjectName(objectName);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(csv ? u"csv"_s : u"json"_s);
    dialog->setNameFilters({csv ? Files::tr("CSV files (*.csv)") : Files::tr("JSON files (*.json)"),
                            Files::tr("All files (*)")});
    dialog->selectFile(u"%1.%2"_s.arg(name, dialog->defaultSuffix()));
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, std::move(take));
    dialog->open();
}
