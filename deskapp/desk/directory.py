"""People, causes, zones and skills in the reader's language: what turns ids into words."""

from __future__ import annotations

import json
from collections.abc import Mapping

from deskapp.desk import rights
from deskapp.desk.desk import Desk
from deskapp.desk.values import Choice, Directory, Person


def initials(name: str) -> str:
    """The first letters of the first and the last word."""
    words = name.split()
    return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper() if words else "?"


def people(desk: Desk) -> Mapping[str, Person]:
    """All specialists in their order, those who left included."""
    return desk.kept("people", _read_people)


def _read_people(desk: Desk) -> Mapping[str, Person]:
    english = desk.language == "en"
    found = {}
    for row in desk.replica.rows(
        "SELECT id, name, name_en, lines, focus, focus_en, active, on_duty, email FROM specialist ORDER BY position, "
        "name"
    ):
        person_id, name, name_en, lines, focus, focus_en, active, on_duty, email = row
        shown = (name_en or name) if english else name
        found[person_id] = Person(
            id=person_id,
            name=shown,
            short=shown.split()[-1] if shown else "",
            initials=initials(shown),
            lines=tuple(json.loads(lines)),
            focus=(focus_en or focus) if english else focus,
            active=bool(active),
            on_duty=bool(on_duty),
            email=email,
        )
    return found


def _choices(desk: Desk, sql: str) -> tuple[Choice, ...]:
    english = desk.language == "en"
    return tuple(Choice(row[0], (row[2] or row[1]) if english else row[1], *row[3:]) for row in desk.replica.rows(sql))


def read(desk: Desk) -> Directory:
    everybody = people(desk)
    schedule = desk.schedule
    return Directory(
        me=everybody.get(desk.me),
        people=everybody,
        causes=_choices(
            desk,
            "SELECT id, name, name_en, usual_minutes, skill_id FROM cause WHERE active = 1 ORDER BY position, name",
        ),
        zones=_choices(desk, "SELECT id, name, name_en FROM fault_zone WHERE active = 1 ORDER BY position, name"),
        skills=_choices(desk, "SELECT id, name, name_en FROM skill ORDER BY position, name"),
        zone_name=schedule.zone_of(desk.me),
        desk_name=str(schedule.rule["desk_name"]),
        answer_minutes=schedule.answer_minutes,
        rights=rights.mine(desk),
    )
