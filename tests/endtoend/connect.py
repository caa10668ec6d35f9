"""A connection for real: window, gnome-keyring and a FastAPI service. Made by mouse and typing after what was wrong was
mended, its key kept over a terminated and a crashed program, a true 422 told in words, removed with its key, and then
everything forgotten. And the key in no file, core, argument, environment, log or accessibility tree.

    tests/support/desktop.sh python3 tests/endtoend/connect.py --shots FOLDER build/dev/app/stopdesk
"""
import glob
import os
import resource
import signal
import subprocess

from screen import BUTTON, CHECK_BOX, EDIT, FOCUSED, RADIO, TABLE, Failed, Screen, box, say, script, text_of
from service import KEY_FIELD, KEYCHAIN_SERVICE, Service, fill, look_for_key_in_files, look_for_key_in_log, \
    look_for_key_in_program, said, stored_keys, wait_until_closed

KEY = "canary-Key/7f3a+connect=41"
NAME = "Acme test"
AGENTS = ["Billing helper", "Strict agent", "Picky agent", "Greedy agent"]


def mark_of(screen, dialog, name, roles):
    """What the field is marked with, as a screen reader is told it."""
    return screen.find(name, roles, dialog).description


def problem_about(screen, place):
    problems = screen.find("Problems", TABLE)
    return screen.row_where(problems, lambda row: place in row["Where"], f"problem about {place!r}")


def mend_local_errors(screen, dialog):
    """What is wrong before anything is sent: marked in the form, listed in Problems, each entry leading to its field."""
    fill(screen, dialog, "Connection name", NAME)
    fill(screen, dialog, "Base address", "https:/api.acme.example")
    fill(screen, dialog, "API key", "two words", KEY_FIELD)
    screen.click(screen.find("Save", BUTTON, dialog))
    number, row = problem_about(screen, "API key")
    if "space" not in row["What happened"] or "space" not in mark_of(screen, dialog, "API key", KEY_FIELD):
        raise Failed(f"the space in the key should be named in the field and in Problems: {row}")
    screen.shot("local-errors")
    screen.click_row(screen.find("Problems", TABLE), number, 0)
    screen.wait_for_state(screen.find("API key", KEY_FIELD, dialog), FOCUSED, "to have the focus from its problem")
    problem_about(screen, "Stopping")  # nothing is preset
    number, row = problem_about(screen, "Base address")
    if row["What happened"] != mark_of(screen, dialog, "Base address", EDIT):
        raise Failed(f"the field should be marked with the words of Problems: {row}")
    screen.click_row(screen.find("Problems", TABLE), number, 0)
    address, key = screen.find("Base address", EDIT, dialog), screen.find("API key", KEY_FIELD, dialog)
    screen.wait_for_state(address, FOCUSED, "to have the focus from its problem")
    before = box(address), box(key)
    screen.type("x")
    screen.wait_for("the mark to go", lambda: address.description != row["What happened"])
    if (box(address), box(key)) != before:
        raise Failed("fields moved under the hands of who typed")


def fail_the_test(screen, service, dialog):
    """A wrong key is stored nowhere, whatever button has the focus when Enter is pressed."""
    fill(screen, dialog, "Base address", service.address.removeprefix("http://"))
    fill(screen, dialog, "API key", "wrong-key", KEY_FIELD)
    screen.click(screen.find("Can stop", RADIO, dialog))
    screen.click(screen.find("API key", KEY_FIELD, dialog))
    if text_of(screen.find("Base address", EDIT, dialog)) != service.address:
        raise Failed("the address should be shown completed")
    screen.key("Return")
    say(said(screen, "Nothing was saved: the test failed.", dialog))
    screen.shot("test-failed")
    screen.tab_to("Close this message", BUTTON, backwards=True)
    screen.key("Return")
    screen.wait_for("the message to go", lambda: screen.look("Save it all the same", BUTTON) is None)
    if stored_keys():
        raise Failed(f"nothing should be stored, and the keychain holds {stored_keys()}")


