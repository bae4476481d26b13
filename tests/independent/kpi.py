"""The figures of a desk counted from its exported files alone: nothing of the application is used.

Written from the definitions that a lead reads beside each figure, with own working time, so that a mistake in either
count shows. Takes the folder of an export::

    python tests/independent/kpi.py FOLDER 2026-11-01 2026-11-30
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import mean, median_low
from typing import Any
from zoneinfo import ZoneInfo

Row = dict[str, Any]
#: A stretch of working time.
Stretch = tuple[datetime, datetime]
_NUMBERS = frozenset(("minutes", "urgency", "line", "reopened", "ordinal", "active", "to_line"))


def table(folder: Path, name: str) -> list[Row]:
    """Rows of a table, as the export describes its cells."""
    with open(folder / "tables" / f"{name}.csv", encoding="utf-8-sig", newline="") as file:
        return [{column: _value(column, cell) for column, cell in row.items()} for row in csv.DictReader(file)]


def _value(column: str, cell: str) -> Any:
    if cell == "\\N":
        return None
    if cell[:1] in ("\\", "'"):
        cell = cell[1:]
    if column.endswith("_at") or column == "clock_from":
        return datetime.fromtimestamp(int(cell) / 1000, UTC)
    return int(cell) if column in _NUMBERS else cell


class Hours:
    """Somebody's working hours: a week, days that are other, absences."""

    def __init__(
        self, zone: str, week: list[list[list[int]]], days: dict[date, list[list[int]]], away: Iterable[Stretch] = ()
    ) -> None:
        self.zone, self.week, self.days, self.away = ZoneInfo(zone), week, days, list(away)

    def minutes(self, begin: datetime, end: datetime) -> float:
        """Working minutes between two instants."""
        total = timedelta()
        day = begin.astimezone(self.zone).date() - timedelta(days=1)  # a shift may go on over midnight
        last = end.astimezone(self.zone).date()
        while day <= last:
            for low, high in self.days.get(day, self.week[day.weekday()]):
                start, stop = max(begin, self._at(day, low)), min(end, self._at(day, high))
                if stop > start:
                    total += stop - start - self._absent(start, stop)
            day += timedelta(days=1)
        return total / timedelta(minutes=1)

    def _at(self, day: date, minute: int) -> datetime:
        on = day + timedelta(days=minute // 1440)
        return datetime.combine(on, time(minute % 1440 // 60, minute % 60), self.zone).astimezone(UTC)

    def _absent(self, start: datetime, stop: datetime) -> timedelta:
        """How much of a stretch somebody is away; absences may overlap."""
        lost, upto = timedelta(), start
        for low, high in sorted(self.away):
            low, high = max(low, upto), min(high, stop)
            if high > low:
                lost += high - low
                upto = high
        return lost


class Export:
    """What the figures need of an exported desk."""

    def __init__(self, folder: Path) -> None:
        self.now = datetime.fromisoformat(json.loads((folder / "desk.json").read_text("utf-8"))["made_at"])
        rule = {row["id"]: row["value"] for row in table(folder, "desk_setting")}
        self.rule = json.loads(rule.get("rule", "{}"))
        self.answer_minutes = self.rule.get("answer_minutes", 120)
        days: dict[str, dict[date, list[list[int]]]] = {}
        for row in table(folder, "calendar_day"):
            days.setdefault(row["calendar_id"], {})[date.fromisoformat(row["day"])] = json.loads(row["intervals"])
        calendars = {row["id"]: row for row in table(folder, "work_calendar")}
        self.calendars = {
            name: Hours(row["zone"], json.loads(row["week"]), days.get(name, {})) for name, row in calendars.items()
        }
        self.desk = self.calendars[self.rule["calendar_id"]]
        away: dict[str, list[Stretch]] = {}
        for row in table(folder, "absence"):
            away.setdefault(row["specialist_id"], []).append((row["start_at"], row["end_at"]))
        self.people = {}
        for row in table(folder, "specialist"):
            if row["active"]:
                base = calendars[row["calendar_id"] or self.rule["calendar_id"]]
                own = {**days.get(base["id"], {}), **days.get(row["id"], {})}
                self.people[row["id"]] = Hours(
                    row["zone"] or base["zone"], json.loads(base["week"]), own, away.get(row["id"], [])
                )
        self.customers = {row["id"]: row for row in table(folder, "customer")}
        self.contracts = [row for row in table(folder, "contract") if row["active"]]
        self.granted = {(row["contract_id"], row["urgency"]): row for row in table(folder, "contract_target")}
        self.by_ticket: dict[str, dict[str, list[Row]]] = {}
        for name in ("promise", "event", "escalation", "time_entry", "rating"):
            self.by_ticket[name] = {}
            for row in table(folder, name):
                self.by_ticket[name].setdefault(row["ticket_id"], []).append(row)
        every = {row["id"]: row for row in table(folder, "ticket")}
        self.tickets = [row for row in every.values() if row["status"] != "merged" and not row["set_aside"]]
        self.home = {}
        for row in every.values():
            home = row
            while home["status"] == "merged" and home["merged_into"] in every:
                home = every[home["merged_into"]]
            self.home[row["id"]] = home["id"]

    def of(self, name: str, ticket: Row) -> list[Row]:
        return self.by_ticket[name].get(ticket["id"], [])

    def on(self, at: datetime | None) -> date | None:
        """The date of an instant where the desk is."""
        return None if at is None else at.astimezone(self.desk.zone).date()

    def hours(self, ticket: Row) -> Hours:
        """The hours of the ticket's contract: the one it names, else the customer's that held when it came, the one
        that began last; of that contract those of its urgency; else the desk's."""
        found = [one for one in self.contracts if one["id"] == ticket["contract_id"]]
        if not found and ticket["customer_id"]:
            held = [one for one in self.contracts if one["customer_id"] == ticket["customer_id"]]
            found = [one for one in held if self._holds(one, ticket["received_at"])]
            found.sort(key=lambda one: (one["since"], one["until"] or "9999"), reverse=True)
        if not found:
            return self.desk
        contract = found[0]
        target = self.granted.get((contract["id"], ticket["urgency"]))
        if target is not None and target["hours"]:
            return self.desk if target["hours"] == "8×5" else self._hours_of(contract, target["hours"])
        return self._hours_of(contract, "" if contract["calendar_id"] else contract["hours"])

    def _holds(self, contract: Row, at: datetime) -> bool:
        day = at.astimezone(self._hours_of(contract, contract["hours"]).zone).date().isoformat()
        return bool((contract["since"] or "0") <= day <= (contract["until"] or "9999"))

    def _hours_of(self, contract: Row, name: str) -> Hours:
        if name.startswith("24"):
            zone = self.customers[contract["customer_id"]]["zone"] or self.desk.zone.key
            return Hours(zone, [[[0, 1440]]] * 7, {})
        return self.calendars.get(contract["calendar_id"], self.desk)

    # --- what happened to one ticket

    def opened_again(self, ticket: Row) -> list[datetime]:
        return sorted(one["made_at"] for one in self.of("event", ticket) if one["kind"] in ("disagreed", "reopened"))

    def answer(self, ticket: Row) -> tuple[datetime, float] | None:
        """When the last round was first answered, and after how many working minutes."""
        if ticket["answered_at"] is None:
            return None
        begin, end = ticket["clock_from"] or ticket["received_at"], ticket["answered_at"]
        again = [at for at in self.opened_again(ticket) if at > end]
        if again:
            begin = again[-1]
            answers = [one["made_at"] for one in self.of("promise", ticket) if one["made_by"]]
            answers += [
                one["made_at"]
                for one in self.of("event", ticket)
                if one["author_id"] and one["kind"] in ("finished", "refused")
            ]
            later = [at for at in answers if at > begin]
            if not later:
                return None
            end = min(later)
        return end, self.hours(ticket).minutes(begin, end)

    def kept(self, ticket: Row) -> bool | None:
        """Whether the first promise was kept; None while that is open."""
        if ticket["reopened"]:
            return False
        if ticket["finished_at"] is not None:
            return bool(ticket["finished_at"] <= ticket["first_promised_at"])
        return False if ticket["first_promised_at"] < self.now else None

    def moves(self, ticket: Row) -> list[bool]:
        """Of each move of a promise, whether it was told before the old date passed."""
        told = sorted(self.of("promise", ticket), key=lambda one: one["ordinal"])
        again = self.opened_again(ticket)
        found = []
        for old, new in pairwise(told):
            if not any(old["made_at"] <= at <= new["made_at"] for at in again):
                found.append(new["made_at"] <= old["date_at"])
        return found

    def first_line(self, ticket: Row) -> bool:
        handed = [one for one in self.of("escalation", ticket) if one["to_line"] > 1 and one["state"] != "returned"]
        return ticket["line"] == 1 and not handed


def figures(export: Export, first: date, last: date) -> dict[str, float | None]:
    """Every figure of the period, by the name that the desk has for it; loads of people as ``load:ID``."""

    def inside(at: datetime | None) -> bool:
        on = export.on(at)
        return on is not None and first <= on <= last

    def share(values: Iterable[bool | None]) -> float | None:
        counted = [bool(value) for value in values if value is not None]
        return sum(counted) / len(counted) if counted else None

    received = [one for one in export.tickets if inside(one["received_at"])]
    resolved = [one for one in export.tickets if inside(one["finished_at"]) and one["status"] != "refused"]
    answers = [found[1] for one in export.tickets if (found := export.answer(one)) and inside(found[0])]
    due = [one for one in export.tickets if inside(one["first_promised_at"])]
    took = [export.hours(one).minutes(one["received_at"], one["finished_at"]) for one in resolved]
    shown: dict[str, float | None] = {
        "received": len(received),
        "resolved": len(resolved),
        "answer": median_low([round(one) for one in answers]) if answers else None,
        "within": share(round(one) <= export.answer_minutes for one in answers),
        "solution": median_low([round(one) for one in took]) if took else None,
        "first_line": share(export.first_line(one) for one in resolved),
        "reopened": share(one["reopened"] > 0 for one in resolved),
        "kept": share(export.kept(one) for one in due),
        "told": share(told for one in due for told in export.moves(one)),
    }
    shown |= _opinions(export, inside) | _loads(export, first, last)
    return shown


def _opinions(export: Export, inside: Any) -> dict[str, float | None]:
    asked = [one for ticket in export.tickets for one in export.of("rating", ticket) if inside(one["asked_at"])]
    found: dict[str, float | None] = {}
    for name, kind in (("rating", "csat"), ("nps", "nps")):
        own = [None if one["value"] is None else int(one["value"]) for one in asked if one["kind"] == kind]
        said = [value for value in own if value is not None]
        found[f"{name}_answered"] = len(said) / len(own) if own else None
        if len(said) < 5:
            found[name] = None
        elif kind == "csat":
            found[name] = mean(said)
        else:
            found[name] = 100 * (sum(mark > 8 for mark in said) - sum(mark < 7 for mark in said)) / len(said)
    return found


def _loads(export: Export, first: date, last: date) -> dict[str, float | None]:
    zone = export.desk.zone
    begin = datetime.combine(first, time(), zone).astimezone(UTC)
    end = datetime.combine(last + timedelta(days=1), time(), zone).astimezone(UTC)
    counted = {one["id"] for one in export.tickets}
    spent = dict.fromkeys(export.people, 0)
    channels: dict[str, int] = {}
    came = {one["id"]: one["channel"] for one in export.tickets}
    for entries in export.by_ticket["time_entry"].values():
        for one in entries:
            home = export.home.get(one["ticket_id"], "")
            if home in counted and begin <= one["start_at"] < end:
                if one["author_id"] in spent:
                    spent[one["author_id"]] += one["minutes"]
                channel = came[home] if one["channel"] == "work" else one["channel"]
                channels[channel] = channels.get(channel, 0) + one["minutes"]
    free = {person: hours.minutes(begin, min(end, export.now)) for person, hours in export.people.items()}
    found: dict[str, float | None] = {
        f"load:{person}": spent[person] / free[person] if free[person] else None
        for person in export.people
        if spent[person]
    }
    total = sum(free.values())
    found["load"] = sum(spent.values()) / total if total else None
    return found | {f"channel:{channel}": minutes for channel, minutes in channels.items()}


def main() -> int:
    folder, first, last = sys.argv[1:4]
    shown = figures(Export(Path(folder)), date.fromisoformat(first), date.fromisoformat(last))
    for name, value in shown.items():
        print(f"{name:20} {'' if value is None else f'{value:.4f}'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
