"""The clocks of a ticket's contract: which rule holds and why, what is used, when it is due.

What a ticket was from when on is kept by ``note_states`` as rows that only grow (``ticket_state``); the arithmetic is
``planning.sla``. Clocks that have ended are stored with the state that ended them and never counted again, so that an
edited contract or calendar moves the open tickets and no history.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from deskapp.core.clock import from_ms, to_ms
from deskapp.desk import contracts, traces
from deskapp.desk.contracts import Chosen
from deskapp.desk.values import Changes, ContractView, TargetView
from deskapp.models.schema import Ticket, TicketState
from deskapp.planning import sla as planning
from deskapp.planning.sla import DONE, Reading, Step
from deskapp.planning.values import TraceRow
from deskapp.planning.worktime import WorkCalendar

if TYPE_CHECKING:
    from deskapp.desk.desk import Act, Desk

Execute = Callable[..., Any]
TARGETS = ("reaction", "solution", "replacement")
ENDED = ("resolved", "closed", "refused", "merged")
#: What a reopened ticket has left at least where no reaction was agreed, minutes of the contract's hours.
REOPENED_LEAST = 60


class State(NamedTuple):
    """What a ticket was from ``at`` (ms) on."""

    at: int
    status: str
    wait_for: str
    urgency: int
    contract_id: str
    customer_id: str


@dataclass(frozen=True)
class Clocks:
    """The clocks of a ticket as of a moment; None where nothing was agreed or nothing runs."""

    chosen: Chosen
    urgency: int
    readings: Mapping[str, Reading]


# --- what a ticket was -------------------------------------------------------------------------------------------


def note_states(act: Act, tickets: Iterable[str]) -> None:
    """Keep what these tickets have become in this transaction, where their clocks may depend on it."""
    execute = act.writing.execute
    for ticket_id in sorted(tickets):
        row = execute(
            "SELECT status, wait_for, urgency, contract_id, customer_id, received_at, finished_at FROM ticket "
            "WHERE id = ?",
            (ticket_id,),
        ).fetchone()
        if row is None:
            continue
        *now_is, received, finished = row
        last = execute(
            "SELECT status, wait_for, urgency, contract_id, customer_id FROM ticket_state WHERE ticket_id = ? "
            "ORDER BY made_at DESC, id DESC LIMIT 1",
            (ticket_id,),
        ).fetchone()
        if last is not None and list(last) == now_is:
            continue
        current = State(act.now, *now_is)
        if last is None:
            begun = current._replace(at=received if received is not None else act.now, status="new", wait_for="")
            _write(act, ticket_id, begun)
            if current.status == "new":
                continue
            current = current._replace(at=_since(execute, ticket_id, current, finished, act.now))
        _write(act, ticket_id, current)


def keep_took(act: Act, tickets: Iterable[str]) -> None:
    """Keep the working minutes that an answer and a solution took, as soon as there is one.

    Hours that are edited later, another urgency or another contract change no history.
    """
    for ticket_id in sorted(tickets):
        row = act.writing.execute(
            "SELECT t.received_at, t.clock_from, t.answered_at, t.finished_at, t.answer_took, t.solve_took, "
            "t.again_took, t.contract_id, t.customer_id, t.urgency, q.answer_minutes, f.resolve_minutes, "
            "f.answer_minutes FROM ticket t LEFT JOIN queue_row q ON q.ticket_id = t.id "
            "LEFT JOIN ticket_fact f ON f.ticket_id = t.id WHERE t.id = ? AND coalesce(t.answered_at, t.finished_at, "
            "t.answer_took, t.solve_took, t.again_took) IS NOT NULL",
            (ticket_id,),
        ).fetchone()
        if row is None:
            continue
        received, begun, answered, finished, answer_took, solve_took, again_took, *rest = row
        contract, customer, urgency, *counted = rest
        again, answer = answered_again(act.writing.execute, ticket_id, answered)
        ticket = {"received_at": received, "contract_id": contract, "customer_id": customer, "urgency": urgency}
        values: dict[str, int | None] = {}
        for column, kept, begin, end, known in (
            ("answer_took", answer_took, begun or received, answered, counted[0]),
            ("solve_took", solve_took, received, finished, counted[1]),
            ("again_took", again_took, again, answer[0] if answer else None, counted[2]),
        ):
            if end is None or not begin:
                took = None
            elif kept is not None:
                took = kept
            else:  # a desk of before this was kept has counted it when it was so
                took = worked(act.desk, ticket, begin, end) if known is None else known
            if took != kept:
                values[column] = took
        if values:
            act.update(Ticket, ticket_id, **values)


def answered_again(execute: Execute, ticket_id: str, answered: int | None) -> tuple[int | None, tuple[int, str] | None]:
    """When a ticket that was ``answered`` was last opened again (None: never since), and the first answer of a person
    after that: when and whose; None while it is owed."""
    if answered is None:
        return None, None
    again = execute(
        "SELECT max(made_at) FROM event WHERE ticket_id = ? AND kind IN ('disagreed', 'reopened')", (ticket_id,)
    ).fetchone()[0]
    if again is None or again <= answered:
        return None, None
    row = execute(
        "SELECT made_at, made_by FROM promise WHERE ticket_id = ?1 AND made_at > ?2 AND made_by <> '' UNION ALL "
        "SELECT made_at, author_id FROM event WHERE ticket_id = ?1 AND made_at > ?2 AND author_id <> '' "
        "AND kind IN ('finished', 'refused') ORDER BY 1 LIMIT 1",
        (ticket_id, again),
    ).fetchone()
    return int(again), (int(row[0]), str(row[1])) if row else None


def worked(desk: Desk, ticket: Mapping[str, Any], begin: int, end: int) -> int:
    """Minutes of the ticket's working time between two instants (ms)."""
    hours, _minutes = answer_rule(desk, ticket)
    return round(hours.work_between(from_ms(begin), from_ms(end)).total_seconds() / 60)


