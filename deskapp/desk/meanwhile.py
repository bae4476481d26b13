"""What became of the plan since a preview was computed: who took which time, which ticket went where, who did it.

Said when a preview is computed anew, so that nobody has to look for the difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from deskapp.desk.crew import crew
from deskapp.desk.desk import Desk
from deskapp.planning.replan import differences
from deskapp.planning.values import Busy, Person, Span


@dataclass(frozen=True)
class Happening:
    """``code``: took (booked, where nothing was), moved, freed (no longer booked), terms (its place is the same, what
    was promised or agreed of it is not), hours (working time of a person). ``span`` is where it is now, for what was
    freed where it was; ``before`` where what moved was; ``by`` who did it, "" where that is not known."""

    code: str
    person_id: str
    number: int | None = None
    span: Span | None = None
    before: Span | None = None
    person_before: str = ""
    by: str = ""


def since(desk: Desk, seen: Sequence[Person]) -> tuple[Happening, ...]:
    """What is different from the people that a preview was computed from; one line a ticket and kind, by time."""
    now = crew(desk, desk.replica.db.execute_sql)
    old = {busy.id: (person.id, busy) for person in seen for busy in person.busy}
    new = {busy.id: (person.id, busy) for person in now for busy in person.busy}
    found: dict[tuple[str, str], Happening] = {}
    for code, person_id, busy in differences(seen, now):
        if busy.kind == "travel":  # it follows its visit
            continue
        before = old.get(busy.id)
        one = Happening(
            code,
            person_id,
            busy.number,
            busy.span,
            before[1].span if code == "moved" and before else None,
            before[0] if code == "moved" and before else "",
            _author(desk, busy.id),
        )
        key = (code, busy.ticket_id or busy.id)
        if key not in found or busy.span.start < (found[key].span or busy.span).start:
            found[key] = one
    for booking_id, (person_id, busy) in new.items():
        was = old.get(booking_id)
        if was is not None and was[1].span == busy.span and was[0] == person_id and _terms(was[1]) != _terms(busy):
            found.setdefault(("terms", busy.ticket_id), Happening("terms", person_id, busy.number, busy.span))
    hours = {person.id: person.calendar for person in seen}
    for person in now:
        if person.id not in hours or hours[person.id] != person.calendar:
            found["hours", person.id] = Happening("hours", person.id)
    return tuple(sorted(found.values(), key=lambda one: one.span.start.timestamp() if one.span else float("inf")))


def _terms(busy: Busy) -> tuple[object, ...]:
    return busy.promise, busy.in_progress, busy.pinned, busy.not_before, busy.splittable, busy.min_piece


def _author(desk: Desk, booking_id: str) -> str:
    row = desk.replica.row(
        "SELECT author FROM change WHERE tbl = 'booking' AND row = ? ORDER BY seq DESC LIMIT 1", (booking_id,)
    )
    return str(row[0]) if row else ""
