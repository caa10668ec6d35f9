"""Every way in which the demo refuses or loses a stop, by mouse and keyboard, with a picture of each: what Problems says
of it, where it leads, what there is for an engineer, and that it goes when it is corrected or asked again.

    tests/support/desktop.sh python3 tests/endtoend/errors.py --shots FOLDER build/dev/app/stopdesk --demo
"""
import os
import re
import tempfile
from dataclasses import dataclass, field

from screen import BUTTON, CHECK_BOX, CHECKED, EDIT, ENABLED, FOCUSED, LIST, SHOWING, TAB, TABLE, Failed, Screen, box, \
    cell_name, centre, children, describe, has, say, script, text_of, walk

NOTHING = "Nothing was stopped"
MAYBE = "May have stopped"
NO_STOP = "No stop involved"
LOOKED_UP = "It goes on being looked up. Check the conversation before stopping it again."

TICK = ("Also clear the queue", CHECK_BOX)
AGENTS = ("Agents", TABLE)
CONVERSATIONS = ("Conversations", TABLE)


@dataclass
class Step:
    """What the button beside Problems says (a pattern), and whether it can be pressed."""
    text: str
    can: bool = True


SHOW = Step("Show the field")
OPEN = Step("Open details")


@dataclass
class Entry:
    """A row of Problems. Without a place it is that of its conversation."""
    effect: str
    words: tuple
    place: str = ""
    step: Step = field(default_factory=lambda: OPEN)
    leads_to: tuple = ()  # name and roles of the control that choosing it leads to
    kind: str = ""  # its type, which Details tells
    why_not: str = ""  # said above the entries when it is chosen and its control is not there


@dataclass
class Scenario:
    title: str
    entries: tuple
    times: int = 1  # 0: as often as it is read
    patience: int = 20  # s
    since: str = ""  # what became of it, which Details tells


def refused(title, *words, step=OPEN, **more):
    return Scenario(title, (Entry(NOTHING, words, step=step),), **more)


def lost(title, *words, since="", **more):
    told = f"Since then: {since}" if since else LOOKED_UP
    return Scenario(title, (Entry(MAYBE, (*words, told)),), since=since, **more)


REFUSED = (
    refused("Answers 403", "This key is not allowed to stop conversations of this agent.",
            "ask an administrator of the organization"),
    refused("Answers 404", "does not know this conversation of this agent.", "refresh the list",
            step=Step("Stop by id…")),
    refused("Answers 409", "does not stop this conversation in the state it is in just now.",
            "The service said: “Conversation is idle”."),
    refused("Answers with problem details (400)", "did not accept this stop.",
            "The gateway in front of the service did not like this", "give the engineers the request id"),
    refused("Redirects elsewhere", "points to another address: 127.0.0.1:", "takes its key to no other address.",
            step=Step("Edit connection…")),
    refused("Refuses in plain words (422)", "did not understand a part of this stop.",
            "This conversation does not take a stop right now", "Look at the technical details, then stop it again"),
)

MARKED = (
    Scenario("Refuses the body (422)", (
        Entry(NOTHING, ("value could not be parsed to a boolean",), "Also clear the queue · body › clear_queue", SHOW,
              TICK, "type_error.bool"),)),
    Scenario("Refuses the path (422)", (
        Entry(NOTHING, ("Input should be a valid UUID",), "Conversations · path › conversation_id", SHOW,
              CONVERSATIONS, "uuid_parsing"),)),
    Scenario("Refuses several things (422)", (
        Entry(NOTHING, ("value is not a valid uuid",), "Agents · path › agent_id", SHOW, AGENTS, "type_error.uuid"),
        Entry(NOTHING, ("field required",), "API key · header › x-api-key", SHOW, (), "value_error.missing",
              "The demo has no key and nothing to edit."),
        Entry(NOTHING, ("JSON decode error",), "body › character 20", OPEN, (), "json_invalid"),
        Entry(NOTHING, ("The service gave no place for this one",)),
        Entry(NOTHING, ("only a sentence",)))),
)

LOST = (
    lost("Server error (500)", "Something failed inside the service while it handled this stop.",
         "Internal Server Error"),
    lost("Answers with nothing (502)", "Something failed inside the service while it handled this stop. It goes"),
    lost("Unavailable (503)", "Something failed inside the service while it handled this stop.",
         "503 Service Temporarily Unavailable"),
    lost("Cuts its answer", "The connection broke before this stop was answered.", since="No longer running"),
    lost("Hangs", "The service did not answer this stop in time.", patience=40),
    lost("Closes after reading the stop, and had stopped", "The connection broke before this stop was answered.",
         since="No longer running"),
    lost("Closes after reading the stop, still runs", "The connection broke before this stop was answered.",
         times=2),
    lost("Cannot be read", "The connection broke before this stop was answered.", times=3),
)

