"""Runs a command beside a real keychain, open and with the password "test", on the desktop and in the home it is given
(tests/support/desktop.sh --no-keyring).

    keeper.py kwallet|keepassxc [--asking] COMMAND [ARGUMENT...]

With --asking the keychain asks before each program's first access. Fails when the command fails, and when a file in
the home then holds the key that the tests save.
"""
import base64
import hashlib
import os
import re
import subprocess
import sys
import uuid

from gi.repository import Gio, GLib

PASSWORD = "test"
HOME = os.environ["HOME"]
# In clear, as Base64 (what the keychains are given), and as hex.
KEY_FORMS = ("canary-5b1f", "Y2FuYXJ5LTViMW", "63616e6172792d35623166")


def write(path, content):
    path = os.path.join(HOME, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)
    return path


def await_name(name):
    subprocess.run(["gdbus", "wait", "--session", "--timeout", "20", name], check=True)


def start_kwallet(asking):
    write(".config/kwalletrc", (
        "[Wallet]\nEnabled=true\nFirst Use=false\nDefault Wallet=kdewallet\nLeave Open=true\n"
        f"Prompt on Open={'true' if asking else 'false'}\n").encode())
    salt = os.urandom(56)
    write(".local/share/kwalletd/kdewallet.salt", salt)
    daemon = subprocess.Popen(["kwalletd5"], stdin=subprocess.DEVNULL)
    await_name("org.kde.kwalletd5")
    # What the login does for a person whose wallet has the login's password. No window is needed for it.
    digest = hashlib.pbkdf2_hmac("sha512", PASSWORD.encode(), salt, 50_000, 56)
    Gio.bus_get_sync(Gio.BusType.SESSION).call_sync(
        "org.kde.kwalletd5", "/modules/kwalletd5", "org.kde.KWallet", "pamOpen",
        GLib.Variant("(sayi)", ("kdewallet", digest, 0)), None, 0, -1, None)
    return daemon


def start_keepassxc(asking):
    def cli(*arguments, answers):
        done = subprocess.run(["keepassxc-cli", *arguments], input=answers, text=True, capture_output=True, check=False)
        if done.returncode:
            sys.exit(f"keepassxc-cli {arguments[0]}: {done.stdout}{done.stderr}")
        return done.stdout

    once, twice = f"{PASSWORD}\n", f"{PASSWORD}\n{PASSWORD}\n"
    database = os.path.join(HOME, "desk.kdbx")
    cli("db-create", "--quiet", "--set-password", database, answers=twice)
    # Which group is served to other programs stands in the database; no command sets it.
    text = cli("export", "--quiet", "--format", "xml", database, answers=once)
    root = re.search(r"<Root>\s*<Group>\s*<UUID>([^<]+)</UUID>", text).group(1)
    group = f"{{{uuid.UUID(bytes=base64.b64decode(root))}}}"
    served = f"<Item><Key>FDO_SECRETS_EXPOSED_GROUP</Key><Value>{group}</Value></Item>"
    text = re.sub(r"<CustomData/>|<CustomData>.*?</CustomData>|(?=</Meta>)", f"<CustomData>{served}</CustomData>", text,
                  count=1, flags=re.S)
    os.remove(database)
    cli("import", "--quiet", "--set-password", write("desk.xml", text.encode()), database, answers=twice)

    settings = write(".config/keepassxc/keepassxc.ini", (
        "[General]\nConfigVersion=2\nUpdateCheckMessageShown=true\n[GUI]\nCheckForUpdates=false\n"
        "[FdoSecrets]\nEnabled=true\nConfirmDeleteItem=false\n"
        f"ConfirmAccessItem={'true' if asking else 'false'}\n").encode())
    daemon = subprocess.Popen(["keepassxc", "--config", settings, "--pw-stdin", database],
                              stdin=subprocess.PIPE, text=True)
    daemon.stdin.write(once)
    daemon.stdin.close()
    await_name("org.freedesktop.secrets")
    # It serves before the database is open.
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    while True:
        (path,) = bus.call_sync("org.freedesktop.secrets", "/org/freedesktop/secrets",
                                "org.freedesktop.Secret.Service", "ReadAlias", GLib.Variant("(s)", ("default",)),
                                None, 0, -1, None)
        if path != "/":
            return daemon
        GLib.usleep(50_000)


def main():
    keeper, *command = sys.argv[1:]
    asking = command[0] == "--asking"
    daemon = {"kwallet": start_kwallet, "keepassxc": start_keepassxc}[keeper](asking)
    status = subprocess.run(command[1:] if asking else command, check=False).returncode
    daemon.kill()
    daemon.wait()
    patterns = [part for form in KEY_FORMS for part in ("-e", form)]
    if subprocess.run(["grep", "-rlai", *patterns, HOME], check=False).returncode == 0:
        sys.exit("FAIL!  : the key is in the files named above")
    sys.exit(status)


main()
