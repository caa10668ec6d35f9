#pragma once

#include <QString>

/// What stands in front of a service answers with pages for people. Of such a page only its title is taken.
namespace webpage {

bool isMarkup(const QString &text);
/// The title, else the first heading or the message of an XML error, else that a page came; plain text.
QString title(const QString &page);

}
