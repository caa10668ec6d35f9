#pragma once

#include "app/session/servicelink.h"
#include "ui/parts/noticebar.h"

#include <QCoreApplication>

/// What the window has to say above its panels, most urgent first.
struct Notice {
    enum class Lasting { No, SharedJournal, ServiceClock, TokenEnds, TokenEnded };

    NoticeBar::Severity severity = NoticeBar::Severity::Info;
    QString text; ///< empty: nothing
    QString action{}; ///< leads to where a key is entered
    Lasting lasting = Lasting::No; ///< what stays so for long, and may change while it is shown

    /// To what has just come of something. A token's end does not: the next stop fails for it.
    bool givesWay() const { return lasting == Lasting::SharedJournal || lasting == Lasting::ServiceClock; }

    bool operator==(const Notice &) const = default;
    Q_DECLARE_TR_FUNCTIONS(Notice)
};

/// `shown` and `closed`: what lasts and is on the screen, or a person has closed. `notKept`: why the open connection
/// will not be opened again by itself, in words; empty where it will. A notice about a connection goes with it.
Notice noticeOf(const ServiceLink &link, const StopService &stops, const QDateTime &now, const QString &notKept, Notice::Lasting shown,
                const QList<Notice::Lasting> &closed);