LIMITED = (
    refused("Plan limit (429)", "The plan of this organization at the service is used up.", "Waiting does not help."),
    refused("Too many requests (429)", "too many requests in a short time.", "Stop it again in a minute."),
    refused("Too many requests, with Retry-After", "too many requests in a short time.", "Stop it again in 20 s.",
            step=Step("Wait (1?[0-9]|20) s", False), times=2),
)

KEY_REFUSED = refused("Answers 401", "does not accept the key of this connection.", "Enter a key that works",
                      step=Step("Enter a new key…"))

# Its live state says that nothing runs, so that there is nothing to stop: reading it is what fails.
UNKNOWN = Scenario("Unknown to the service", (
    Entry(NO_STOP, ("does not know what was asked for.", "Task not found", "Refresh the list."),
          "Details of Unknown to the service"),),
                   times=0)


# What a person does

def table_of(screen, name):
    """A table in the lower dock; its tab is clicked unless it is in front already."""
    table = screen.look(name, TABLE)
    if table is None:
        screen.click(screen.find(name, TAB))
        table = screen.find(name, TABLE)
    return table


def choose(screen, title):
    conversations = screen.find("Conversations", TABLE)
    column = screen.columns(conversations).index("Title")

    def titles():
        grid = conversations.queryTable()
        found = [cell_name(grid, row, column) for row in range(grid.nRows)]
        return found if title in found else None
    number = screen.wait_for(f"conversation {title!r}", titles).index(title)
    screen.click_row(conversations, number, column)
    screen.wait_for(f"{title!r} in Details", lambda: screen.look(title, ("label",)) is not None)


def confirm(screen, title, button):
    question = screen.window(title)
    screen.click(screen.find(button, BUTTON, question))
    screen.wait_for("the question to close", lambda: all(window.name != title for window in children(screen.app)))


def stop(screen, title):
    choose(screen, title)
    screen.click(screen.find("Stop conversation…", BUTTON))
    confirm(screen, "Stop conversation?", "Stop conversation")


# What is looked for

def is_of(entry, title, row):
    place = row["Where"] == entry.place if entry.place else re.fullmatch(re.escape(title) + "( and .*)?", row["Where"])
    return place and all(words in row["What happened"] for words in entry.words)


def step_button(screen):
    """In Problems; another of the same name may stand above it, in the toolbar."""
    words = r"Show the field|Enter a new key…|Edit connection…|Check again|Open details|Stop by id…|Wait .*"
    _, top, _, _ = box(screen.find("Problems", TABLE))
    for widget in walk(screen.app):
        if widget.getRoleName() in BUTTON and has(widget, SHOWING) and box(widget)[1] > top - 60 \
                and re.fullmatch(words, widget.name or ""):
            return widget
    return None


def check_step(screen, step):
    def fits():
        button = step_button(screen)
        return button and re.fullmatch(step.text, button.name) and has(button, ENABLED) == step.can
    try:
        screen.wait_for("the step", fits, 5)
    except Failed:
        button = step_button(screen)
        raise Failed(f"the step should be {step}, and is {describe(button)}, "
                     f"{'enabled' if button and has(button, ENABLED) else 'grey'}") from None


def details(screen):
    """The text for an engineer; the button shows it."""
    if screen.look("Details of the problem", EDIT) is None:
        screen.click(screen.find("Technical details", CHECK_BOX))
    return screen.find("Details of the problem", EDIT)


def check_details(screen, scenario, entry):
    since = f" (since then: {scenario.since})" if scenario.since else ""
    wanted = [f"About: {scenario.title}{since}", "Conversation id: ", f"Effect: {entry.effect}", "Request id: "]
    wanted += [f"Type: {entry.kind}"] if entry.kind else []
    text = details(screen)
    screen.wait_for(f"{wanted} in Details", lambda: all(words in text_of(text) for words in wanted), 5)


def check_lead(screen, entry, sentence):
    """Choosing the entry has led to the control, and that says the same."""
    name, roles = entry.leads_to
    control = screen.find(name, roles)
    screen.wait_for_state(control, FOCUSED, "to have the focus after its problem was chosen")
    screen.wait_for(f"{name!r} to say what is wrong", lambda: sentence in (control.description or ""), 5)


