"""The main job in the demo by keyboard alone: choose agent and conversation, ask to stop, think better of it, stop,
see that it stopped; stop by a bad id and be led from the problem to the field. And what must never stop anything:
Enter, Space and a double click on a row.

    tests/support/desktop.sh python3 tests/endtoend/keyboardjob.py --shots FOLDER build/dev/app/stopdesk --demo
"""
import os
import sqlite3
import time

from screen import BUTTON, CHECK_BOX, CHECKED, EDIT, ENABLED, FOCUSED, TAB, TABLE, Failed, Screen, children, has, say, \
    script, text_of, walk

TITLE = "Three messages wait"
UNTOUCHED = "Never stops"
AGENT = "Billing helper"
BAD_ID = "not-an-id"
AGENT_ID = "00000000-0000-4000-8000-000000000000"
TAB_LIST = ("page tab list",)


def titled(title):
    return lambda row: row["Title"] == title


def stops_table(screen):
    """The table Stops, also while its tab is behind."""
    for widget in walk(screen.app):
        if widget.name == "Stops" and widget.getRoleName() in TABLE:
            return widget
    raise Failed("there is no table Stops")


def kept():
    """Where the demo keeps its journal."""
    return os.path.expanduser("~/demo")


def intents():
    """How many stops the journal knows of: each is written before its first byte leaves."""
    with sqlite3.connect(f"file:{kept()}/journal.sqlite?mode=ro", uri=True) as journal:
        return journal.execute("SELECT count(*) FROM entry WHERE step = 'intent'").fetchone()[0]


def expect_nothing_asked_or_sent(screen, after, known=0):
    """No question, no stop on the screen, none in the journal, also a moment later."""
    end = time.monotonic() + 1
    while time.monotonic() < end:
        windows = [window.name for window in children(screen.app) if has(window, ENABLED)]
        if "Stop conversation?" in windows:
            raise Failed(f"{after} asked to stop")
        if stops_table(screen).queryTable().nRows != known or intents() != known:
            raise Failed(f"{after} stopped something")
        time.sleep(0.2)


def find_by_keyboard(screen):
    """Ctrl+L, words, and the list has what they name; emptied again."""
    conversations = screen.find("Conversations", TABLE)
    screen.row_where(conversations, titled(TITLE), f"conversation {TITLE!r}")
    screen.key("ctrl+l")
    find = screen.find("Find", EDIT)
    screen.wait_for_state(find, FOCUSED, "to have the focus after Ctrl+L")
    screen.type("three mess")
    screen.wait_for("one row found", lambda: [row["Title"] for row in screen.rows(conversations)] == [TITLE])
    screen.shot("found")
    screen.key("ctrl+a", "Delete")
    screen.wait_for("all rows again", lambda: len(screen.rows(conversations)) > 5)


def choose(screen):
    agents = screen.tab_to("Agents", TABLE)
    screen.arrow_to_row(agents, lambda row: any(text.startswith(AGENT) for text in row.values()), f"agent {AGENT!r}")
    conversations = screen.find("Conversations", TABLE)
    screen.wait_for(f"conversations of {AGENT!r} alone", lambda: all(
        row["Agent"] == AGENT for row in screen.rows(conversations)))
    screen.tab_to("Conversations", TABLE)
    screen.arrow_to_row(conversations, titled(UNTOUCHED), f"conversation {UNTOUCHED!r}")
    screen.wait_for_state(screen.find("Stop conversation…", BUTTON), ENABLED, "to be enabled")
    screen.shot("chosen")


def press_on_a_row(screen):
    """What a person does to a row without meaning to stop it."""
    conversations = screen.find("Conversations", TABLE)
    for key in ("Return", "KP_Enter", "space"):
        screen.key(key)
        expect_nothing_asked_or_sent(screen, f"{key} on a row")
    number, _ = screen.row_where(conversations, titled(UNTOUCHED), f"conversation {UNTOUCHED!r}")
    screen.double_click_row(conversations, number, "Title")
    expect_nothing_asked_or_sent(screen, "a double click on a row")
    screen.key("F5")
    expect_nothing_asked_or_sent(screen, "F5")


