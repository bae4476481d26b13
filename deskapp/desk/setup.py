"""Settings that the whole desk shares: people, hours, holidays, causes, letters, mailboxes, the answer rule.

Rows are plain mappings with the column names of the tables; a save with an ``id`` changes, without one makes a row.
"""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext, suppress
from datetime import date, datetime
from typing import Any

import tzlocal

from deskapp.core.clock import to_ms
from deskapp.core.errors import UserFacingError
from deskapp.core.ids import natural_id, new_id
from deskapp.core.secrets import NoKeyring
from deskapp.desk import mailkeys, rights, templates
from deskapp.desk.desk import Act, Desk
from deskapp.desk.schedule import DEFAULT_RULE, OFFICE_HOURS, read_rule
from deskapp.desk.values import Changes
from deskapp.models.schema import (
    Absence,
    CalendarDay,
    Cause,
    DeskSetting,
    FaultZone,
    Mailbox,
    Shared,
    Skill,
    Specialist,
    SpecialistSkill,
    Template,
    WorkCalendar,
)
from deskapp.planning.worktime import BadCalendar, NoWorkingTime
from deskapp.planning.worktime import WorkCalendar as Hours

Row = Mapping[str, Any]

#: Causes that a new desk begins with: (Russian, English).
FIRST_CAUSES = (
    ("Настройка", "Configuration"),
    ("Ошибка программы", "Software fault"),
    ("Обмен данными", "Data exchange"),
    ("Работа пользователя", "User action"),
    ("Оборудование", "Equipment"),
    ("Линия связи", "Line"),
)


def begin(desk: Desk) -> Changes | None:
    """Make an empty desk usable at once: office hours in the system's zone, one person, the usual causes.

    Does nothing where anybody works already. Everything made here can be changed in Settings.
    """
    changes = None
    if not desk.replica.value(_ANYBODY):
        with desk.act("begun") as act:
            if not act.writing.execute(_ANYBODY).fetchone():  # another process may have been first
                _begin(act)
        changes = act.changes
    if not desk.me:
        alone = desk.replica.rows("SELECT id FROM specialist LIMIT 2")
        if len(alone) == 1:
            desk.settings.set("me", alone[0][0])
    return changes


_ANYBODY = "SELECT 1 FROM specialist LIMIT 1"


def _begin(act: Act) -> None:
    calendar_id = natural_id("calendar", "desk")
    act.put(
        WorkCalendar,
        id=calendar_id,
        name="Рабочие часы" if act.desk.language == "ru" else "Office hours",
        zone=_system_zone(),
        week=[[list(interval) for interval in OFFICE_HOURS] if day < 5 else [] for day in range(7)],
    )
    _set_rule(act, {"calendar_id": calendar_id})
    act.insert(
        Specialist,
        name=_user_name(),
        lines=[1, 2, 3],
        calendar_id=calendar_id,
        role="administrator",
        language=act.desk.language,
        on_duty=1,
    )
    for position, (russian, english) in enumerate(FIRST_CAUSES):
        act.put(Cause, id=natural_id("cause", english), name=russian, name_en=english, position=position)


def _system_zone() -> str:
    try:
        return str(tzlocal.get_localzone_name() or "UTC")
    except Exception:  # a system without any zone set, or with one that nobody knows
        return "UTC"


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # Windows has no list of accounts to ask
        return "Me"


# --- the answer rule ---------------------------------------------------------------------------------------------


def rule(desk: Desk) -> dict[str, Any]:
    return read_rule(desk)


_BOUNDS = {
    "answer_minutes": (5, 10_080),
    "margin": (0, 2_400),
    "round_to": (5, 240),
    "min_piece": (15, 480),
    "min_beside_break": (0, 480),
    "horizon_days": (1, 250),
    "reopen_days": (0, 3_650),
    "auto_per_hour": (0, 100),
    "climb_minutes": (0, 2_400),
    "climb_urgency": (1, 4),
}


def save_rule(desk: Desk, values: Row) -> Changes:
    """Change parts of the answer rule; UserFacingError for a value out of its bounds, KeyError for an unknown one."""
    rights.demand(desk, "rule")
    for key, value in values.items():
        if key not in DEFAULT_RULE:
            raise KeyError(key)
        if key == "ask_rating" and value not in ("", "csat", "nps"):
            raise UserFacingError("This question is not known", "Choose marks from 1 to 5 or from 0 to 10, or none.")
        low, high = _BOUNDS.get(key, (None, None))
        if low is not None and high is not None and not low <= int(value) <= high:
            raise UserFacingError(
                "This value does not fit", "It must lie between %1 and %2. The old one was kept.", low, high
            )
    with desk.act("settings") as act:
        _set_rule(act, values)
    return act.changes