def lists_agents(screen):
    agents = screen.find("Agents", TABLE)
    for name in AGENTS:
        screen.row_where(agents, lambda row: any(text.startswith(name) for text in row.values()), f"agent {name!r}")


def connect(screen, service):
    screen.click(screen.find("Add a connection…", BUTTON))
    dialog = screen.window("Connection")
    mend_local_errors(screen, dialog)
    fail_the_test(screen, service, dialog)
    fill(screen, dialog, "API key", KEY, KEY_FIELD)
    look_for_key_in_program(screen, KEY)
    screen.key("Return")
    wait_until_closed(screen, "Connection")
    say(said(screen, "Saved in the system keychain (read back). Works: 4 agents."))
    if stored_keys() != [KEY]:
        raise Failed(f"the keychain should hold the key, once, and holds {stored_keys()}")
    screen.window(f"{NAME} – Stopdesk")
    lists_agents(screen)
    screen.shot("connected")
    look_for_key_in_program(screen, KEY)


def opens_by_itself(screen):
    """The last connection, with the key from the keychain, and nobody is asked anything."""
    screen.window(f"{NAME} – Stopdesk")
    lists_agents(screen)
    if screen.look("API key", KEY_FIELD) is not None:
        raise Failed("the key was asked for again")
    look_for_key_in_program(screen, KEY)


def end(screen, how):
    os.kill(screen.process.pid, how)
    screen.process.wait(10)
    look_for_key_in_log(screen, KEY)
    look_for_key_in_files(KEY)


def cores():
    """What a crash may leave: in the working folder, and where the kernel's pattern says."""
    with open("/proc/sys/kernel/core_pattern", encoding="utf-8") as pattern:
        folder = os.path.dirname(pattern.read())
    return {path for place in {".", folder or "."} if os.path.isdir(place)
            for path in glob.glob(os.path.join(place, "*core*"))}


def crash(screen):
    """Cores are allowed here, and this one would hold a key."""
    with open(f"/proc/{screen.process.pid}/limits", encoding="utf-8") as limits:
        limit = [line.split()[4:6] for line in limits if line.startswith("Max core file size")]
    if limit != [["1", "1"]]:
        raise Failed(f"the limit of a core file is {limit}")
    before = cores()
    end(screen, signal.SIGSEGV)
    if screen.process.returncode != -signal.SIGSEGV:
        raise Failed("it did not crash")
    if cores() - before:
        raise Failed(f"a crash leaves {cores() - before}")


def say_what_memory_holds(screen, when):
    """Not promised, so a figure: Qt, OpenSSL and D-Bus make copies of their own."""
    count = 0
    with open(f"/proc/{screen.process.pid}/maps", encoding="utf-8") as maps, \
            open(f"/proc/{screen.process.pid}/mem", "rb") as memory:
        for line in maps:
            place, access = line.split()[:2]
            begin, end_ = (int(number, 16) for number in place.split("-"))
            if access.startswith("rw"):
                try:
                    memory.seek(begin)
                    count += memory.read(end_ - begin).count(KEY.encode())
                except (OSError, MemoryError):
                    pass  # a device's, or terabytes of a sanitizer's own
    say(f"the key stands {count} times in memory {when}")


def meet_a_422(screen):
    """The service's own words, the place in ours, and the way to the control."""
    conversations = screen.find("Conversations", TABLE)
    number, _ = screen.row_where(conversations, lambda row: row["Title"] == "Picky conversation", "picky conversation")
    screen.click_row(conversations, number, "Title")
    tick = screen.find("Also clear the queue", CHECK_BOX)
    screen.click(tick)
    screen.click(screen.find("Stop conversation…", BUTTON))
    question = screen.window("Stop conversation?")
    screen.click(screen.find("Stop conversation", BUTTON, question))
    number, row = problem_about(screen, "Also clear the queue")
    say("Problems says: " + " | ".join(text for text in row.values() if text))
    if "Nothing was stopped" not in row["Effect"] or "body › clear_queue" not in row["Where"]:
        raise Failed(f"the 422 should say where and whether anything was stopped: {row}")
    screen.click_row(screen.find("Problems", TABLE), number, 0)
    screen.wait_for_state(tick, FOCUSED, "to have the focus from its problem")
    if row["What happened"] not in tick.description:
        raise Failed(f"the tick should be marked with the same words, not {tick.description!r}")
    screen.shot("unprocessable")


