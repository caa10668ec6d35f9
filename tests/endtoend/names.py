"""The names and roles that tests and QA rely on (product.md's last table), as a screen reader is told them: start page,
connection dialog, main window of the demo, its question, Stop by id. And that the field for the key tells nothing, to
who asks and to who listens.

    tests/support/desktop.sh python3 tests/endtoend/names.py --shots FOLDER build/dev/app/stopdesk
"""
import os
import subprocess
import sys

import pyatspi

from screen import BUTTON, CHECK_BOX, EDIT, ENABLED, GONE, LIST, RADIO, TAB, TABLE, Failed, Screen, box, describe, \
    say, script, text_of, walk

COMBO = ("combo box",)
TOGGLE = CHECK_BOX + ("toggle button",)
KEY = ("password text",)
CANARY = "canary-names-7f3a"
LISTEN = "--listen"
EVENTS = ("object:text-changed", "object:property-change", "object:text-selection-changed", "object:children-changed",
          "object:announcement", "object:text-caret-moved")
CONVERSATION_COLUMNS = ["State", "Title", "Agent", "Person", "Started", "Running for", "Queue"]
JOURNAL_COLUMNS = ["Time", "Outcome", "What", "Title", "Agent", "By", "Connection", "How it is known"]


def expect(screen, where, names, within=None):
    """Each name with its role, showing, exactly once."""
    for name, roles in names:
        screen.find(name, roles, within)
        same = [widget for widget in walk(within or screen.app)
                if widget.name == name and widget.getRoleName() in roles and screen.is_shown(widget)]
        if len(same) != 1:
            raise Failed(f"{where}: {name!r} should be there once: {', '.join(map(describe, same))}")
    say(f"{where}: {', '.join(name for name, _ in names)}")


def connection_combo(screen, shown):
    """On Qt 6.4 a combo box is called what it shows; its description is the name."""
    combo = screen.find(shown, COMBO)
    if combo.description != "Connection":
        raise Failed(f"the combo box {shown!r} is described as {combo.description!r}")


def start_page(screen):
    screen.window("Stopdesk")
    expect(screen, "start page", [("Add a connection…", BUTTON), ("Try the demo", BUTTON)])
    screen.click(screen.find("Add a connection…", BUTTON))
    dialog = screen.window("Connection")
    expect(screen, "connection dialog", [
        ("Connection name", EDIT), ("Base address", EDIT), ("API key", KEY), ("Can stop", RADIO), ("Read-only", RADIO),
        ("Save", BUTTON), ("Use for this session", BUTTON), ("Advanced", BUTTON + TOGGLE)], dialog)
    environment = [widget for widget in walk(dialog) if widget.getRoleName() in COMBO and widget.name == "Production"]
    if [widget.description for widget in environment] != ["Environment"]:
        raise Failed(f"Environment should be one combo box, described so: {list(map(describe, environment))}")
    key_tells_nothing(screen, dialog)
    key_is_not_heard(screen, dialog)


def key_tells_nothing(screen, dialog):
    field = screen.find("API key", KEY, dialog)
    screen.click(field)
    screen.type(CANARY)
    # What was typed arrived when the next field hears the next keys.
    screen.click(screen.find("Connection name", EDIT, dialog))
    screen.type("x")
    screen.wait_for("'x' in the name", lambda: text_of(screen.find("Connection name", EDIT, dialog)) == "x")
    said = [text_of(field), field.name, field.description]
    if any(CANARY in words for words in said) or text_of(field).strip("•●*\u25cf"):
        raise Failed(f"the key can be read in {said}")


def listen(path):
    """Writes what each event says of a text, until it is ended."""
    with open(path, "w", encoding="utf-8") as heard:
        def take(event):
            try:
                print(event.type, repr(event.any_data), event.source.name, file=heard, flush=True)
            except GONE:
                print(event.type, repr(event.any_data), file=heard, flush=True)
        pyatspi.Registry.registerEventListener(take, *EVENTS)
        print("listening", file=heard, flush=True)
        pyatspi.Registry.start()


