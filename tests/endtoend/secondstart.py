"""A second start on a real screen: it raises the window of the first, minimized or behind another one, and ends; a demo
stands for itself and leads back to it; a first that was killed is forgotten. On another display it says in a window of
its own where the first one is, and without any display in a line; neither is ever silent.

    tests/support/desktop.sh python3 tests/endtoend/secondstart.py --shots FOLDER build/dev/app/stopdesk
"""
import os
import signal
import subprocess
import time

from screen import BUTTON, FOCUSED, Failed, Screen, say, script, text_of, walk


def xdotool(*arguments):
    answer = subprocess.run(["xdotool", *arguments], capture_output=True, text=True, timeout=10, check=False)
    return answer.stdout.strip()


class Display:
    """A further X display, with a window manager, on which everything is from here on."""

    def __enter__(self):
        self.before = os.environ["DISPLAY"]
        reader, writer = os.pipe()
        self.server = subprocess.Popen(["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24", "-nolisten",
                                        "tcp", "-noreset"], pass_fds=[writer], stdin=subprocess.DEVNULL,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writer)
        with os.fdopen(reader) as answer:
            self.name = f":{answer.readline().strip()}"
        os.environ["DISPLAY"] = self.name
        self.manager = subprocess.Popen(["openbox"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        end = time.monotonic() + 10
        while "window id" not in subprocess.run(["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], capture_output=True,
                                                text=True, timeout=10, check=False).stdout:
            if time.monotonic() > end:
                raise Failed(f"there is no window manager on {self.name}")
            time.sleep(0.05)
        return self

    def __exit__(self, *error):
        os.environ["DISPLAY"] = self.before
        for process in (self.manager, self.server):
            process.kill()
            process.wait()


def windows_of(pid):
    """The windows of the process that can be seen."""
    return xdotool("search", "--onlyvisible", "--pid", str(pid), "--name", "Stopdesk").split()


def is_active(pid):
    return xdotool("getactivewindow", "getwindowpid") == str(pid)


def start_again(command):
    """Starts the program once more and waits for its end."""
    begin = time.monotonic()
    ended = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20, check=False)
    if ended.returncode != 0 or ended.stderr:
        raise Failed(f"the second start ended with {ended.returncode} and said {ended.stderr!r}")
    say(f"The second start ended after {time.monotonic() - begin:.2f} s")


def is_raised(screen, command, state):
    if is_active(screen.process.pid):
        raise Failed(f"the window should be {state}, and not the active one")
    screen.shot(state)
    start_again(command)
    screen.wait_for("the first window in front", lambda: is_active(screen.process.pid))
    screen.shot(f"raised-from-{state}")


def raises_the_first(command, folder):
    with Screen(command, f"{folder}/1-first") as screen:
        window = screen.wait_for("the window", lambda: windows_of(screen.process.pid))[0]
        xdotool("windowminimize", "--sync", window)
        is_raised(screen, command, "minimized")
        if demo_of(command):
            with Screen(demo_of(command), f"{folder}/2-demo") as demo:
                demo.wait_for("the demo in front", lambda: is_active(demo.process.pid))
                is_raised(screen, command, "behind")
                leads_back(screen, demo)
        screen.close()


def leads_back(screen, demo):
    """Who leaves the demo finds the window that is there, not a second one."""
    xdotool("windowactivate", "--sync", windows_of(demo.process.pid)[0])
    demo.wait_for("the demo in front", lambda: is_active(demo.process.pid))
    demo.key("ctrl+w")
    if demo.process.wait(10) != 0:
        raise Failed(f"the demo that was left ended with {demo.process.returncode}")
    screen.wait_for("the first window in front", lambda: is_active(screen.process.pid))


def demo_of(command):
    shown = subprocess.run([command[0], "--help"], capture_output=True, text=True, timeout=10, check=True).stdout
    return [command[0], "--demo"] if "--demo" in shown else None


def forgets_the_killed(command, folder):
    with subprocess.Popen(command, stdin=subprocess.DEVNULL) as killed:
        end = time.monotonic() + 15
        while not windows_of(killed.pid):
            if time.monotonic() > end:
                raise Failed("the window to be killed did not come")
            time.sleep(0.1)
        os.kill(killed.pid, signal.SIGKILL)
        killed.wait(10)
    with Screen(command, f"{folder}/3-after-a-crash") as screen:
        screen.wait_for("the window in front", lambda: is_active(screen.process.pid))
        screen.shot("started")
        screen.close()
        with open(screen.log, encoding="utf-8") as log:
            if "does not answer" in log.read():
                raise Failed("the killed one should not have been waited for")


def words_in(widget):
    return " ".join(text_of(part) for part in walk(widget) if part.getRoleName() == "label")


def names_the_first(second, first, display):
    dialog = second.window("Already running")
    words = words_in(dialog)
    for part in (f"already running on display {display} (process {first.process.pid}).", "Two at once would"):
        if part not in words:
            raise Failed(f"the window should say {part!r} and says {words!r}")
    with open(second.log, encoding="utf-8") as log:
        if f"on display {display} (process {first.process.pid})" not in log.read():
            raise Failed("the line for the terminal is missing")
    second.wait_for_state(second.find("Show it there", BUTTON, dialog), FOCUSED, "to have the focus")
    return dialog


def ends_with(screen, status):
    if screen.process.wait(10) != status:
        raise Failed(f"the second start ended with {screen.process.returncode}, not with {status}")


def leads_to_the_first_elsewhere(command, folder):
    with Screen(command, f"{folder}/4-first") as first:
        here = os.environ["DISPLAY"]
        window = first.wait_for("the window", lambda: windows_of(first.process.pid))[0]
        xdotool("windowminimize", "--sync", window)
        with Display() as display:
            with Screen(command, f"{folder}/5-elsewhere") as second:
                names_the_first(second, first, here)
                second.shot("asked")
                second.key("Escape")
                ends_with(second, 1)
            with Screen(command, f"{folder}/6-elsewhere") as second:
                dialog = names_the_first(second, first, here)
                second.click(second.find("Show it there", BUTTON, dialog))
                ends_with(second, 0)
            tells_without_a_display(command, first, here)
            first_is_gone(command, folder, first, display)
    say(f"The first was shown on {here}")


def tells_without_a_display(command, first, here):
    surroundings = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    ended = subprocess.run(command, env=surroundings, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                           timeout=20, check=False)
    for words in ("needs a display", f"on display {here} (process {first.process.pid})"):
        if words not in ended.stderr:
            raise Failed(f"without a display the second start should say {words!r} and says {ended.stderr!r}")
    if ended.returncode != 1:
        raise Failed(f"without a display the second start ended with {ended.returncode}")
    os.environ["DISPLAY"], there = here, os.environ["DISPLAY"]
    first.wait_for("the first window in front, where it is", lambda: is_active(first.process.pid))
    first.shot("shown-there")
    os.environ["DISPLAY"] = there


def first_is_gone(command, folder, first, display):
    """The question stands while the first is killed: then this one is the first."""
    with Screen(command, f"{folder}/7-killed-meanwhile") as second:
        dialog = second.window("Already running")
        os.kill(first.process.pid, signal.SIGKILL)
        first.process.wait(10)
        second.click(second.find("Show it there", BUTTON, dialog))
        second.wait_for("a window of its own", lambda: second.look("Add a connection…", BUTTON))
        second.shot("started")
        os.environ["DISPLAY"], there = display.before, os.environ["DISPLAY"]
        with Screen(command, f"{folder}/8-the-other-way-round") as third:
            names_the_first(third, second, there)
            third.key("Escape")
            ends_with(third, 1)
        os.environ["DISPLAY"] = there
        second.close()


def run(arguments):
    raises_the_first(arguments.command, arguments.shots)
    forgets_the_killed(arguments.command, arguments.shots)
    leads_to_the_first_elsewhere(arguments.command, arguments.shots)


if __name__ == "__main__":
    script(run, "A second start on a real screen.")
