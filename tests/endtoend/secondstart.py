"""A second start on a real screen: it raises the window of the first, minimized or behind another one, and ends; a demo
stands for itself and leads back to it; a first that was killed is forgotten.

    tests/support/desktop.sh python3 tests/endtoend/secondstart.py --shots FOLDER build/dev/app/stopdesk
"""
import os
import signal
import subprocess
import time

from screen import Failed, Screen, say, script


def xdotool(*arguments):
    answer = subprocess.run(["xdotool", *arguments], capture_output=True, text=True, timeout=10, check=False)
    return answer.stdout.strip()


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


def run(arguments):
    raises_the_first(arguments.command, arguments.shots)
    forgets_the_killed(arguments.command, arguments.shots)


if __name__ == "__main__":
    script(run, "A second start on a real screen.")
