"""The demo desk: people, customers and tickets of one Tuesday morning, for trying things out and for acceptance tests.

What it holds is data: ``resources/demo/*.toml`` and real letters in ``resources/demo/letters``, which go through the
same intake as any letter. It stands at a moment of its own (``moment``); the composition root lets the clock run from
there. Everything that is not a letter was in the past and is written with the time at which it happened.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from deskapp.core.clock import FixedClock, to_ms
from deskapp.core.errors import UserFacingError
from deskapp.core.ids import natural_id
from deskapp.core.paths import resources
from deskapp.desk import demo_customers, demo_service, demo_team, demo_tickets
from deskapp.desk.desk import Act, Desk
from deskapp.desk.values import Changes
from deskapp.models.schema import (
    Absence,
    CalendarDay,
    Cause,
    Contact,
    Contract,
    Customer,
    DeskSetting,
    FaultZone,
    Mailbox,
    Skill,
    Specialist,
    SpecialistSkill,
    WorkCalendar,
)

Row = Mapping[str, Any]
#: Takes a raw letter through all stages: ``take(desk, raw, source, received_at, mailbox_id, quiet)``.
Take = Callable[[Desk, bytes, str, datetime, str, bool], object]


@cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((resources() / "demo" / f"{name}.toml").read_text("utf-8"))


def moment() -> datetime:
    """The moment at which the demo desk stands: Tuesday 3 November 2026, 11:42 in Moscow."""
    setup = _data("desk")
    return _local(setup["moment"])


def _local(at: datetime) -> datetime:
    return at.replace(tzinfo=ZoneInfo(_data("desk")["time_zone"]))


def person(key: str) -> str:
    """The id of a specialist by the key that desk.toml gives: "sokolova"."""
    row = next(one for one in _data("desk")["specialist"] if one["key"] == key)
    return natural_id("specialist", row["email"])


def named(kind: str, key: str) -> str:
    """The id of a cause, zone or skill by its key; empty for no key."""
    if not key:
        return ""
    row = next(one for one in _data("desk")[kind] if one["key"] == key)
    return natural_id(kind, row["name_en"])


def must_be_new(desk: Desk) -> None:
    """UserFacingError if the desk has tickets already."""
    if desk.replica.value("SELECT 1 FROM ticket LIMIT 1"):
        raise UserFacingError(
            "This desk is not empty",
            "Sample data goes only into a new one; choose another folder. Nothing was changed.",
        )


def fill(desk: Desk, take: Take) -> Changes:
    """Fill an empty desk; ``take`` brings letters in. UserFacingError if the desk has tickets already.

    The same ids come out every time. Afterwards ``me`` is the demo's specialist.
    """
    must_be_new(desk)
    setup = _data("desk")
    now = moment()
    still = Desk(desk.profile, desk.replica, desk.settings, FixedClock(now), desk.secrets)
    desk.settings.set("me", person(setup["me"]))
    with desk.replica.db.atomic("IMMEDIATE"):
        with still.act("demo", author="") as act:
            _people(act, setup)
            _lists(act, setup)
            _customers(act, setup)
            demo_team.fill(act, _data("team"), named)
        world = demo_tickets.World(
            desk=still,
            take=take,
            now=now,
            local=_local,
            person=person,
            named=named,
            mailbox_id=natural_id("mailbox", setup["mailbox"]["address"]),
            mailbox=setup["mailbox"]["address"],
            customers={one["key"]: one for one in setup["customer"]},
        )
        tickets = _data("tickets")
        with still.act("demo", author="") as act:
            for row in (*_data("closed")["ticket"], *tickets["ticket"]):
                demo_tickets.write(world, row)
            for row in tickets["escalation"]:
                demo_tickets.escalate(world, row)
            for row in tickets["follower"]:
                demo_tickets.follow(world, row)
            demo_service.write(world)
            demo_tickets.start_timer(world, tickets["timer"])
            demo_tickets.hold(world, tickets["held"])
            desk.replica.set_state("next_number", str(setup["next_number"]))
            # letters were taken in as of their own moments; the lists show this one
            act.extra.update(row[0] for row in desk.replica.rows("SELECT id FROM ticket"))
    return act.changes


def _people(act: Act, setup: Row) -> None:
    calendar_id = natural_id("calendar", "desk")
    week = setup["calendar"]["week"]
    act.put(
        WorkCalendar,
        id=calendar_id,
        name=setup["calendar"]["name"],
        zone=setup["time_zone"],
        week=week,
        country=setup["calendar"]["country"],
    )
    for row in setup["day"]:
        first: date = row.get("date") or row["first"]
        last: date = row.get("date") or row["last"]
        for offset in range((last - first).days + 1):
            day = (first + timedelta(days=offset)).isoformat()
            act.put(
                CalendarDay,
                id=natural_id("day", calendar_id, day),
                calendar_id=calendar_id,
                day=day,
                kind=row.get("kind", "holiday"),
                name=row["name"],
                name_en=row["name_en"],
                intervals=row.get("intervals", []),
            )
    act.put(DeskSetting, id="rule", value={**setup["rule"], "calendar_id": calendar_id})
    # the person whom an empty desk begins with does not work here
    act.writing.execute("DELETE FROM specialist")
    desk_name = setup["rule"]["desk_name"]
    for position, row in enumerate(setup["specialist"]):
        specialist = natural_id("specialist", row["email"])
        act.put(
            Specialist,
            id=specialist,
            name=row["name"],
            name_en=row["name_en"],
            email=row["email"],
            role=row.get("role", "specialist"),
            lines=row["lines"],
            focus=row.get("focus", ""),
            focus_en=row.get("focus_en", ""),
            calendar_id=calendar_id,
            zone=setup["time_zone"],
            signature=f"{row['name']}, {desk_name[0].lower()}{desk_name[1:]}",
            signature_en=f"{row['name_en']}, {setup['desk_name_en']}",
            on_duty=row.get("on_duty", False),
            position=position,
        )
        for key, evidence in row.get("skills", {}).items():
            skill = named("skill", key)
            act.put(
                SpecialistSkill,
                id=natural_id("specialist_skill", specialist, skill),
                specialist_id=specialist,
                skill_id=skill,
                seen=evidence.get("seen", 0),
                pace=evidence.get("pace", 100),
            )
    for row in setup["absence"]:
        act.put(
            Absence,
            id=natural_id("absence", row["who"], row["start"].isoformat()),
            specialist_id=person(row["who"]),
            start_at=to_ms(_local(row["start"])),
            end_at=to_ms(_local(row["end"])),
            kind=row["kind"],
            name=row["name"],
            name_en=row["name_en"],
        )


def _lists(act: Act, setup: Row) -> None:
    for position, row in enumerate(setup["skill"]):
        act.put(Skill, id=named("skill", row["key"]), name=row["name"], name_en=row["name_en"], position=position)
    for position, row in enumerate(setup["cause"]):
        act.put(
            Cause,
            id=named("cause", row["key"]),
            name=row["name"],
            name_en=row["name_en"],
            usual_minutes=row["minutes"],
            skill_id=named("skill", row.get("skill", "")),
            position=position,
        )
    for position, row in enumerate(setup["zone"]):
        act.put(FaultZone, id=named("zone", row["key"]), name=row["name"], name_en=row["name_en"], position=position)
    mailbox = setup["mailbox"]
    act.put(
        Mailbox,
        id=natural_id("mailbox", mailbox["address"]),
        name=mailbox["name"],
        address=mailbox["address"],
        kind="folder",
        options={"folder": str(act.desk.profile.root / "mail")},
        read_from=to_ms(_local(mailbox["read_from"])),
    )


def _customers(act: Act, setup: Row) -> None:
    keys: dict[str, str] = {}
    for row in setup["customer"]:
        customer_id = keys[row["key"]] = natural_id("customer", row["domain"])
        language = row.get("language", "ru")
        zone = row.get("zone", setup["time_zone"])
        act.put(
            Customer,
            id=customer_id,
            name=row["name"],
            domain=row["domain"],
            zone=zone,
            language=language,
            vip=row.get("vip", False),
        )
        contract = row["contract"]
        act.put(
            Contract,
            id=natural_id("contract", contract["number"]),
            customer_id=customer_id,
            number=contract["number"],
            hours=contract["hours"],
            until=contract["until"].isoformat(),
            vip=row.get("vip", False),
            note=contract.get("note", ""),
            start_minutes=contract.get("start_minutes"),
        )
        for one in row["contacts"]:
            act.put(
                Contact,
                id=natural_id("contact", one["address"]),
                customer_id=customer_id,
                name=one["name"],
                address=one["address"],
                phone=one["phone"],
                post=one["post"],
                language=language,
                zone=one.get("zone", ""),
                may_agree=one.get("may_agree", True),
            )
    demo_customers.write(act, keys)
