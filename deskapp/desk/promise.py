"""The answer to a request: a date computed from a specialist's calendar, or a refusal with its reason.

Asking again gives the same date until the plan changes; giving it books the calendar, records the promise and holds the
letter in one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from deskapp.core.clock import from_ms, to_ms
from deskapp.core.errors import Lapsed, UserFacingError
from deskapp.core.ids import natural_id
from deskapp.desk import automatic, booking, letters, margins, planboard, states, terms, timespent, work
from deskapp.desk.crew import crew, usual
from deskapp.desk.desk import Act, Desk
from deskapp.desk.intake_values import IncomingFile
from deskapp.desk.traces import stored
from deskapp.desk.values import Changes, DayStripBlock, LetterDraft, MarginBase, PromiseView, Terms
from deskapp.models.schema import Event, Promise, Ticket
from deskapp.planning.slots import CARDS, as_planned, minutes_for
from deskapp.planning.slots import propose as earliest
from deskapp.planning.values import Interval, Job, Person, Proposals, Rules, Slot, Span


def _rules(desk: Desk, margin: int | None, job: Job, people: Sequence[Person]) -> tuple[Rules, MarginBase]:
    """The rules with this margin, or with what each person's finished work has taught; and what that rests on."""
    rules = desk.schedule.rules
    if margin is not None:
        return replace(rules, margin=margin), MarginBase("given")
    if not job.minutes:
        return rules, MarginBase("rule")
    able = [one for one in people if not job.skill or job.skill in one.skills] or list(people)
    efforts = {one.id: minutes_for(job, one, people, rules.step) for one in able}
    base, found = margins.margins(desk, desk.replica.db.execute_sql, job.cause_id, efforts)
    return replace(rules, margins=found), base


def _job(
    desk: Desk, ticket: dict[str, Any], minutes: int | None, skill: str, urgency: int, cause: str, agreed: Terms
) -> Job:
    execute, now = desk.replica.db.execute_sql, desk.clock.now()
    return Job(
        ticket_id=ticket["id"],
        minutes=minutes,
        number=ticket["number"],
        skill=skill,
        # who has the skill may do it, whatever the line; without one, and for what was handed up, the line decides
        line=0 if skill and ticket["line"] < 3 else ticket["line"],
        urgency=urgency,
        deadline=terms.deadline(desk, agreed),
        customer_id=ticket["customer_id"],
        cause_id=cause,
        **terms.planned_by(desk, execute, {**ticket, "urgency": urgency}, agreed, now),
    )


def propose(
    desk: Desk,
    ticket_id: str,
    minutes: int | None = None,
    skill_id: str | None = None,
    margin: int | None = None,
    urgency: int | None = None,
    cause_id: str | None = None,
    with_letters: bool = True,
    agreed: Terms | None = None,
) -> PromiseView:
    """What could be promised for these fields; what is not given is the ticket's own. ``agreed``: the terms to plan by.

    No effort: the cause's usual one, shown as assumed; no history either: ``proposals.problem`` asks for it.
    """
    ticket = desk.replica.record(Ticket, ticket_id)
    if ticket is None:
        raise Lapsed("There is no such ticket", "It may have been taken back or merged.")
    execute = desk.replica.db.execute_sql
    cause = ticket["cause_id"] if cause_id is None else cause_id
    skill = ticket["skill_id"] if skill_id is None else skill_id
    if not skill and cause:
        skill = desk.replica.value("SELECT skill_id FROM cause WHERE id = ?", (cause,)) or ""
    level = urgency or ticket["urgency"]
    base = usual(execute, cause, desk.clock.now())
    effort = minutes if minutes is not None else ticket["effort"]
    if effort is not None and minutes is None:
        worked = timespent.minutes(execute, ticket_id)
        effort = max(15, effort - worked) if worked else effort
    assumed = effort is None
    if effort is None:
        effort = desk.replica.value("SELECT usual_minutes FROM cause WHERE id = ?", (cause,)) or (
            base[1] if base else None
        )
    people = [
        person if not any(b.ticket_id == ticket_id for b in person.busy) else planboard.without(person, ticket_id)
        for person in crew(desk, execute, cause, ticket["customer_id"])
    ]
    agreed = terms.of(ticket) if agreed is None else agreed
    job = _job(desk, ticket, effort, skill, level, cause, agreed)
    rules, margin_base = _rules(desk, margin, job, people)
    proposals = _plan_first(desk, job, people, rules, earliest(job, people, desk.clock.now(), rules))
    drafts: tuple[LetterDraft, ...] = ()
    if with_letters:
        drafts = tuple(
            promise_letter(desk, ticket_id, slot.person_id, slot.promise, level, cause) for slot in proposals.slots
        )
    day = None
    strips: tuple[tuple[str, tuple[DayStripBlock, ...], tuple[Interval, ...]], ...] = ()
    if proposals.slots:
        zone = ZoneInfo(desk.schedule.of(proposals.slots[0].person_id).zone)
        day = proposals.slots[0].pieces[0].start.astimezone(zone).date()
        shown = list(dict.fromkeys([slot.person_id for slot in proposals.slots]))
        shown += [one.person_id for one in proposals.not_offered if one.reason.code in ("no_gap_until", "full_until")]
        strips = tuple(
            (person, planboard.day_strip(desk, person, day), planboard.day_hours(desk, person, day))
            for person in shown[:3]
        )
    return PromiseView(
        ticket_id=ticket_id,
        minutes=effort,
        assumed=assumed,
        skill_id=skill,
        margin=proposals.slots[0].margin if proposals.slots else margins.least(rules),
        margin_base=margin_base,
        usual=base,
        proposals=proposals,
        letters=drafts,
        strips=strips,
        strip_day=day,
        terms=agreed,
    )


