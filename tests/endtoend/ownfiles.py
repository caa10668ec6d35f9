"""Files and sockets of the program as it starts for a person who shares the computer: under a mask that forbids nothing,
with what an earlier version left open to all, and with a pipe in each place where a file of the program is to be. No
screen is needed.

    tests/support/desktop.sh python3 tests/endtoend/ownfiles.py build/dev/app/stopdesk
"""
import os
import pathlib
import stat
import subprocess
import sys
import tempfile
import time

APPLICATION_FILES = ("stopdesk.ini", "stopdesk.ini.lock", "window.ini", "window.ini.lock")
DATA_FILES = ("instance.lock", "journal.sqlite.lock", "journal.sqlite", "sends")


class Failed(Exception):
    pass


class Home:
    """A home and a login's files, of their own."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.config = self.folder / "config" / "stopdesk"
        self.data = self.folder / "data" / "stopdesk"
        self.login = self.folder / "login"
        self.login.mkdir(mode=0o700)
        self.surroundings = os.environ | {
            "HOME": folder, "XDG_CONFIG_HOME": f"{folder}/config", "XDG_DATA_HOME": f"{folder}/data",
            "XDG_CACHE_HOME": f"{folder}/cache", "XDG_RUNTIME_DIR": str(self.login), "QT_QPA_PLATFORM": "offscreen"}

    def is_running(self):
        """What is made last: journal and lock are there before, and the socket is made before the window."""
        return list(self.login.glob("*.socket")) and (self.data / "journal.sqlite").is_file()

    def run(self, command, seconds=20):
        """Starts it under a mask that forbids nothing, and ends it as soon as it is there."""
        with subprocess.Popen(command, env=self.surroundings, umask=0, stdin=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, text=True) as process:
            try:
                end = time.monotonic() + seconds
                while not self.is_running():
                    if process.poll() is not None or time.monotonic() > end:
                        raise Failed(f"no window: ended with {process.poll()}, has {sorted(self.folder.rglob('*'))}")
                    time.sleep(0.05)
                time.sleep(0.3)
                self.check()
            finally:
                process.terminate()
                process.wait(10)

    def check(self):
        cache = self.folder / "cache"
        for path in self.folder.rglob("*"):
            if path == cache or cache / "fontconfig" in (path, *path.parents):
                continue  # the library's own list of fonts, where the system has none
            mode = path.lstat().st_mode
            if not path.is_symlink() and stat.S_IMODE(mode) & 0o077:
                raise Failed(f"{path} may be used by others: {stat.filemode(mode)}")
            if stat.S_ISFIFO(mode):
                raise Failed(f"{path} is a pipe")


def new(command, folder):
    Home(folder).run(command)


def left_by_an_earlier_version(command, folder):
    home = Home(folder)
    for place, names in ((home.config, APPLICATION_FILES), (home.data, ("old.sqlite", "instance.lock.old"))):
        place.mkdir(parents=True)
        for name in names:
            if not name.endswith(".lock"):
                (place / name).touch()
                (place / name).chmod(0o666)
    (home.data / "sends").mkdir()
    (home.data / "sends" / "one.sends").touch()
    for path in (home.data / "sends", home.data, home.config):
        path.chmod(0o755)
    for path in (home.config.parent, home.data.parent):
        path.chmod(0o700)
    home.run(command)


def pipes_everywhere(command, folder):
    home = Home(folder)
    for place, names in ((home.config, APPLICATION_FILES), (home.data, DATA_FILES)):
        place.mkdir(parents=True)
        for name in names:
            os.mkfifo(place / name)
        place.chmod(0o700)
        place.parent.chmod(0o700)
    home.run(command)


def demo_kept(command, folder):
    """The folder is the person's, and may be open to others: what the demo keeps in it is not, and the rest stays."""
    home = Home(folder)
    kept = home.folder / "kept"
    kept.mkdir(mode=0o755)
    for name in ("stopdesk.ini", "journal.sqlite.lock", "service.jsonl"):
        os.mkfifo(kept / name)
    (kept / "mine.txt").touch(mode=0o644)
    with subprocess.Popen([*command, "--demo", "--demo-keep", str(kept)], env=home.surroundings, umask=0,
                          stdin=subprocess.DEVNULL) as process:
        try:
            end = time.monotonic() + 20
            while not all((kept / name).is_file() for name in ("service.jsonl", "journal.sqlite")):
                if process.poll() is not None or time.monotonic() > end:
                    raise Failed(f"no demo: ended with {process.poll()}, has {sorted(kept.iterdir())}")
                time.sleep(0.05)
            time.sleep(0.3)
            modes = {path.name: stat.S_IMODE(path.lstat().st_mode) for path in kept.iterdir()}
            if modes.pop("mine.txt") != 0o644 or any(mode & 0o077 for mode in modes.values()):
                raise Failed(f"the kept demo's files: {modes}")
        finally:
            process.terminate()
            process.wait(10)


def main():
    command = sys.argv[1:]
    for step in (new, left_by_an_earlier_version, pipes_everywhere, demo_kept):
        with tempfile.TemporaryDirectory(prefix="stopdesk-ownfiles-") as folder:
            try:
                step(command, folder)
            except Failed as error:
                sys.exit(f"{step.__name__}: {error}")
        print(f"{step.__name__}: good", flush=True)


if __name__ == "__main__":
    main()
