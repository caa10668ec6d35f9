"""What a screen reader is told of problems, wherever the focus is: the sum above them, as an alert that shows itself. A
program of its own listens on the accessibility bus, as a screen reader does.

    tests/support/desktop.sh python3 tests/endtoend/heard.py --shots FOLDER build/dev/app/stopdesk --demo
"""
import os
import subprocess
import sys

import pyatspi

from errors import step_button, stop
from screen import GONE, main

LISTEN = "--listen"
EVENTS = ("object:state-changed:showing", "object:state-changed:focused")


def listen(path):
    """Writes a line for each alert that shows itself or has the focus, until it is ended."""
    with open(path, "w", encoding="utf-8") as heard:
        def take(event):
            try:
                event.source.clear_cache()  # its name may have changed since it was last heard of
                if event.detail1 and event.source.getRoleName() in ("alert", "notification"):
                    print(str(event.type).split(":")[2], event.source.name, file=heard, flush=True)
            except GONE:
                pass  # gone already
        pyatspi.Registry.registerEventListener(take, *EVENTS)
        print("listening", file=heard, flush=True)
        pyatspi.Registry.start()


def steps(screen):
    path = os.path.join(screen.folder, "heard.txt")

    def heard():
        if not os.path.exists(path):
            return []
        with open(path, encoding="utf-8") as lines:
            return lines.read().splitlines()

    def wait_for(what, *words):
        screen.wait_for(what, lambda: any(all(word in line for word in words) for line in heard()), 20)

    listener = subprocess.Popen([sys.executable, __file__, LISTEN, path])
    try:
        wait_for("the listener", "listening")
        stop(screen, "Answers 401")
        wait_for("the refusal to be heard", "showing 1 problem. Nothing was stopped: The service does not accept the key")
        wait_for("the sum to have the focus", "focused 1 problem. Nothing was stopped:")
        screen.click(screen.wait_for("the step", lambda: step_button(screen)))
        wait_for("why there is no key to enter", "showing 1 problem. The demo has no key and nothing to edit.")
        screen.shot("heard")
    finally:
        listener.kill()
        listener.wait()


if __name__ == "__main__":
    if LISTEN in sys.argv:
        listen(sys.argv[-1])
    else:
        main(steps, __doc__)
