"""One person with 52 running conversations, as the service has it: lists carry the user's id alone, records the e-mail
without an id. Find by the e-mail finds all of them once one record was read, and no refresh takes one away; until then
it says what is not known. Then the keys of Find.

    tests/support/desktop.sh python3 tests/endtoend/person.py --shots FOLDER build/dev/app/stopdesk
"""
import time

from screen import BUTTON, EDIT, FOCUSED, RADIO, TABLE, Failed, Screen, say, script, text_of, walk
from service import KEY_FIELD, Service, fill, wait_until_closed

KEY = "canary-person-7f3a"
COUNT = 52
EMAIL = "dana@acme.example"


def connect(screen, service):
    screen.click(screen.find("Add a connection…", BUTTON))
    dialog = screen.window("Connection")
    fill(screen, dialog, "Connection name", "Acme test")
    fill(screen, dialog, "Base address", service.address)
    fill(screen, dialog, "API key", KEY, KEY_FIELD)
    screen.click(screen.find("Can stop", RADIO, dialog))
    screen.click(screen.find("Use for this session", BUTTON, dialog))
    screen.window("Acme test – Stopdesk")
    wait_until_closed(screen, "Connection")
    return screen.find("Conversations", TABLE)


def labels(screen, words):
    return [widget.name for widget in walk(screen.app) if words in (widget.name or "")]


def finds_all_and_keeps_them(screen, conversations):
    screen.wait_for(f"{COUNT} rows", lambda: conversations.queryTable().nRows == COUNT)
    screen.key("ctrl+l")
    screen.type("dana@")
    counts = []

    def all_found():
        counts.append(conversations.queryTable().nRows)
        return counts[-1] == COUNT
    screen.wait_for("all conversations of the person", all_found, 40)
    if set(counts) - {0, 1, COUNT}:
        raise Failed(f"one record should tell the person of all: {counts}")
    screen.shot("found")
    for _ in range(5):
        screen.key("F5")
        for _ in range(12):
            rows = conversations.queryTable().nRows
            if rows != COUNT:
                raise Failed(f"a refresh leaves {rows} of {COUNT} conversations of {EMAIL}")
            time.sleep(0.1)
    people = {row["Person"] for row in screen.rows(conversations)}
    if people != {EMAIL}:
        raise Failed(f"the persons shown are {people}")
    if labels(screen, "not read yet"):
        raise Failed(f"all is known, and it says {labels(screen, 'not read yet')}")
    say(f"{COUNT} found, and after five refreshes")


def says_what_it_cannot_know(screen, conversations):
    """Nobody is called so; who was never read is said."""
    screen.key("ctrl+l")
    screen.key("ctrl+a")
    screen.type("lee@")
    screen.wait_for("no row", lambda: conversations.queryTable().nRows == 0)
    screen.wait_for("the word", lambda: labels(screen, "52 hidden by Find"))
    screen.shot("nobody")


def keys_lead_to_the_rows(screen, conversations):
    find = screen.find("Find", EDIT)
    screen.key("Escape")
    screen.wait_for("all rows again", lambda: conversations.queryTable().nRows == COUNT and text_of(find) == "")
    screen.type("Parcel 41")
    screen.key("Return")
    screen.wait_for_state(conversations, FOCUSED, "to have the focus after Enter")
    screen.wait_for("the match chosen", lambda: screen.chosen_row(conversations) == 0
                    and [row["Title"] for row in screen.rows(conversations)] == ["Parcel 41"])
    screen.key("ctrl+c")
    screen.wait_for("the word about the id", lambda: labels(screen, "Id of the conversation copied: "))
    screen.shot("copied")


def run(arguments):
    with Service(KEY, "--busy", str(COUNT)) as service:
        with Screen(arguments.command, arguments.shots) as screen:
            conversations = connect(screen, service)
            finds_all_and_keeps_them(screen, conversations)
            says_what_it_cannot_know(screen, conversations)
            keys_lead_to_the_rows(screen, conversations)
            screen.close()


if __name__ == "__main__":
    script(run, "One person with many running conversations.")