def sum_of(screen):
    """The line above the entries, as it is heard: how many, and the newest or why a choice led nowhere."""
    return next(widget for widget in walk(screen.app) if has(widget, SHOWING)
                and re.match(r"(1 problem|[0-9]+ problems)\. ", widget.name or ""))


def check_sum(screen):
    """What is seen of it: how many, and of several how many of each effect that has not come to an end since."""
    def is_right():
        rows = screen.rows(table_of(screen, "Problems"))
        count = f"{len(rows)} problems" if len(rows) > 1 else "1 problem"
        ended = [row for row in rows if "over since" in row["Time"]]
        open_ones = [row["Effect"].split(":")[0] for row in rows if row not in ended]
        effects = [f"{effect}: {open_ones.count(effect)}" for effect in (MAYBE, NOTHING, NO_STOP)
                   if effect in open_ones and len(rows) > 1]
        effects += [f"Over: {len(ended)}"] if ended and len(rows) > 1 else []
        when = rows[0]["Time"].replace("\n", ", ")
        sentence = rows[0]["Effect"].removesuffix(f" {rows[0]['Where']}, {when}")
        return sum_of(screen).name == f"{count}. {sentence}" and screen.look(count, ("label",)) \
            and (not effects or screen.look(" · ".join(effects), ("label",)))
    screen.wait_for("the sum of the entries", is_right, 5)


def find_entry(screen, scenario, entry):
    problems = table_of(screen, "Problems")
    number, row = screen.row_where(problems, lambda row: is_of(entry, scenario.title, row),
                                   f"entry {entry.words} of {scenario.title!r}", scenario.patience)
    # The first cell is read as the row's sentence, which begins with what the eye sees.
    if not row["Effect"].startswith(entry.effect + ":"):
        raise Failed(f"{scenario.title!r} should say {entry.effect!r} and says {row['Effect']!r}")
    times = f"{scenario.times} ×" if scenario.times > 1 else ""
    if scenario.times and row["Times"] != times:
        raise Failed(f"{scenario.title!r} should be counted as {times!r} and is as {row['Times']!r}")
    return problems, number, row


def check_entry(screen, scenario, entry):
    problems, number, row = find_entry(screen, scenario, entry)
    say(f"{row['Effect']} {row['Times']}")
    screen.click_row(problems, number, "What happened")
    check_step(screen, entry.step)
    if entry.leads_to:
        check_lead(screen, entry, row["What happened"])
    if entry.why_not:
        screen.wait_for(f"{entry.why_not!r}", lambda: entry.why_not in sum_of(screen).name, 5)
        screen.shot("not-there")
    check_details(screen, scenario, entry)
    if entry.leads_to:
        # Details had been clicked meanwhile; the step leads as choosing the entry does.
        screen.click(step_button(screen))
        check_lead(screen, entry, row["What happened"])


def slug(title):
    return re.sub("[^a-z0-9]+", "-", title.lower()).strip("-")


def check(screen, scenario, is_decided=False):
    """Who has decided something, and did nothing since, is led to what became of it."""
    if is_decided:
        screen.wait_for("Problems in front", lambda: screen.look("Problems", TABLE), scenario.patience)
        screen.wait_for_state(sum_of(screen), FOCUSED, "to have the focus")
    find_entry(screen, scenario, scenario.entries[0])
    check_sum(screen)
    screen.shot(slug(scenario.title))
    for entry in scenario.entries:
        check_entry(screen, scenario, entry)
    screen.shot(slug(scenario.title) + "-chosen")
    screen.click(screen.find("Technical details", CHECK_BOX))


def play(screen, scenario):
    stop(screen, scenario.title)
    check(screen, scenario, is_decided=scenario.times == 1)


def none_of(screen, words):
    screen.wait_for(f"no entry {words!r}", lambda: not any(
        words in row["What happened"] for row in screen.rows(table_of(screen, "Problems"))), 10)


# The starts

def play_refused(screen):
    for scenario in REFUSED:
        play(screen, scenario)
    refuse_to_discard(screen)
    play(screen, KEY_REFUSED)
    choose(screen, UNKNOWN.title)
    check(screen, UNKNOWN)
    take_steps(screen)


