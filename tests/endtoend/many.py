"""Many at once in a demo of 500 more conversations, with a picture of each step: all that runs of an agent is read and
asked about; then all that is shown is selected, one is taken out, some are hidden, and the rest is stopped until sending
is ended; the totals add up. With STOPDESK_RETRY set, *Retry…* follows, which takes a minute more. At each step the
Journal says of every conversation what Stops says.

    tests/support/desktop.sh python3 tests/endtoend/many.py --shots FOLDER build/dev/app/stopdesk --demo --demo-size 500
"""
import os
import re

from screen import (BUTTON, DIALOG, EDIT, ENABLED, SHOWING, TAB, TABLE, Failed, box, cell_name, has, main, say, text_of,
                    walk)

AGENT = "Billing helper"


def named(screen, pattern, roles=None):
    """The first showing widget whose name matches, and the match."""
    for widget in walk(screen.app):
        found = re.fullmatch(pattern, widget.name or "")
        if found and has(widget, SHOWING) and (not roles or widget.getRoleName() in roles):
            return widget, found
    return None


def number_in(text):
    return int(text.replace(",", ""))


def click_first_row(screen, table):
    """Of a table without column titles."""
    left, top, _, _ = box(table)
    screen.click_at(left + 40, top + 16)


def select_all(screen):
    conversations = screen.find("Conversations", TABLE)
    screen.wait_for("several pages of what runs", lambda: conversations.queryTable().nRows > 200, 40)
    screen.click_row(conversations, 1, "Title")
    screen.key("ctrl+a")
    button, found = screen.wait_for("the button for many", lambda: named(screen, "Stop ([0-9,]+) conversations…", BUTTON))
    counted = number_in(found[1])
    screen.shot("all-selected")
    headline, told = screen.wait_for("the sum in Details", lambda: named(screen, "([0-9,]+) chosen: ([0-9,]+) can be stopped.*"))
    if number_in(told[2]) != counted:
        raise Failed(f"the button says {counted}, Details {headline.name!r}")
    chosen = screen.find("Chosen conversations", TABLE)
    click_first_row(screen, chosen)
    screen.click(screen.find("Take out", BUTTON))
    screen.wait_for("one fewer", lambda: named(screen, f"Stop {counted - 1:,} conversations…", BUTTON))
    screen.shot("one-taken-out")


def hide_some(screen):
    """Only what Find shows stays selected: conversations that stop when they are asked to."""
    screen.click(screen.find("Find", EDIT))
    screen.type("Order 201")
    said, found = screen.wait_for("the hidden ones to be counted", lambda: named(
        screen, "([0-9,]+) selected, [0-9,]+ more are not visible under the filter and will not be stopped"))
    screen.find(f"Stop {found[1]} conversations…", BUTTON)
    screen.shot("filtered")


def choose_agent(screen):
    agents = screen.find("Agents", TABLE)
    number, _ = screen.row_where(
        agents, lambda row: any(text == AGENT or text.startswith(AGENT + ",") for text in row.values()), AGENT)
    screen.click_row(agents, number, 0)
    button, _ = screen.wait_for("what the agent offers", lambda: named(screen, "Stop all [0-9,]+ running…", BUTTON))
    screen.shot("agent")
    screen.click(button)
    screen.wait_for("the question about all of it", lambda: named(screen, r"Stop ([0-9,]+) conversations\?", DIALOG))
    screen.shot("agent-question")
    screen.click(screen.find("Keep running", BUTTON))
    click_first_row(screen, agents)


def ask(screen):
    screen.key("ctrl+shift+s")
    return answer_question(screen)


def answer_question(screen):
    _, found = screen.wait_for("the question", lambda: named(screen, r"Stop ([0-9,]+) conversations\?", DIALOG), 60)
    count = number_in(found[1])
    stop = screen.find(f"Stop {found[1]} conversations", BUTTON)
    if has(stop, ENABLED):
        raise Failed("the number need not be typed")
    screen.shot("question")
    screen.click(screen.find("Number of conversations", EDIT))
    screen.type(str(count))
    screen.wait_for_state(stop, ENABLED, "to be enabled by the number")
    screen.shot("number-typed")
    screen.click(stop)
    return count


def counts(screen):
    """What the line above the stops says, as {word: number}; None while there is none."""
    found = named(screen, r"(?![0-9,]+ (?:conversations|stops)$)([0-9,]+ [a-z ]+( · |$))+")
    if not found:
        return None
    parts = found[0].name.split(" · ")
    return {word: number_in(number) for number, word in (part.split(" ", 1) for part in parts)}


def outcomes_in(screen, table, count):
    """Of the newest `count` by their title: the outcome, without its time and what is read out besides."""
    table = screen.find(table, TABLE)
    titles = screen.columns(table)
    grid = table.queryTable()
    cells = [[cell_name(grid, row, titles.index(column)) for column in ("Title", "Outcome")]
             for row in range(min(grid.nRows, count))]
    return {title: re.match("[^:0-9]*", outcome)[0].strip() for title, outcome in cells}


def compare_journal(screen, count, name):
    """Both say the same of each of the newest decisions."""
    stops = outcomes_in(screen, "Stops", count)
    screen.click(screen.find("Journal", TAB))
    screen.shot(f"journal-{name}")
    journal = outcomes_in(screen, "Journal", count)
    screen.click(screen.find("Stops", TAB))
    # What was read meanwhile may have changed between the two looks.
    if journal not in (stops, outcomes_in(screen, "Stops", count)):
        differ = [(title, said, journal.get(title)) for title, said in stops.items() if journal.get(title) != said]
        raise Failed(f"of {len(stops)} and {len(journal)}, Stops and Journal differ in {len(differ)}: {differ[:5]}")
    say(f"Journal and Stops agree on {len(stops)}, {name}")


def end_sending(screen, count):
    """Ends it when some were sent, and returns how many were not."""
    def told():
        return counts(screen) or {}
    screen.wait_for("some that were sent", lambda: told().get("checking", 0) + told().get("stopped", 0) >= 5, 30)
    screen.shot("sending")
    say(str(told()))
    screen.click(screen.find("Stop sending", BUTTON))
    screen.wait_for("nothing more in line", lambda: told() and not told().get("in line"), 20)
    screen.shot("ended")
    compare_journal(screen, count, "ended")
    ended = wait_for_outcomes(screen, count, "outcomes")
    if not ended.get("not sent") or not ended.get("stopped"):
        raise Failed(f"{count} were decided, and {ended} are told")
    return ended["not sent"]


def wait_for_outcomes(screen, count, name):
    def outcomes():
        told = counts(screen) or {}
        return not {"in line", "checking", "sending"} & told.keys() and sum(told.values()) == count and told
    ended = screen.wait_for("every outcome", outcomes, 200)
    say(str(ended))
    screen.shot(name)
    compare_journal(screen, count, name)
    return ended


def retry(screen, left):
    """What was not sent is read, asked about and stopped anew."""
    screen.click(screen.find(f"Retry {left:,}…", BUTTON))
    wait_for_outcomes(screen, answer_question(screen), "retried")


def steps(screen):
    screen.find("Conversations", TABLE)
    choose_agent(screen)
    select_all(screen)
    hide_some(screen)
    count = ask(screen)
    left = end_sending(screen, count)
    if "STOPDESK_RETRY" in os.environ:
        retry(screen, left)
    screen.close()


if __name__ == "__main__":
    main(steps, "Many at once in the demo, by mouse and keyboard.")
