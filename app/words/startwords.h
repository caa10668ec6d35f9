#pragma once

#include "app/types/foldertrouble.h"
#include "app/types/runninginstance.h"

/// The words for a start: another Stopdesk that runs already, and what a folder lacks in which data are kept.
namespace words {

QString runsElsewhere(const RunningInstance &other);  ///< "Stopdesk is already running on display :1 (process 1234)."
QString whyNotTwo();                                  ///< a sentence, after it
/// Because that one does not answer, or is on another computer. `lockFile`: what says the latter.
QString startsBeside(const RunningInstance &other, const QString &lockFile);
QString startsUnchecked(const QString &folder);        ///< nobody knows whether another one runs
QString startsUnheard(const QString &folder);          ///< a later start cannot hand over to this one
QString noDisplay();                                  ///< a sentence
/// After "Forget everything". `keys`: what became of them, a sentence; `left`: folders that are still there.
QString forgotten(const QString &keys, const QStringList &left);
QString folderLacks(FolderTrouble trouble, const QString &folder); ///< "The disk is full: /home/noa"; empty: nothing

}