def _plan_first(desk: Desk, job: Job, people: Sequence[Person], rules: Rules, found: Proposals) -> Proposals:
    """What was placed by hand or in an emergency comes first: the answer is not to plan it away again."""
    rows = booking.at_the_desk(desk.replica.db.execute_sql, job.ticket_id)
    person = next((one for one in people if {one.id} == {row[0] for row in rows}), None)
    pieces = tuple(Span(from_ms(start), from_ms(end)) for _person, start, end, _why in rows)
    planned = sum((piece.end - piece.start for piece in pieces), timedelta())
    whole = planned == timedelta(minutes=job.minutes or 0)  # another effort is planned anew
    if person is None or not whole or job.travel or pieces[0].start < desk.clock.now():
        return found
    if not all(row[3] or _open(person, piece) for row, piece in zip(rows, pieces, strict=True)):
        return found  # it has lost its place since
    slot = as_planned(job, person, people, pieces, desk.clock.now(), rules)
    others = [one for one in found.slots if (one.person_id, one.pieces) != (slot.person_id, slot.pieces)]
    slots = (slot, *others)
    away = tuple(one for one in found.not_offered if one.person_id != person.id)
    return replace(found, slots=slots[:CARDS], more=(*slots[CARDS:], *found.more), not_offered=away, problem=None)


def _open(person: Person, piece: Span) -> bool:
    """Whether a person works all of that time, and on nothing else."""
    if person.calendar.work_between(piece.start, piece.end) < piece.end - piece.start:
        return False
    return not any(busy.span.start < piece.end and piece.start < busy.span.end for busy in person.busy)


def promise_letter(
    desk: Desk, ticket_id: str, specialist: str, date: datetime, urgency: int | None = None, cause_id: str | None = None
) -> LetterDraft:
    """The letter that tells a date, in the requester's language and zone."""
    values, language, _ticket = letters.values_for(desk, ticket_id)
    data: dict[str, Any] = {
        "date": date,
        "specialist": letters.person_name(desk, specialist, language),
        "days_off": letters.days_off(desk, specialist, date),
    }
    if urgency:
        data["urgency"] = urgency
    if cause_id:
        row = desk.replica.row("SELECT name, name_en FROM cause WHERE id = ?", (cause_id,))
        data["cause"] = ((row[1] or row[0]) if language == "en" else row[0]) if row else values.get("cause", "")
    return letters.draft(desk, ticket_id, "promise", **data)


def give(
    desk: Desk,
    ticket_id: str,
    slot: Slot,
    letter: LetterDraft,
    files: Sequence[IncomingFile] = (),
    minutes: int | None = None,
    skill_id: str | None = None,
    urgency: int | None = None,
    cause_id: str | None = None,
    reason: str = "",
    agreed: Terms | None = None,
) -> Changes:
    """Promise a slot: fields, bookings, promise and the held letter in one transaction; on site, the visit as well.

    Lapsed if the slot was taken meanwhile; what it pushes is moved by the same step. ``agreed``: terms to keep. What
    stands in the plan already stays as it is, with the reason why somebody put it where nothing would have been free.
    """
    with desk.act("promised") as act:
        _still_free(desk, act, slot, ticket_id)
        planboard.write_diff(act, slot.diff)
        fields: dict[str, Any] = {"owner_id": slot.person_id}
        if minutes is not None:
            fields["effort"] = minutes
        for name, value in (("skill_id", skill_id), ("urgency", urgency), ("cause_id", cause_id)):
            if value is not None:
                fields[name] = value
        if agreed is not None:
            fields |= terms.columns(agreed)
        act.update(Ticket, ticket_id, **fields)
        if not booking.stands(act, ticket_id, slot.person_id, slot.pieces):
            booking.book(act, ticket_id, slot.person_id, slot.pieces, slot.ways)
        trace = stored(slot.trace)
        _promise(act, ticket_id, slot.promise, slot.person_id, letter, files, slot.finish, slot.margin, reason, trace)
    return act.changes


