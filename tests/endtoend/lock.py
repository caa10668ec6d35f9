"""The demo on a desktop that is locked and unlocked, by a logind of python3-dbusmock on a system bus of the test's own:
nothing can be stopped and no waiting message is read until one click, in Details and in an open question.

    tests/support/desktop.sh python3 tests/endtoend/lock.py --shots FOLDER build/dev/app/stopdesk --demo
"""
import os
import subprocess
import sys
import time

from screen import BUTTON, EDIT, ENABLED, LIST, SHOWING, TABLE, Failed, Screen, box, centre, children, has, say, \
    script, text_of, walk

LOGIND = "org.freedesktop.login1"
SESSION = "c1"
THREE = "Three messages wait"
UNLOCK = "Unlock to stop…"
HIDDEN = "Text hidden"


class Desktop:
    """A system bus and the logind on it."""

    def __enter__(self):
        self.bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address"],
                                    stdout=subprocess.PIPE, text=True)
        self.address = self.bus.stdout.readline().strip()
        os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = self.address
        os.environ["XDG_SESSION_ID"] = SESSION
        self.logind = subprocess.Popen([sys.executable, "-m", "dbusmock", "--system", "-t", "logind"],
                                       stdout=subprocess.DEVNULL)
        subprocess.run(["gdbus", "wait", "--address", self.address, "--timeout", "20", LOGIND], check=True)
        self.call("/org/freedesktop/login1", "org.freedesktop.DBus.Mock.AddSession", SESSION, "seat0", "1000", "noa", "true")
        return self

    def __exit__(self, *error):
        for process in (self.logind, self.bus):
            process.kill()
            process.wait()

    def call(self, path, method, *values):
        subprocess.run(["gdbus", "call", "--address", self.address, "--dest", LOGIND, "--object-path", path,
                        "--method", method, *values], check=True, stdout=subprocess.DEVNULL)

    def session(self, method, *values):
        self.call(f"/org/freedesktop/login1/session/{SESSION}", f"{LOGIND}.Session.{method}", *values)

    def lock(self):
        self.session("Lock")
        self.session("SetLockedHint", "true")

    def unlock(self):
        self.session("SetLockedHint", "false")
        self.session("Unlock")


def waiting(screen, within):
    """What a screen reader is told of the waiting messages."""
    return [item.name for item in children(screen.find("Waiting messages", LIST, within))]


def must_hide(screen, within, texts):
    screen.wait_for("hidden texts", lambda: all(HIDDEN in name for name in waiting(screen, within)))
    for widget in walk(screen.app):
        if any(text in text_of(widget) or text in (widget.name or "") for text in texts):
            raise Failed(f"a waiting message can be read in {widget.name!r}")


def click_twice(screen, widget):
    x, y = centre(box(widget))
    subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "--repeat", "2", "--delay", "80", "1"], check=True)


def steps(screen, desktop):
    conversations = screen.find("Conversations", TABLE)
    number, _ = screen.row_where(conversations, lambda row: row["Title"] == THREE, f"conversation {THREE!r}")
    screen.click_row(conversations, number, "Title")
    screen.wait_for("three waiting messages", lambda: len(waiting(screen, screen.app)) == 3)
    texts = [name.partition(",")[0] for name in waiting(screen, screen.app)]
    say(f"Waiting: {texts}")

    desktop.lock()
    screen.find(UNLOCK, BUTTON)
    must_hide(screen, screen.app, texts)
    if screen.look("Stop conversation…", BUTTON) is not None:
        raise Failed("the button that stops should have given its place")
    screen.wait_for("words for the pause", lambda: any("while the desktop is locked" in (widget.name or "")
                                                       for widget in walk(screen.app)))
    screen.shot("locked")

    desktop.unlock()
    screen.key("ctrl+shift+s", "ctrl+i", "Return", "space")
    time.sleep(1)
    must_hide(screen, screen.app, texts)
    screen.shot("unlocked")
    click_twice(screen, screen.find(UNLOCK, BUTTON))
    stop = screen.find("Stop conversation…", BUTTON)
    if any(window.name == "Stop conversation?" for window in children(screen.app)):
        raise Failed("the second half of a double click should ask nothing")
    screen.wait_for("the texts", lambda: waiting(screen, screen.app)[0].startswith(texts[0]))

    screen.click(stop)
    question = screen.window("Stop conversation?")
    reason = screen.find("Reason", EDIT, question)
    screen.click(reason)
    screen.type("Ticket 4711")
    desktop.lock()
    unlock = screen.find(UNLOCK, BUTTON, question)
    must_hide(screen, question, texts)
    screen.shot("question-locked")
    desktop.unlock()
    click_twice(screen, unlock)
    button = screen.find("Stop conversation", BUTTON, question)
    screen.wait_for("the red button", lambda: has(button, ENABLED) and has(button, SHOWING))
    if text_of(reason) != "Ticket 4711":
        raise Failed("what was typed should have stayed")
    screen.shot("question-armed")
    screen.click(button)
    screen.row_where(screen.find("Stops", TABLE), lambda row: any(THREE in text for text in row.values()), "the stop")
    screen.close()


def run(arguments):
    with Desktop() as desktop:
        with Screen(arguments.command, arguments.shots) as screen:
            steps(screen, desktop)


if __name__ == "__main__":
    script(run, "The demo on a desktop that is locked and unlocked.")
