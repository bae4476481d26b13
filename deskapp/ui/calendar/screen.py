"""The calendar screen: who does what when, and placing what nobody has planned yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ...desk import directory as directory_of
from ...desk import planboard, setup
from ...desk.values import CalendarBlock, CalendarView, Changes, Directory
from .. import words
from ..actions import ActionRegistry
from ..acts import Acts
from ..i18n import fill, translate
from ..messages import Messages
from ..panes import DRAWER_BELOW, scaled
from ..runner import TaskRunner
from ..screen import Screen
from ..widgets import EmptyState
from ..words import Times
from . import meanwhile, texts
from .bar import PreviewBar
from .blockacts import BlockActs
from .board import BoardView
from .choosing import Choosing
from .commands import declare
from .dates import GRIDS, SPANS, WEEK, first_day
from .gestures import Gestures
from .incoming import Incoming
from .monthmode import MONTH, MonthMode
from .output import Output
from .placing import Placing, Stage
from .pointing import ZOOM_STEP
from .preview import Held
from .questions import Questions
from .rows import Board, prepare
from .table import PlanTable
from .toolbar import CalendarToolbar
from .tray import Tray

_MINUTE_MS = 30_000
_TABLES = ("booking", "ticket", "promise", "specialist", "absence", "work_calendar", "calendar_day", "desk_setting",
           "duty_shift")  # fmt: skip
_PEOPLE_TABLES = ("specialist", "specialist_skill", "skill", "work_calendar", "desk_setting")


class CalendarScreen(Screen):
    """`open_ticket` is asked for by Enter or a double click on a block or a card."""

    open_ticket = Signal(str)
    emergency_wanted = Signal(str)  # the ticket at hand, "" for none

    def __init__(
        self,
        runner: TaskRunner,
        acts: Acts,
        actions: ActionRegistry,
        messages: Messages,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("calendar")
        self._runner, self._acts, self._actions, self._messages = runner, acts, actions, messages
        self._directory: Directory | None = None
        self._skills: Mapping[str, frozenset[str]] = {}
        self._view: CalendarView | None = None
        self._board_values: Board | None = None
        self._days = WEEK
        self._shown_from: date | None = None
        self._go_to: date | None = None
        self._skill = ""
        self._stale, self._stale_people = True, True
        self._fresh = True  # nothing has been shown yet
        self._tray_wanted: bool | None = None
        self._build()
        self.months = MonthMode(self, runner, acts)
        self.placing = Placing(runner, acts, self)
        self.gestures = Gestures(self.board, self.tray, self.placing, acts, self.grid, self._now)
        self.questions = Questions(self)
        self.choosing = Choosing(self, messages)
        self.incoming = Incoming(self, runner, acts)
        self._connect()
        self.blocks = BlockActs(self, runner, acts, actions, messages)
        declare(self, actions)
        self.output = Output(self, runner, messages, actions)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self._tick)

    def _build(self) -> None:
        self.toolbar = CalendarToolbar()
        self.board = BoardView()
        self.table = PlanTable()
        self.empty = EmptyState("")
        self.stack = QStackedWidget()
        for widget in (self.board, self.table, self.empty):
            self.stack.addWidget(widget)
        self.tray = Tray()
        self.bar = PreviewBar()
        self.bar.hide()
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.stack, 1)
        middle.addWidget(self.tray)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        column.addLayout(middle, 1)
        column.addWidget(self.bar)
        self.toolbar.spans.set_index(SPANS.index(self._days))

    def _connect(self) -> None:
        for view in (self.board, self.table, self.tray.list):
            view.key_handler = self._key
        self.board.selected.connect(self._block_selected)
        self.table.selected.connect(self._row_selected)
        self.board.opened.connect(self._open_block)
        self.table.opened.connect(self._open_block)
        self.tray.list.doubleClicked.connect(self.open_selected)
        self.toolbar.step_wanted.connect(self.step)
        self.toolbar.today_wanted.connect(self.go_today)
        self.toolbar.span_wanted.connect(self.show_span)
        self.toolbar.filter_wanted.connect(self.choose_skill)
        self.toolbar.table_wanted.connect(self.toggle_table)
        self.toolbar.tray_wanted.connect(self.toggle_side)
        self.toolbar.emergency_wanted.connect(self.ask_emergency)
        self.bar.find_wanted.connect(self.placing.find)
        self.bar.cancel_wanted.connect(self.gestures.stop)
        self.bar.apply_wanted.connect(self.placing.apply)
        self.bar.anyway_wanted.connect(self.questions.ask_reason)
        self.placing.changed.connect(self._placing_changed)
        self.placing.applied.connect(self._placed)
        self.placing.recomputed.connect(self._recomputed)
        self.gestures.said.connect(self._messages.say)
        self.gestures.estimate_wanted.connect(self.questions.ask_effort)
        self.questions.date_given.connect(self.go_to)
        self.questions.skill_given.connect(self.show_skill)
        self.questions.effort_given.connect(self.incoming.estimated)
        self.questions.reason_given.connect(self.placing.place_anyway)

    # -- what the window asks

    def title(self) -> str:
        return translate("Calendar", "Calendar")

    def window_title(self) -> str:
        return texts.span_title(self._view.days) if self._view is not None else ""

    def activate(self) -> None:
        self._minute.start()
        settings = getattr(self.window(), "settings", None)
        self.board.glide.on = settings is None or bool(settings.flag("motion"))
        if self._stale or self._stale_people:
            self.reload()
        else:
            self._tick()
        if not any(_holds_focus(part) for part in (self.stack, self.tray, self.bar)):
            self.stack.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, changes: Changes) -> None:
        if changes.touches(*_PEOPLE_TABLES):
            self._stale_people = True
        if changes.touches(*_TABLES) or changes.tickets:
            self._stale = True
        if (self._stale or self._stale_people) and self.isVisible():
            self.reload()

    def scopes(self) -> Sequence[str]:
        return ("calendar",)

    def parts(self) -> Sequence[QWidget]:
        return (self.toolbar, self.stack, self.tray, self.bar)

    def has_side(self) -> bool:
        return True

    def toggle_side(self) -> None:
        self._tray_wanted = not self.tray.isVisibleTo(self)
        self._place_tray()

    def _place_tray(self) -> None:
        roomy = self.window().width() >= scaled(DRAWER_BELOW)
        shown = (roomy if self._tray_wanted is None else self._tray_wanted) and not self.months.on
        if not shown and _holds_focus(self.tray):
            self.stack.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)
        self.tray.setVisible(shown)
        self.toolbar.tray.setVisible(not shown and not self.months.on)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_tray()

    def sizeHint(self) -> QSize:
        return QSize(1280, 760)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._stale_people = self._stale = True
            if self._view is not None:
                self._show_view(self._view)
            if self.isVisible():
                self.reload()
        super().changeEvent(event)

    # -- reading

    def _now(self) -> datetime:
        return self._runner.now()

    def directory(self) -> Directory | None:
        return self._directory

    def values(self) -> Board | None:
        """The rows that are shown."""
        return self._board_values

    def stale(self) -> bool:
        """Whether what is shown is to be read again."""
        return self._stale

    def plan(self) -> CalendarView | None:
        """What is shown, or was last."""
        return self._view

    def zone(self) -> ZoneInfo:
        name = self._directory.zone_name if self._directory is not None else "UTC"
        return ZoneInfo(name)

    def times(self) -> Times:
        return Times(self.zone(), self._now())

    def grid(self) -> int:
        """Minutes to which gestures snap."""
        return GRIDS[self._days]

    def reload(self) -> None:
        """Read what is stale; the last picture stays until the new one is there."""
        if self._stale_people:
            self._stale_people = False
            self._runner.run("reader", directory_of.read, on_done=self._got_directory, key="calendar.directory")
            self._runner.run("reader", setup.specialists, on_done=self._got_skills, key="calendar.skills")
        elif self._directory is not None:
            self._read_view()

    def _got_directory(self, values: Directory) -> None:
        self._directory = values
        self._read_view()

    def _got_skills(self, rows: Sequence[Mapping[str, Any]]) -> None:
        found: dict[str, set[str]] = {}
        for row in rows:
            for skill in row["skills"]:
                found.setdefault(skill, set()).add(row["id"])
        self._skills = {skill: frozenset(people) for skill, people in found.items()}
        if self._skill and self._view is not None:
            self._show_view(self._view)

    def _read_view(self) -> None:
        self._stale = False
        if self.months.on:
            self.months.reload()
        start = self._go_to or self._shown_from or first_day(self.times().today(), self._days)
        self._runner.run("reader", planboard.view, start, self._days, on_done=self._show_view, key="calendar.view")

    def _show_view(self, view: CalendarView) -> None:
        self._view = view
        self._shown_from, self._go_to = view.start, None
        times = self.times()
        shown = self._skills.get(self._skill) if self._skill else None
        board = prepare(view, self.zone(), None if shown is None else tuple(shown))
        self._board_values = board
        me = self._directory.me.id if self._directory is not None and self._directory.me is not None else ""
        self.board.set_board(board, times, me, len(view.days) > WEEK)
        selected = self.board.selection()
        self.table.set_board(board, times, selected.id if selected is not None else "")
        self.tray.set_items(view.tray, view.tray_minutes, times)
        self.toolbar.set_waiting(len(view.tray))
        self.toolbar.heading.setText(texts.span_title(view.days))
        self.toolbar.hours.setText(texts.working_hours(view))
        self.empty.set(
            translate("Calendar", "Nobody has this skill.")
            if shown is not None
            else translate("Calendar", "No specialists yet. Add them in the settings.")
        )
        self.months.retell()
        self._show_page()
        self.placing.set_view(view)
        self.incoming.select_placed(board)
        if self._fresh and board.rows:
            self._fresh = False
            self.choosing.select_mine(board)
        self.incoming.hold_waiting()
        self.title_changed.emit()

    def _show_page(self) -> None:
        if self.months.on:
            return
        if self._board_values is not None and not self._board_values.rows:
            page: QWidget = self.empty
        else:
            page = self.table if self.toolbar.table.isChecked() else self.board
        if self.stack.currentWidget() is not page:
            focused = _holds_focus(self.stack)
            self.stack.setCurrentWidget(page)
            if focused:
                page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tick(self) -> None:
        if self._directory is not None and self.isVisible():
            times = self.times()
            self.board.set_times(times)
            self.tray.delegate.times = times
            self.tray.list.viewport().update()

    def hideEvent(self, event: QHideEvent) -> None:
        self._minute.stop()
        super().hideEvent(event)

    # -- what is shown

    def show_span(self, index: int) -> None:
        """Day, week, two weeks or the month around what is looked at."""
        anchor = self._anchor()
        if index == MONTH:
            self.months.open(anchor)
            self._place_tray()
            return
        self.months.leave()
        self._place_tray()
        self._days = SPANS[index]
        self.toolbar.spans.set_index(index)
        self.board.reset_zoom()
        self.go_to(anchor)

    def _anchor(self) -> date:
        block = self.board.selection()
        today = self.times().today()
        if block is not None:
            return self.times().local(block.start).date()
        if self._view is None or self._view.days[0] <= today <= self._view.days[-1]:
            return today
        return self._view.days[0]

    def go_to(self, day: date) -> None:
        if self.months.on:
            self.months.go_to(day)
            return
        self._go_to = first_day(day, self._days)
        if self._directory is not None:
            self._read_view()

    def step(self, steps: int) -> None:
        """Earlier or later by what is shown."""
        if self.months.on:
            self.months.page.step(steps)
            return
        start = self._go_to or self._shown_from or first_day(self.times().today(), self._days)
        self.go_to(start + timedelta(days=steps * self._days))

    def go_today(self) -> None:
        self.go_to(self.times().today())

    def choose_skill(self) -> None:
        """Ctrl+F: only people who know a field."""
        if self._directory is not None:
            self.questions.ask_skill(self._directory, self._skills, self._skill)

    def show_skill(self, skill_id: str) -> None:
        """Only those who have a skill; "" for everybody."""
        self._skill = skill_id
        skills = self._directory.skills if self._directory is not None else ()
        self.toolbar.set_skill(next((skill.name for skill in skills if skill.id == skill_id), ""))
        if self._view is not None:
            self._show_view(self._view)

    def toggle_table(self) -> None:
        self.toolbar.table.setChecked(self.stack.currentWidget() is not self.table)
        self._show_page()
        self.stack.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)

    def zoom(self, steps: int) -> None:
        """Wider or narrower hours, at the pointer when it is over the board, else at its middle."""
        pointer = self.board.pointer()
        x = pointer.x() - self.board.horizontalScrollBar().value() if pointer is not None else None
        self.board.set_zoom(self.board.zoom() * ZOOM_STEP**steps, x)

    # -- selection

    def selected(self) -> CalendarBlock | None:
        return self.board.selection()

    def select(self, block: CalendarBlock) -> None:
        self.board.select(block.id)
        self.table.select(block.id)

    def _block_selected(self, block_id: str) -> None:
        self.table.select(block_id)

    def _row_selected(self, block_id: str) -> None:
        self.board.select(block_id)

    def next_tight(self) -> None:
        self.choosing.next_tight()

    def me(self) -> str:
        return self._directory.me.id if self._directory is not None and self._directory.me is not None else ""

    # -- keys of the views

    def _key(self, event: QKeyEvent) -> bool:
        """Keys without a shortcut of their own: arrows, Enter, Esc, Space."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if not plain:
            return self.choosing.extend(event.key(), event.modifiers()) if self.board.hasFocus() else False
        if self.gestures.key(event.key()):
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self.open_selected()
        if self.board.hasFocus() and event.key() == Qt.Key.Key_Space:
            return self.choosing.toggle()
        if self.board.hasFocus() and event.key() == Qt.Key.Key_Escape:
            return self.choosing.clear()
        if self.board.hasFocus() and event.key() in (
            Qt.Key.Key_Left,
            Qt.Key.Key_Right,
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
        ):
            return self.choosing.move(event.key())
        return False

    # -- acts

    def open_selected(self) -> bool:
        """Enter: the ticket of the current block, or of the current card when the tray has the focus."""
        if self.tray.list.hasFocus():
            item = self.tray.list.current_item()
            if item is not None:
                self.open_ticket.emit(item.ticket_id)
            return item is not None
        block = self.board.selection()
        if block is not None and block.ticket_id:
            self.open_ticket.emit(block.ticket_id)
        return block is not None

    def _open_block(self, block_id: str) -> None:
        block = self._board_values.by_block.get(block_id) if self._board_values is not None else None
        if block is not None and block.ticket_id:
            self.open_ticket.emit(block.ticket_id)

    def ticket_id(self) -> str:
        """The ticket at hand: of the current card when the tray has the focus, else of the current block."""
        item = self.tray.list.current_item() if self.tray.list.hasFocus() else None
        if item is not None:
            return item.ticket_id
        block = self.board.selection()
        return block.ticket_id if block is not None else ""

    def ask_emergency(self) -> None:
        self.emergency_wanted.emit(self.ticket_id())

    def take_card(self) -> None:
        """Insert: the current card, else the first one."""
        item = self.tray.list.current_item()
        if item is None and self.tray.model.items():
            self.tray.select(0)
            item = self.tray.list.current_item()
        if item is None:
            self._messages.say(translate("Calendar", "Everything is planned."))
        elif item.effort is None:
            self.questions.ask_effort(item)
        else:
            self.take(self.gestures.held_item(item))

    def take(self, held: Held) -> None:
        """Take something in hand, over the row of the current block, else over one's own."""
        block = self.board.selection()
        person = block.person_id if block is not None else self.me()
        board = self._board_values
        if board is None or not board.rows:
            return
        if person not in board.row_of:
            person = board.rows[0].person.id
        self.toolbar.table.setChecked(False)
        self._show_page()
        self.board.setFocus(Qt.FocusReason.OtherFocusReason)
        self.gestures.take_held(held, person)

    def show_ticket(self, ticket_id: str) -> None:
        self.incoming.show_ticket(ticket_id)

    def hold(self, ticket_id: str, minutes: int) -> None:
        self.incoming.hold(ticket_id, minutes)

    def hold_at(self, ticket_id: str, minutes: int, person_id: str, at: datetime) -> None:
        self.incoming.hold_at(ticket_id, minutes, person_id, at)

    # -- placing

    def _placing_changed(self) -> None:
        placing, held = self.placing, self.placing.held
        number = texts.number_in(held.number) if held is not None else ""
        why = self._why() if held is not None else ()
        # the ghost says it, too: in place of the customer, whom the bar names
        below = why[0][0] if why else held.customer if held is not None else ""
        self.board.set_picture(placing.picture, number, below)
        self.tray.set_held(held.ticket_id if held is not None and held.block is None else "")
        bar = held is not None and (placing.stage in (Stage.DROPPED, Stage.OPEN) or self.gestures.by_keys)
        if bar and held is not None:
            self._fill_bar(held)
        if self.bar.isVisibleTo(self) != bar:
            had_focus = _holds_focus(self.bar)
            self.bar.setVisible(bar)
            if had_focus or bar:
                self.stack.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)
        if held is not None and self.gestures.by_keys and placing.pieces:
            self.board.reveal_time(placing.pieces[0].start)

    def _fill_bar(self, held: Held) -> None:
        placing = self.placing
        assert self._view is not None
        person = texts.person_name(self._view, self._directory, placing.person_id)
        what = words.number(held.number)
        if placing.mode == "swap" and held.more:
            title = fill(translate("Calendar", "Preview: %1 ↔ %2"), what, words.number(held.more[0].number))
        else:
            if held.more:
                what = translate("Calendar", "%n blocks", None, len(held.ids))
            title = fill(translate("Calendar", "Preview: %1 → %2"), what, person)
        when = ""
        if placing.pieces:
            when = texts.preview_when(placing.pieces[0].start, placing.pieces[-1].end, self.times())
        note = placing.trouble
        if not note and not placing.pieces and placing.diff is None:
            note = translate("Calendar", "No room in what is shown")
        self.bar.show_diff(title, when, placing.diff, held, note, placing.elsewhere(), placing.can_find(), self._why())

    def _why(self) -> tuple[tuple[str, str, str], ...]:
        return meanwhile.chips(self.placing.happened, self.placing.diff, self._names(), self.times())

    def _names(self) -> dict[str, str]:
        people = self._directory.people.values() if self._directory is not None else ()
        return {person.id: person.short for person in people}

    def _placed(self, ticket_id: str) -> None:
        self.board.set_marks(())
        self.incoming.wanted = ticket_id
        self._read_view()

    def _recomputed(self, what: object) -> None:
        why = what if isinstance(what, str) else meanwhile.told(what, self._names(), self.times())
        if why:
            self._messages.say(fill(translate("Calendar", "Recomputed: %1"), why))
        else:
            self._messages.say(translate("Calendar", "The plan has changed. The preview was computed anew."))


def _holds_focus(part: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and (focus is part or part.isAncestorOf(focus))