def take_steps(screen):
    """What each step leads to, long after; the demo's own connection is the one that nobody edits."""
    forbidden, unknown, *_ = REFUSED
    press_step(screen, forbidden)
    screen.wait_for(f"{forbidden.title!r} in Details", lambda: screen.look(forbidden.title, ("label",)) is not None)
    screen.shot("details-opened")
    for nothing in (KEY_REFUSED, next(scenario for scenario in REFUSED if scenario.title == "Redirects elsewhere")):
        press_step(screen, nothing)
        screen.wait_for("why it leads nowhere",
                        lambda: "The demo has no key and nothing to edit." in sum_of(screen).name, 5)
        screen.shot("nothing-to-edit")
        find_entry(screen, nothing, nothing.entries[0])
    press_step(screen, unknown)
    field = screen.find("Conversation id", EDIT, screen.window("Stop by id"))
    typed = screen.wait_for("the id in the dialog", lambda: text_of(field))
    screen.shot("stop-by-id")
    screen.key("Escape")
    screen.wait_for_state(field, SHOWING, "to close", wanted=False)
    if f"Conversation id: {typed}\n" not in text_of(details(screen)):
        raise Failed(f"Stop by id was filled with {typed!r}, which is not the conversation's")


def press_step(screen, scenario):
    entry = scenario.entries[0]
    problems, number, _ = find_entry(screen, scenario, entry)
    screen.click_row(problems, number, "What happened")
    check_step(screen, entry.step)
    screen.click(step_button(screen))


def refuse_to_discard(screen):
    title = "Refuses to discard (403)"
    choose(screen, title)

    def line():
        messages = screen.look("Waiting messages", LIST)
        lines = children(messages) if messages else []
        return lines[0] if lines else None
    screen.click_at(*centre(box(screen.wait_for("a waiting message", line, 20))))
    screen.click(screen.find("Discard…", BUTTON))
    confirm(screen, "Discard message?", "Discard message")
    check(screen, Scenario(title, (
        Entry(NO_STOP, ("Nothing was discarded.", "This key is not allowed to do this.")),)))


def play_marked(screen):
    """What is marked goes by correcting it, and all of it by asking again."""
    body, path, several = MARKED
    play(screen, body)
    tick = screen.find(*TICK)
    screen.click(tick)
    none_of(screen, body.entries[0].words[0])
    screen.wait_for("the mark to go", lambda: not tick.description, 5)
    screen.shot("body-corrected")
    screen.click(tick)
    screen.wait_for_state(tick, CHECKED, "to be unticked again", wanted=False)

    play(screen, path)
    choose(screen, several.title)
    none_of(screen, path.entries[0].words[0])
    screen.shot("path-corrected")

    play(screen, several)
    stop(screen, REFUSED[0].title)
    for entry in several.entries:
        none_of(screen, entry.words[0])
    screen.shot("asked-again")


def play_lost(screen):
    for scenario in LOST:
        play(screen, scenario)
    play_web_page(screen)
    settled(screen, LOST[0], "Still running")


def settled(screen, scenario, since):
    """30 s after its stop it is known what became of it."""
    problems = table_of(screen, "Problems")
    number, _ = screen.row_where(
        problems, lambda row: row["Where"] == scenario.title and f"Since then: {since}." in row["What happened"],
        f"entry of {scenario.title!r} that says {since!r}", 45)
    screen.click_row(problems, number, "What happened")
    check_step(screen, OPEN)
    check_sum(screen)
    screen.shot("settled-" + slug(since))


def play_web_page(screen):
    """Whatever came with its 200, the service took the stop: that is no problem, and nothing is claimed."""
    title = "Answers with a web page"
    before = len(screen.rows(table_of(screen, "Problems")))
    stop(screen, title)
    screen.row_where(table_of(screen, "Stops"),
                     lambda row: row["Title"].startswith(title) and row["Outcome"].startswith("Accepted, checking"),
                     f"accepted stop of {title!r}")
    screen.shot(slug(title))
    if len(screen.rows(table_of(screen, "Problems"))) != before:
        raise Failed(f"the accepted stop of {title!r} is told as a problem")


def play_limited(screen):
    for scenario in LIMITED:
        play(screen, scenario)
    check_step(screen, LIMITED[-1].entries[0].step)
    screen.wait_for("the wait to end", lambda: (step_button(screen) or screen.app).name == "Open details", 25)
    screen.shot("waited")


def run(arguments):
    command = arguments.command + ["--demo-limits", "2000,20000"]
    for name, steps in (("refused", play_refused), ("marked", play_marked), ("lost", play_lost),
                        ("limited", play_limited)):
        # What one leaves unconfirmed, the next would go on looking up.
        os.environ["HOME"] = tempfile.mkdtemp(prefix=f"{name}-", dir=os.path.expanduser("~"))
        with Screen(command, os.path.join(arguments.shots, name)) as screen:
            steps(screen)


if __name__ == "__main__":
    script(run, "The demo's error scenarios, by mouse and keyboard.")
