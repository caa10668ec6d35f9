"""A program on the accessibility bus that asks at random, as no screen reader should and some do: cells, rows, columns
and children that are not there, and objects that were there a moment ago. Meanwhile the demo loads, sorts, finds, stops
(so that rows go), opens and closes its menus and dialogs, and closes; then it starts anew. It must never end by itself.

    tests/support/desktop.sh python3 tests/endtoend/asked.py --shots FOLDER build/dev/app/stopdesk --demo

STOPDESK_ASK_SECONDS says for how long, STOPDESK_SEED with what luck (each run prints its own).
"""
import os
import random
import subprocess
import sys
import time

import pyatspi
from gi.repository import Atspi

from screen import BUTTON, GONE, LIST, TAB, TABLE, Failed, Screen, box, centre, say, script

ASK = "--ask"
COMBO = ("combo box",)
SECONDS = int(os.environ.get("STOPDESK_ASK_SECONDS", "20"))
ROUND = 10  # s, from the start to the closing of a window
KNOWN = 300  # objects that are asked again, whether they are there or not
FEWEST = 30  # questions a second; a run that asked fewer proves little


# The one that asks: a process of its own, so that it never waits for the one that types.

def number(luck, count):
    return luck.choice((-2**31, -1, 0, 1, count - 1, count, count + 1, 2**31 - 1, luck.randrange(count + 2)))


