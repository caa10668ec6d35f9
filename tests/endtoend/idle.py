"""What the program costs while nobody looks: its processor time, with another window in front of it. The demo's own
work counts as well.

    tests/support/desktop.sh python3 tests/endtoend/idle.py --shots FOLDER build/release/app/stopdesk --demo

STOPDESK_IDLE_SECONDS says how long it is watched.
"""
import os
import subprocess
import time

from screen import TABLE, Failed, main, say, walk

SECONDS = int(os.environ.get("STOPDESK_IDLE_SECONDS", "20"))
GENEROUS = 5.0  # per cent: a figure to report, not a timed test


def processor_seconds(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def steps(screen):
    screen.find("Conversations", TABLE)
    other = subprocess.Popen(["xev"], stdout=subprocess.DEVNULL)
    try:
        screen.wait_for("the window in the background", lambda: any(
            "in the background" in widget.name for widget in walk(screen.app)))
        before = processor_seconds(screen.process.pid)
        time.sleep(SECONDS)
        share = 100 * (processor_seconds(screen.process.pid) - before) / SECONDS
        say(f"{share:.2f} % of one processor over {SECONDS} s in the background")
        if share > GENEROUS:
            raise Failed(f"it should cost next to nothing: {share:.2f} %")
    finally:
        other.kill()
    screen.close()


if __name__ == "__main__":
    main(steps, "What the program costs while nobody looks.")
