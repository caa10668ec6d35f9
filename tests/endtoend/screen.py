"""A program's window as a person has it: AT-SPI tells where things are and what they say; what is done is done with
the mouse and the keyboard (xdotool). Run it with Debian's python3, inside tests/support/desktop.sh.

    with Screen([program, "--demo"], folder) as screen:
        screen.click(screen.find("Refresh", BUTTON))
        screen.shot("refreshed")

Every look has a deadline and fails with words; a failure leaves a picture, the accessibility tree and the program's
output in the folder.
"""
import glob
import os
import subprocess
import sys
import tempfile
import time

import gi

gi.require_version("Atspi", "2.0")
import pyatspi  # noqa: E402
from gi.repository import Atspi, GLib  # noqa: E402

BUTTON = ("push button", "button", "push button menu")  # the last from Qt 6.8 on, where it opens a menu
CHECK_BOX = ("check box",)
RADIO = ("radio button",)
DIALOG = ("dialog", "alert", "frame", "window", "filler")
EDIT = ("text", "entry", "password text")
ITEM = ("list item",)
LIST = ("list",)
TAB = ("page tab",)
TABLE = ("table", "tree", "tree table")

SHOWING = pyatspi.STATE_SHOWING
FOCUSED = pyatspi.STATE_FOCUSED
CHECKED = pyatspi.STATE_CHECKED
ENABLED = pyatspi.STATE_ENABLED
SELECTED = pyatspi.STATE_SELECTED

# What may be thrown by asking a widget that has just gone.
GONE = (GLib.Error, LookupError, NotImplementedError, AttributeError, TypeError)


class Failed(Exception):
    """A step did not come true."""


def has(widget, state):
    """Whether the widget has the state now; a widget that has gone has none."""
    try:
        return widget.getState().contains(state)
    except GONE:
        return False


def text_of(widget):
    """What stands in a line edit or label."""
    try:
        text = widget.queryText()
        return text.getText(0, text.characterCount)
    except GONE:
        return widget.name or ""


def describe(widget):
    return "nothing" if widget is None else f"{widget.getRoleName()} {widget.name!r}"


def say(line):
    print(line, flush=True)


