#pragma once

#include "app/session/session.h"
#include "ui/parts/noticebar.h"

#include <QCoreApplication>

/// What the window has to say above its panels, most urgent first.
struct Notice {
    NoticeBar::Severity severity = NoticeBar::Severity::Info;
    QString text; ///< empty: nothing
    QString action; ///< leads to where a key is entered

    bool operator==(const Notice &) const = default;
    Q_DECLARE_TR_FUNCTIONS(Notice)
};

/// `keyRefused`: the service refused the key that is in use.
Notice noticeOf(Session &session, bool keyRefused);
