"""Contracts: what a customer was granted, from when to when, by which hours; and which one speaks for a ticket."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from deskapp.core.clock import from_ms
from deskapp.core.errors import UserFacingError
from deskapp.core.ids import natural_id, new_id
from deskapp.desk import rights
from deskapp.desk.values import Changes
from deskapp.models.schema import Contract, ContractTarget, Ticket
from deskapp.planning.worktime import WorkCalendar, office_week

if TYPE_CHECKING:
    from deskapp.desk.desk import Desk

#: How contracts write "round the clock", Cyrillic ha and letter x included.
ALWAYS = ("24×7", "24x7", "24х7", "24/7")
OFFICE = "8×5"
URGENCIES = (1, 2, 3, 4)
_ROUND_THE_CLOCK = office_week(((0, 1440),), range(7))
#: A target is at most so many minutes: a working year.
_LONGEST = 250 * 24 * 60


@dataclass(frozen=True)
class Granted:
    """Targets of one urgency in minutes of ``hours``; None where nothing was agreed."""

    reaction: int | None
    solution: int | None
    replacement: int | None
    hours: WorkCalendar
    hours_name: str


@dataclass(frozen=True)
class Agreement:
    """A contract as the desk works by it. ``since`` and ``until`` are both included."""

    id: str
    customer_id: str
    number: str
    hours_name: str
    hours: WorkCalendar
    since: date | None
    until: date | None
    vip: bool = False
    paid_phone: bool = False
    answer_minutes: int | None = None
    silence_days: int | None = None
    auto_slip: bool = False
    night_letter: bool = False
    onsite: str = ""
    travel_minutes: int | None = None
    note: str = ""
    active: bool = True
    targets: Mapping[int, Granted] = field(default_factory=dict)

    def valid(self, at: datetime) -> bool:
        """Whether it holds on the date of an instant, in the zone of its hours."""
        day = at.astimezone(self.hours.tz).date()
        return self.active and (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def granted(self, urgency: int) -> Granted:
        return self.targets.get(urgency) or Granted(None, None, None, self.hours, self.hours_name)

    @property
    def line(self) -> str:
        """Number, hours and last date, as lists show it."""
        until = f"{self.until:%d.%m.%Y}" if self.until else ""
        return ", ".join(part for part in (self.number, self.hours_name, until) if part)


class Chosen(NamedTuple):
    """``how``: ticket (it names the contract), customer (the customer's that held at receipt)."""

    agreement: Agreement
    how: str


@dataclass(frozen=True)
class Agreements:
    by_id: Mapping[str, Agreement]
    by_customer: Mapping[str, Sequence[Agreement]]

    def of(self, contract_id: str, customer_id: str, received: datetime) -> Chosen | None:
        """The contract that speaks for a ticket: the one it names, else the customer's that held when it came.

        Of several that held the one that began last decides, then the one that ends later, then the number.
        """
        named = self.by_id.get(contract_id) if contract_id else None
        if named is not None:
            return Chosen(named, "ticket")
        held = [one for one in self.by_customer.get(customer_id, ()) if one.valid(received)] if customer_id else []
        if not held:
            return None
        if len(held) > 1:
            held.sort(key=lambda one: (one.since or date.min, one.until or date.max, one.number, one.id))
        return Chosen(held[-1], "customer")


def agreements(desk: Desk) -> Agreements:
    """All contracts; the same object until one of them, or a calendar, changes."""
    return desk.kept("contracts", _read)


def of_ticket(desk: Desk, ticket_id: str) -> Chosen | None:
    row = desk.replica.row("SELECT contract_id, customer_id, received_at FROM ticket WHERE id = ?", (ticket_id,))
    if row is None:
        return None
    return agreements(desk).of(row[0], row[1], from_ms(row[2] or 0))


def _read(desk: Desk) -> Agreements:
    rows = desk.replica.records(Contract, order=Contract.id)
    targets: dict[str, list[dict[str, Any]]] = {}
    for row in desk.replica.records(ContractTarget, order=ContractTarget.id):
        targets.setdefault(row["contract_id"], []).append(row)
    zones: dict[str, str] = dict(desk.replica.rows("SELECT id, zone FROM customer WHERE zone <> ''"))
    by_id = {row["id"]: _agreement(desk, row, targets.get(row["id"], ()), zones) for row in rows}
    by_customer: dict[str, list[Agreement]] = {}
    for one in by_id.values():
        by_customer.setdefault(one.customer_id, []).append(one)
    return Agreements(by_id, by_customer)


def _agreement(
    desk: Desk, row: Mapping[str, Any], targets: Iterable[Mapping[str, Any]], zones: Mapping[str, str]
) -> Agreement:
    schedule = desk.schedule
    zone = zones.get(row["customer_id"], "") or schedule.desk_calendar.zone

    def calendar(name: str) -> WorkCalendar:
        if name in ALWAYS:
            return WorkCalendar(zone, _ROUND_THE_CLOCK)
        return schedule.calendars.get(row["calendar_id"], schedule.desk_calendar)

    hours = calendar("" if row["calendar_id"] else row["hours"])
    found = {}
    for each in targets:
        own = each["hours"]
        found[each["urgency"]] = Granted(
            each["reaction"],
            each["solution"],
            each["replacement"],
            (schedule.desk_calendar if own == OFFICE else calendar(own)) if own else hours,
            own or row["hours"],
        )
    if row["start_minutes"] is not None and (1 not in found or found[1].reaction is None):
        first = found.get(1) or Granted(None, None, None, hours, row["hours"])
        found[1] = Granted(row["start_minutes"], first.solution, first.replacement, first.hours, first.hours_name)
    return Agreement(
        id=row["id"],
        customer_id=row["customer_id"],
        number=row["number"],
        hours_name=row["hours"],
        hours=hours,
        since=_day(row["since"]),
        until=_day(row["until"]),
        vip=bool(row["vip"]),
        paid_phone=bool(row["paid_phone"]),
        answer_minutes=row["answer_minutes"],
        silence_days=row["silence_days"],
        auto_slip=bool(row["auto_slip"]),
        night_letter=bool(row["night_letter"]),
        onsite=row["onsite"],
        travel_minutes=row["travel_minutes"],
        note=row["note"],
        active=bool(row["active"]),
        targets=found,
    )


def _day(stored: str) -> date | None:
    try:
        return date.fromisoformat(stored) if stored else None
    except ValueError:  # what a file or an older desk called a date
        return None


# --- intentions --------------------------------------------------------------------------------------------------


def rows_of(desk: Desk, customer_id: str) -> list[dict[str, Any]]:
    """A customer's contracts as rows, the newest first, each with ``targets``: {urgency: row}."""
    found = desk.replica.records(Contract, Contract.customer_id == customer_id)
    for row in found:
        kept = desk.replica.records(ContractTarget, ContractTarget.contract_id == row["id"])
        row["targets"] = {each["urgency"]: each for each in kept}
    found.sort(key=lambda row: (row["active"], row["since"], row["until"], row["number"]), reverse=True)
    return found


def save(desk: Desk, row: Mapping[str, Any]) -> Changes:
    """Change a contract, or make one where ``id`` is missing; ``targets``: {urgency: {reaction, solution,
    replacement, hours}}, of which only the given parts change. ``Changes.result`` is its id.

    Clocks of open tickets follow at once (``sla.preview`` shows which); those that have ended are history.
    """
    rights.demand(desk, "contracts")
    values = {name: value for name, value in row.items() if name in Contract._meta.fields and name != "id"}
    _check(desk, row, values)
    with desk.act("contract", number_text=str(row.get("number", ""))) as act:
        contract_id = str(row.get("id") or new_id())
        if act.writing.execute("SELECT 1 FROM contract WHERE id = ?", (contract_id,)).fetchone():
            if values:
                act.update(Contract, contract_id, **values)
        else:
            act.insert(Contract, id=contract_id, **values)
        for urgency, target in dict(row.get("targets") or {}).items():
            act.put(
                ContractTarget,
                id=natural_id("contract_target", contract_id, str(urgency)),
                contract_id=contract_id,
                urgency=urgency,
                **{name: target[name] for name in ("reaction", "solution", "replacement", "hours") if name in target},
            )
        number = act.writing.execute("SELECT number FROM contract WHERE id = ?", (contract_id,)).fetchone()[0]
        act.say("contract", number_text=number)
        act.result = contract_id
    return act.changes


def _check(desk: Desk, row: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    kept = desk.replica.record(Contract, str(row.get("id", ""))) or {}
    since, until = (str(values.get(name, kept.get(name, ""))) for name in ("since", "until"))
    for written in (since, until):
        if written and _day(written) is None:
            raise UserFacingError("This is no date", "“%1” was not understood. The old one was kept.", written)
    if since and until and until < since:
        raise UserFacingError("The contract ends before it begins", "Check the dates; nothing was changed.")
    for urgency, target in dict(row.get("targets") or {}).items():
        if urgency not in URGENCIES:
            raise ValueError(f"urgency {urgency}")
        for name in ("reaction", "solution", "replacement"):
            minutes = target.get(name)
            if minutes is not None and not 0 < int(minutes) <= _LONGEST:
                raise UserFacingError("This is no target", "A target lies between a minute and a working year.")


def end(desk: Desk, contract_id: str, active: bool = False) -> Changes:
    """Take a contract out of force (or put it back); what it decided stays told."""
    rights.demand(desk, "contracts")
    with desk.act("contract") as act:
        act.update(Contract, contract_id, active=int(active))
        number = act.writing.execute("SELECT number FROM contract WHERE id = ?", (contract_id,)).fetchone()
        act.say("contract", number_text=number[0] if number else "")
    return act.changes


def choose(desk: Desk, tickets: str | Sequence[str], contract_id: str) -> Changes:
    """Name the contract that a ticket is worked by; empty: the customer's that held when it came."""
    ids = [tickets] if isinstance(tickets, str) else list(tickets)
    with desk.act("ticket_contract", count=len(ids)) as act:
        for ticket_id in ids:
            act.update(Ticket, ticket_id, contract_id=contract_id)
        if len(ids) == 1:
            found = act.writing.execute("SELECT number FROM ticket WHERE id = ?", (ids[0],)).fetchone()
            act.say("ticket_contract", number=found[0] if found else None)
    return act.changes
