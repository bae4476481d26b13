"""The specialists as the planning room wants them: hours, skills, evidence, and what is booked."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from deskapp.core.clock import from_ms, to_ms
from deskapp.desk import timespent
from deskapp.planning.values import Busy, Person, Skill, Span

if TYPE_CHECKING:
    from deskapp.desk.desk import Desk

Execute = Callable[..., Any]
_YEAR = 366 * 24 * 3_600_000
#: How many of the newest finished tickets of a cause say what is usual.
SAMPLE = 50
_SPENT_ON_LAST = timespent.each_of(
    "SELECT id FROM ticket WHERE cause_id = ? AND finished_at > ? AND merged_into = '' ORDER BY finished_at DESC "
    "LIMIT ?"
)


def usual(execute: Execute, cause_id: str, now: datetime) -> tuple[int, int, int] | None:
    """(how many, median minutes, nine in ten under) of the last finished tickets of a cause; None without any."""
    if not cause_id:
        return None
    rows = execute(_SPENT_ON_LAST, (cause_id, to_ms(now) - _YEAR, SAMPLE)).fetchall()
    if not rows:
        return None
    spent = sorted([row[0] for row in rows])
    count = len(spent)
    middle = (spent[(count - 1) // 2] + spent[count // 2]) / 2
    # the smallest effort that nine in ten did not exceed
    ninth = spent[min(count - 1, -(-count * 9 // 10) - 1)]
    return count, round(middle), ninth


def crew(desk: Desk, execute: Execute, cause_id: str = "", customer_id: str = "", only: str = "") -> list[Person]:
    """Everybody who works here, with bookings from today on; evidence for ``cause_id`` counts as skill seen.

    ``only``: this one specialist.
    """
    now = desk.clock.now()
    schedule = desk.schedule
    busy: dict[str, list[Busy]] = {}
    # from a date on, not from an instant: a booking must not drop out, and change the fingerprint, while a preview
    # stands
    calendar = schedule.desk_calendar
    one, whose = ("b.specialist_id = ? AND ", (only,)) if only else ("", ())
    since = calendar.day_start(now.astimezone(calendar.tz).date() - timedelta(days=1))
    for row in execute(
        "SELECT b.id, b.specialist_id, b.start_at, b.end_at, b.ticket_id, t.number, t.promised_at, b.state, "
        "b.pinned, b.kind, t.skill_id, t.not_before_at, t.keep_whole, t.piece_minutes "
        f"FROM booking b LEFT JOIN ticket t ON t.id = b.ticket_id WHERE {one}b.end_at > ? ORDER BY b.start_at, b.id",
        (*whose, since),
    ).fetchall():
        booking, person, start, end, ticket_id, number, promise, state, pinned, kind, skill, held, whole, piece = row
        if end <= start:
            continue
        busy.setdefault(person, []).append(
            Busy(
                id=booking,
                span=Span(from_ms(start), from_ms(end)),
                ticket_id=ticket_id,
                number=number,
                promise=from_ms(promise) if promise else None,
                in_progress=state == "in_progress",
                pinned=bool(pinned) or state == "done",
                kind=kind,
                skill=skill,
                not_before=from_ms(held) if held else None,
                splittable=not whole,
                min_piece=piece,
            )
        )
    skills: dict[str, dict[str, Skill]] = {}
    for person, skill, seen, pace in execute(
        "SELECT specialist_id, skill_id, seen, pace FROM specialist_skill WHERE active = 1"
    ).fetchall():
        skills.setdefault(person, {})[skill] = Skill(seen, pace / 100)
    if cause_id:
        skill_row = execute("SELECT skill_id FROM cause WHERE id = ?", (cause_id,)).fetchone()
        done = execute(
            "SELECT owner_id, count(*) FROM ticket WHERE cause_id = ? AND finished_at > ? GROUP BY owner_id",
            (cause_id, to_ms(now) - _YEAR),
        ).fetchall()
        for person, count in done:
            known = skills.get(person, {}).get(skill_row[0] if skill_row else "")
            if known is not None and skill_row:
                skills[person][skill_row[0]] = Skill(known.seen + count, known.pace)
    familiar: dict[str, int] = {}
    if customer_id:
        familiar = dict(
            execute(
                "SELECT owner_id, count(*) FROM ticket WHERE customer_id = ? AND finished_at IS NOT NULL GROUP BY "
                "owner_id",
                (customer_id,),
            ).fetchall()
        )
    stand_in: dict[str, list[str]] = {}
    stands_for: dict[str, list[str]] = {}
    for absent, other in execute(
        "SELECT specialist_id, substitute_id FROM substitute WHERE active = 1 ORDER BY specialist_id, position, id"
    ).fetchall():
        stand_in.setdefault(absent, []).append(other)
        stands_for.setdefault(other, []).append(absent)
    found = []
    for person, name, name_en, lines, reserve in execute(
        "SELECT id, name, name_en, lines, reserve FROM specialist WHERE active = 1 ORDER BY position, id"
    ).fetchall():
        if only and person != only:
            continue
        numbers = tuple(json.loads(lines)) or (1,)
        found.append(
            Person(
                id=person,
                name=(name_en or name) if desk.language == "en" else name,
                calendar=schedule.of(person),
                lines=numbers,
                skills=skills.get(person, {}),
                busy=tuple(busy.get(person, ())),
                # the third line takes what the second hands over, not what comes from the street
                works_from_line=min(numbers) - 1 if min(numbers) >= 3 else 0,
                substitute_for=tuple(stands_for.get(person, ())),
                substitutes=tuple(stand_in.get(person, ())),
                reserve=reserve,
                customers={customer_id: familiar[person]} if person in familiar else {},
            )
        )
    return found