def _since(execute: Execute, ticket_id: str, state: State, finished: int | None, now: int) -> int:
    """From when a ticket that nobody has noted before has been what it is."""
    if state.status in ENDED:
        return finished if finished is not None else now
    if state.status == "waiting":
        row = execute(
            "SELECT max(made_at) FROM event WHERE ticket_id = ? AND kind = 'waiting'", (ticket_id,)
        ).fetchone()
        return int(row[0]) if row and row[0] is not None else now
    return now


def _write(act: Act, ticket_id: str, state: State) -> None:
    ended: dict[str, Any] = {}
    if state.status in ENDED:
        ticket = act.desk.replica.record(Ticket, ticket_id)
        assert ticket is not None
        states = [*_states(act.writing.execute, ticket_id), state]
        if len(states) < 2 or states[-2].status not in ENDED:
            ended = _stored(_clocks(act.desk, act.writing.execute, ticket, states, from_ms(state.at)))
    act.insert(
        TicketState,
        ticket_id=ticket_id,
        made_at=state.at,
        author_id=act.writing.author,
        status=state.status,
        wait_for=state.wait_for,
        urgency=state.urgency,
        contract_id=state.contract_id,
        customer_id=state.customer_id,
        clock=ended,
    )


def _states(execute: Execute, ticket_id: str) -> list[State]:
    return [
        State._make(row)
        for row in execute(
            "SELECT made_at, status, wait_for, urgency, contract_id, customer_id FROM ticket_state "
            "WHERE ticket_id = ? ORDER BY made_at, id",
            (ticket_id,),
        ).fetchall()
    ]


def _stored(clocks: Clocks | None) -> dict[str, Any]:
    if clocks is None or not clocks.readings:
        return {}
    found: dict[str, Any] = {"contract": clocks.chosen.agreement.id, "how": clocks.chosen.how}
    for name, reading in clocks.readings.items():
        found[name] = {
            "granted": reading.granted,
            "used": reading.used,
            "state": reading.state,
            "broken_at": to_ms(reading.broken_at) if reading.broken_at else None,
            "broken_before": reading.broken_before,
            "trace": traces.stored(reading.trace),
        }
    return found


def _told(stored: Mapping[str, Any]) -> Reading:
    broken = from_ms(stored["broken_at"]) if stored["broken_at"] is not None else None
    return Reading(
        state=stored["state"],
        granted=stored["granted"],
        used=stored["used"],
        left=stored["granted"] - stored["used"],
        due=broken,
        broken_at=broken,
        broken_before=bool(stored["broken_before"]),
        trace=traces.read(stored["trace"]),
    )