def _set_rule(act: Act, values: Row) -> None:
    stored = act.writing.execute("SELECT value FROM desk_setting WHERE id = 'rule'").fetchone()
    merged = {**(json.loads(stored[0]) if stored else {}), **values}
    act.put(DeskSetting, id="rule", value=merged)


# --- rows --------------------------------------------------------------------------------------------------------


def _all(desk: Desk, model: type[Shared], *order: Any) -> list[dict[str, Any]]:
    return desk.replica.records(model, order=order or None)


def _save(desk: Desk, model: type[Shared], row: Row, **fixed: Any) -> Changes:
    with desk.act("settings") as act:
        act.result = _write(act, model, {**row, **fixed})
    return act.changes


def _write(act: Act, model: type[Shared], row: Row) -> str:
    """Change the row of that id, or make one; what the table has no column for is passed over."""
    values = {name: value for name, value in row.items() if name in model._meta.fields}
    row_id = str(values.pop("id", "") or new_id())
    if act.writing.execute(f'SELECT 1 FROM "{model._meta.table_name}" WHERE id = ?', (row_id,)).fetchone():
        if values:
            act.update(model, row_id, **values)
    else:
        act.insert(model, id=row_id, **values)
    return row_id


def _named(row: Row, what: str) -> None:
    if "name" in row and not str(row["name"]).strip():
        raise UserFacingError("A name is missing", "Give %1 a name; the old one was kept.", what)


def specialists(desk: Desk) -> list[dict[str, Any]]:
    """Everybody, with ``skills``: {skill_id: {seen, pace}}."""
    rows = _all(desk, Specialist, Specialist.position, Specialist.name)
    known: dict[str, dict[str, dict[str, int]]] = {}
    for person, skill, seen, pace in desk.replica.rows(
        "SELECT specialist_id, skill_id, seen, pace FROM specialist_skill WHERE active = 1"
    ):
        known.setdefault(person, {})[skill] = {"seen": seen, "pace": pace}
    return [{**row, "skills": known.get(row["id"], {})} for row in rows]


def save_specialist(desk: Desk, row: Row) -> Changes:
    """Save a person; ``skills`` (if given) is the whole set: {skill_id: {seen, pace}} or a list of skill ids.

    The open work of who leaves (``active`` 0) goes back to the tray: in nobody's row nobody would see it.
    """
    from deskapp.desk import booking

    _named(row, "the person")
    rights.demand_person(desk, str(row.get("id", "")), frozenset(row))
    stored = desk.replica.record(Specialist, str(row.get("id", "")))
    with desk.act("settings") as act:
        person = act.result = _write(act, Specialist, row)
        if stored is not None and stored["active"] and not row.get("active", 1):
            booking.release(act, person)
        if row.get("skills") is not None:
            _write_skills(act, person, row["skills"])
    return act.changes


def _write_skills(act: Act, person: str, skills: Mapping[str, Row] | Iterable[str]) -> None:
    wanted: Mapping[str, Row] = skills if isinstance(skills, Mapping) else {skill: {} for skill in skills}
    for row_id, skill_id in act.writing.execute(
        "SELECT id, skill_id FROM specialist_skill WHERE specialist_id = ? AND active = 1", (person,)
    ).fetchall():
        if skill_id not in wanted:
            act.update(SpecialistSkill, row_id, active=0)
    for skill_id, evidence in wanted.items():
        act.put(
            SpecialistSkill,
            id=natural_id("skill_of", person, skill_id),
            specialist_id=person,
            skill_id=skill_id,
            active=1,
            **evidence,
        )


def calendars(desk: Desk) -> list[dict[str, Any]]:
    """Work calendars, each with ``days``: its dates that differ, in order."""
    days: dict[str, list[dict[str, Any]]] = {}
    for row in _all(desk, CalendarDay, CalendarDay.day):
        days.setdefault(row["calendar_id"], []).append(row)
    return [{**row, "days": days.get(row["id"], [])} for row in _all(desk, WorkCalendar, WorkCalendar.name)]


