"""A change of plan laid open before it is made: who is touched, what each ticket loses, whom to tell.

One reading serves every preview that is larger than a bar: an emergency, an absence, other hours, overload.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from deskapp.core.clock import from_ms
from deskapp.desk import letters
from deskapp.desk.crew import Execute
from deskapp.desk.values import LetterDraft
from deskapp.planning.forecast import slack
from deskapp.planning.lane import Lane, horizon
from deskapp.planning.ticks import from_ticks, to_ticks
from deskapp.planning.values import Busy, Interval, Move, Person, PlanDiff, Span
from deskapp.planning.worktime import NoWorkingTime

if TYPE_CHECKING:
    from deskapp.desk.desk import Act, Desk

#: Why a date moves, for customers: code -> language -> words.
REASONS: Mapping[str, Mapping[str, str]] = {
    "emergency": {
        "ru": "авария у другого клиента потребовала нашего специалиста.",
        "en": "an outage at another customer needs our specialist.",
    },
    "absence": {
        "ru": "специалист, который ведёт заявку, отсутствует.",
        "en": "the specialist of this ticket is absent.",
    },
    "overrun": {
        "ru": "предыдущая работа заняла больше времени, чем ожидалось.",
        "en": "the work before it took longer than expected.",
    },
    "plan": {"ru": "план работ изменился.", "en": "the plan of work has changed."},
}
#: Days that a picture of before and after shows at most.
SHOWN_DAYS = 4


@dataclass(frozen=True)
class Strip:
    """A block in a row of before and after. ``mark``: same, gone (it was here), new, moved, late, working."""

    booking_id: str
    ticket_id: str
    number: int | None
    customer: str
    start: datetime
    end: datetime
    kind: str
    mark: str


@dataclass(frozen=True)
class RowPair:
    """One affected person, before and after."""

    person_id: str
    before: tuple[Strip, ...]
    after: tuple[Strip, ...]


@dataclass(frozen=True)
class DayColumn:
    """A date of the picture; ``intervals`` in minutes after local midnight, ``kind`` as in a calendar."""

    day: date
    intervals: tuple[Interval, ...]
    kind: str
    name: str


@dataclass(frozen=True)
class SlipNotice:
    """The letter that a broken promise asks for: the new date (finish and margin), one draft a language."""

    ticket_id: str
    number: int | None
    date: datetime
    reason: Mapping[str, str]
    letters: Mapping[str, LetterDraft]
    language: str  # the customer's


@dataclass(frozen=True)
class Effect:
    """What one ticket gains or loses. ``change``: moved, reassigned, late, interrupted, wont_fit, unplanned (it fits
    nowhere and its person leaves: back to the tray), no_estimate. Slack in working minutes, negative when late; None
    without a promise, and where nothing is planned after."""

    ticket_id: str
    number: int | None
    subject: str
    customer: str
    urgency: int
    kind: str  # work | visit
    change: str
    person_from: str
    person_to: str
    promised: datetime | None
    finish_before: datetime | None
    finish_after: datetime | None
    slack_before: int | None
    slack_after: int | None
    notice: SlipNotice | None = None


@dataclass(frozen=True)
class DiffView:
    """A diff as the dialog draws it. ``working``: numbers in progress that nothing moves, ``untouched``: how many other
    planned tickets stay as they are."""

    diff: PlanDiff
    effects: tuple[Effect, ...]
    rows: tuple[RowPair, ...]
    days: tuple[DayColumn, ...]
    working: tuple[int, ...]
    untouched: int
    people: int
    zone: str
    leaving: bool = False  # somebody goes for good
    lacking: tuple[str, ...] = ()  # names of skills that nobody else has for what does not fit

    @property
    def notices(self) -> tuple[SlipNotice, ...]:
        return tuple(effect.notice for effect in self.effects if effect.notice is not None)


@dataclass(frozen=True)
class _Known:
    number: int | None
    subject: str
    customer: str
    urgency: int
    promised: datetime | None


@dataclass
class _Reader:
    desk: Desk
    execute: Execute
    known: dict[str, _Known] = field(default_factory=dict)

    def ticket(self, ticket_id: str) -> _Known:
        if ticket_id not in self.known:
            row = self.execute(
                "SELECT t.number, t.subject, coalesce(nullif(u.name, ''), c.name, ''), t.urgency, t.promised_at "
                "FROM ticket t LEFT JOIN customer u ON u.id = t.customer_id LEFT JOIN contact c ON c.id = t.contact_id "
                "WHERE t.id = ?",
                (ticket_id,),
            ).fetchone()
            number, subject, customer, urgency, promised = row or (None, "", "", 3, None)
            told = from_ms(promised) if promised else None
            self.known[ticket_id] = _Known(number, subject, customer, urgency, told)
        return self.known[ticket_id]


def explain(
    desk: Desk,
    diff: PlanDiff,
    before: Sequence[Person],
    after: Sequence[Person] | None = None,
    why: str = "plan",
    leaving: frozenset[str] = frozenset(),
) -> DiffView:
    """The diff with its effects, pictures and letters. ``after``: people with the hours that the change gives them,
    ``leaving``: those of them who go for good."""
    diff = replace(diff, seen=tuple(before))
    reader = _Reader(desk, desk.replica.db.execute_sql)
    people = {person.id: person for person in after or before}
    moves = (*diff.moved, *diff.reassigned, *diff.broken)
    now = desk.clock.now()
    every = [busy for person in before for busy in person.busy]
    homeless = [(person, busy) for person in before for busy in _homeless(person, diff, now)]
    # whose way alone stays, under way already, has its new place with its work
    placed = {move.busy.ticket_id for move in moves} - {busy.ticket_id for _, busy in homeless}
    diff = replace(diff, wont_fit=tuple(ticket for ticket in diff.wont_fit if ticket not in placed))
    touched = {person for person, _ in _touched(diff)} | {person.id for person, _ in homeless}
    effects = _effects(reader, diff, people, why, homeless, leaving)
    days = _days(desk, moves, diff, [busy for _, busy in homeless])
    own = {move.busy.ticket_id for move in moves} | {ticket for ticket, _p, _s in diff.assigned} | {*diff.wont_fit}
    working = {busy.number for busy in every if busy.in_progress and busy.number and busy.kind != "travel"}
    working -= {effect.number for effect in effects if effect.change in ("interrupted", "wont_fit", "unplanned")}
    planned = {busy.ticket_id for busy in every if not busy.in_progress and busy.span.end > now and not busy.pinned}
    planned -= own
    return DiffView(
        diff=diff,
        effects=effects,
        rows=tuple(_row(reader, person, diff, days, leaving) for person in before if person.id in touched),
        days=days,
        working=tuple(sorted(working)),
        untouched=len(planned),
        people=len(before),
        zone=desk.schedule.desk_calendar.zone,
        leaving=bool(leaving),
        lacking=_lacking(desk, people, homeless),
    )


def _homeless(person: Person, diff: PlanDiff, now: datetime) -> list[Busy]:
    """What is booked with a person, is still to come and fits nowhere."""
    moved = {move.busy.id for move in (*diff.moved, *diff.reassigned, *diff.broken)}
    return [
        busy
        for busy in person.busy
        if busy.ticket_id in diff.wont_fit and busy.id not in moved and busy.kind != "travel" and busy.span.end > now
    ]


def _lacking(desk: Desk, people: Mapping[str, Person], homeless: Sequence[tuple[Person, Busy]]) -> tuple[str, ...]:
    """Skills that are wanted for what fits nowhere, and that only those have who cannot do it now."""
    owners: dict[str, set[str]] = {}
    for person, busy in homeless:
        if busy.skill:
            owners.setdefault(busy.skill, set()).add(person.id)
    alone = [
        skill for skill, of in owners.items() if not any(skill in p.skills for p in people.values() if p.id not in of)
    ]
    column = "name_en" if desk.language == "en" else "name"
    names = [
        desk.replica.value(f"SELECT coalesce(nullif({column}, ''), name) FROM skill WHERE id = ?", (one,))
        for one in alone
    ]
    return tuple(sorted(str(name) for name in names if name))


def _touched(diff: PlanDiff) -> dict[tuple[str, int], None]:
    found: dict[tuple[str, int], None] = {}
    for _ticket, person, _spans in diff.assigned:
        found[person, 0] = None
    for move in (*diff.broken, *diff.reassigned, *diff.moved):
        found[move.person_from, 0] = None
        found[move.person_to, 0] = None
    return found


def _days(desk: Desk, moves: Sequence[Move], diff: PlanDiff, homeless: Sequence[Busy]) -> tuple[DayColumn, ...]:
    """Working dates from today to the last change, as many as can be read; the change's own dates come first."""
    calendar = desk.schedule.desk_calendar
    today = desk.clock.now().astimezone(calendar.tz).date()
    spans: list[Span] = [span for _t, _p, pieces in diff.assigned for span in pieces]
    for move in moves:
        spans += [move.busy.span, *move.spans]
    spans += [busy.span for busy in homeless]
    wanted = {day for span in spans if (day := span.start.astimezone(calendar.tz).date()) >= today}
    shown = sorted({today, *wanted})
    first, last = shown[0], shown[-1]
    every = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    working = [day for day in every if calendar.day_rows(day).spans or day in wanted]
    if len(working) > SHOWN_DAYS:
        working = shown[:SHOWN_DAYS]
    columns = []
    for day in working:
        rule = calendar.days.get(day)
        intervals = rule.intervals if rule else calendar.week[day.weekday()]
        columns.append(DayColumn(day, intervals, rule.kind if rule else "", rule.name if rule else ""))
    return tuple(columns)


