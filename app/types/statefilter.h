#pragma once

/// Which conversations are listed.
enum class StateFilter { Live, Running, NotStarted, WaitingForPerson, All, JustStopped };