def save_calendar(desk: Desk, row: Row) -> Changes:
    """Save a calendar; one without working time, with an unknown zone or impossible hours is refused."""
    _named(row, "the calendar")
    rights.demand(desk, "hours")
    stored = desk.replica.record(WorkCalendar, str(row.get("id", ""))) or {"zone": "UTC", "week": []}
    week = row.get("week", stored["week"])
    try:
        monday, tuesday, wednesday, thursday, friday, saturday, sunday = (
            tuple((int(start), int(end)) for start, end in day) for day in week
        )
        whole = (monday, tuesday, wednesday, thursday, friday, saturday, sunday)
        Hours(str(row.get("zone", stored["zone"])), whole).validate()
        for day in whole:
            _in_order(day)
    except NoWorkingTime:
        raise UserFacingError(
            "A calendar needs working time", "No day of the week has any. The old hours were kept."
        ) from None
    except (BadCalendar, ValueError, TypeError) as error:
        raise UserFacingError("These hours cannot be", "%1. The old ones were kept.", error) from None
    return _save(desk, WorkCalendar, row)


def _in_order(intervals: Iterable[Sequence[int]]) -> None:
    """BadCalendar unless each interval of a day ends after it begins and before the next one."""
    last = 0
    for start, end in intervals:
        if not last <= start < end <= 2880:
            raise BadCalendar(f"interval {start}-{end}")
        last = end


def countries() -> tuple[str, ...]:
    """Country codes whose holidays are known, each country once: those of two letters."""
    import holidays

    return tuple(sorted(code for code in holidays.list_supported_countries() if len(code) == 2 and code != "UK"))


def fill_holidays(desk: Desk, calendar_id: str, country: str, first: int, last: int, region: str = "") -> Changes:
    """Fill the dates of whole years from the public holidays of a country; what people entered by hand stays.

    Moved days and working weekends are taken too; shortened days are not known there and are added by hand.
    """
    rights.demand(desk, "hours")
    import holidays

    try:
        days = {
            language: holidays.country_holidays(
                country, subdiv=region or None, years=range(first, last + 1), language=_spoken(country, language)
            )
            for language in ("ru", "en")
        }
    except NotImplementedError:
        raise UserFacingError(
            "These holidays are not known", "“%1” is no country or region known here.", country
        ) from None
    with desk.act("settings") as act:
        act.update(WorkCalendar, calendar_id, country=country, region=region)
        week = json.loads(
            act.writing.execute("SELECT week FROM work_calendar WHERE id = ?", (calendar_id,)).fetchone()[0]
        )
        for day, name in sorted(days["ru"].items()):
            if not first <= day.year <= last:  # the library adds neighbours of moved days
                continue
            english = days["en"].get(day) or name
            _fill_day(act, calendar_id, day, "holiday", name, english, [])
        usual: list[list[int]] = next((hours for hours in week if hours), [])
        for day in sorted(getattr(days["en"], "weekend_workdays", ())):
            if first <= day.year <= last:
                _fill_day(act, calendar_id, day, "working", "Рабочий день", "Working day", usual)
    return act.changes


def _spoken(country: str, language: str) -> str | None:
    """The library's code for a language that it knows this country's names in; None for its own choice."""
    import holidays

    known = holidays.list_localized_countries().get(country, [])
    return next((code for code in known if code == language or code.startswith(f"{language}_")), None)


def _fill_day(
    act: Act, calendar_id: str, day: date, kind: str, name: str, name_en: str, intervals: Sequence[Any]
) -> None:
    act.writing.insert_new(
        CalendarDay,
        id=natural_id("day", calendar_id, day.isoformat()),
        calendar_id=calendar_id,
        day=day.isoformat(),
        kind=kind,
        name=name,
        name_en=name_en,
        intervals=intervals,
    )


def save_day(desk: Desk, row: Row) -> Changes:
    """A date that differs, of a calendar or of one person (``calendar_id`` holds either id)."""
    rights.demand(desk, "hours")
    day = date.fromisoformat(str(row["day"]))
    try:
        _in_order(row.get("intervals", ()))
    except BadCalendar:
        raise UserFacingError(
            "These hours cannot be", "An interval ends after it begins and before the next one. The old ones were kept."
        ) from None
    return _save(desk, CalendarDay, row, id=natural_id("day", row["calendar_id"], day.isoformat()), day=day.isoformat())


def drop_day(desk: Desk, row_id: str) -> Changes:
    rights.demand(desk, "hours")
    return _drop(desk, CalendarDay, row_id)


def _drop(desk: Desk, model: type[Shared], row_id: str) -> Changes:
    with desk.act("settings") as act:
        act.delete(model, row_id)
    return act.changes


def absences(desk: Desk) -> list[dict[str, Any]]:
    return _all(desk, Absence, Absence.start_at)


