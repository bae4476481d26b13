"""The timer of the work at hand: one a person, survives restarts, becomes a time entry when it stops."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from deskapp.core.clock import from_ms, to_ms
from deskapp.desk.desk import Act, Desk
from deskapp.desk.values import Changes
from deskapp.models.schema import TimeEntry, Timer

#: A timer left running over night counts at most this long, minutes; a person corrects the rest.
LONGEST = 10 * 60


@dataclass(frozen=True)
class TimerState:
    """``seconds`` so far; ``running`` is False while paused."""

    ticket_id: str
    number: int | None
    seconds: int
    running: bool


def state(desk: Desk) -> TimerState | None:
    row = desk.replica.row("SELECT ticket_id, started_at, seconds FROM timer WHERE id = 1")
    if row is None:
        return None
    ticket_id, started, seconds = row
    if started is not None:
        seconds += max(0, (to_ms(desk.clock.now()) - started) // 1000)
    number = desk.replica.value("SELECT number FROM ticket WHERE id = ?", (ticket_id,))
    return TimerState(ticket_id, number, int(seconds), started is not None)


def start(desk: Desk, ticket_id: str) -> Changes:
    """Start or resume the timer; one that ran for another ticket is stopped and recorded there."""
    current = state(desk)
    with desk.act("timer_started") as act:
        seconds = 0
        if current is not None and current.ticket_id == ticket_id:
            seconds = current.seconds
        elif current is not None:
            record(act, current)
        act.put(Timer, id=1, ticket_id=ticket_id, started_at=act.now, seconds=seconds)
        act.extra.add(ticket_id)
        _begin(act, ticket_id)
    return act.changes


def _begin(act: Act, ticket_id: str) -> None:
    """Whoever times a promised ticket works on it: its forecast follows from now on."""
    row = act.writing.execute("SELECT status FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
    if row is not None and row[0] == "promised":
        from deskapp.desk import work  # work knows the timer's neighbours; the import is mutual

        work.begin(act, ticket_id)


def pause(desk: Desk) -> Changes:
    current = state(desk)
    with desk.act("timer_paused") as act:
        if current is not None:
            act.put(Timer, id=1, ticket_id=current.ticket_id, started_at=None, seconds=current.seconds)
            act.extra.add(current.ticket_id)
    return act.changes


def stop(desk: Desk) -> Changes:
    """Stop and record the time on the ticket; nothing is recorded under half a minute."""
    current = state(desk)
    with desk.act("timer_stopped") as act:
        if current is not None:
            minutes = record(act, current)
            act.say("timer_stopped", number=current.number, minutes=minutes)
            act.writing.execute("DELETE FROM timer")
            act.extra.add(current.ticket_id)
    return act.changes


def record(act: Act, current: TimerState) -> int:
    """Write the timer's time down as spent; returns the minutes."""
    minutes = min(LONGEST, round(current.seconds / 60))
    if minutes:
        act.insert(
            TimeEntry,
            ticket_id=current.ticket_id,
            author_id=act.writing.author,
            start_at=to_ms(from_ms(act.now) - timedelta(minutes=minutes)),
            minutes=minutes,
            channel="work",
        )
    return minutes
