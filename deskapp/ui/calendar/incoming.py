"""What other screens bring here: a ticket to be shown where it is planned, or one in hand to be placed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ...desk import ticket, triage
from ...desk.values import TicketView
from ..acts import Acts
from ..runner import TaskRunner
from .preview import Held
from .rows import Board

if TYPE_CHECKING:
    from .screen import CalendarScreen


class Incoming(QObject):
    """It waits here until the plan is read."""

    def __init__(self, screen: CalendarScreen, runner: TaskRunner, acts: Acts) -> None:
        super().__init__(screen)
        self._screen, self._runner, self._acts = screen, runner, acts
        self.wanted = ""  # the ticket whose block is to be the current one
        self._hold: tuple[str, int] | None = None
        self._place: tuple[str, datetime] | None = None

    def show_ticket(self, ticket_id: str) -> None:
        """Come here for a ticket: its block is made the current one, in the days where it is planned."""
        board = self._screen.values()
        found = [b for b in board.by_block.values() if b.ticket_id == ticket_id] if board is not None else []
        if board is not None and not self._screen.stale() and any(block.state != "done" for block in found):
            self.wanted = ticket_id
            self.select_placed(board)
        else:
            self._runner.run("reader", ticket.view, ticket_id, 0, on_done=self._show_forecast, key="calendar.ticket")

    def _show_forecast(self, values: TicketView) -> None:
        self.wanted = values.id
        times = self._screen.times()
        at = values.forecast_at or values.promised_at
        self._screen.go_to(times.local(at).date() if at is not None else times.today())

    def select_placed(self, board: Board) -> None:
        if not self.wanted:
            return
        ticket_id, self.wanted = self.wanted, ""
        found = [b for row in board.rows for b in row.blocks if b.ticket_id == ticket_id and b.state != "done"]
        if found:
            self._screen.select(found[0])

    def hold(self, ticket_id: str, minutes: int) -> None:
        """Come here with a ticket in hand ("Pick in calendar"); it is held as soon as the plan is read."""
        self._hold = (ticket_id, minutes)
        if self._screen.plan() is not None and not self._screen.stale():
            self.hold_waiting()

    def hold_at(self, ticket_id: str, minutes: int, person_id: str, at: datetime) -> None:
        """The same, over a person's row at a time: an emergency that is refined by hand."""
        self._place = (person_id, at)
        self.hold(ticket_id, minutes)

    def hold_waiting(self) -> None:
        screen, view = self._screen, self._screen.plan()
        if self._hold is None or view is None:
            return
        (ticket_id, minutes), self._hold = self._hold, None
        item = next((i for i in view.tray if i.ticket_id == ticket_id), None)
        block = next((b for b in view.blocks if b.ticket_id == ticket_id), None)
        if item is not None:
            if minutes and item.effort != minutes:  # the plan rests on the ticket's own effort
                self.estimated(ticket_id, minutes)
                return
            screen.tray.select(screen.tray.model.row_of(ticket_id))
            screen.take(screen.gestures.held_item(item))
        elif block is not None:
            screen.select(block)
            screen.take(Held(ticket_id, block.number, block.customer, minutes or 60))
        board = screen.values()
        if self._place is not None and board is not None:
            (person, at), self._place = self._place, None
            index = board.row_of.get(person)
            if index is not None and screen.placing.active():
                screen.gestures.aim(board.rows[index], at)

    def estimated(self, ticket_id: str, minutes: int) -> None:
        """A card got its effort: take it, once the plan knows it too."""
        self._hold = (ticket_id, minutes)
        self._acts.act(triage.set_effort, ticket_id, minutes)
