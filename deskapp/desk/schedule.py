"""Everybody's working time and the desk's rules, as the planning room wants them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from deskapp.core.clock import from_ms
from deskapp.planning.values import Absence, DayRule, Interval, Rules, Span
from deskapp.planning.worktime import Week, WorkCalendar, office_week

if TYPE_CHECKING:
    from deskapp.desk.desk import Desk

#: What a desk agrees on before anybody has changed it. Minutes of working time unless the name says otherwise.
DEFAULT_RULE: Mapping[str, Any] = {
    "desk_name": "",
    "calendar_id": "",
    "answer_minutes": 120,
    "margin": 30,
    "round_to": 30,
    "min_piece": 90,
    "min_beside_break": 60,
    "horizon_days": 10,
    "question_stops_clock": False,
    "reopen_days": 14,  # a letter to a ticket closed longer ago opens a new one
    "auto_per_hour": 5,  # automatic letters to one address
    "acknowledge": True,
    "answer_status": True,  # a letter that asks for the state is answered by itself
    "ask_rating": "",  # after consent: "csat" (1 to 5), "nps" (0 to 10), "" not asked
    "silence_days": 0,  # a resolved ticket is closed after so many days without an answer; 0: it stays open
    "silence_remind_days": 3,  # and its requester is reminded after so many
    "follow_up_days": 0,  # a question is asked again after so many days of silence; 0: by a person
    "parts_stop_clock": False,  # waiting for a part stops the clocks of contracts
    "visit_stops_clock": False,
    "climb_minutes": 0,  # urgent work that nobody took goes up a line after so many minutes; 0: never
    "climb_urgency": 1,  # this or more urgent
    "assign": "",  # who gets new tickets: "" a person says, "rules", "load" (rules, then who has most free time)
}

OFFICE_HOURS: tuple[Interval, ...] = ((540, 780), (840, 1080))


def _intervals(stored: Iterable[Iterable[int]]) -> tuple[Interval, ...]:
    return tuple((int(start), int(end)) for start, end in stored)


def _week(stored: Sequence[Iterable[Iterable[int]]]) -> Week:
    if len(stored) != 7:  # it came without one: there is no working time in it
        stored = ((),) * 7
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = (_intervals(day) for day in stored)
    return monday, tuesday, wednesday, thursday, friday, saturday, sunday


def read_rule(desk: Desk) -> dict[str, Any]:
    """The desk's agreement with its defaults filled in."""
    stored = desk.replica.value("SELECT value FROM desk_setting WHERE id = 'rule'")
    said = json.loads(stored) if stored else {}
    numbers = {key for key, usual in DEFAULT_RULE.items() if isinstance(usual, int)}
    sound = {key: value for key, value in said.items() if key not in numbers or isinstance(value, int)}
    return {**DEFAULT_RULE, **sound}


@dataclass(frozen=True)
class Schedule:
    """Working calendars by specialist and by calendar, and the rules of slicing and rounding."""

    rule: Mapping[str, Any]
    desk_calendar: WorkCalendar
    calendars: Mapping[str, WorkCalendar]  # by calendar id, without anybody's absences
    people: Mapping[str, WorkCalendar]  # by specialist id, absences included
    names: Mapping[tuple[str, date], tuple[str, str]] = field(default_factory=dict)  # names of days: (ru, en)

    @classmethod
    def read(cls, desk: Desk) -> Schedule:
        replica = desk.replica
        rule = read_rule(desk)
        days: dict[str, dict[date, DayRule]] = {}
        names: dict[tuple[str, date], tuple[str, str]] = {}
        for owner, day, kind, name, name_en, intervals in replica.rows(
            "SELECT calendar_id, day, kind, name, name_en, intervals FROM calendar_day ORDER BY id"
        ):
            if not day:  # it came without one
                continue
            on = date.fromisoformat(day)
            shown = name_en if desk.language == "en" and name_en else name
            days.setdefault(owner, {})[on] = DayRule(_intervals(json.loads(intervals)), shown, kind)
            names[owner, on] = (name, name_en or name)
        calendars = {}
        for calendar_id, zone, week in replica.rows("SELECT id, zone, week FROM work_calendar ORDER BY id"):
            calendars[calendar_id] = WorkCalendar(zone, _week(json.loads(week)), days.get(calendar_id, {}))
        desk_calendar = calendars.get(rule["calendar_id"]) or next(
            iter(calendars.values()), WorkCalendar("UTC", office_week(OFFICE_HOURS))
        )
        absences: dict[str, list[Absence]] = {}
        for person, start, end, kind, name, name_en in replica.rows(
            "SELECT specialist_id, start_at, end_at, kind, name, name_en FROM absence "
            "WHERE start_at IS NOT NULL AND end_at > start_at ORDER BY start_at"
        ):
            shown = name_en if desk.language == "en" and name_en else name
            absences.setdefault(person, []).append(Absence(Span(from_ms(start), from_ms(end)), kind, shown))
        people = {}
        for person, calendar_id, zone in replica.rows("SELECT id, calendar_id, zone FROM specialist ORDER BY id"):
            base = calendars.get(calendar_id, desk_calendar)
            own_days = {**base.days, **days.get(person, {})}  # exceptions of one person carry the person's id
            people[person] = WorkCalendar(zone or base.zone, base.week, own_days, tuple(absences.get(person, ())))
        return cls(rule, desk_calendar, calendars, people, names)

    @property
    def rules(self) -> Rules:
        return Rules(
            margin=int(self.rule["margin"]),
            round_to=int(self.rule["round_to"]),
            min_piece=int(self.rule["min_piece"]),
            min_beside_break=int(self.rule["min_beside_break"]),
            horizon_days=int(self.rule["horizon_days"]),
            calendar=self.desk_calendar,
        )

    @property
    def answer_minutes(self) -> int:
        return int(self.rule["answer_minutes"])

    def of(self, specialist_id: str) -> WorkCalendar:
        """The person's calendar; the desk's for nobody."""
        return self.people.get(specialist_id, self.desk_calendar)

    def zone_of(self, specialist_id: str) -> str:
        return self.of(specialist_id).zone
