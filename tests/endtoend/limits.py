"""The window's last line in the demo: when it is read next, how much of the limits is used, and the last hour behind a
click, by mouse and by keyboard, with a picture of each.

    tests/support/desktop.sh python3 tests/endtoend/limits.py --shots FOLDER build/dev/app/stopdesk --demo
"""
from screen import BUTTON, SHOWING, TABLE, Failed, has, main, say, walk


def popup(screen):
    for widget in walk(screen.app):
        if widget.name == "Requests in the last hour" and has(widget, SHOWING):
            return widget
    return None


def gauges(screen):
    found = screen.find("Requests", BUTTON)
    if "of 90 requests this minute" not in found.description:
        raise Failed(f"the gauges do not tell their figures: {found.description!r}")
    return found


def steps(screen):
    screen.find("Conversations", TABLE)
    screen.wait_for("the next refresh", lambda: any(
        widget.name.startswith("next refresh in") for widget in walk(screen.app) if has(widget, SHOWING)))
    screen.shot("status-line")
    screen.click(gauges(screen))
    chart = screen.wait_for("the last hour", lambda: popup(screen))
    if "Requests in the last hour" not in chart.description:
        raise Failed(f"the chart has no sentence: {chart.description!r}")
    say(chart.description)
    screen.shot("last-hour")
    screen.key("Escape")
    screen.wait_for("the last hour to close", lambda: popup(screen) is None)
    screen.find("Conversations", TABLE)
    screen.close()


if __name__ == "__main__":
    main(steps, "The request limits in the window's last line, in the demo.")
