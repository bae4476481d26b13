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
    placing = screen.placing

    def open_bar() -> bool:
        return placing.stage is not Stage.IDLE

    def with_block() -> bool:
        return screen.selected() is not None

    def add(name, text, run, icon="", key="", **more) -> None:  # type: ignore[no-untyped-def]
        actions.add(Action(f"calendar.{name}", text, run, icon, key, _SCOPE, **more))

    add("today", QT_TRANSLATE_NOOP("Actions", "Today"), screen.go_today, "calendar", "T")
    add("day", QT_TRANSLATE_NOOP("Actions", "Day"), partial(screen.show_span, 0), "calendar", "Alt+1")
    add("week", QT_TRANSLATE_NOOP("Actions", "Week"), partial(screen.show_span, 1), "calendar-days", "Alt+2")
    add("two_weeks", QT_TRANSLATE_NOOP("Actions", "Two weeks"), partial(screen.show_span, 2), "calendar-days", "Alt+3")
    add("month", QT_TRANSLATE_NOOP("Actions", "Month"), partial(screen.show_span, 3), "calendar-days", "Alt+4")
    add("balance", QT_TRANSLATE_NOOP("Actions", "Balance of work"), screen.months.show_balance, "activity", "Ctrl+B")
    add("earlier", QT_TRANSLATE_NOOP("Actions", "Earlier"), partial(screen.step, -1), "chevron-left", "PgUp")
    add("later", QT_TRANSLATE_NOOP("Actions", "Later"), partial(screen.step, 1), "chevron-right", "PgDown")
    add("date", QT_TRANSLATE_NOOP("Actions", "Go to date"), screen.questions.ask_date, "calendar", "G")
    add("table", QT_TRANSLATE_NOOP("Actions", "Plan as a table"), screen.toggle_table, "table", "Ctrl+T")
    add("filter", QT_TRANSLATE_NOOP("Actions", "Filter by skill"), screen.choose_skill, "funnel", "Ctrl+F")
    add("tight", QT_TRANSLATE_NOOP("Actions", "Next tight block"), screen.next_tight, "clock", "Ctrl+L")
    add(
        "wider",
        QT_TRANSLATE_NOOP("Actions", "Wider hours"),
        partial(screen.zoom, 1),
        "plus",
        "Ctrl++",
        more_keys=("Ctrl+=",),
    )
    add("narrower", QT_TRANSLATE_NOOP("Actions", "Narrower hours"), partial(screen.zoom, -1), "minus", "Ctrl+-")
    # The focused view handles these itself; they stand here for the menus and the overlay.
    add("mark", QT_TRANSLATE_NOOP("Actions", "Mark the block"), screen.choosing.toggle, key="Space", by_view=True)
    add(
        "mark_rows",
        QT_TRANSLATE_NOOP("Actions", "Mark over rows"),
        _nothing,
        key="Shift+Down",
        more_keys=("Shift+Up",),
        by_view=True,
        hidden=True,
    )
    add(
        "mark_along",
        QT_TRANSLATE_NOOP("Actions", "Mark along the row"),
        _nothing,
        key="Ctrl+Shift+Right",
        more_keys=("Ctrl+Shift+Left",),
        by_view=True,
        hidden=True,
    )
    add("select", QT_TRANSLATE_NOOP("Actions", "Move selection"), _nothing, key="Left", by_view=True, hidden=True)
    add("open", QT_TRANSLATE_NOOP("Actions", "Open the ticket"), screen.open_selected, "inbox", "Return", by_view=True)
    add(
        "why",
        QT_TRANSLATE_NOOP("Actions", "Why this date"),
        screen.blocks.why,
        "circle-question-mark",
        "W",
        enabled_when=with_block,
    )
    add("take", QT_TRANSLATE_NOOP("Actions", "Take from the tray"), screen.take_card, "inbox", "Ins")
    add(
        "put_back",
        QT_TRANSLATE_NOOP("Actions", "Put back into the tray"),
        screen.blocks.put_back,
        "undo-2",
        "Del",
        enabled_when=with_block,
    )
    add(
        "earlier_block",
        QT_TRANSLATE_NOOP("Actions", "Move the block earlier"),
        partial(screen.blocks.nudge, -1),
        key="Ctrl+Left",
    )
    add(
        "later_block",
        QT_TRANSLATE_NOOP("Actions", "Move the block later"),
        partial(screen.blocks.nudge, 1),
        key="Ctrl+Right",
    )
    add(
        "person_up",
        QT_TRANSLATE_NOOP("Actions", "To the person above"),
        partial(screen.blocks.to_person, -1),
        key="Ctrl+Up",
    )
    add(
        "person_down",
        QT_TRANSLATE_NOOP("Actions", "To the person below"),
        partial(screen.blocks.to_person, 1),
        key="Ctrl+Down",
    )
    add("longer", QT_TRANSLATE_NOOP("Actions", "Longer"), partial(screen.blocks.stretch_by_grid, 1), key="Shift+Right")
    add(
        "shorter", QT_TRANSLATE_NOOP("Actions", "Shorter"), partial(screen.blocks.stretch_by_grid, -1), key="Shift+Left"
    )
    add(
        "more",
        QT_TRANSLATE_NOOP("Actions", "15 minutes more"),
        partial(screen.blocks.change_effort, 1),
        "plus",
        "+",
        more_keys=("=",),
    )
    add("less", QT_TRANSLATE_NOOP("Actions", "15 minutes less"), partial(screen.blocks.change_effort, -1), "minus", "-")
    add("pin", QT_TRANSLATE_NOOP("Actions", "Pin or let go"), screen.blocks.pin, "pin", "P", enabled_when=with_block)
    add(
        "split",
        QT_TRANSLATE_NOOP("Actions", "Split the block"),
        screen.blocks.split,
        "split",
        "/",
        enabled_when=with_block,
    )
    add(
        "swap",
        QT_TRANSLATE_NOOP("Actions", "Swap two blocks"),
        screen.blocks.swap,
        "arrow-left-right",
        "X",
        enabled_when=screen.blocks.two_chosen,
    )
    add(
        "repeat",
        QT_TRANSLATE_NOOP("Actions", "Repeat the visit"),
        screen.blocks.repeat,
        "copy",
        "Ctrl+D",
        enabled_when=with_block,
    )
    add(
        "overrun",
        QT_TRANSLATE_NOOP("Actions", "The work takes longer"),
        screen.blocks.overrun,
        "clock",
        "O",
        enabled_when=with_block,
    )
    add(
        "plan_waiting",
        QT_TRANSLATE_NOOP("Actions", "Plan all that is waiting"),
        screen.blocks.plan_waiting,
        "calendar-days",
        "Shift+Ins",
    )
    add(
        "find",
        QT_TRANSLATE_NOOP("Actions", "Find without breaks"),
        placing.find,
        "search",
        "Space",
        enabled_when=open_bar,
        by_view=True,
    )
    add(
        "apply",
        QT_TRANSLATE_NOOP("Actions", "Apply the change of plan"),
        placing.apply,
        "check",
        "Return",
        enabled_when=open_bar,
        by_view=True,
    )
    add(
        "cancel",
        QT_TRANSLATE_NOOP("Actions", "Cancel the change of plan"),
        screen.gestures.stop,
        "x",
        "Esc",
        enabled_when=open_bar,
        by_view=True,
    )


def _nothing() -> None:
    """Arrows belong to the view."""