# --- the clocks --------------------------------------------------------------------------------------------------


def clocks(
    desk: Desk, execute: Execute, ticket: Mapping[str, Any], now: datetime, traced: bool = False
) -> Clocks | None:
    """The clocks of a ticket's row (``id``, status, urgency, contract and times in it); None without a contract.

    ``traced``: with the stretches that make them up.
    """
    known = contracts.agreements(desk)
    if not known.by_id:
        return None
    if ticket["status"] in ENDED:
        return _ended(desk, execute, ticket)
    agreement = ticket["contract_id"], ticket["customer_id"]
    chosen = known.of(*agreement, from_ms(ticket["received_at"] or 0))
    if chosen is None:
        return None
    states = _states(execute, ticket["id"]) or _of_before(execute, ticket, to_ms(now))
    return _clocks(desk, execute, ticket, states, now, traced, {agreement: chosen})


def _of_before(execute: Execute, ticket: Mapping[str, Any], now: int) -> list[State]:
    """The states of a ticket of before such rows were kept."""
    current = State(now, *(ticket[name] for name in State._fields[1:]))
    states = [current._replace(at=ticket["received_at"] or 0, status="new", wait_for="")]
    if current.status == "waiting":
        states.append(current._replace(at=_since(execute, ticket["id"], current, ticket["finished_at"], now)))
    return states


def _ended(desk: Desk, execute: Execute, ticket: Mapping[str, Any]) -> Clocks | None:
    row = execute(
        "SELECT clock, urgency FROM ticket_state WHERE ticket_id = ? AND clock <> '{}' "
        "ORDER BY made_at DESC, id DESC LIMIT 1",
        (ticket["id"],),
    ).fetchone()
    if row is None:
        return None
    stored = json.loads(row[0])
    agreement = contracts.agreements(desk).by_id.get(stored["contract"])
    if agreement is None:
        return None
    readings = {name: _told(stored[name]) for name in TARGETS if name in stored}
    return Clocks(Chosen(agreement, stored["how"]), row[1], readings)


def _clocks(
    desk: Desk,
    execute: Execute,
    ticket: Mapping[str, Any],
    states: Sequence[State],
    now: datetime,
    traced: bool = True,
    spoken: Mapping[tuple[str, str], Chosen] | None = None,
) -> Clocks | None:
    """``spoken``: contracts that are known to speak for a contract and customer of these states."""
    received = from_ms(ticket["received_at"] or 0)
    last = states[-1]
    known = contracts.agreements(desk)
    speaks: dict[tuple[str, str], Chosen | None] = {**(spoken or {})}
    agreed = []
    for state in states:
        of = state.contract_id, state.customer_id
        if of not in speaks:
            speaks[of] = known.of(*of, received)
        agreed.append(speaks[of])
    chosen = agreed[-1]
    if chosen is None:
        return None
    readings = {}
    stops = pausing(desk)
    begun = ticket["clock_from"] or ticket["received_at"] or 0
    reacted, wanted, replaced = _reacted_and_replaced(execute, ticket, begun)
    for name, start, end in (
        ("reaction", begun, reacted),
        ("solution", ticket["received_at"] or 0, None),
        ("replacement", wanted, replaced),
    ):
        if start is None:
            continue
        stopping = stops - {"parts", "visit"} if name == "replacement" else stops  # it measures those
        reading = planning.read(_steps(desk, name, states, agreed, stopping, start, end, traced), now, traced)
        if reading is not None:
            readings[name] = reading
    return Clocks(chosen, last.urgency, readings)


def _reacted_and_replaced(
    execute: Execute, ticket: Mapping[str, Any], begun: int
) -> tuple[int | None, int | None, int | None]:
    """When somebody first answered or began: a promise, refusal or solution, work, or a letter of a person; from when a
    part is wanted, and when the last of them was used or let go."""
    letter, wanted, still, last = execute(
        "SELECT (SELECT min(received_at) FROM message WHERE ticket_id = ?1 AND direction = 'out' AND automatic = 0 "
        "AND kind <> 'ack' AND received_at >= ?2), min(made_at), sum(state = 'open'), max(closed_at) "
        "FROM part_reservation WHERE ticket_id = ?1",
        (ticket["id"], begun),
    ).fetchone()
    found = [at for at in (ticket["answered_at"], ticket["started_at"], letter) if at is not None and at >= begun]
    return min(found, default=None), wanted, None if still else last