def _row(
    reader: _Reader, person: Person, diff: PlanDiff, days: Sequence[DayColumn], leaving: frozenset[str]
) -> RowPair:
    calendar = reader.desk.schedule.desk_calendar
    shown = {column.day for column in days}
    moves = {move.busy.id: move for move in (*diff.moved, *diff.reassigned, *diff.broken)}
    late = {move.busy.id for move in diff.broken}
    assigned = {ticket for ticket, _person, _spans in diff.assigned}

    def visible(start: datetime, end: datetime) -> bool:
        return start.astimezone(calendar.tz).date() in shown or end.astimezone(calendar.tz).date() in shown

    def strip(booking: str, ticket: str, span: Span, kind: str, mark: str) -> Strip:
        known = reader.ticket(ticket)
        return Strip(booking, ticket, known.number, known.customer, span.start, span.end, kind, mark)

    before, after = [], []
    for busy in person.busy:
        if not visible(busy.span.start, busy.span.end):
            continue
        moved = busy.id in moves
        gone = busy.ticket_id in assigned and not busy.in_progress and not busy.pinned
        gone = gone or (person.id in leaving and busy.span.end > reader.desk.clock.now())
        mark = "working" if busy.in_progress else "gone" if moved or gone else "same"
        before.append(strip(busy.id, busy.ticket_id, busy.span, busy.kind, mark))
        if not moved and not gone:
            after.append(strip(busy.id, busy.ticket_id, busy.span, busy.kind, mark))
    for ticket, who, spans in diff.assigned:
        if who == person.id:
            after += [strip("", ticket, span, "work", "new") for span in spans if visible(span.start, span.end)]
    for move in moves.values():
        if move.person_to == person.id:
            mark = "late" if move.busy.id in late else "moved"
            after += [
                strip(move.busy.id, move.busy.ticket_id, span, move.busy.kind, mark)
                for span in move.spans
                if visible(span.start, span.end)
            ]
    return RowPair(person.id, tuple(before), tuple(sorted(after, key=lambda one: one.start)))


