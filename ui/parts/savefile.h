#pragma once

#include <QString>

#include <functional>

class QWidget;

/// Asks where to save a table, as CSV or as JSON, and hands the chosen file to `take`. `name`: without its ending.
struct SaveFile {
    QString title;
    QString objectName;
    QString name;
    bool csv = true;

    void ask(QWidget *parent, std::function<void(const QString &file)> take) const;
};
