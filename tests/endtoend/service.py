"""What the tests with a real connection share: the FastAPI service of tests/contract on the loopback address, filling
in the connection dialog as a person does, and looking for the key where it must not be."""
import base64
import os
import subprocess
import sys

from screen import EDIT, FOCUSED, Failed, children, has, SHOWING, say, text_of, tree, walk

SERVER = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "contract", "gateway_server.py")
KEY_FIELD = ("password text",)
KEYCHAIN_SERVICE = "org.stopdesk.Stopdesk"


class Service:
    """The service as a child process; `address` is its base address."""

    def __init__(self, key, *arguments):
        self.process = subprocess.Popen([sys.executable, "-B", SERVER, "--key", key, *arguments], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, text=True)
        port = self.process.stdout.readline().strip()
        if not port:
            raise Failed("the service did not start")
        self.address = f"http://127.0.0.1:{port}"

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.process.kill()
        self.process.wait()


def fill(screen, dialog, name, words, roles=EDIT):
    """Types over what stands in the field of that name."""
    field = screen.find(name, roles, dialog)
    screen.click(field)
    screen.wait_for_state(field, FOCUSED, "to have the focus")
    screen.key("ctrl+a", "Delete")
    screen.type(words)
    if roles == EDIT:
        screen.wait_for(f"{words!r} in {name!r}", lambda: text_of(field) == words)


def said(screen, words, within=None, deadline=20):
    """Waits until a message in the page says the words; gives the whole message."""
    def look():
        for widget in walk(within or screen.app):
            if widget.getRoleName() in ("alert", "notification") and has(widget, SHOWING) and words in widget.name:
                return widget.name
        return None
    return screen.wait_for(f"message {words!r}", look, deadline)


def wait_until_closed(screen, name):
    """The dialog of that name closes by itself."""
    screen.wait_for(f"dialog {name!r} to close", lambda: name not in [window.name for window in children(screen.app)
                                                                      if has(window, SHOWING)])


def stored_keys():
    """What the keychain holds of ours, by a tool that is not ours. QtKeychain keeps bytes as base64."""
    found = subprocess.run(["secret-tool", "search", "--all", "server", KEYCHAIN_SERVICE], capture_output=True,
                           text=True, check=False)
    kept = [line.partition("=")[2] for line in found.stdout.splitlines() if line.startswith("secret")]
    return [base64.b64decode(value).decode() for value in kept]


def spellings(key):
    plain = key.encode()
    return {plain, key.encode("utf-16-le"), key.encode("utf-16-be"), plain.hex().encode(),
            base64.b64encode(plain).rstrip(b"=")[:-1]}


def fail_if_inside(what, content, key):
    if any(spelling in content for spelling in spellings(key)):
        raise Failed(f"the key stands in {what}")


def look_for_key_in_program(screen, key):
    """Arguments, environment, everything a screen reader is told, everything that was logged so far."""
    for file in ("cmdline", "environ"):
        with open(f"/proc/{screen.process.pid}/{file}", "rb") as content:
            fail_if_inside(file, content.read(), key)
    fail_if_inside("the accessibility tree", "\n".join(tree(screen.app)).encode(), key)
    for widget in walk(screen.app):
        fail_if_inside(f"the text of {widget.name!r}", text_of(widget).encode(), key)
    look_for_key_in_log(screen, key)


def look_for_key_in_log(screen, key):
    with open(screen.log, "rb") as log:
        content = log.read()
    if b"qt.accessibility" not in content:
        raise Failed("the log should hold every category")
    fail_if_inside("the log", content, key)


def look_for_key_in_files(key):
    """Every file of the desktop, home folders and run-time folder too, but the keychain's own, which is encrypted."""
    keyrings = os.path.join("home", ".local", "share", "keyrings")
    seen = 0
    for folder, _, files in os.walk(os.environ["STOPDESK_DESKTOP"]):
        if folder.endswith(keyrings):
            continue
        for name in files:
            path = os.path.join(folder, name)
            fail_if_inside(path, name.encode(), key)
            if os.path.isfile(path):
                with open(path, "rb") as content:
                    fail_if_inside(path, content.read(), key)
                seen += path.startswith(os.environ["HOME"])
    if seen == 0:
        raise Failed("the program wrote no file at all: this looked in the wrong place")
    say(f"{seen} files of the program without the key")