class Screen:
    """One program on the display. Deadlines are in seconds."""

    def __init__(self, command, folder, deadline=15):
        self.folder = os.path.abspath(folder)
        self.deadline = deadline
        self.shots = 0
        self.clicks = 0  # of the left button
        self.keys = 0  # pressed or typed
        os.makedirs(self.folder, exist_ok=True)
        # Pictures of an earlier run would pass for this one's.
        for old in glob.glob(os.path.join(self.folder, "*.png")) + glob.glob(os.path.join(self.folder, "tree.txt")):
            os.remove(old)
        self.log = os.path.join(self.folder, "program.log")
        self.begin = time.monotonic()
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.app = None

    def __enter__(self):
        try:
            self.app = self.wait_for("the program's window", self._application, 30)
            say(f"The window could be read {time.monotonic() - self.begin:.1f} s after the start")
        except Failed as failure:
            self._report(failure)
            self._end()
            raise
        return self

    def __exit__(self, kind, value, traceback):
        if value is not None:
            self._report(value)
        self._end()

    # Looking

    def find(self, name, roles=None, within=None, deadline=None):
        """The showing widget of that name and one of those roles; waits until there is one."""
        what = f"{'/'.join(roles) if roles else 'widget'} {name!r}"
        return self.wait_for(what, lambda: self.look(name, roles, within), deadline)

    def look(self, name, roles=None, within=None):
        """As find, but now or None."""
        for widget in walk(within or self.app):
            try:
                if widget.name == name and (not roles or widget.getRoleName() in roles) and has(widget, SHOWING):
                    return widget
            except GONE:
                continue
        return None

    def is_shown(self, widget):
        return has(widget, SHOWING)

    def window(self, name, deadline=None):
        """The top-level window of that name: a dialog, or the main window."""
        def look():
            for window in children(self.app):
                if window.name == name and has(window, SHOWING):
                    return window
            return None
        return self.wait_for(f"window {name!r}", look, deadline)

    def wait_for(self, what, condition, deadline=None):
        """Asks until the answer is true, and gives that answer."""
        if deadline is None:
            deadline = self.deadline
        end = time.monotonic() + deadline
        while True:
            try:
                answer = condition()
            except GONE:
                answer = None
            if answer:
                return answer
            if self.process.poll() is not None:
                raise Failed(f"the program ended ({self.process.returncode}) while waiting for {what}")
            if time.monotonic() > end:
                raise Failed(f"within {deadline} s there was no {what}")
            time.sleep(0.1)

    def wait_for_state(self, widget, state, word, wanted=True):
        self.wait_for(f"{widget.name!r} {word}", lambda: has(widget, state) == wanted)

    # Tables

    def columns(self, table):
        """Column titles in the model's order, hidden ones too."""
        grid = table.queryTable()
        return [grid.getColumnDescription(column) for column in range(grid.nColumns)]

    def rows(self, table, limit=200):
        """The texts of the first rows, as a list of {title: text}."""
        titles = self.columns(table)
        grid = table.queryTable()
        return [{title: cell_name(grid, row, column) for column, title in enumerate(titles)}
                for row in range(min(grid.nRows, limit))]

    def row_where(self, table, test, what, deadline=None):
        """The number and the texts of the first row that passes the test; waits until there is one."""
        def look():
            for number, row in enumerate(self.rows(table)):
                if test(row):
                    return number, row
            return None
        return self.wait_for(what, look, deadline)

    def click_row(self, table, number, column):
        """Brings the row into view with the wheel and clicks its cell in the column (its title, or its number)."""
        if isinstance(column, str):
            column = self.columns(table).index(column)
        view = box(table)

        def cell():
            return box(table.queryTable().getAccessibleAt(number, column))

        for _ in range(200):
            x, y, width, height = cell()
            middle = y + height // 2
            # A row's height at the top is the column titles' and hides what lies beneath.
            if view[1] + height < middle <= view[1] + view[3] - height // 2 and width > 0:
                break
            self._xdotool("mousemove", centre(view)[0], centre(view)[1],
                          "click", 5 if middle > centre(view)[1] else 4)
            time.sleep(0.05)
        else:
            raise Failed(f"row {number} of {table.name!r} does not come into view")
        self.click_at(min(x + width // 2, view[0] + view[2] - 8), middle)

    # Acting

    def click(self, widget):
        """One click of the left button in the widget's middle; it must be showing and enabled."""
        self.wait_for(f"{widget.name!r} to click", lambda: has(widget, SHOWING) and has(widget, ENABLED))
        area = self._still(widget)
        if widget.getRoleName() in CHECK_BOX + RADIO:
            # The label may be much shorter than the box that holds it.
            self.click_at(area[0] + min(10, area[2] // 2), area[1] + area[3] // 2)
        else:
            self.click_at(*centre(area))

    def click_at(self, x, y):
        self.clicks += 1
        self._xdotool("mousemove", x, y)
        time.sleep(0.05)
        self._xdotool("click", 1)

    def type(self, text):
        """Types ASCII text into whatever has the focus."""
        self.keys += len(text)
        self._xdotool("type", "--delay", 10, "--", text)

    def key(self, *keys):
        """Presses keys by their X names, for example ctrl+shift+s, Return, Tab."""
        self.keys += len(keys)
        self._xdotool("key", "--delay", 20, *keys)

    def double_click_row(self, table, number, column):
        """As click_row, twice in a row as a person does it."""
        self.click_row(table, number, column)
        self._xdotool("click", "--repeat", 2, "--delay", 80, 1)

    # By keyboard alone

    def focused(self):
        """The widget that has the focus, or None. Of a box and what is in it, what is in it."""
        found = None
        for widget in walk(self.app):
            try:
                # The chosen tab and a list's current item say so always.
                if widget.getRoleName() not in TAB + ITEM and has(widget, FOCUSED) and has(widget, SHOWING):
                    found = widget
            except GONE:
                continue
        return found

    def tab_to(self, name, roles, backwards=False):
        """Tab after Tab until the widget of that name has the focus; fails when a round leads past it."""
        passed = []
        for _ in range(40):
            widget = self.focused()
            if widget is not None and widget.name == name and widget.getRoleName() in roles:
                return widget
            passed.append(describe(widget))
            self.key("shift+Tab" if backwards else "Tab")
            time.sleep(0.1)
        raise Failed(f"Tab leads to no {name!r}, but past {', '.join(passed)}")

    def chosen_row(self, table):
        """The number of the chosen row, or None."""
        chosen = table.queryTable().getSelectedRows()
        return chosen[0] if chosen else None

    def arrow_to_row(self, table, test, what):
        """Up to the first row, then Down after Down until the chosen row passes the test. The table has the focus."""
        self.row_where(table, test, what)
        while self._arrow(table, "Up"):
            pass
        while True:
            number = self.chosen_row(table)
            if number is not None and test(self.rows(table)[number]):
                return number
            if not self._arrow(table, "Down"):
                raise Failed(f"Down leads to no {what}")

    def _arrow(self, table, key):
        """Whether the key has led to another row."""
        before = self.chosen_row(table)
        self.key(key)
        end = time.monotonic() + 1
        while time.monotonic() < end:
            if self.chosen_row(table) != before:
                return True
            time.sleep(0.02)
        return False

    def shot(self, name):
        """A picture of the whole screen, numbered, its path printed."""
        self.shots += 1
        return self._picture(f"{self.shots:02d}-{name}.png")

    def close(self):
        """Closes the window as a person does and fails unless the program ends well."""
        self.key("alt+F4")
        try:
            status = self.process.wait(10)
        except subprocess.TimeoutExpired:
            raise Failed("the program did not end when its window was closed") from None
        if status != 0:
            raise Failed(f"the program ended with {status}")

    # Inside

    def _application(self):
        # What is cached hears of changes in a main loop only, and these scripts have none.
        desktop = pyatspi.Registry.getDesktop(0)
        desktop.clear_cache()
        desktop.set_cache_mask(Atspi.Cache.NONE)
        for app in children(desktop):
            app.set_cache_mask(Atspi.Cache.NONE)
            if app.get_process_id() == self.process.pid and any(has(w, SHOWING) for w in children(app)):
                return app
        return None

    def _still(self, widget):
        """Where the widget is, once it no longer moves: a window just opened is placed by the window manager."""
        last = None

        def look():
            nonlocal last
            area = box(widget)
            same = area == last and area[2] > 0
            last = area
            return area if same else None
        return self.wait_for(f"{widget.name!r} to stand still", look)

    def _xdotool(self, *words):
        subprocess.run(["xdotool", *map(str, words)], check=True, stdin=subprocess.DEVNULL)

    def _picture(self, file):
        path = os.path.join(self.folder, file)
        # A picture taken at once may show the window before it has painted what AT-SPI says already.
        time.sleep(0.3)
        subprocess.run(["import", "-window", "root", path], check=True, stdin=subprocess.DEVNULL)
        say(path)
        return path

    def _report(self, failure):
        say(f"FAILED: {failure}")
        try:
            self._picture("failed.png")
        except (OSError, subprocess.SubprocessError) as error:
            say(f"no picture: {error}")
        path = os.path.join(self.folder, "tree.txt")
        with open(path, "w", encoding="utf-8") as out:
            for line in tree(self.app) if self.app else ["no application on the accessibility bus"]:
                out.write(line + "\n")
        say(path)
        with open(self.log, encoding="utf-8", errors="replace") as log:
            tail = log.read()[-3000:]
        if tail:
            say(f"The program said:\n{tail}")

    def _end(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def children(widget, limit=200):
    try:
        return [child for child in (widget.getChildAtIndex(i) for i in range(min(widget.childCount, limit))) if child]
    except GONE:
        return []


def walk(widget):
    """The widget and all below it, but no table's cells: there may be a hundred thousand."""
    yield widget
    try:
        if widget.getRoleName() in TABLE:
            return
    except GONE:
        return
    for child in children(widget):
        yield from walk(child)


def cell_name(grid, row, column):
    cell = grid.getAccessibleAt(row, column)
    return (cell.name or "") if cell else ""


def box(widget):
    area = widget.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
    return area.x, area.y, area.width, area.height


def centre(area):
    return area[0] + area[2] // 2, area[1] + area[3] // 2


def tree(widget, depth=0):
    """The tree as lines, for a person who wants to know what a test saw."""
    try:
        states = [pyatspi.stateToString(s) for s in widget.getState().getStates()]
        keep = [s for s in states if s in ("showing", "enabled", "focused", "checked", "selected", "modal")]
        yield f"{'  ' * depth}{widget.getRoleName()} {widget.name!r} {' '.join(keep)} {widget.description!r}"
        if widget.getRoleName() in TABLE:
            grid = widget.queryTable()
            for row in range(min(grid.nRows, 60)):
                cells = [cell_name(grid, row, column) for column in range(grid.nColumns)]
                yield f"{'  ' * (depth + 1)}row {row}: {' | '.join(cells)}"
            return
    except GONE as error:
        yield f"{'  ' * depth}(gone: {error})"
        return
    for child in children(widget):
        yield from tree(child, depth + 1)


def main(steps, description):
    """The frame of a script that needs the program once: its arguments, the program, the steps, the exit status."""
    def run(arguments):
        with Screen(arguments.command, arguments.shots) as screen:
            steps(screen)
    script(run, description)


def script(run, description):
    """The frame of a script that starts the program itself, as often as it likes: run(arguments) has shots, command."""
    import argparse
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--shots", required=True, help="folder for the pictures")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="the program and its arguments")
    arguments = parser.parse_args()
    # What another script did on the same desktop is not this one's.
    os.environ["HOME"] = tempfile.mkdtemp(prefix="home-", dir=os.path.expanduser("~"))
    try:
        run(arguments)
    except (Failed, subprocess.SubprocessError) as failure:
        say(f"{parser.prog}: {failure}")
        sys.exit(1)