def give_other(
    desk: Desk,
    ticket_id: str,
    date: datetime,
    reason: str,
    letter: LetterDraft,
    files: Sequence[IncomingFile] = (),
    specialist: str = "",
    minutes: int | None = None,
    agreed: Terms | None = None,
) -> Changes:
    """Promise a date that no slot gave; demands a reason, books nothing, shows up in the forecast all the same."""
    if not reason.strip():
        raise UserFacingError(
            "Why this date?", "A date beside the calendar needs a reason; the customer does not see it."
        )
    if date <= desk.clock.now():
        raise UserFacingError("This date has passed", "Choose a later one. The letter is kept.")
    with desk.act("promised") as act:
        fields: dict[str, Any] = {}
        if specialist:
            fields["owner_id"] = specialist
        if minutes is not None:
            fields["effort"] = minutes
        if agreed is not None:
            fields |= terms.columns(agreed)
        if fields:
            act.update(Ticket, ticket_id, **fields)
        _promise(act, ticket_id, date, specialist, letter, files, None, 0, reason.strip(), [])
    return act.changes


def slip(
    desk: Desk,
    ticket_id: str,
    date: datetime,
    reason: str,
    letter: LetterDraft,
    files: Sequence[IncomingFile] = (),
) -> Changes:
    """Tell a new date before the old one passes; the old promise is kept in the record."""
    if not reason.strip():
        raise UserFacingError("Why does the date move?", "The customer will read it. The letter is kept.")
    if date <= desk.clock.now():
        raise UserFacingError("This date has passed", "Choose a later one. The letter is kept.")
    with desk.act("slipped") as act:
        _promise(act, ticket_id, date, "", letter, files, None, 0, reason.strip(), [], kind="slip")
    return act.changes


def _promise(
    act: Act,
    ticket_id: str,
    date: datetime,
    specialist: str,
    letter: LetterDraft,
    files: Sequence[IncomingFile],
    finish: datetime | None,
    margin: int,
    reason: str,
    trace: list[Any],
    kind: str = "promise",
) -> None:
    number = work.fetch(act, ticket_id)["number"]
    promise_id, ordinal = _next(act, ticket_id)
    letter_id = letters.hold(act, ticket_id, kind, letter, files, about=promise_id)
    _record(act, ticket_id, ordinal, date, specialist, letter_id, finish, margin, reason, trace)
    act.writing.execute("DELETE FROM draft WHERE id = ?", (f"{ticket_id}:{kind}",))
    act.say("slipped" if kind == "slip" else "promised", number=number, date=date)
    act.result = promise_id


def slip_by_itself(act: Act, ticket_id: str, date: datetime, reason: str) -> bool:
    """Tell a new date with nobody at work on it, as the contract allows; False where nobody can be written to now."""
    ticket = work.fetch(act, ticket_id)
    language = letters.values_for(act.desk, ticket_id)[1]
    owner = str(ticket["owner_id"])
    promise_id, ordinal = _next(act, ticket_id)
    letter_id = automatic.send(
        act,
        ticket_id,
        "slip",
        promise_id,
        about=promise_id,
        date=date,
        old_date=from_ms(int(str(ticket["promised_at"]))),
        reason=reason,
        specialist=letters.person_name(act.desk, owner, language),
        days_off=letters.days_off(act.desk, owner, date),
    )
    if letter_id:
        _record(act, ticket_id, ordinal, date, "", letter_id, None, 0, reason, [])
    return bool(letter_id)


def _next(act: Act, ticket_id: str) -> tuple[str, int]:
    """Id and ordinal of the next promise of a ticket."""
    told = act.writing.execute(
        "SELECT coalesce(max(ordinal), 0) FROM promise WHERE ticket_id = ?", (ticket_id,)
    ).fetchone()[0]
    return natural_id("promise", ticket_id, told + 1), told + 1


