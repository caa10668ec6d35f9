#pragma once

#include "app/demo/reaction.h"

using demo::HeaderLines;
using demo::Reaction;

Reaction gzipped(int status, const QByteArray &body);
Reaction gzipBomb(int mebibytes); ///< a small body that unpacks to so many zeros