class Asker:
    def __init__(self, app, luck):
        self.app = app
        self.luck = luck
        self.known = [app]
        self.tables = []
        self.asked = 0

    def learn(self, found, role=None):
        """Kept for later, in the place of something that was kept before."""
        if found is None:
            return None
        keep = self.tables if (role or found.getRoleName()) in TABLE + LIST else self.known
        if len(keep) < KNOWN:
            keep.append(found)
        else:
            keep[self.luck.randrange(1, KNOWN)] = found
        return found

    def step(self):
        """Goes down from the application once, or asks what is known: of tables more than of the rest."""
        kind = self.luck.random()
        if kind < 0.1 or not self.tables:
            self.go_down()
        elif kind < 0.6:
            self.of_table(self.luck.choice(self.tables))
        elif kind < 0.65:
            self.of_table(self.luck.choice(self.known))  # which is none
        else:
            self.of_any(self.luck.choice(self.known))

    def go_down(self):
        at = self.app
        for _ in range(12):
            count = at.childCount
            self.asked += 2
            if count < 1:
                return
            at = self.learn(at.getChildAtIndex(self.luck.randrange(min(count, 60))))
            if at is None:
                return

    def of_table(self, table):
        rows, columns = Atspi.Table.get_n_rows(table), Atspi.Table.get_n_columns(table)
        row, column = number(self.luck, rows), number(self.luck, columns)
        index = number(self.luck, (rows + 1) * (columns + 1))
        ask = self.luck.choice((
            lambda: self.learn(Atspi.Table.get_accessible_at(table, row, column), "cell"),
            lambda: self.learn(Atspi.Table.get_column_header(table, column), "header"),
            lambda: self.learn(Atspi.Table.get_row_header(table, row), "header"),
            lambda: self.learn(table.getChildAtIndex(index), "cell"),
            lambda: Atspi.Table.is_selected(table, row, column),
            lambda: Atspi.Table.get_row_extent_at(table, row, column),
            lambda: Atspi.Table.get_column_extent_at(table, row, column),
            lambda: Atspi.Table.get_row_column_extents_at_index(table, index),
            lambda: Atspi.Table.get_index_at(table, row, column),
            lambda: Atspi.Table.get_row_at_index(table, index),
            lambda: Atspi.Table.get_column_at_index(table, index),
            lambda: Atspi.Table.get_row_description(table, row),
            lambda: Atspi.Table.get_column_description(table, column),
            lambda: Atspi.Table.is_row_selected(table, row),
            lambda: Atspi.Table.is_column_selected(table, column),
            lambda: Atspi.Table.add_row_selection(table, row),
            lambda: Atspi.Table.remove_row_selection(table, row),
            lambda: Atspi.Table.add_column_selection(table, column),
            lambda: Atspi.Table.remove_column_selection(table, column),
            lambda: Atspi.Table.get_selected_rows(table),
            lambda: Atspi.Table.get_selected_columns(table),
            lambda: Atspi.Table.get_caption(table),  # not get_summary: without an answer it ends the one that asks
            lambda: Atspi.Selection.get_selected_child(table, row),
            lambda: Atspi.Selection.is_child_selected(table, index),
            lambda: Atspi.Selection.select_child(table, index),
            lambda: Atspi.Selection.deselect_child(table, index),
            lambda: self.of_any(table)))
        self.asked += 3
        ask()

    def of_any(self, widget):
        luck = self.luck
        ask = luck.choice((
            lambda: self.learn(widget.getChildAtIndex(number(luck, widget.childCount))),
            lambda: self.learn(widget.parent),
            lambda: self.learn(Atspi.Component.get_accessible_at_point(
                widget, luck.choice((-1, 2**31 - 1, luck.randrange(1280))), luck.choice((-2**31, luck.randrange(800))),
                luck.choice((Atspi.CoordType.SCREEN, Atspi.CoordType.WINDOW)))),
            lambda: Atspi.Component.contains(widget, luck.randrange(1280), -1, Atspi.CoordType.WINDOW),
            lambda: Atspi.Component.get_extents(widget, Atspi.CoordType.SCREEN),
            lambda: Atspi.Component.get_extents(widget, Atspi.CoordType.WINDOW),
            lambda: Atspi.Component.grab_focus(widget) if widget.getRoleName() in TABLE else None,
            lambda: Atspi.Text.get_text(widget, number(luck, 9), number(luck, 9)),
            lambda: Atspi.Text.get_character_at_offset(widget, number(luck, 9)),
            lambda: Atspi.Text.get_character_extents(widget, number(luck, 9), Atspi.CoordType.SCREEN),
            lambda: Atspi.Text.get_string_at_offset(widget, number(luck, 9), Atspi.TextGranularity.WORD),
            lambda: Atspi.Text.get_offset_at_point(widget, -1, 2**31 - 1, Atspi.CoordType.SCREEN),
            lambda: Atspi.Text.get_selection(widget, number(luck, 2)),
            lambda: Atspi.Text.set_caret_offset(widget, number(luck, 9)),
            lambda: Atspi.Value.get_current_value(widget),
            lambda: Atspi.Action.get_key_binding(widget, number(luck, 2)),
            lambda: Atspi.Action.do_action(widget, luck.choice((-1, 9, 2**31 - 1))),
            lambda: widget.getState(),
            lambda: widget.getRoleName(),
            lambda: widget.name,
            lambda: widget.description,
            lambda: widget.getIndexInParent(),
            lambda: widget.getRelationSet(),
            lambda: widget.get_interfaces(),
            lambda: widget.getApplication()))
        self.asked += 1
        ask()


def application(pid):
    desktop = pyatspi.Registry.getDesktop(0)
    desktop.clear_cache()
    desktop.set_cache_mask(Atspi.Cache.NONE)
    for place in range(desktop.childCount):
        app = desktop.getChildAtIndex(place)
        if app and app.get_process_id() == pid:
            app.set_cache_mask(Atspi.Cache.NONE)
            return app
    return None


def ask(pid, seed, path):
    """Until the program has gone; the file has the number of questions."""
    asker = None
    while asker is None and os.path.exists(f"/proc/{pid}"):
        try:
            app = application(pid)
            asker = app and Asker(app, random.Random(seed))
        except GONE:
            pass  # not there yet
    with open(path, "w", encoding="ascii") as count:
        while os.path.exists(f"/proc/{pid}"):
            try:
                asker.step()
            except GONE:
                pass  # gone, or a refusal in words: both are answers
            if asker.asked % 16 == 0:
                count.seek(0)
                count.write(str(asker.asked))
                count.flush()


# The one that works meanwhile: it does not mind what a key meets, nor what is not there.

def area_of(screen, name, roles):
    """Where the widget is; None: it is not showing."""
    widget = screen.look(name, roles)
    return box(widget) if widget else None


