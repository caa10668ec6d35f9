#pragma once

#include "app/session/session.h"
#include "ui/parts/noticebar.h"

#include <QCoreApplication>

/// What the window has to say above its panels, most urgent first.
struct Notice {
    NoticeBar::Severity severity = NoticeBar::Severity::Info;
    QString text; ///< empty: nothing
    QString action{}; ///< leads to where a key is entered
    bool isLasting = false; ///< so for the whole run: gives way to what has just come of something

    bool operator==(const Notice &) const = default;
    Q_DECLARE_TR_FUNCTIONS(Notice)
};

/// `notKept`: why the open connection will not be opened again by itself, in words; empty where it will. A notice about
/// a connection goes with it.
Notice noticeOf(Session &session, const QString &notKept);
