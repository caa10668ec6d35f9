"""The computer's clock is set while the program runs, an hour back and, with STOPDESK_BOTH_WAYS set, an hour ahead: what is stopped is shown as
stopped, with the times that the clock shows then, nothing is older than it is, and one notice says that the service's
clock differs.

    tests/support/desktop.sh python3 tests/endtoend/setclock.py --shots FOLDER build/dev/app/stopdesk
"""
import datetime
import glob
import os
import re

from demo import state_of, stop, table, wait_for_outcome
from screen import SHOWING, TABLE, Failed, Screen, has, say, script, walk

HOUR = 3600
NOTICE = "The service's clock and this computer's differ by"


class SetClock:
    """The wall clock of what is started from here, by libfaketime; no other clock of it changes."""

    def __init__(self, folder):
        found = glob.glob("/usr/lib/*/faketime/libfaketime.so.1")
        if not found:
            raise Failed("libfaketime is not installed")
        os.makedirs(folder, exist_ok=True)
        self.file = os.path.join(os.path.abspath(folder), "clock")
        self.seconds = 0
        self.set(0)
        os.environ.update({"LD_PRELOAD": found[0], "FAKETIME_TIMESTAMP_FILE": self.file, "FAKETIME_NO_CACHE": "1",
                           "FAKETIME_DONT_FAKE_MONOTONIC": "1"})

    def set(self, seconds):
        self.seconds = seconds
        with open(self.file + ".new", "w", encoding="ascii") as file:
            file.write(f"{seconds:+d}\n")
        os.replace(self.file + ".new", self.file)

    def now(self):
        return datetime.datetime.now() + datetime.timedelta(seconds=self.seconds)


def shown(screen):
    return [widget.name for widget in walk(screen.app) if has(widget, SHOWING) and widget.name]


def expect_fresh(screen):
    """Nothing was read in the future, and nothing an hour ago."""
    ages = [text for text in shown(screen) if re.search(r"\bread (just now|\d)", text)]
    if not ages or any(re.search(r"\d (min|h|d) ago", text) for text in ages):
        raise Failed(f"what was just read should be seconds old: {ages}")


def expect_outcome_at(screen, title, clock):
    """The time of day in Stops is the one that the computer's clock showed."""
    _, row = screen.row_where(table(screen, "Stops"), lambda row: row["Title"] == title, f"the stop of {title!r}")
    told = datetime.datetime.strptime(re.search(r"\d\d:\d\d:\d\d", row["Outcome"]).group(), "%H:%M:%S")
    now = clock.now()
    difference = abs((now - now.replace(hour=told.hour, minute=told.minute, second=told.second)).total_seconds())
    if min(difference, 24 * HOUR - difference) > 120:
        raise Failed(f"{row['Outcome']!r} while the clock shows {now:%H:%M:%S}")


def expect_ended(screen, title):
    number, row = state_of(screen, title)
    if not row["State"].startswith("Stopped"):
        raise Failed(f"row {number} should say Stopped: {row['State']!r}")


def after_setting(screen, clock, seconds, title, picture):
    clock.set(seconds)
    screen.wait_for("the notice", lambda: any(text.startswith(NOTICE) for text in shown(screen)), 40)
    say(next(text for text in shown(screen) if text.startswith(NOTICE)))
    expect_fresh(screen)
    stop(screen, title)
    wait_for_outcome(screen, title, "Stopped")
    expect_outcome_at(screen, title, clock)
    expect_ended(screen, title)
    screen.shot(picture)


def set_right(screen, clock):
    clock.set(0)
    screen.wait_for("the notice to go", lambda: not any(text.startswith(NOTICE) for text in shown(screen)))


def run(arguments):
    clock = SetClock(arguments.shots)
    with Screen(arguments.command + ["--demo"], arguments.shots) as screen:
        screen.find("Conversations", TABLE)
        if any(text.startswith(NOTICE) for text in shown(screen)):
            raise Failed("nobody has set the clock yet")
        after_setting(screen, clock, -HOUR, "Stops at once", "an-hour-back")
        set_right(screen, clock)
        if "STOPDESK_BOTH_WAYS" in os.environ:
            after_setting(screen, clock, HOUR, "Stops after 8 seconds", "an-hour-ahead")
            set_right(screen, clock)
        screen.close()


if __name__ == "__main__":
    script(run, "The computer's clock is set while the program runs.")
