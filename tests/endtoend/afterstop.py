"""What can be done after a stop, in the demo, with a picture of each step: sub-tasks that run on are stopped, the next
message is stopped with its queue, a message is discarded, one that was picked up is too late, a queue is cleared, and a
note for the engineers is copied.

    tests/support/desktop.sh python3 tests/endtoend/afterstop.py --shots FOLDER build/dev/app/stopdesk --demo
"""
from screen import BUTTON, CHECK_BOX, CHECKED, ENABLED, FOCUSED, LIST, SHOWING, TAB, TABLE, Failed, box, centre, \
    children, has, main, say, walk

SUB_TASKS = "Leaves sub-tasks running"
NEXT = "Starts the next message"
THREE = "Three messages wait"
PICKED_UP = "Message is picked up meanwhile"
STUBBORN = "Never stops"


def choose(screen, title):
    conversations = screen.find("Conversations", TABLE)
    number, _ = screen.row_where(conversations, lambda row: row["Title"] == title, f"conversation {title!r}")
    screen.click_row(conversations, number, "Title")
    screen.wait_for(f"{title!r} in Details", lambda: screen.look(title, ("label",)) is not None)


def press(screen, name, lowest=False):
    """The button of that name; of several, the upper or the lowest one."""
    def look():
        found = [widget for widget in walk(screen.app)
                 if widget.name == name and widget.getRoleName() in BUTTON and has(widget, SHOWING)
                 and has(widget, ENABLED)]
        found.sort(key=lambda widget: box(widget)[1])
        return found and (found[-1] if lowest else found[0])
    screen.click(screen.wait_for(f"button {name!r}", look, 60))


def confirm(screen, title, button, picture, keep="Keep running", ticked=None):
    """The question of that title: what changes nothing has the focus; then its red button."""
    question = screen.window(title)
    screen.wait_for_state(screen.find(keep, BUTTON, question), FOCUSED, "to have the focus")
    if ticked is not None:
        screen.wait_for_state(screen.find("Also clear the queue", CHECK_BOX, question), CHECKED, "to be as asked",
                              ticked)
    screen.shot(picture)
    screen.click(screen.find(button, BUTTON, question))
    screen.wait_for("the question to close", lambda: all(window.name != title for window in children(screen.app)))


def stop(screen, title):
    choose(screen, title)
    press(screen, "Stop conversation…")
    confirm(screen, "Stop conversation?", "Stop conversation", f"question-{title.split()[0].lower()}")


def stops(screen):
    table = screen.look("Stops", TABLE)
    if table is None:
        screen.click(screen.find("Stops", TAB))
        table = screen.find("Stops", TABLE)
    return table


def wait_for_outcome(screen, title, outcome, count=1, deadline=60):
    """So many rows of Stops with that title and an outcome that begins so."""
    def rows():
        found = [row for row in screen.rows(stops(screen))
                 if row["Title"].startswith(title) and row["Outcome"].startswith(outcome)]
        return found if len(found) >= count else None
    found = screen.wait_for(f"{count} rows {title!r} that say {outcome!r}", rows, deadline)
    say(f"Stops says: {' | '.join(text for text in found[0].values() if text)}")


def choose_message(screen, number):
    """One of the waiting messages; AT-SPI tells where its line is."""
    def line():
        messages = screen.look("Waiting messages", LIST)
        lines = children(messages) if messages else []
        return lines[number] if len(lines) > number else None
    # The live state of the chosen one may wait its turn behind the requests of this minute.
    item = screen.wait_for(f"waiting message {number}", line, 75)
    screen.click_at(*centre(box(item)))
    screen.wait_for_state(screen.find("Discard…", BUTTON), ENABLED, "to be enabled")


def stop_sub_tasks(screen):
    stop(screen, SUB_TASKS)
    wait_for_outcome(screen, SUB_TASKS, "Sub-tasks still running")
    screen.shot("sub-tasks-still-running")
    press(screen, "Stop sub-tasks…", lowest=True)
    confirm(screen, "Stop 3 sub-tasks?", "Stop 3 sub-tasks", "question-sub-tasks")
    wait_for_outcome(screen, "Sub-task: Send batch", "Sub-task stopped", 3)
    wait_for_outcome(screen, SUB_TASKS, "Stopped")
    screen.shot("sub-tasks-stopped")


def stop_the_next_message(screen):
    stop(screen, NEXT)
    wait_for_outcome(screen, NEXT, "Next message started")
    screen.shot("next-message-started")
    press(screen, "Stop again and clear the queue…")
    confirm(screen, "Stop conversation?", "Stop conversation", "question-again", ticked=True)
    wait_for_outcome(screen, NEXT, "Stopped")
    screen.shot("stopped-with-its-queue")


def discard_and_clear(screen):
    choose(screen, THREE)
    choose_message(screen, 1)
    screen.shot("message-chosen")
    press(screen, "Discard…")
    confirm(screen, "Discard message?", "Discard message", "question-discard", "Keep the message")
    wait_for_outcome(screen, f"Message of {THREE}", "Discarded")
    screen.shot("discarded")
    press(screen, "Clear the queue…")
    confirm(screen, "Clear the queue?", "Clear the queue", "question-clear", "Keep the queue")
    wait_for_outcome(screen, f"Queue of {THREE}", "Queue cleared")
    screen.wait_for("no waiting message", lambda: screen.look("Clear the queue…", BUTTON) is None)
    screen.shot("queue-cleared")


def discard_too_late(screen):
    choose(screen, PICKED_UP)
    choose_message(screen, 0)
    press(screen, "Discard…")
    confirm(screen, "Discard message?", "Discard message", "question-discard-late", "Keep the message")
    wait_for_outcome(screen, f"Message of {PICKED_UP}", "Too late, already picked up")
    screen.shot("too-late")


def copy_a_note(screen):
    """What never stops goes on being read; its further steps are behind *More*, in a menu that AT-SPI does not list."""
    stop(screen, STUBBORN)
    wait_for_outcome(screen, STUBBORN, "Still running")
    screen.shot("still-running")
    press(screen, "More")
    screen.shot("more")
    screen.key("Down", "Down", "Return")
    screen.wait_for("the notice", lambda: any(f"Note for engineers about “{STUBBORN}” copied." in (widget.name or "")
                                              for widget in walk(screen.app)))
    screen.shot("note-copied")


def steps(screen):
    stop_sub_tasks(screen)
    stop_the_next_message(screen)
    discard_and_clear(screen)
    discard_too_late(screen)
    copy_a_note(screen)
    if screen.look("Stops", TABLE) is None:
        raise Failed("Stops should still be in front")
    screen.close()


if __name__ == "__main__":
    main(steps, "What can be done after a stop, in the demo.")
