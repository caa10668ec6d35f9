"""Somebody who starts the program for the first time: from the start page to a ticket that is pasted, clicks and keys
counted. Then a stop by id while another conversation is chosen, whose ticket is its own.

    tests/support/desktop.sh python3 tests/endtoend/newcomer.py --shots FOLDER build/release/app/stopdesk
"""
import os
import pwd
import re

from screen import BUTTON, EDIT, ENABLED, FOCUSED, SHOWING, TABLE, Failed, has, main, say, text_of, walk

FIRST = "Stops at once"
SECOND = "Three messages wait"
OTHER = "Never stops"
MOST_CLICKS = 5


def choose(screen, title):
    conversations = screen.find("Conversations", TABLE)
    number, _ = screen.row_where(conversations, lambda row: row["Title"] == title, f"conversation {title!r}")
    screen.click_row(conversations, number, "Title")
    screen.wait_for_state(screen.find("Stop conversation…", BUTTON), ENABLED, "to be enabled")


def confirm(screen, picture):
    question = screen.window("Stop conversation?")
    screen.wait_for_state(screen.find("Keep running", BUTTON, question), FOCUSED, "to have the focus")
    screen.shot(picture)
    screen.click(screen.find("Stop conversation", BUTTON, question))


def copied_ticket(screen, title):
    """The ticket that *Copy ticket text* copies, as it is pasted elsewhere."""
    copy = screen.find("Copy ticket text", BUTTON, deadline=30)
    if title not in copy.description:
        raise Failed(f"the button should say that it is about {title!r}, not {copy.description!r}")
    screen.click(copy)
    return copy


def pasted(screen, title):
    screen.key("ctrl+l")
    find = screen.find("Find", EDIT)
    screen.wait_for_state(find, FOCUSED, "to have the focus")
    screen.key("ctrl+v")
    text = screen.wait_for("a ticket in Find", lambda: "Conversation id" in text_of(find) and text_of(find))
    # One line: from Qt 6.11 on a field shows spaces for the ends of lines.
    if not text.startswith("Outcome: Stopped ") or f": {title} Conversation id: " not in " ".join(text.split()):
        raise Failed(f"this should be the ticket of {title!r}: {text!r}")
    account = pwd.getpwuid(os.geteuid()).pw_name
    if f"Asked by: {account}" not in text:
        raise Failed(f"the ticket should name the account {account!r}: {text!r}")
    say("Pasted: " + text)
    screen.key("ctrl+a", "Delete")
    return text


def id_in(ticket):
    return ticket.split("Conversation id: ")[1].split()[0]


def id_shown(screen, other):
    """The whole id behind the short one of a conversation that is shown and is not the other one."""
    for widget in walk(screen.app):
        whole = widget.description or ""
        if re.fullmatch(r"[0-9a-f-]{36}", whole) and whole != other and has(widget, SHOWING) \
                and re.fullmatch(re.escape(whole[:8]) + "…" + re.escape(whole[-4:]), widget.name or ""):
            return whole
    return None


def stop_by_id(screen, conversation_id):
    screen.click(screen.find("Stop by id…", BUTTON))
    dialog = screen.window("Stop by id")
    field = screen.find("Conversation id", EDIT, dialog)
    screen.click(field)
    screen.type(conversation_id)
    screen.click(screen.find("Stop conversation…", BUTTON, dialog))
    confirm(screen, "by-id-question")


def steps(screen):
    screen.find("Try the demo", BUTTON)
    screen.shot("start-page")
    screen.click(screen.find("Try the demo", BUTTON))
    choose(screen, FIRST)
    screen.shot("chosen")
    screen.click(screen.find("Stop conversation…", BUTTON))
    confirm(screen, "question")
    copied_ticket(screen, FIRST)
    say(f"From the start page to the ticket on the clipboard: {screen.clicks} clicks, {screen.keys} keys")
    if screen.clicks > MOST_CLICKS or screen.keys:
        raise Failed(f"that took {MOST_CLICKS} clicks and no key before")
    screen.shot("ticket-copied")
    first = pasted(screen, FIRST)

    choose(screen, SECOND)
    wanted = screen.wait_for(f"id of {SECOND!r} in Details", lambda: id_shown(screen, id_in(first)))
    choose(screen, OTHER)
    stop_by_id(screen, wanted)
    copied_ticket(screen, SECOND)
    screen.shot("by-id-ticket")
    if id_in(pasted(screen, SECOND)) != wanted:
        raise Failed(f"the ticket should be of {wanted}")


if __name__ == "__main__":
    os.environ["USER"] = "somebody-else"
    main(steps, "From the start page to a pasted ticket.")
