"""The main job in the demo, by mouse and keyboard, with a picture of each step: find a running conversation, stop it
and its queue, see that it stopped; then stop by a bad id and be led from the problem to the field.

    tests/support/desktop.sh python3 tests/endtoend/mainjob.py --shots FOLDER build/release/app/stopdesk --demo
"""
from screen import BUTTON, CHECK_BOX, CHECKED, EDIT, ENABLED, FOCUSED, TAB, TABLE, Failed, main, say, text_of

TITLE = "Three messages wait"
BAD_ID = "not-an-id"
# Well-formed, so that the conversation's id is the only one to be refused; nobody needs to have it.
AGENT_ID = "00000000-0000-4000-8000-000000000000"


def choose_agent(screen):
    """All agents are listed first; the conversation's row tells which agent to choose."""
    conversations = screen.find("Conversations", TABLE)
    _, row = screen.row_where(conversations, lambda row: row["Title"] == TITLE, f"conversation {TITLE!r}")
    screen.shot("all-agents")
    name = row["Agent"]
    agents = screen.find("Agents", TABLE)
    # The first cell is read as the row's sentence: "Billing helper, 6 running".
    number, _ = screen.row_where(agents, lambda row: name and any(text == name or text.startswith(name + ",")
                                                                  for text in row.values()), f"agent {name!r}")
    screen.click_row(agents, number, 0)

    def only_its_own():
        rows = screen.rows(conversations)
        return rows and all(row["Agent"] == name for row in rows) and any(row["Title"] == TITLE for row in rows)
    screen.wait_for(f"conversations of {name!r} alone", only_its_own)
    screen.shot("agent-chosen")


def choose_conversation(screen):
    conversations = screen.find("Conversations", TABLE)
    number, row = screen.row_where(conversations, lambda row: row["Title"] == TITLE, f"conversation {TITLE!r}")
    if "Running" not in row["State"]:
        raise Failed(f"{TITLE!r} should be running and is {row['State']!r}")
    screen.click_row(conversations, number, "Title")
    screen.wait_for_state(screen.find("Stop conversation…", BUTTON), ENABLED, "to be enabled")
    screen.shot("conversation-chosen")


def tick_clear_queue(screen):
    tick = screen.find("Also clear the queue", CHECK_BOX)
    screen.wait_for_state(tick, CHECKED, "to be unticked at first", wanted=False)
    screen.click(tick)
    screen.wait_for_state(tick, CHECKED, "to be ticked")
    screen.shot("clear-queue-ticked")


def confirm(screen, picture, expect_tick):
    """The question: Keep running has the focus, the tick is as it was; then Stop conversation."""
    question = screen.window("Stop conversation?")
    keep = screen.find("Keep running", BUTTON, question)
    screen.wait_for_state(keep, FOCUSED, "to have the focus")
    if expect_tick:
        tick = screen.find("Also clear the queue", CHECK_BOX, question)
        screen.wait_for_state(tick, CHECKED, "to be ticked in the question too")
    screen.shot(picture)
    screen.click(screen.find("Stop conversation", BUTTON, question))


def open_tab(screen, name):
    """The table of that name in the lower dock; its tab is clicked unless it is in front already."""
    table = screen.look(name, TABLE)
    if table is None:
        screen.click(screen.find(name, TAB))
        table = screen.find(name, TABLE)
    return table


def wait_until_stopped(screen):
    stops = open_tab(screen, "Stops")

    def stopped(row):
        mine = any(TITLE in text for text in row.values())
        return mine and any(text.startswith("Stopped") and "not cleared" not in text for text in row.values())
    _, row = screen.row_where(stops, stopped, f"row of {TITLE!r} in Stops that says Stopped", 45)
    say("Stops says: " + " | ".join(text for text in row.values() if text))
    screen.shot("stopped")


def stop_by_bad_id(screen):
    screen.click(screen.find("Stop by id…", BUTTON))
    dialog = screen.window("Stop by id")
    for name, words in (("Agent id", AGENT_ID), ("Conversation id", BAD_ID)):
        field = screen.find(name, EDIT, dialog)
        screen.click(field)
        screen.wait_for_state(field, FOCUSED, "to have the focus")
        screen.type(words)
        screen.wait_for(f"{words!r} in {name!r}", lambda: text_of(field) == words)
    screen.shot("stop-by-id")
    screen.click(screen.find("Stop conversation…", BUTTON, dialog))
    confirm(screen, "stop-by-id-question", expect_tick=False)


def follow_problem(screen):
    """The 422 is a row of Problems; choosing it leads to the field it is about."""
    problems = open_tab(screen, "Problems")

    def about_the_conversation(row):
        return any("onversation" in text for text in row.values())
    number, row = screen.row_where(problems, about_the_conversation, "422 about the conversation in Problems", 20)
    say("Problems says: " + " | ".join(text for text in row.values() if text))
    screen.shot("problem")
    if screen.look("Conversation id", EDIT) is not None:
        raise Failed("Stop by id should have closed when its question was asked")
    screen.click_row(problems, number, 0)
    field = screen.find("Conversation id", EDIT)
    screen.wait_for_state(field, FOCUSED, "to have the focus after its problem was chosen")
    screen.shot("field-found")


def steps(screen):
    choose_agent(screen)
    choose_conversation(screen)
    tick_clear_queue(screen)
    screen.click(screen.find("Stop conversation…", BUTTON))
    confirm(screen, "question", expect_tick=True)
    wait_until_stopped(screen)
    stop_by_bad_id(screen)
    follow_problem(screen)


if __name__ == "__main__":
    main(steps, "The main job in the demo, by mouse and keyboard.")
