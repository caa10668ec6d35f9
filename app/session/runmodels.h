#pragma once

#include "app/models/journalpages.h"
#include "app/models/problemlistmodel.h"
#include "app/models/stoplistmodel.h"
#include "app/stopping/stopservice.h"

/// What this run has done, in the models that live as long as the program: its stops, its problems, the journal. They
/// show the reports of `StopService` as they come and read nothing back.
struct RunModels {
    RunModels(StopService &service, Journal &record, Clock &clock);

    StopListModel stops;
    ProblemListModel problems;
    JournalPages journal;
};