def pausing(desk: Desk) -> frozenset[str]:
    """What stops a solution's clock: the customer and third parties always, parts and visits by the desk's rule."""
    rule = desk.schedule.rule
    return _stopping(bool(rule["parts_stop_clock"]), bool(rule["visit_stops_clock"]))


@cache
def _stopping(parts: bool, visit: bool) -> frozenset[str]:
    return frozenset(("customer", "third", *(["parts"] if parts else ()), *(["visit"] if visit else ())))


def _steps(
    desk: Desk,
    name: str,
    states: Sequence[State],
    agreed: Sequence[Chosen | None],
    stops: frozenset[str],
    start: int,
    end: int | None,
    traced: bool,
) -> list[Step]:
    """The steps of one clock between ``start`` and ``end`` (ms); ``agreed``: the contract of each state, ``stops``: why
    it may stand still; ``traced``: with the rule of each."""
    usual = desk.schedule.desk_calendar
    found: list[Step] = []
    before: State | None = None
    for place, state in enumerate(states):
        at = start if place == 0 else max(start, state.at)
        if end is not None and at > end:
            break
        if place + 1 < len(states) and states[place + 1].at <= start:
            before = state
            continue  # over before this clock began
        step = _step(name, state, agreed[place], at, stops, usual, traced)
        if before is not None and before.status in ENDED and state.status not in ENDED and found:
            least = _reopened_least(agreed[place], state)
            step = Step(step.at, step.minutes, step.hours, step.stopped, least, step.rule)
        found.append(step)
        before = state
    if end is not None and found:
        last = found[-1]
        found.append(Step(from_ms(max(end, start)), last.minutes, last.hours, DONE))
    return found


def _step(
    name: str, state: State, chosen: Chosen | None, at: int, stops: frozenset[str], usual: WorkCalendar, traced: bool
) -> Step:
    stopped = ""
    if state.status in ENDED:
        stopped = DONE
    elif state.status == "waiting" and state.wait_for in stops:
        stopped = state.wait_for
    if chosen is None:
        return Step(from_ms(at), None, usual, stopped)
    granted = chosen.agreement.granted(state.urgency)
    rule: tuple[tuple[str, object], ...] = ()
    if traced:
        rule = (("contract", chosen.agreement.number), ("urgency", state.urgency), ("hours", granted.hours_name))
    return Step(from_ms(at), getattr(granted, name), granted.hours, stopped, rule=rule)


def _reopened_least(chosen: Chosen | None, state: State) -> int:
    agreed = chosen.agreement.granted(state.urgency).reaction if chosen else None
    return agreed or REOPENED_LEAST


def answer_rule(desk: Desk, ticket: Mapping[str, Any]) -> tuple[WorkCalendar, int]:
    """Hours and minutes of the answer clock: those of the contract (for this urgency), else the desk's."""
    schedule = desk.schedule
    known = contracts.agreements(desk)
    if known.by_id:
        chosen = known.of(ticket["contract_id"], ticket["customer_id"], from_ms(ticket["received_at"] or 0))
        if chosen is not None:
            granted = chosen.agreement.granted(ticket["urgency"])
            return granted.hours, chosen.agreement.answer_minutes or schedule.answer_minutes
    return schedule.desk_calendar, schedule.answer_minutes


# --- shown -------------------------------------------------------------------------------------------------------


