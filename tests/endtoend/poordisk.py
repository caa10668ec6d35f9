"""A home on a poor disk: one that can only be read, one without file locks as some network folders, a full one. The
window says what is so and what to do; a second start still finds the first; a stop can be sent once a person agrees that
there will be no record.

    STOPDESK_PRELOAD=build/dev/tests/support/libstopdesk_poordisk.so \\
        tests/support/desktop.sh python3 tests/endtoend/poordisk.py --shots FOLDER build/dev/app/stopdesk
"""
import os
import signal
import subprocess
import time

from mainjob import choose_conversation, tick_clear_queue, wait_until_stopped
from screen import BUTTON, CHECK_BOX, Failed, Screen, say, script
from secondstart import windows_of
from service import said

DISKS = (("writing", "The disk can only be read: "),
         ("locks", "The folder has no file locks, as some network folders: "),
         ("room", "The disk is full: "))
WHAT_TO_DO = "XDG_DATA_HOME set to a folder on another disk"


def on_poor_disk(command, home, lacks):
    """The command, as it is where everything below the home is on such a disk."""
    return ["env", f"HOME={home}", f"LD_PRELOAD={os.environ['STOPDESK_PRELOAD']}", "ASAN_OPTIONS=verify_asan_link_order=0",
            f"STOPDESK_POOR_DISK={home}", f"STOPDESK_DISK_LACKS={lacks}", *command]


def crash(command, home):
    """A run while the disk was good, which leaves its locks behind."""
    with subprocess.Popen(["env", f"HOME={home}", *command], stdin=subprocess.DEVNULL) as killed:
        end = time.monotonic() + 20
        while not windows_of(killed.pid):
            if time.monotonic() > end:
                raise Failed("the window to be killed did not come")
            time.sleep(0.1)
        os.kill(killed.pid, signal.SIGKILL)
    settings = f"{home}/.config/stopdesk"
    os.makedirs(settings, exist_ok=True)
    for name in ("stopdesk.ini", "window.ini"):  # as if it had been killed while it wrote them
        with open(f"{settings}/{name}.lock", "w", encoding="utf-8") as lock:
            lock.write(f"{killed.pid}\nstopdesk\n{os.uname().nodename}\n")


def is_told(screen, cause, home):
    words = said(screen, "The journal on this computer cannot be used.")
    for part in (cause + home, WHAT_TO_DO):
        if part not in words:
            raise Failed(f"the window should say {part!r} and says {words!r}")
    say(words)


def finds_the_first(command):
    ended = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20, check=False)
    if ended.returncode != 0 or ended.stderr:
        raise Failed(f"the second start ended with {ended.returncode} and said {ended.stderr!r}")


def says_what_is_so(command, folder, lacks, cause):
    home = os.path.join(os.environ["HOME"], lacks)
    os.mkdir(home)
    crash(command, home)
    poor = on_poor_disk(command, home, lacks)
    with Screen(poor, f"{folder}/{lacks}") as screen:
        is_told(screen, cause, home)
        screen.shot("told")
        finds_the_first(poor)
        screen.close()
        with open(screen.log, encoding="utf-8") as log:
            if "Another Stopdesk" in log.read():
                raise Failed("there is no other Stopdesk")


def stops_without_a_record(command, folder, lacks, cause):
    """In the demo, whose journal is kept on that disk."""
    home = os.path.join(os.environ["HOME"], lacks)
    os.mkdir(f"{home}/demo")
    os.environ["STOPDESK_DISK_SPARES"] = f"{home}/demo/service.jsonl"  # for the service is to run
    with Screen(on_poor_disk([*command, "--demo", "--demo-keep", f"{home}/demo"], home, lacks),
                f"{folder}/{lacks}-stop") as screen:
        is_told(screen, cause, home)
        choose_conversation(screen)
        tick_clear_queue(screen)
        screen.click(screen.find("Stop conversation…", BUTTON))
        question = screen.window("Stop conversation?")
        tick = screen.find("Stop without a record", CHECK_BOX, question)
        screen.shot("question")
        if cause not in tick.description:
            raise Failed(f"the question should say {cause!r} and says {tick.description!r}")
        screen.click(tick)
        screen.click(screen.find("Stop conversation", BUTTON, question))
        wait_until_stopped(screen)


def run(arguments):
    for lacks, cause in DISKS:
        says_what_is_so(arguments.command, arguments.shots, lacks, cause)
        stops_without_a_record(arguments.command, arguments.shots, lacks, cause)


if __name__ == "__main__":
    script(run, "A home on a poor disk.")
