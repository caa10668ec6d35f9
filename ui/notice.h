#pragma once

#include "app/session/session.h"
#include "ui/parts/noticebar.h"

/// What the window has to say above its panels, most urgent first, and where its button leads.
struct Notice {
    enum class Leads { Nowhere, KeyForSession, KeyOfConnection };

    NoticeBar::Severity severity = NoticeBar::Severity::Info;
    QString text; ///< empty: nothing
    QString action;
    Leads leads = Leads::Nowhere;

    bool operator==(const Notice &) const = default;
};

/// `keyRefused`: the service refused the key that is in use.
Notice noticeOf(const Session &session, const std::optional<Failure> &journalTrouble, bool keyRefused);