def columns(desk: Desk, execute: Execute, ticket: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """What the lists show of the clocks of an open ticket."""
    found = clocks(desk, execute, ticket, now)
    if found is None:
        return {}
    reaction, solution = found.readings.get("reaction"), found.readings.get("solution")
    values: dict[str, Any] = {}
    if reaction is not None and reaction.state in ("running", "over") and reaction.due:
        values["reaction_due"] = to_ms(reaction.due)
    if solution is not None:
        if solution.state in ("running", "over") and solution.due:
            values["solution_due"] = to_ms(solution.due)
        if solution.state == "paused":
            values["clock_paused"], values["clock_left"] = solution.why, solution.left
    return values


def view(desk: Desk, ticket: Mapping[str, Any], now: datetime) -> ContractView | None:
    """The contract of a ticket with its clocks; None where no contract speaks for it."""
    found = clocks(desk, desk.replica.execute, ticket, now)
    if found is None:
        chosen = contracts.agreements(desk).of(
            ticket["contract_id"], ticket["customer_id"], from_ms(ticket["received_at"] or 0)
        )
        if chosen is None:
            return None
        found = Clocks(chosen, ticket["urgency"], {})
    agreement = found.chosen.agreement
    return ContractView(
        id=agreement.id,
        number=agreement.number,
        hours=agreement.granted(found.urgency).hours_name,
        until=agreement.until,
        expired=agreement.until is not None and not agreement.valid(now),
        vip=agreement.vip,
        how=found.chosen.how,
        urgency=found.urgency,
        note=agreement.note,
        paid_phone=agreement.paid_phone,
        targets=tuple(_shown(name, found.readings[name]) for name in TARGETS if name in found.readings),
    )


def _shown(name: str, reading: Reading) -> TargetView:
    return TargetView(
        name=name,
        state=reading.state,
        granted=reading.granted,
        used=reading.used,
        left=reading.left,
        due=reading.due,
        why=reading.why,
        broken_before=reading.broken_before,
    )


def trace(
    desk: Desk, ticket: Mapping[str, Any], what: str, now: datetime
) -> tuple[tuple[TraceRow, ...], datetime | None]:
    """The rows of one clock, and when it is due."""
    found = clocks(desk, desk.replica.execute, ticket, now, traced=True)
    reading = found.readings.get(what) if found else None
    return (reading.trace, reading.due) if reading else ((), None)


# --- before a contract or a calendar is changed ------------------------------------------------------------------


@dataclass(frozen=True)
class Moved:
    """A due time that a change moves. ``breaks``: it would be over at once."""

    ticket_id: str
    number: int | None
    subject: str
    what: str
    before: datetime | None
    after: datetime | None
    breaks: bool


@dataclass(frozen=True)
class Preview:
    moved: tuple[Moved, ...] = ()

    @property
    def breaking(self) -> int:
        return sum(each.breaks for each in self.moved)


class _TakenBack(Exception):
    """Ends a transaction that was only tried."""


def preview(desk: Desk, save: Callable[..., Changes], *args: Any) -> Preview:
    """Which due times of open tickets ``save(desk, *args)`` would move; nothing is changed. Writer's lane.

    Raises what ``save`` raises.
    """
    before = _open(desk)
    after: dict[str, tuple[Any, Clocks | None]] = {}
    try:
        with desk.replica.db.atomic("IMMEDIATE"):
            save(desk, *args)
            after = _open(desk)
            raise _TakenBack
    except _TakenBack:
        pass
    return Preview(tuple(_moved(before, after)))


def _open(desk: Desk) -> dict[str, tuple[dict[str, Any], Clocks | None]]:
    now = desk.clock.now()
    rows = desk.replica.records(Ticket, Ticket.status.not_in(ENDED), Ticket.set_aside == "")
    return {row["id"]: (row, clocks(desk, desk.replica.db.execute_sql, row, now)) for row in rows}


def _moved(
    before: Mapping[str, tuple[dict[str, Any], Clocks | None]],
    after: Mapping[str, tuple[dict[str, Any], Clocks | None]],
) -> Iterable[Moved]:
    for ticket_id, (ticket, then) in sorted(after.items(), key=lambda item: item[1][0]["number"] or 0):
        first = before.get(ticket_id, (ticket, None))[1]
        for name in TARGETS:
            was = first.readings.get(name) if first else None
            will = then.readings.get(name) if then else None
            if was is not None and was.state in ("kept", "broken"):
                continue  # history
            state_was, state_will = (one.state if one else "" for one in (was, will))
            if planning.later_than(was, will) or state_was != state_will:
                breaks = state_will == "over" and state_was != "over"
                yield Moved(
                    ticket_id, ticket["number"], ticket["subject"], name, was.due if was else None,
                    will.due if will else None, breaks,
                )  # fmt: skip