def _record(
    act: Act,
    ticket_id: str,
    ordinal: int,
    date: datetime,
    specialist: str,
    letter_id: str,
    finish: datetime | None,
    margin: int,
    reason: str,
    trace: list[Any],
) -> None:
    """The promise that a letter tells, and what it changes of the ticket."""
    ticket = work.fetch(act, ticket_id)
    status = states.after("promise", str(ticket["status"]))
    promise_id = natural_id("promise", ticket_id, ordinal)
    act.insert(
        Promise,
        id=promise_id,
        ticket_id=ticket_id,
        ordinal=ordinal,
        date_at=to_ms(date),
        made_at=act.now,
        made_by=act.writing.author,
        specialist_id=specialist or ticket["owner_id"],
        finish_at=to_ms(finish) if finish else None,
        margin=margin,
        effort=ticket["effort"],
        reason=reason,
        trace=trace,
        letter_id=letter_id,
    )
    moved = bool(ticket["promised_at"])
    values: dict[str, Any] = {
        "status": status,
        "promised_at": to_ms(date),
        "first_promised_at": ticket["first_promised_at"] or to_ms(date),
        "promise_id": promise_id,
        "moved_count": int(str(ticket["moved_count"])) + moved,
        "needs": "",
    }
    if not ticket["answered_at"]:
        values |= {"answered_at": act.now, "answered_by": act.writing.author}
    act.update(Ticket, ticket_id, **values)


def _still_free(desk: Desk, act: Act, slot: Slot, ticket_id: str) -> None:
    """Raise Lapsed if somebody took the slot, or the working time under it, between the proposal and now."""
    moves = [move for group in (slot.diff.moved, slot.diff.reassigned, slot.diff.broken) for move in group]
    pushed = {move.busy.id for move in moves}
    rows = booking.at_the_desk(act.writing.execute, ticket_id)
    on_purpose = {(person, from_ms(start), from_ms(end)) for person, start, end, why in rows if why}
    wanted = [
        (slot.person_id, piece)
        for piece in (*slot.pieces, *slot.ways)
        if (slot.person_id, piece.start, piece.end) not in on_purpose
    ]
    for person, piece in (*wanted, *((move.person_to, span) for move in moves for span in move.spans)):
        rows = act.writing.execute(
            "SELECT t.number, b.id FROM booking b LEFT JOIN ticket t ON t.id = b.ticket_id WHERE b.specialist_id = ? "
            "AND b.start_at < ? AND b.end_at > ? AND b.ticket_id <> ? AND b.state <> 'done'",
            (person, to_ms(piece.end), to_ms(piece.start), ticket_id),
        ).fetchall()
        taken = [number for number, booking in rows if booking not in pushed]
        if taken:
            raise Lapsed("The slot was taken", "#%1 is there now. The letter is kept, choose another slot.", taken[0])
    for person, piece in wanted:
        if desk.schedule.of(person).work_between(piece.start, piece.end) < piece.end - piece.start:
            raise Lapsed(
                "The slot was taken", "It is no working time any more. The letter is kept, choose another slot."
            )
    if slot.promise <= desk.clock.now() + timedelta(minutes=1):
        raise Lapsed("This date has passed", "Time went on while the letter was written. Choose a slot anew.")


def refuse(desk: Desk, ticket_id: str, reason: str, letter: LetterDraft, files: Sequence[IncomingFile] = ()) -> Changes:
    """Refuse with a reason that the customer reads; stops the two-hour clock, an answer opens the ticket again."""
    if not reason.strip():
        raise UserFacingError("Give the reason", "The customer will read it. What you wrote is kept.")
    from deskapp.desk import stock, visits  # what was kept for the work is free again; they plan, and know promises

    with desk.act("refused") as act:
        ticket = work.fetch(act, ticket_id)
        letters.hold(act, ticket_id, "refusal", letter, files)
        values: dict[str, Any] = {"status": states.after("refuse", str(ticket["status"])), "refusal": reason.strip()}
        values |= {"wait_for": "", "wait_note": "", "needs": ""}
        if not ticket["answered_at"]:
            values |= {"answered_at": act.now, "answered_by": act.writing.author}
        act.update(Ticket, ticket_id, **values)
        visits.cancel_within(act, ticket_id)
        stock.release_within(act, ticket_id)
        work.end_bookings(act, ticket_id)
        act.insert(
            Event,
            ticket_id=ticket_id,
            made_at=act.now,
            author_id=desk.me,
            kind="refused",
            data={"reason": reason.strip()},
        )
        act.writing.execute("DELETE FROM draft WHERE id = ?", (f"{ticket_id}:refuse",))
        act.say("refused", number=ticket["number"])
    return act.changes
