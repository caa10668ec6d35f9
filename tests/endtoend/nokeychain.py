"""A connection where there is no keychain: said in words, the key used for this session, nothing of it on disk; after a
restart the connection is there and asks for its key.

    tests/support/desktop.sh --no-keyring python3 tests/endtoend/nokeychain.py --shots FOLDER build/dev/app/stopdesk
"""
import os

from connect import AGENTS, NAME, lists_agents
from screen import BUTTON, FOCUSED, RADIO, TABLE, Failed, Screen, say, script
from service import KEY_FIELD, Service, fill, look_for_key_in_files, look_for_key_in_log, \
    look_for_key_in_program, said, wait_until_closed

KEY = "canary-Key/7f3a+nokeychain=42"


def use_for_session(screen, dialog):
    screen.click(screen.find("Use for this session", BUTTON, dialog))
    wait_until_closed(screen, "Connection")
    say(said(screen, f"It is written nowhere. Works: {len(AGENTS)} agents."))
    screen.shot("for-this-session")
    lists_agents(screen)
    look_for_key_in_program(screen, KEY)


def connect(screen, service):
    screen.click(screen.find("Add a connection…", BUTTON))
    dialog = screen.window("Connection")
    fill(screen, dialog, "Connection name", NAME)
    fill(screen, dialog, "Base address", service.address)
    fill(screen, dialog, "API key", KEY, KEY_FIELD)
    screen.click(screen.find("Can stop", RADIO, dialog))
    screen.click(screen.find("Save", BUTTON, dialog))
    words = said(screen, "There is no keychain on this computer.", dialog)
    if "Use the key for this session" not in words:
        raise Failed(f"the way out should be named: {words!r}")
    problems = screen.find("Problems", TABLE)
    screen.row_where(problems, lambda row: "no keychain" in row["What happened"], "problem about the keychain")
    screen.shot("no-keychain")
    use_for_session(screen, dialog)


def is_asked_for_again(screen):
    screen.window(f"{NAME} – Stopdesk")
    say(said(screen, "There is no keychain on this computer."))
    screen.shot("asked-again")
    screen.click(screen.find("Use a key for this session…", BUTTON))
    dialog = screen.window("Connection")
    field = screen.find("API key", KEY_FIELD, dialog)
    screen.wait_for_state(field, FOCUSED, "to have the focus")
    screen.type(KEY)
    use_for_session(screen, dialog)


def run(arguments):
    os.environ["QT_LOGGING_RULES"] = "*=true"
    with Service(KEY) as service:
        for folder, steps in (("1-new", lambda screen: connect(screen, service)), ("2-again", is_asked_for_again)):
            with Screen(arguments.command, f"{arguments.shots}/{folder}") as screen:
                steps(screen)
                screen.close()
                look_for_key_in_log(screen, KEY)
            look_for_key_in_files(KEY)


if __name__ == "__main__":
    script(run, "A connection where there is no keychain.")
