"""The calendar of the team: who works when, what is booked, what is not planned yet; and writing a plan down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from deskapp.core.clock import from_ms, to_ms
from deskapp.core.errors import Lapsed, UserFacingError
from deskapp.desk import booking, directory, duty
from deskapp.desk.crew import crew
from deskapp.desk.desk import Act, Desk
from deskapp.desk.replanning import find_without_breaks as find_without_breaks
from deskapp.desk.replanning import preview_move as preview_move
from deskapp.desk.replanning import preview_place as preview_place
from deskapp.desk.replanning import preview_resize as preview_resize
from deskapp.desk.values import (
    CalendarBlock,
    CalendarDayView,
    CalendarRow,
    CalendarView,
    Changes,
    Clockwork,
    DayStripBlock,
    TrayItem,
)
from deskapp.models.schema import Booking, Event, Ticket
from deskapp.planning.lane import fingerprint
from deskapp.planning.load import at_work
from deskapp.planning.values import Interval, Move, Person, PlanDiff, Span
from deskapp.planning.worktime import NoWorkingTime, WorkCalendar

_MINUTE = timedelta(minutes=1)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _hours(calendar: WorkCalendar, day: date) -> tuple[Interval, ...]:
    rule = calendar.days.get(day)
    return rule.intervals if rule is not None else calendar.week[day.weekday()]


# --- reading -----------------------------------------------------------------------------------------------------


def view(desk: Desk, start: date, days: int) -> CalendarView:
    """``days`` dates from ``start`` on, in the desk's zone: rows of people, blocks, the tray."""
    schedule = desk.schedule
    calendar = schedule.desk_calendar
    zone = ZoneInfo(calendar.zone)
    span = tuple(start + timedelta(days=offset) for offset in range(days))
    low, high = _midnight(start, zone), _midnight(start + timedelta(days=days), zone)
    blocks = blocks_of(desk, low, high)
    booked: dict[str, list[Span]] = {}
    for block in blocks:
        booked.setdefault(block.person_id, []).append(Span(block.start, block.end))
    reserves: dict[str, int] = dict(desk.replica.rows("SELECT id, reserve FROM specialist WHERE reserve > 0"))
    roster = duty.shifts(desk, low, high)
    answering = duty.on_duty(desk)
    rows = []
    for person in directory.people(desk).values():
        if not person.active:
            continue
        own = schedule.of(person.id)
        views = tuple(_day(own, day, zone, booked.get(person.id, ())) for day in span)
        rows.append(
            CalendarRow(
                person=person,
                zone=own.zone,
                days=views,
                working=sum(one.working for one in views),
                booked=sum(one.booked for one in views),
                reserve=reserves.get(person.id, 0),
                duty=tuple(shift for shift in roster if shift.specialist_id == person.id),
                on_duty=person.id in answering,
            )
        )
    labels = []
    for day in span:
        rule = calendar.days.get(day)
        minutes = sum(end - begin for begin, end in _hours(calendar, day))
        kind = rule.kind if rule else ("" if calendar.week[day.weekday()] else "weekend")
        labels.append((kind, rule.name if rule else "", minutes))
    tray = waiting(desk)
    return CalendarView(
        start=start,
        days=span,
        day_labels=tuple(labels),
        rows=tuple(rows),
        blocks=blocks,
        tray=tray,
        tray_minutes=sum(item.effort or 0 for item in tray),
        team_minutes=sum(minutes for _kind, _name, minutes in labels),
        base=fingerprint(crew(desk, desk.replica.db.execute_sql)),
    )


def _day(calendar: WorkCalendar, day: date, zone: ZoneInfo, booked: Sequence[Span]) -> CalendarDayView:
    low, high = _midnight(day, zone), _midnight(day + timedelta(days=1), zone)
    rule = calendar.days.get(day)
    present, lessons = at_work(calendar)  # a training is no time off: it fills the day like work
    spans = present.spans(low, high)
    booked = [*booked, *(lesson.span for lesson in lessons)]
    inside = sum(max(0, int((min(a.end, b.end) - max(a.start, b.start)) / _MINUTE)) for a in spans for b in booked)
    return CalendarDayView(
        day=day,
        intervals=_hours(calendar, day),
        label=rule.name if rule else "",
        kind=rule.kind if rule else "",
        absences=tuple(a for a in calendar.absences if a.span.start < high and a.span.end > low),
        working=sum(one.minutes for one in spans),
        booked=inside,
    )