def key_is_not_heard(screen, dialog):
    """Typed, corrected, pasted, left, revealed, edited, hidden and closed: the bus hears of bullets alone."""
    path = os.path.join(screen.folder, "heard.txt")
    name, key = screen.find("Connection name", EDIT, dialog), screen.find("API key", KEY, dialog)
    screen.click(name)
    screen.key("ctrl+a", "Delete")
    screen.type(CANARY)
    screen.key("ctrl+a", "ctrl+x")  # nobody listens yet; it is pasted below
    listener = subprocess.Popen([sys.executable, "-B", __file__, LISTEN, path])

    def heard():
        if not os.path.exists(path):
            return []
        with open(path, encoding="utf-8") as lines:
            return lines.read().splitlines()

    try:
        screen.wait_for("the listener", heard)
        screen.click(key)
        screen.key("ctrl+a", "Delete")
        screen.type(CANARY)
        screen.key("BackSpace", "Left", "Delete", "ctrl+a", "ctrl+v", "Home")
        screen.click(name)
        screen.click(key)
        screen.key("ctrl+h", "End")
        screen.wait_for("the key to be read where it is shown", lambda: text_of(key) == CANARY)
        screen.type("Zz")
        screen.key("BackSpace", "shift+Home", "ctrl+c", "ctrl+x", "ctrl+v", "ctrl+h", "ctrl+h")
        screen.shot("revealed")
        screen.click(name)
        screen.type("q")
        screen.wait_for("what was typed last to be heard", lambda: any("'q'" in line for line in heard()))
        screen.key("Escape")
        screen.wait_for("the dialog to go", lambda: screen.look("API key", KEY) is None)
    finally:
        listener.kill()
        listener.wait()
    # Each word that an event brought, but for what tells of other widgets.
    brought = [line.split(" ", 1)[1] for line in heard() if ":text-changed" in line and "'q'" not in line]
    if len(brought) < len(CANARY) or not any("•" in words for words in brought):
        raise Failed(f"the listener heard too little: {brought}")
    told = [words for words in brought if words.split("'")[1].strip("•")]
    if told or any(CANARY in line for line in heard()):
        raise Failed(f"the key can be heard: {told}")
    say(f"{len(brought)} events of a text, and no letter of the key")


def columns(screen, name, titles):
    table = screen.find(name, TABLE)
    if screen.columns(table) != titles:
        raise Failed(f"{name}: columns {screen.columns(table)}")


def main_window(screen):
    screen.window("Demo – Stopdesk")
    connection_combo(screen, "Demo")
    expect(screen, "main window", [
        ("Find", EDIT), ("Refresh", BUTTON), ("Hold updates", BUTTON + TOGGLE), ("Stop by id…", BUTTON),
        ("Agents", TABLE), ("Conversations", TABLE), ("Also clear the queue", CHECK_BOX),
        ("Stop conversation…", BUTTON), ("Problems", TABLE), ("Problems", TAB), ("Stops", TAB),
        ("Journal", TAB)])
    columns(screen, "Conversations", CONVERSATION_COLUMNS)
    screen.click(screen.find("Stops", TAB))
    expect(screen, "lower tabs", [("Stops", TABLE)])
    screen.click(screen.find("Journal", TAB))
    expect(screen, "journal", [
        ("Journal", TABLE), ("By", EDIT), ("Find in the journal", EDIT), ("Copy ticket text", BUTTON),
        ("Copy as curl", BUTTON), ("Export…", BUTTON)])
    columns(screen, "Journal", JOURNAL_COLUMNS)
    screen.click(screen.find("Stops", TAB))


def question(screen):
    conversations = screen.find("Conversations", TABLE)
    number, row = screen.row_where(conversations, lambda row: row["Title"] == "Three messages wait", "conversation")
    sentence = row["State"]
    if "Three messages wait" not in sentence or "Billing helper" not in sentence or "Running" not in sentence:
        raise Failed(f"a row should be read as a sentence: {sentence!r}")
    screen.click_row(conversations, number, "Title")
    expect(screen, "details", [("Waiting messages", LIST)])
    screen.click(screen.find("Stop conversation…", BUTTON))
    asked = screen.window("Stop conversation?")
    expect(screen, "question", [
        ("Also clear the queue", CHECK_BOX), ("Waiting messages", LIST), ("Reason", EDIT), ("Keep running", BUTTON),
        ("Stop conversation", BUTTON)], asked)
    screen.key("Escape")


def stop_by_id(screen):
    button = screen.find("Stop by id…", BUTTON)
    screen.wait_for_state(button, ENABLED, "to be enabled")
    screen.click(button)
    dialog = screen.window("Stop by id")
    expect(screen, "Stop by id", [("Agent id", EDIT), ("Conversation id", EDIT), ("Stop conversation…", BUTTON)], dialog)
    if box(screen.find("Conversation id", EDIT, dialog))[1] > box(screen.find("Agent id", EDIT, dialog))[1]:
        raise Failed("the conversation's id, which is always needed, should come first")


def run(arguments):
    with Screen(arguments.command, arguments.shots) as screen:
        start_page(screen)
        screen.close()
    with Screen(arguments.command + ["--demo"], arguments.shots) as screen:
        main_window(screen)
        question(screen)
        stop_by_id(screen)


if __name__ == "__main__":
    if LISTEN in sys.argv:
        listen(sys.argv[-1])
        sys.exit()
    script(run, "Names and roles, as a screen reader is told them.")