def remove(screen):
    screen.click(screen.find("Menu", BUTTON))
    # An open menu is not in the tree of Qt 6.4: the third of its entries is Remove connection…
    screen.key("Down", "Down", "Down", "Return")
    dialog = screen.window("Remove connection?")
    screen.wait_for_state(screen.find("Keep", BUTTON, dialog), FOCUSED, "to have the focus")
    screen.shot("remove")
    screen.tab_to("Remove", BUTTON)
    screen.key("Return")
    wait_until_closed(screen, "Remove connection?")
    say(said(screen, "Its key is no longer in the system keychain"))
    if stored_keys():
        raise Failed("the keychain still holds the key")
    screen.shot("removed")
    screen.find("Add a connection…", BUTTON)


def forget_everything(screen):
    """An entry that no connection knows of goes too, and no file of the program still has the connection's name."""
    subprocess.run(["secret-tool", "store", "--label=left", "server", KEYCHAIN_SERVICE, "user", "stopdesk/left.example/gone"],
                   input=b"left", check=True)
    screen.click(screen.find("Menu", BUTTON))
    # An open menu is not in the tree of Qt 6.4: the fourth of its entries is Forget everything…
    screen.key("Down", "Down", "Down", "Down", "Return")
    dialog = screen.window("Forget everything?")
    screen.wait_for_state(screen.find("Keep", BUTTON, dialog), FOCUSED, "to have the focus")
    screen.shot("forget")
    screen.tab_to("Forget everything", BUTTON)
    screen.key("Return")
    say(said(screen, "The keys of all connections are no longer in the system keychain (looked up). Nothing else that Stopdesk "
                     "kept is left on this computer (looked up)."))
    left = subprocess.run(["secret-tool", "search", "--all", "server", KEYCHAIN_SERVICE], capture_output=True, check=False)
    if b"secret" in left.stdout:
        raise Failed("the keychain still holds an entry")
    for folder, _, files in os.walk(os.environ["HOME"]):
        for name in files:
            with open(os.path.join(folder, name), "rb") as content:
                if NAME.encode() in content.read():
                    raise Failed(f"{name} still has the connection")
    screen.shot("forgotten")
    screen.find("Add a connection…", BUTTON)


def run(arguments):
    os.environ["QT_LOGGING_RULES"] = "*=true"
    resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
    with Service(KEY) as service:
        with Screen(arguments.command, f"{arguments.shots}/1-new") as screen:
            connect(screen, service)
            end(screen, signal.SIGTERM)
        with Screen(arguments.command, f"{arguments.shots}/2-after-terminate") as screen:
            opens_by_itself(screen)
            crash(screen)
        with Screen(arguments.command, f"{arguments.shots}/3-after-crash") as screen:
            opens_by_itself(screen)
            meet_a_422(screen)
            say_what_memory_holds(screen, "while it is in use")
            settings, = glob.glob(os.path.join(os.environ["HOME"], ".config", "*", "stopdesk.ini"))
            with open(settings, "rb") as file:
                kept = file.read()
            remove(screen)
            say_what_memory_holds(screen, "after its removal")
            look_for_key_in_program(screen, KEY)
            screen.close()
            look_for_key_in_log(screen, KEY)
        with open(settings, "wb") as file:
            file.write(kept)
        with Screen(arguments.command, f"{arguments.shots}/4-without-its-key") as screen:
            screen.window(f"{NAME} – Stopdesk")
            say(said(screen, f"Your system keychain holds no key for {NAME} at {service.address.removeprefix('http://')}."))
            forget_everything(screen)
            screen.close()
    look_for_key_in_files(KEY)


if __name__ == "__main__":
    script(run, "A connection for real: window, keychain, HTTP.")