_BLOCK = (
    "b.id, b.ticket_id, b.specialist_id, b.start_at, b.end_at, b.kind, b.state, b.pinned, b.override, q.number, "
    "q.subject, "
    "q.customer, q.urgency, q.promised_at, q.forecast_at, q.slack, q.effort, q.remaining, q.status"
)


def blocks_of(desk: Desk, low: datetime, high: datetime, person: str = "") -> tuple[CalendarBlock, ...]:
    narrowed, params = ("AND b.specialist_id = ? ", [person]) if person else ("", [])
    rows = desk.replica.rows(
        f"SELECT {_BLOCK} FROM booking b LEFT JOIN queue_row q ON q.ticket_id = b.ticket_id "
        f"WHERE b.end_at > ? AND b.start_at < ? AND b.end_at > b.start_at {narrowed}ORDER BY b.start_at, b.id",
        [to_ms(low), to_ms(high), *params],
    )
    parts: dict[str, list[str]] = {}
    tickets = {row[1] for row in rows if row[1]}
    if tickets:
        marks = ",".join("?" * len(tickets))
        for booking, ticket_id in desk.replica.rows(
            f"SELECT id, ticket_id FROM booking WHERE ticket_id IN ({marks}) AND state <> 'done' ORDER BY start_at, id",
            sorted(tickets),
        ):
            parts.setdefault(ticket_id, []).append(booking)
    now = desk.clock.now()
    found = []
    for row in rows:
        (booking, ticket_id, owner, start, end, kind, state, pinned, override, number, subject, customer, urgency,
         promised, forecast, slack, effort, remaining, status) = row  # fmt: skip
        own = parts.get(ticket_id, [booking])
        begin, finish = from_ms(start), from_ms(end)
        done = state == "done" or status in ("resolved", "closed", "refused")
        if done:
            progress = 1.0
        elif state == "in_progress" and effort and remaining is not None:
            progress = max(0.0, min(1.0, 1 - remaining / effort))
        elif state == "in_progress":
            progress = max(0.0, min(1.0, (now - begin) / (finish - begin)))
        else:
            progress = 0.0
        found.append(
            CalendarBlock(
                id=booking,
                ticket_id=ticket_id,
                number=number,
                subject=subject or "",
                customer=customer or "",
                person_id=owner,
                start=begin,
                end=finish,
                urgency=urgency or 3,
                kind=kind,
                state="done" if done else state,
                pinned=bool(pinned),
                promised_at=from_ms(promised) if promised else None,
                forecast_at=from_ms(forecast) if forecast else None,
                slack=None if done else slack,
                progress=progress,
                part=own.index(booking) + 1 if booking in own else 1,
                parts=len(own) if booking in own else 1,
                override=override,
            )
        )
    return tuple(found)


def waiting(desk: Desk) -> tuple[TrayItem, ...]:
    """Open tickets that nobody has planned, the most pressing first."""
    rows = desk.replica.rows(
        "SELECT q.ticket_id, q.number, q.subject, q.customer, q.urgency, q.effort, q.answer_due, q.promised_at, "
        "t.needs, "
        "t.channel, c.usual_minutes FROM queue_row q JOIN ticket t ON t.id = q.ticket_id LEFT JOIN cause c ON c.id = "
        "q.cause_id "
        "WHERE q.is_open = 1 AND q.status IN ('new', 'promised', 'in_progress') "
        "AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.ticket_id = q.ticket_id AND b.state <> 'done') "
        "ORDER BY q.answer_due IS NULL, q.answer_due, q.promised_at IS NULL, q.promised_at, q.number LIMIT 300"
    )
    return tuple(
        TrayItem(
            ticket_id=ticket_id,
            number=number,
            subject=subject,
            customer=customer,
            urgency=urgency,
            effort=effort,
            assumed=effort is None and usual is not None,
            visit=channel == "visit",
            answer_due=from_ms(due) if due else None,
            promised_at=from_ms(promised) if promised else None,
            needs=needs,
        )
        for ticket_id, number, subject, customer, urgency, effort, due, promised, needs, channel, usual in rows
    )


def day_strip(desk: Desk, person: str, day: date) -> tuple[DayStripBlock, ...]:
    """One person's bookings of a date."""
    zone = ZoneInfo(desk.schedule.of(person).zone)
    rows = desk.replica.rows(
        "SELECT b.start_at, b.end_at, b.ticket_id, q.number, coalesce(q.urgency, 3), "
        "CASE WHEN b.state <> 'done' AND q.status NOT IN ('resolved', 'closed', 'refused') THEN q.slack END, b.kind "
        "FROM booking b LEFT JOIN queue_row q ON q.ticket_id = b.ticket_id WHERE b.specialist_id = ? "
        "AND b.end_at > ? AND b.start_at < ? AND b.end_at > b.start_at ORDER BY b.start_at, b.id",
        (person, to_ms(_midnight(day, zone)), to_ms(_midnight(day + timedelta(days=1), zone))),
    )
    return tuple(
        [
            DayStripBlock(from_ms(start), from_ms(end), ticket_id, number, urgency, slack, kind)
            for start, end, ticket_id, number, urgency, slack, kind in rows
        ]
    )


