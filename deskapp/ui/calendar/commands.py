"""The calendar's commands, for keys, menus and palette."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ..actions import Action, ActionRegistry
from .placing import Stage

if TYPE_CHECKING:
    from .screen import CalendarScreen

_SCOPE = "calendar"


def declare(screen: CalendarScreen, actions: ActionRegistry) -> None:
    """Give the registry the commands of this screen."""
    noop = QT_TRANSLATE_NOOP
    placing = screen.placing

    def open_bar() -> bool:
        return placing.stage is not Stage.IDLE

    def with_block() -> bool:
        return screen.selected() is not None

    def add(name, text, run, icon="", key="", **more) -> None:  # type: ignore[no-untyped-def]
        actions.add(Action(f"calendar.{name}", text, run, icon, key, _SCOPE, **more))

    add("today", noop("Actions", "Today"), screen.go_today, "calendar", "T")
    add("day", noop("Actions", "Day"), partial(screen.show_span, 0), "calendar", "Alt+1")
    add("week", noop("Actions", "Week"), partial(screen.show_span, 1), "calendar-days", "Alt+2")
    add("two_weeks", noop("Actions", "Two weeks"), partial(screen.show_span, 2), "calendar-days", "Alt+3")
    add("earlier", noop("Actions", "Earlier"), partial(screen.step, -1), "chevron-left", "PgUp")
    add("later", noop("Actions", "Later"), partial(screen.step, 1), "chevron-right", "PgDown")
    add("date", noop("Actions", "Go to date"), screen.ask_date, "calendar", "G")
    add("table", noop("Actions", "Plan as a table"), screen.toggle_table, "table", "Ctrl+T")
    add("filter", noop("Actions", "Filter by skill"), screen.choose_skill, "funnel", "Ctrl+F")
    add("tight", noop("Actions", "Next tight block"), screen.next_tight, "clock", "Ctrl+L")
    add("wider", noop("Actions", "Wider hours"), partial(screen.zoom, 1), "plus", "Ctrl++", more_keys=("Ctrl+=",))
    add("narrower", noop("Actions", "Narrower hours"), partial(screen.zoom, -1), "minus", "Ctrl+-")
    # The focused view handles these itself; they stand here for the menus and the overlay.
    add("select", noop("Actions", "Move selection"), _nothing, key="Left", by_view=True, hidden=True)
    add("open", noop("Actions", "Open the ticket"), screen.open_selected, "inbox", "Return", by_view=True)
    add("why", noop("Actions", "Why this date"), screen.why, "circle-question-mark", "W", enabled_when=with_block)
    add("take", noop("Actions", "Take from the tray"), screen.take_card, "inbox", "Ins")
    add(
        "put_back", noop("Actions", "Put back into the tray"), screen.put_back, "undo-2", "Del", enabled_when=with_block
    )
    add("earlier_block", noop("Actions", "Move the block earlier"), partial(screen.nudge, -1), key="Ctrl+Left")
    add("later_block", noop("Actions", "Move the block later"), partial(screen.nudge, 1), key="Ctrl+Right")
    add("person_up", noop("Actions", "To the person above"), partial(screen.to_person, -1), key="Ctrl+Up")
    add("person_down", noop("Actions", "To the person below"), partial(screen.to_person, 1), key="Ctrl+Down")
    add("longer", noop("Actions", "Longer"), partial(_stretch, screen, 1), key="Shift+Right")
    add("shorter", noop("Actions", "Shorter"), partial(_stretch, screen, -1), key="Shift+Left")
    add("more", noop("Actions", "15 minutes more"), partial(screen.change_effort, 1), "plus", "+", more_keys=("=",))
    add("less", noop("Actions", "15 minutes less"), partial(screen.change_effort, -1), "minus", "-")
    add("pin", noop("Actions", "Pin or let go"), screen.pin, "pin", "P", enabled_when=with_block)
    add("split", noop("Actions", "Split the block"), screen.split, "split", "/", enabled_when=with_block)
    add(
        "find",
        noop("Actions", "Find without breaks"),
        placing.find,
        "search",
        "Space",
        enabled_when=open_bar,
        by_view=True,
    )
    add(
        "apply",
        noop("Actions", "Apply the change of plan"),
        placing.apply,
        "check",
        "Return",
        enabled_when=open_bar,
        by_view=True,
    )
    add(
        "cancel",
        noop("Actions", "Cancel the change of plan"),
        screen.gestures.stop,
        "x",
        "Esc",
        enabled_when=open_bar,
        by_view=True,
    )


def _stretch(screen: CalendarScreen, steps: int) -> None:
    screen.stretch(steps * screen.grid())


def _nothing() -> None:
    """Arrows belong to the view."""