def ask(screen):
    screen.key("ctrl+shift+s")
    question = screen.window("Stop conversation?")
    keep = screen.find("Keep running", BUTTON, question)
    screen.wait_for_state(keep, FOCUSED, "to have the focus")
    return question


def is_asked(screen):
    return any(window.name == "Stop conversation?" for window in children(screen.app))


def think_better(screen):
    """Esc, and Enter on the button that has the focus, keep it running."""
    for key in ("Escape", "Return"):
        ask(screen)
        screen.key(key)
        screen.wait_for("question to close", lambda: not is_asked(screen))
        expect_nothing_asked_or_sent(screen, f"{key} in the question")


def stop(screen):
    conversations = screen.tab_to("Conversations", TABLE)
    screen.arrow_to_row(conversations, titled(TITLE), f"conversation {TITLE!r}")
    tick = screen.tab_to("Also clear the queue", CHECK_BOX)
    screen.key("space")
    screen.wait_for_state(tick, CHECKED, "to be ticked")
    screen.tab_to("Conversations", TABLE, backwards=True)
    question = ask(screen)
    screen.wait_for_state(screen.find("Also clear the queue", CHECK_BOX, question), CHECKED, "to be ticked there too")
    screen.tab_to("Stop conversation", BUTTON)
    screen.shot("question")
    screen.key("space")
    screen.wait_for("question to close", lambda: not is_asked(screen))

    def stopped(row):
        return row["Title"] == TITLE and row["Outcome"].startswith("Stopped") and "not cleared" not in row["Outcome"]
    screen.row_where(screen.find("Stops", TABLE), stopped, f"row of {TITLE!r} in Stops that says Stopped", 45)
    screen.shot("stopped")
    if intents() != 1:
        raise Failed(f"one decision should be one intent, and there are {intents()}")


def stop_by_bad_id(screen):
    screen.tab_to("Stop by id…", BUTTON)
    screen.key("space")
    dialog = screen.window("Stop by id")
    field = screen.find("Conversation id", EDIT, dialog)
    screen.wait_for_state(field, FOCUSED, "to have the focus")
    screen.type(BAD_ID)
    screen.key("Tab")
    agent = screen.find("Agent id", EDIT, dialog)
    screen.wait_for_state(agent, FOCUSED, "to be next")
    screen.type(AGENT_ID)
    screen.wait_for("both ids", lambda: (text_of(field), text_of(agent)) == (BAD_ID, AGENT_ID))
    screen.key("Return")
    screen.wait_for_state(screen.find("Keep running", BUTTON, screen.window("Stop conversation?")), FOCUSED,
                          "to have the focus")
    screen.shot("stop-by-id-question")
    screen.tab_to("Stop conversation", BUTTON)
    screen.key("Return")


def follow_problem(screen):
    problems = screen.find("Problems", TABLE, deadline=20)
    screen.row_where(problems, lambda row: any("onversation" in text for text in row.values()),
                     "422 about the conversation in Problems", 20)
    screen.wait_for("question to close", lambda: not is_asked(screen))
    screen.tab_to("Problems", TABLE)
    screen.arrow_to_row(problems, lambda row: any("onversation id" in text for text in row.values()), "the 422")
    screen.key("Return")
    field = screen.find("Conversation id", EDIT)
    screen.wait_for_state(field, FOCUSED, "to have the focus after its problem was chosen")
    screen.shot("field-found")
    screen.key("Escape")
    screen.wait_for("Stop by id to close", lambda: screen.look("Conversation id", EDIT) is None)


def change_tabs(screen):
    screen.tab_to("Problems", TAB_LIST)
    screen.key("Right")
    screen.find("Stops", TABLE)
    say("Stops says: " + "; ".join(row["Outcome"] for row in screen.rows(screen.find("Stops", TABLE))))


def steps(screen):
    find_by_keyboard(screen)
    choose(screen)
    press_on_a_row(screen)
    think_better(screen)
    stop(screen)
    stop_by_bad_id(screen)
    follow_problem(screen)
    change_tabs(screen)
    screen.close()


def run(arguments):
    with Screen(arguments.command + ["--demo-keep", kept()], arguments.shots) as screen:
        steps(screen)


if __name__ == "__main__":
    script(run, "The main job in the demo, by keyboard alone.")
