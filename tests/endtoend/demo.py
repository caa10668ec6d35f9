"""The demo, started, left and reached again: a second one begins anew with an empty journal, whatever the first one
stopped; one that is kept in a folder goes on after a crash; it leads to the start page and back, by key, menu and chooser.

    tests/support/desktop.sh python3 tests/endtoend/demo.py --shots FOLDER build/dev/app/stopdesk
"""
import os
import signal

from screen import BUTTON, ENABLED, TAB, TABLE, Failed, Screen, children, has, say, script, walk

AT_ONCE = "Stops at once"
LATER = "Stops after 8 seconds"
DEMO = "Demo – Stopdesk"
START = "Stopdesk"


def table(screen, name):
    """In a tab that may be behind."""
    if screen.look(name, TABLE) is None:
        screen.click(screen.find(name, TAB))
    return screen.find(name, TABLE)


def state_of(screen, title):
    conversations = screen.find("Conversations", TABLE)
    return screen.row_where(conversations, lambda row: row["Title"] == title, f"conversation {title!r}")


def stop(screen, title):
    number, _ = state_of(screen, title)
    screen.click_row(screen.find("Conversations", TABLE), number, "Title")
    button = screen.find("Stop conversation…", BUTTON)
    screen.wait_for_state(button, ENABLED, "to be enabled")
    screen.click(button)
    screen.click(screen.find("Stop conversation", BUTTON, screen.window("Stop conversation?")))


def wait_for_outcome(screen, title, outcome):
    screen.row_where(table(screen, "Stops"), lambda row: row["Title"] == title and row["Outcome"].startswith(outcome),
                     f"{title!r} that is {outcome!r}", 40)


def expect_nothing_decided(screen):
    state_of(screen, AT_ONCE)
    for name in ("Stops", "Journal"):
        if table(screen, name).queryTable().nRows != 0:
            raise Failed(f"a demo that begins should have an empty {name}")
    _, row = state_of(screen, AT_ONCE)
    if "Running" not in row["State"]:
        raise Failed(f"what the demo before stopped should run: {row['State']}")


def begins_anew(command, folder):
    for number in (1, 2):
        with Screen(command + ["--demo"], f"{folder}/{number}-anew") as screen:
            expect_nothing_decided(screen)
            screen.shot("begun")
            stop(screen, AT_ONCE)
            wait_for_outcome(screen, AT_ONCE, "Stopped")
            screen.close()
    say("Twice from the beginning")


def goes_on(command, folder):
    kept = command + ["--demo", "--demo-keep", os.path.expanduser("~/kept demo")]
    with Screen(kept, f"{folder}/3-kept") as screen:
        stop(screen, AT_ONCE)
        wait_for_outcome(screen, AT_ONCE, "Stopped")
        stop(screen, LATER)
        wait_for_outcome(screen, LATER, "")
        os.kill(screen.process.pid, signal.SIGKILL)
        screen.process.wait(10)
    with Screen(kept, f"{folder}/4-after-a-crash") as screen:
        wait_for_outcome(screen, LATER, "Stopped")
        if table(screen, "Journal").queryTable().nRows != 2:
            raise Failed("the journal should know both stops")
        shown = [row["Title"] for row in screen.rows(screen.find("Conversations", TABLE))]
        if AT_ONCE in shown:
            raise Failed(f"{AT_ONCE!r} should have ended before the crash")
        screen.shot("goes-on")
        screen.close()
    say("Went on after a crash")


def windows(screen):
    return sorted(window.name for window in children(screen.app) if has(window, ENABLED) and screen.is_shown(window))


def expect_alone(screen, name):
    screen.window(name)
    screen.wait_for(f"{name!r} alone", lambda: windows(screen) == [name])


def try_it(screen):
    screen.click(screen.find("Try the demo", BUTTON))
    expect_alone(screen, DEMO)
    state_of(screen, AT_ONCE)


def choose_last(screen):
    """The last line of the chooser. On Qt 6.4 a combo box is called what it shows."""
    combo = next(widget for widget in walk(screen.app) if widget.getRoleName() == "combo box" and widget.name == "Demo")
    screen.click(combo)
    screen.key("End", "Return")


def is_left_and_reached(command, folder):
    with Screen(command, f"{folder}/5-left") as screen:
        expect_alone(screen, START)
        try_it(screen)
        screen.shot("tried")
        stop(screen, AT_ONCE)
        wait_for_outcome(screen, AT_ONCE, "Stopped")
        screen.key("ctrl+w")
        expect_alone(screen, START)
        screen.shot("left-by-key")
        try_it(screen)
        expect_nothing_decided(screen)
        choose_last(screen)
        expect_alone(screen, START)
        try_it(screen)
        screen.click(screen.find("Menu", BUTTON))
        screen.shot("menu")
        screen.key("Escape")
        screen.close()
    with Screen(command + ["--demo"], f"{folder}/6-to-the-start-page") as screen:
        screen.window(DEMO)
        screen.key("ctrl+w")
        expect_alone(screen, START)
        screen.close()
    say("Left and reached again")


def run(arguments):
    begins_anew(arguments.command, arguments.shots)
    if os.environ.get("STOPDESK_KEEP"):  # only with tests/run.sh --long
        goes_on(arguments.command, arguments.shots)
    is_left_and_reached(arguments.command, arguments.shots)


if __name__ == "__main__":
    script(run, "The demo, started, left and reached again.")