def _effects(
    reader: _Reader,
    diff: PlanDiff,
    people: Mapping[str, Person],
    why: str,
    homeless: Sequence[tuple[Person, Busy]],
    leaving: frozenset[str],
) -> tuple[Effect, ...]:
    found: dict[str, Effect] = {}
    nowhere = {busy.ticket_id for _, busy in homeless}
    for change, moves in (("late", diff.broken), ("moved", diff.moved), ("reassigned", diff.reassigned)):
        for move in moves:
            ticket = move.busy.ticket_id or move.busy.id
            if ticket in found or ticket in nowhere or move.busy.kind == "travel":
                continue
            found[ticket] = _effect(reader, move, change, people, why)
    order = {"late": 0, "wont_fit": 1, "unplanned": 1}
    effects = list(found.values())
    for ticket_id in dict.fromkeys(diff.wont_fit):
        known = reader.ticket(ticket_id)
        about = (known.number, known.subject, known.customer, known.urgency)
        own = [(person.id, busy) for person, busy in homeless if busy.ticket_id == ticket_id]
        change = "unplanned" if any(person in leaving for person, _ in own) else "wont_fit"
        kind = "visit" if any(busy.kind == "visit" for _, busy in own) else "work"
        owner = own[0][0] if own else ""
        finish = max((busy.span.end for _, busy in own), default=None)
        effects.append(Effect(ticket_id, *about, kind, change, owner, owner, known.promised, finish, None, None, None))
    return tuple(sorted(effects, key=lambda effect: order.get(effect.change, 2)))