def save_absence(
    desk: Desk, specialist: str, start: datetime, end: datetime, kind: str, name: str = "", row: str = ""
) -> Changes:
    """A vacation, an illness, a training; planned work in it is left for a person to move."""
    if specialist != desk.me:
        rights.demand(desk, "hours")
    if end <= start:
        raise UserFacingError("The absence ends before it begins", "Check the dates; nothing was changed.")
    return _save(
        desk,
        Absence,
        {"id": row, "specialist_id": specialist, "kind": kind, "name": name},
        start_at=to_ms(start),
        end_at=to_ms(end),
    )


def drop_absence(desk: Desk, row_id: str) -> Changes:
    if desk.replica.value("SELECT specialist_id FROM absence WHERE id = ?", (row_id,)) != desk.me:
        rights.demand(desk, "hours")
    return _drop(desk, Absence, row_id)


def causes(desk: Desk) -> list[dict[str, Any]]:
    return _all(desk, Cause, Cause.position, Cause.name)


def save_cause(desk: Desk, row: Row) -> Changes:
    return _save_listed(desk, Cause, row, "the cause")


def zones(desk: Desk) -> list[dict[str, Any]]:
    return _all(desk, FaultZone, FaultZone.position, FaultZone.name)


def save_zone(desk: Desk, row: Row) -> Changes:
    return _save_listed(desk, FaultZone, row, "the zone")


def skills(desk: Desk) -> list[dict[str, Any]]:
    return _all(desk, Skill, Skill.position, Skill.name)


def save_skill(desk: Desk, row: Row) -> Changes:
    return _save_listed(desk, Skill, row, "the skill")


def _save_listed(desk: Desk, model: type[Shared], row: Row, what: str) -> Changes:
    """An entry of one of the desk's lists."""
    _named(row, what)
    rights.demand(desk, "lists")
    return _save(desk, model, row)


def letter_templates(desk: Desk) -> list[dict[str, Any]]:
    """Every letter in both languages: ``subject`` and ``body`` as they stand, ``own`` if the desk wrote them."""
    own = {(row["kind"], row["language"]): row for row in _all(desk, Template) if not row["customer_id"]}
    found = []
    for kind in templates.KINDS:
        for language in templates.LANGUAGES:
            subject, body = templates.builtin(kind, language)
            mine = own.get((kind, language))
            found.append(
                {
                    "kind": kind,
                    "language": language,
                    "subject": (mine and mine["subject"]) or subject,
                    "body": (mine and mine["body"]) or body,
                    "own": bool(mine and mine["body"]),
                }
            )
    return found


def save_template(desk: Desk, kind: str, language: str, subject: str, body: str, customer_id: str = "") -> Changes:
    """Replace a letter's text, for one customer or for all; empty goes back to the one before. A mistake in it is
    refused, naming the line."""
    if kind not in templates.KINDS or language not in templates.LANGUAGES:
        raise KeyError((kind, language))
    rights.demand(desk, "letters")
    templates.check(subject, body, language)
    with desk.act("customer_row" if customer_id else "settings") as act:
        act.put(
            Template,
            id=natural_id("template", kind, language, *filter(None, [customer_id])),
            kind=kind,
            language=language,
            subject=subject,
            body=body,
            customer_id=customer_id,
        )
    return act.changes


def mailboxes(desk: Desk) -> list[dict[str, Any]]:
    return _all(desk, Mailbox, Mailbox.name)


def save_mailbox(desk: Desk, row: Row, password: str | None = None) -> Changes:
    """Save an account; its password goes to the keyring alone. NoKeyring is raised after everything else was saved, and
    only of a password that is given now: of an older one it was said then."""
    rights.demand(desk, "mail")
    if "@" not in str(row.get("address", "")):
        raise UserFacingError("A mailbox needs an address", "Customers answer to it. Nothing was changed.")
    new = not row.get("id")
    known = password
    if password is None and not new:  # whoever changes the servers here means them
        before = desk.replica.record(Mailbox, str(row["id"]))
        known = mailkeys.secret(desk, before) if before and mailkeys.knows(desk, before) else None
    # what lies in a new mailbox already is history: it becomes tickets, but nobody is answered
    changes = _save(desk, Mailbox, {"read_from": to_ms(desk.clock.now()), **row} if new else row)
    saved = desk.replica.record(Mailbox, str(changes.result))
    if known is not None and saved:
        with suppress(NoKeyring) if password is None else nullcontext():
            mailkeys.keep(desk, saved, known)
    return changes


def drop_mailbox(desk: Desk, row_id: str) -> Changes:
    rights.demand(desk, "mail")
    changes = _drop(desk, Mailbox, row_id)
    mailkeys.forget(desk, row_id)
    return changes
