"""What the demo desk has beside its tickets: articles, parts, visits, the roster and maintenance."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from deskapp.core.clock import to_ms
from deskapp.core.ids import natural_id
from deskapp.core.paths import resources
from deskapp.desk.demo_tickets import World
from deskapp.models.database import Writing
from deskapp.models.schema import (
    Article,
    ArticleUse,
    DutyShift,
    Part,
    PartOrder,
    PartReservation,
    Recurring,
    StockMovement,
    StockPlace,
    Visit,
)

Row = Mapping[str, Any]


def write(world: World) -> None:
    """Within the act that fills the desk, after its tickets."""
    data = tomllib.loads((resources() / "demo" / "service.toml").read_text("utf-8"))
    with world.desk.replica.writing("", world.now) as writing:
        for position, row in enumerate(data["place"]):
            writing.insert(
                StockPlace,
                id=natural_id("place", row["key"]),
                name=row["name"],
                kind=row.get("kind", "store"),
                specialist_id=world.someone(row, "who"),
                position=position,
            )
        for row in data["part"]:
            _part(writing, world, row, [one["key"] for one in data["place"]])
        for row in data["reserve"]:
            writing.insert(
                PartReservation,
                id=natural_id("reservation", row["ticket"], row["part"]),
                part_id=natural_id("part", row["part"]),
                ticket_id=_ticket(world, row["ticket"]),
                place_id=natural_id("place", row["place"]),
                quantity=row["quantity"],
                author_id=world.person(row["who"]),
                made_at=world.ms(row, "at"),
            )
        for row in data["visit"]:
            _visit(writing, world, row)
        for row in data["duty"]:
            writing.insert(
                DutyShift,
                id=natural_id("duty", row["who"], row["start"].isoformat()),
                specialist_id=world.person(row["who"]),
                start_at=world.ms(row, "start"),
                end_at=world.ms(row, "end"),
                note=row.get("note", ""),
            )
        for row in data["recurring"]:
            writing.insert(
                Recurring,
                id=natural_id("recurring", row["name"], row["customer"]),
                customer_id=natural_id("customer", world.customers[row["customer"]]["domain"]),
                cause_id=world.named("cause", row["cause"]),
                skill_id=world.named("skill", row["skill"]),
                first_on=row["first"].isoformat(),
                ahead_days=row["ahead"],
                **{name: row[name] for name in ("name", "subject", "text", "urgency", "effort", "every", "minute")},
            )
        for row in data["article"]:
            _article(writing, world, row)


def _ticket(world: World, number: int) -> str:
    return str(world.desk.replica.value("SELECT id FROM ticket WHERE number = ?", (number,)))


def _part(writing: Writing, world: World, row: Row, places: list[str]) -> None:
    part_id = natural_id("part", row["code"])
    names = ("code", "name", "name_en", "unit", "minimum", "lead_days")
    writing.insert(Part, id=part_id, stock=row.get("stock", "routine"), **{name: row[name] for name in names})
    for place in places:
        if row.get(place):
            writing.insert(
                StockMovement,
                id=natural_id("movement", part_id, place),
                part_id=part_id,
                place_id=natural_id("place", place),
                quantity=row[place],
                kind="count",
                reason="Инвентаризация 01.10.2026",
                author_id=world.person("gareev"),
                made_at=to_ms(world.now) - 33 * 24 * 3_600_000,
            )
    if order := row.get("order"):
        writing.insert(
            PartOrder,
            id=natural_id("order", part_id),
            part_id=part_id,
            quantity=order["quantity"],
            expected_on=order["expected"].isoformat(),
            supplier=order["supplier"],
            author_id=world.person("gareev"),
            made_at=to_ms(world.now) - 24 * 3_600_000,
        )


def _visit(writing: Writing, world: World, row: Row) -> None:
    ticket_id = _ticket(world, row["ticket"])
    visit_id = natural_id("visit", ticket_id)
    who = writing.execute(
        "SELECT coalesce(c.name, '') FROM ticket t LEFT JOIN contact c ON c.id = t.contact_id WHERE t.id = ?",
        (ticket_id,),
    ).fetchone()[0]
    confirmed = world.ms(row, "confirmed")
    writing.insert(
        Visit,
        id=visit_id,
        ticket_id=ticket_id,
        site_id=natural_id("site", row["customer"], row["site"]) if row.get("site") else "",
        specialist_id=world.person(row["who"]),
        address=row.get("address", ""),
        task=row["task"],
        access=row.get("access", ""),
        safety=row.get("safety", ""),
        travel_minutes=row["travel"],
        window_start=world.ms(row, "start"),
        window_end=world.ms(row, "end"),
        confirmed_at=confirmed,
        confirmed_how=row.get("how", ""),
        confirmed_who=who if confirmed else "",
        state=row.get("state", "planned"),
        left_at=world.ms(row, "left"),
        made_at=to_ms(world.now) - 3 * 24 * 3_600_000,
    )
    writing.execute(
        "UPDATE booking SET visit_id = ? WHERE ticket_id = ? AND kind IN ('visit', 'travel')", (visit_id, ticket_id)
    )


def _article(writing: Writing, world: World, row: Row) -> None:
    article_id = natural_id("article", row["number"])
    made, owner = world.ms(row, "made"), world.person(row["owner"])
    cause = world.named("cause", row["cause"])
    ticket_id = _ticket(world, row["ticket"]) if "ticket" in row else ""
    writing.insert(
        Article,
        id=article_id,
        language="ru",
        cause_id=cause,
        owner_id=owner,
        state=row.get("state", "published"),
        ticket_id=ticket_id,
        made_at=made,
        made_by=owner,
        changed_at=made,
        checked_on=row["checked"].isoformat() if "checked" in row else "",
        check_by=row["check_by"].isoformat(),
        **{name: row[name] for name in ("number", "title", "product", "version")},
        **{name: row[name].strip() for name in ("symptoms", "why", "fix", "prevention", "internal")},
    )
    used = writing.execute(
        "SELECT id, finished_at FROM ticket WHERE cause_id = ? AND finished_at IS NOT NULL AND id <> ? "
        "ORDER BY number DESC LIMIT ?",
        (cause, ticket_id, row["uses"] - bool(ticket_id)),
    ).fetchall()
    if ticket_id:
        used.append((ticket_id, made))
    for one, at in used:
        writing.insert(
            ArticleUse,
            id=natural_id("article_use", article_id, one),
            article_id=article_id,
            ticket_id=one,
            author_id=owner,
            made_at=at,
            how="letter",
        )