def _effect(reader: _Reader, move: Move, change: str, people: Mapping[str, Person], why: str) -> Effect:
    known = reader.ticket(move.busy.ticket_id)
    promised = move.busy.promise
    target = people[move.person_to].calendar
    notice = None
    if change == "late" and promised is not None:
        date = new_date(reader.desk, people[move.person_to], move.finish_after)
        notice = slip_notice(reader.desk, move.busy.ticket_id, date, move.person_to, why)
    return Effect(
        ticket_id=move.busy.ticket_id,
        number=known.number,
        subject=known.subject,
        customer=known.customer,
        urgency=known.urgency,
        kind=move.busy.kind,
        change="interrupted" if move.busy.in_progress else change,
        person_from=move.person_from,
        person_to=move.person_to,
        promised=promised,
        finish_before=move.finish_before,
        finish_after=move.finish_after,
        slack_before=slack(move.finish_before, promised, target) if promised else None,
        slack_after=slack(move.finish_after, promised, target) if promised else None,
        notice=notice,
    )


def new_date(desk: Desk, person: Person, finish: datetime) -> datetime:
    """What can be told for a finish: with the margin, rounded and in working time as every promise is."""
    rules = desk.schedule.rules
    try:
        lane = Lane(person, to_ticks(desk.clock.now()), horizon(person, rules, to_ticks(finish), 2), rules)
        return from_ticks(lane.promise(to_ticks(finish), rules.margin_of(person.id)))
    except NoWorkingTime:
        return finish


def slip_notice(
    desk: Desk, ticket_id: str, date: datetime, specialist: str, why: str, reason: str = ""
) -> SlipNotice | None:
    """The prepared letter of a slip; None where nobody can be written to and no promise was told."""
    _values, language, row = letters.values_for(desk, ticket_id)
    if not row["promised_at"]:
        return None
    words = {code: reason or REASONS[why][code] for code in ("ru", "en")}
    drafts = {
        code: letters.draft(
            desk,
            ticket_id,
            "slip",
            in_language=code,
            date=date,
            old_date=from_ms(row["promised_at"]),
            reason=words[code],
            specialist=letters.person_name(desk, specialist, code),
            days_off=letters.days_off(desk, specialist, date),
        )
        for code in ("ru", "en")
    }
    return SlipNotice(ticket_id, row["number"], date, words, drafts, language if language in drafts else "en")


def keep_notice(act: Act, notice: SlipNotice, language: str = "", body: str = "") -> None:
    """Put the letter of a slip into the ticket's draft, where a person finds, checks and sends it.

    Undoing the step takes it away again, unless somebody has worked on it.
    """
    from deskapp.desk import drafts

    chosen = language or notice.language
    letter = notice.letters[chosen]
    local = notice.date.astimezone(act.desk.zone)
    kept: dict[str, Any] = {
        "date": f"{local:%d.%m.%Y %H:%M}",
        "reason": notice.reason[chosen],
        "tx": act.writing.tx,
    }
    if (body and body != letter.body) or chosen != notice.language:
        kept["letter"] = {
            "subject": letter.subject,
            "body": body or letter.body,
            "to": [list(pair) for pair in letter.to],
            "cc": [list(pair) for pair in letter.cc],
        }
    if "slip" not in drafts.load(act.desk, notice.ticket_id):  # what somebody has typed since is theirs
        drafts.save(act.desk, notice.ticket_id, "slip", kept)
    act.extra.add(notice.ticket_id)