def click(screen, name, roles):
    area = area_of(screen, name, roles)
    if area:
        screen.click_at(*centre(area))
    return area is not None


def find(screen, luck):
    screen.key("ctrl+l")
    screen.type(luck.choice(("Order 2", "parcel", "zzz", "e")))
    screen.key(luck.choice(("Escape", "Return", "BackSpace", "Tab")))


def sort(screen, luck):
    area = area_of(screen, "Conversations", TABLE)
    if area:
        screen.click_at(area[0] + luck.randrange(10, 300), area[1] + 12)


def stop(screen, luck):
    area = area_of(screen, "Conversations", TABLE)
    if area:
        screen.click_at(area[0] + 60, area[1] + luck.randrange(40, 300))
    screen.key(*luck.choice(((), ("shift+Down", "shift+Down"))), "ctrl+shift+s")
    if luck.random() < 0.7:
        click(screen, "Stop conversation", BUTTON)
    screen.key("Escape")


def stop_by_id(screen, luck):
    screen.key("ctrl+i")
    screen.type("x")
    screen.key("Escape")


def export(screen, luck):
    """As far as the dialog for the file, which has lists, a tree and combo boxes."""
    click(screen, "Journal", TAB)
    if click(screen, "Export…", BUTTON):
        screen.key("Down", "Return")
        screen.type("a")
    screen.key("Escape", "Escape")


def open_list(screen, luck):
    """Of a combo box, or the menu."""
    if click(screen, *luck.choice((("Demo", COMBO), ("Menu", BUTTON)))):
        screen.key("Down", "Escape")


def other_tab(screen, luck):
    click(screen, luck.choice(("Problems", "Stops", "Journal")), TAB)


def refresh(screen, luck):
    screen.key("F5")


def close(screen):
    for _ in range(5):
        try:
            # Whatever stands above the window goes first.
            click(screen, "Cancel", BUTTON)
            click(screen, "Keep running", BUTTON)
        except GONE:
            pass
        screen.key("alt+F4")
        try:
            status = screen.process.wait(3)
        except subprocess.TimeoutExpired:
            continue
        if status != 0:
            raise Failed(f"the program ended with {status} while it was closed")
        return
    raise Failed("the program did not end when its window was closed")


def work(screen, luck, end):
    done = []
    while time.monotonic() < end:
        step = luck.choice((find, find, sort, stop, stop, stop_by_id, export, open_list, other_tab, refresh))
        done.append(step.__name__)
        try:
            step(screen, luck)
        except GONE:
            pass  # a widget went between two looks at it
        if screen.process.poll() is not None:
            raise Failed(f"the program ended ({screen.process.returncode}) after {', '.join(done)}")
    close(screen)


def one_round(arguments, seed, seconds):
    """From the start of a window to its closing; gives the number of questions."""
    path = os.path.join(os.path.abspath(arguments.shots), "asked.txt")
    end = time.monotonic() + seconds
    screen = Screen(arguments.command, arguments.shots)
    asker = subprocess.Popen([sys.executable, "-B", __file__, ASK, str(screen.process.pid), str(seed), path])
    try:
        with screen:
            work(screen, random.Random(seed), end)
        status = asker.wait(30)
        if status != 0:
            raise Failed(f"the one that asks ended with {status}")
    finally:
        asker.kill()
        asker.wait()
    with open(path, encoding="ascii") as count:
        return int(count.read() or "0")


def run(arguments):
    seed = int(os.environ.get("STOPDESK_SEED", random.randrange(10**6)))
    asked, rounds, end = 0, 0, time.monotonic() + SECONDS
    while time.monotonic() < end:
        say(f"STOPDESK_SEED={seed + rounds}")
        asked += one_round(arguments, seed + rounds, min(ROUND, max(3, end - time.monotonic())))
        rounds += 1
    say(f"{asked} questions, {rounds} windows")
    if asked < FEWEST * SECONDS:
        raise Failed(f"{asked} questions are too few to tell anything")


if __name__ == "__main__":
    if ASK in sys.argv:
        ask(int(sys.argv[-3]), int(sys.argv[-2]), sys.argv[-1])
    else:
        script(run, "Questions at random while the program works.")