def day_hours(desk: Desk, person: str, day: date) -> tuple[Interval, ...]:
    """Working intervals of a person's date, minutes after local midnight; absences are not taken out."""
    return _hours(desk.schedule.of(person), day)


def day_clock(desk: Desk) -> Clockwork:
    """The desk's working day as the status bar tells it."""
    calendar = desk.schedule.desk_calendar
    now = desk.clock.now()
    local = now.astimezone(ZoneInfo(calendar.zone))
    rows = calendar.day_rows(local.date())
    rule = calendar.days.get(local.date())
    # a minute begun is still there
    left = sum(max(0, -int((max(span.start, now) - span.end) // _MINUTE)) for span in rows.spans)
    if not rows.spans:
        kind = "off"
    elif now < rows.spans[0].start:
        kind = "before"
    else:
        kind = "open" if left else "after"
    if kind == "open":
        until = rows.spans[-1].end
    else:
        try:
            until = calendar.next_working(now)
        except NoWorkingTime:
            until = None
    return Clockwork(
        now=now,
        zone=calendar.zone,
        kind=kind,
        until=until,
        left=left,
        short=bool(rule and rule.kind == "short"),
        name=rule.name if rule else "",
    )


def without(person: Person, ticket_id: str) -> Person:
    """The person as if a ticket's own planned bookings were not there: it is about to be placed anew."""
    return replace(person, busy=tuple(b for b in person.busy if b.ticket_id != ticket_id or b.in_progress or b.pinned))


# --- writing -----------------------------------------------------------------------------------------------------


def write_diff(act: Act, diff: PlanDiff, override: str = "") -> None:
    """Write what a diff moves; what it assigns is written by its caller or by ``apply``.

    ``override``: why what a person moves lies over others or outside the hours; what is pushed lies where it may, and
    what only becomes longer or shorter lies where it did.
    """
    for move in (*diff.moved, *diff.reassigned, *diff.broken):
        _write_move(act, move, override if move.busy.id in diff.subject else "")


def _write_move(act: Act, move: Move, override: str) -> None:
    row = act.writing.execute(
        "SELECT ticket_id, state, kind, visit_id, pinned, override, specialist_id, start_at, end_at FROM booking "
        "WHERE id = ?",
        (move.busy.id,),
    ).fetchone()
    if row is None or row[1] == "done":
        raise Lapsed("The plan has changed", "A block to be moved is gone. Nothing was changed; look at the new plan.")
    if row[6:] != (move.person_from, to_ms(move.busy.span.start), to_ms(move.busy.span.end)):
        raise Lapsed("The plan has changed", "A block to be moved is elsewhere. Nothing was changed; look at it anew.")
    first, *rest = move.spans
    if (move.person_to, to_ms(first.start)) == row[6:8]:
        override = override or row[5]
    act.update(
        Booking,
        move.busy.id,
        specialist_id=move.person_to,
        start_at=to_ms(first.start),
        end_at=to_ms(first.end),
        override=override,
    )
    for span in rest:
        act.insert(
            Booking,
            ticket_id=row[0],
            specialist_id=move.person_to,
            start_at=to_ms(span.start),
            end_at=to_ms(span.end),
            kind=row[2],
            visit_id=row[3],
            pinned=row[4],
            override=override,
        )
    if move.person_to != move.person_from:
        act.update(Ticket, row[0], owner_id=move.person_to)
    act.insert(
        Event,
        ticket_id=row[0],
        made_at=act.now,
        author_id=act.writing.author,
        kind="moved",
        data={
            "from": to_ms(move.finish_before),
            "to": to_ms(move.finish_after),
            "person": move.person_to if move.person_to != move.person_from else "",
        },
    )


def write_assigned(act: Act, diff: PlanDiff, override: str = "") -> int | None:
    """Book what a diff assigns, in place of the ticket's planned blocks; returns the number of the last ticket."""
    number = None
    for ticket_id, person, spans in diff.assigned:
        row = act.writing.execute("SELECT number, owner_id FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
        number = row[0]
        was = act.writing.execute(
            "SELECT count(*) FROM booking WHERE ticket_id = ? AND state = 'planned'", (ticket_id,)
        ).fetchone()[0]
        booking.book(act, ticket_id, person, spans, diff.ways, override)
        act.update(Ticket, ticket_id, owner_id=person)
        act.insert(
            Event,
            ticket_id=ticket_id,
            made_at=act.now,
            author_id=act.writing.author,
            kind="moved" if was else "planned",
            data={"from": None, "to": to_ms(spans[-1].end), "person": person},
        )
    return number


def check_base(act: Act, diff: PlanDiff) -> None:
    """Raise Lapsed if the bookings that the diff was computed from have changed."""
    if diff.base and diff.base != fingerprint(crew(act.desk, act.writing.execute)):
        raise Lapsed("The plan has changed", "A colleague was faster. The preview is computed anew.")


def apply(desk: Desk, diff: PlanDiff, override: str = "") -> Changes:
    """Do what a diff shows, as one step. Lapsed if the bookings it was computed from have changed."""
    with desk.act("planned") as act:
        check_base(act, diff)
        write_diff(act, diff, override)
        number = write_assigned(act, diff, override)
        if diff.copies:
            number = work_number(act, booking.write_copies(act, diff))
        moved = len(diff.moved) + len(diff.reassigned) + len(diff.broken)
        if number is None and moved:
            first = (*diff.moved, *diff.reassigned, *diff.broken)[0]
            number = first.busy.number
        tickets = {m.busy.ticket_id for m in (*diff.moved, *diff.reassigned, *diff.broken) if m.busy.id in diff.subject}
        if len(tickets) > 1:
            act.say("moved", count=len(tickets), moved=moved)
        else:
            act.say("planned" if diff.assigned or diff.copies else "moved", number=number, moved=moved)
    return act.changes


def _booking(desk: Desk, booking_id: str) -> dict[str, Any]:
    block = desk.replica.record(Booking, booking_id)
    if block is None:
        raise Lapsed("The block is gone", "A colleague moved or removed it.")
    return block


def split(desk: Desk, booking_id: str, at: datetime) -> Changes:
    """Cut a planned block in two at an instant; nothing else moves."""
    block = _booking(desk, booking_id)
    cut = to_ms(at)
    if not block["start_at"] < cut < block["end_at"] or block["state"] != "planned":
        raise UserFacingError("The block cannot be split there", "Choose a place within a planned block.")
    with desk.act("split") as act:
        act.update(Booking, booking_id, specialist_id=block["specialist_id"], start_at=block["start_at"], end_at=cut)
        act.insert(
            Booking,
            ticket_id=block["ticket_id"],
            specialist_id=block["specialist_id"],
            start_at=cut,
            end_at=block["end_at"],
            kind=block["kind"],
            pinned=block["pinned"],
            override=block["override"],
            visit_id=block["visit_id"],
        )
        act.say("split", number=work_number(act, block["ticket_id"]))
    return act.changes


def pin(desk: Desk, bookings: str | Iterable[str], pinned: bool) -> Changes:
    """A pinned block is moved by people alone. Several are one step."""
    ids = (bookings,) if isinstance(bookings, str) else tuple(bookings)
    tickets = {_booking(desk, booking_id)["ticket_id"] for booking_id in ids}
    said = "pinned" if pinned else "unpinned"
    with desk.act(said) as act:
        for booking_id in ids:
            act.update(Booking, booking_id, pinned=int(pinned))
        if len(tickets) == 1:
            act.say(said, number=work_number(act, *tickets))
        else:
            act.say(said, count=len(tickets))
    return act.changes


def unplan(desk: Desk, bookings: Iterable[str] = (), ticket_id: str = "") -> Changes:
    """Put planned work back into the tray; work in progress stays."""
    with desk.act("unplanned") as act:
        tickets = {ticket_id} if ticket_id else set()
        for booking_id in bookings:
            tickets.add(_booking(desk, booking_id)["ticket_id"])
        for ticket in tickets:
            act.writing.execute("DELETE FROM booking WHERE ticket_id = ? AND state = 'planned'", (ticket,))
            act.insert(Event, ticket_id=ticket, made_at=act.now, author_id=act.writing.author, kind="unplanned")
        if len(tickets) == 1:
            act.say("unplanned", number=work_number(act, ticket))
        else:
            act.say("unplanned", count=len(tickets))
    return act.changes


def work_number(act: Act, ticket_id: str) -> int | None:
    row = act.writing.execute("SELECT number FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
    return row[0] if row else None
