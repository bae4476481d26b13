"""Whom a new ticket goes to: by rules in their order, else to whoever has most free time. Off until a lead says so.

``conditions`` of a rule, all of which must hold: customer (id), cause (id), urgency (this or more urgent), line,
channel, language, product, domain (of the requester's address), vip, words (any of them in the subject). ``acts``, of
which the first that says whom decides: owner (id), load (skill id or empty: who has most free time); besides: line,
skill, urgency, cause.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from deskapp.core.errors import UserFacingError
from deskapp.desk import people, rights
from deskapp.desk.crew import crew
from deskapp.desk.desk import Act, Desk
from deskapp.desk.values import Changes
from deskapp.models.schema import AssignmentRule, Event, Ticket
from deskapp.models.search import fold
from deskapp.planning.values import Person

CONDITIONS = ("customer", "cause", "urgency", "line", "channel", "language", "product", "domain", "vip", "words")
ACTS = ("owner", "load", "line", "skill", "urgency", "cause")
#: Free time is compared over so many days ahead.
AHEAD = timedelta(days=7)
#: The last so many tickets show what rules would have done.
PREVIEWED = 50


@dataclass(frozen=True)
class Chosen:
    """Whom a ticket would go to, and by which rule. ``free``: working minutes that they have left in a week."""

    person_id: str
    rule_id: str = ""
    free: int | None = None
    values: Mapping[str, Any] | None = None  # other columns that the rule sets


@dataclass(frozen=True)
class Previewed:
    ticket_id: str
    number: int | None
    subject: str
    owner_id: str
    chosen: Chosen | None


def rows(desk: Desk) -> list[dict[str, Any]]:
    """The rules in their order, those out of use included."""
    return desk.replica.records(AssignmentRule, order=(AssignmentRule.position, AssignmentRule.id))


def save(desk: Desk, row: Mapping[str, Any]) -> Changes:
    """Change a rule, or add one as the last."""
    rights.demand(desk, "rule")
    values = {name: value for name, value in row.items() if name in AssignmentRule._meta.fields}
    for key, known in (("conditions", CONDITIONS), ("acts", ACTS)):
        for what, _value in values.get(key, ()):
            if what not in known:
                raise ValueError(what)
    if "name" in values and not str(values["name"]).strip():
        raise UserFacingError("A name is missing", "Give %1 a name; the old one was kept.", "the rule")
    with desk.act("settings") as act:
        rule_id = str(values.pop("id", "") or "")
        if rule_id:
            act.update(AssignmentRule, rule_id, **values)
        else:
            last = act.writing.execute("SELECT coalesce(max(position), -1) FROM assignment_rule").fetchone()[0]
            rule_id = act.insert(AssignmentRule, **{"conditions": [], "acts": [], "position": last + 1, **values})
        act.result = rule_id
    return act.changes


def order(desk: Desk, ids: Sequence[str]) -> Changes:
    """Give the rules this order: the first that fits decides."""
    rights.demand(desk, "rule")
    with desk.act("settings") as act:
        for position, rule_id in enumerate(ids):
            act.update(AssignmentRule, rule_id, position=position)
    return act.changes


_FACTS = (
    "SELECT t.id, t.number, t.subject, t.customer_id, t.cause_id, t.urgency, t.line, t.channel, t.language, t.product, "
    "t.skill_id, t.owner_id, coalesce(c.address, '') AS address, coalesce(u.vip, 0) AS vip FROM ticket t "
    "LEFT JOIN contact c ON c.id = t.contact_id LEFT JOIN customer u ON u.id = t.customer_id "
)
_NAMES = (
    "id", "number", "subject", "customer_id", "cause_id", "urgency", "line", "channel", "language", "product",
    "skill_id", "owner_id", "address", "vip",
)  # fmt: skip


def _holds(what: str, wanted: Any, facts: Mapping[str, Any]) -> bool:
    if what in ("customer", "cause"):
        return bool(facts[f"{what}_id"] == wanted)
    if what == "urgency":
        return int(facts["urgency"]) <= int(wanted)
    if what == "domain":
        return people.domain(facts["address"]) == str(wanted).casefold().lstrip("@")
    if what == "vip":
        return bool(facts["vip"]) == bool(wanted)
    if what == "words":
        subject = fold(facts["subject"])
        return any(fold(word) in subject for word in str(wanted).split())
    if what == "product":
        return fold(str(wanted)) in fold(facts["product"])
    return bool(str(facts[what]) == str(wanted))


def choose(
    desk: Desk, facts: Mapping[str, Any], rules: Sequence[Mapping[str, Any]], crew_: Sequence[Person], by_load: bool
) -> Chosen | None:
    """Whom the first fitting rule names, else (``by_load``) who has most free time; None for nobody."""
    free = _free(desk, crew_)
    for rule in rules:
        if rule["active"] and all(_holds(what, wanted, facts) for what, wanted in rule["conditions"]):
            acts = dict(rule["acts"])
            line, skill = int(acts.get("line") or facts["line"]), str(acts.get("skill") or facts["skill_id"])
            values = {
                column: acts[what]
                for what, column in (
                    ("line", "line"),
                    ("skill", "skill_id"),
                    ("urgency", "urgency"),
                    ("cause", "cause_id"),
                )
                if what in acts
            }
            person = str(acts.get("owner") or "")
            if person and person in free:
                return Chosen(person, rule["id"], free[person], values)
            if "load" in acts or person:  # whom the rule names is away: the load decides
                person = _most_free(crew_, free, line, str(acts.get("load") or skill))
                if person:
                    return Chosen(person, rule["id"], free[person], values)
            if values:
                return Chosen("", rule["id"], None, values)
    person = _most_free(crew_, free, int(facts["line"]), str(facts["skill_id"])) if by_load else ""
    return Chosen(person, "", free[person]) if person else None


def _free(desk: Desk, crew_: Sequence[Person]) -> dict[str, int]:
    """Working minutes that each has left in the days ahead; who is away the whole of the next day is left out."""
    now = desk.clock.now()
    until = now + AHEAD
    found = {}
    for person in crew_:
        if not person.calendar.work_between(now, now + timedelta(days=1)) and person.calendar.absences:
            at_all = any(absence.span.start <= now < absence.span.end for absence in person.calendar.absences)
            if at_all:
                continue
        working = person.calendar.work_between(now, until)
        booked = sum(
            (
                person.calendar.work_between(max(busy.span.start, now), min(busy.span.end, until))
                for busy in person.busy
                if busy.span.end > now and busy.span.start < until
            ),
            timedelta(),
        )
        found[person.id] = round((working - booked).total_seconds() / 60)
    return found


def _most_free(crew_: Sequence[Person], free: Mapping[str, int], line: int, skill: str) -> str:
    able = [
        person
        for person in crew_
        if person.id in free
        and (skill in person.skills if skill else line in person.lines)
        and not (person.works_from_line and line <= person.works_from_line)
    ]
    best = max(able, key=lambda person: free[person.id], default=None)
    return best.id if best is not None and free[best.id] > 0 else ""


def preview(
    desk: Desk, rules: Sequence[Mapping[str, Any]] | None = None, by_load: bool = True, limit: int = PREVIEWED
) -> tuple[Previewed, ...]:
    """Whom the rules would choose now for the newest tickets, the newest first; nothing is changed."""
    used = rows(desk) if rules is None else rules
    crew_ = crew(desk, desk.replica.db.execute_sql)
    found = []
    for row in desk.replica.rows(
        f"{_FACTS} WHERE t.set_aside = '' AND t.status <> 'merged' ORDER BY t.received_at DESC LIMIT ?", (limit,)
    ):
        facts = dict(zip(_NAMES, row, strict=True))
        chosen = choose(desk, facts, used, crew_, by_load)
        found.append(Previewed(facts["id"], facts["number"], facts["subject"], facts["owner_id"], chosen))
    return tuple(found)


def assign(act: Act, ticket_id: str) -> None:
    """Give a new ticket to whom the rules choose, where the desk has switched that on and nobody has it yet."""
    desk = act.desk
    mode = str(desk.schedule.rule["assign"])
    if mode not in ("rules", "load"):
        return
    row = act.writing.execute(f"{_FACTS} WHERE t.id = ?", (ticket_id,)).fetchone()
    facts = dict(zip(_NAMES, row, strict=True))
    if facts["owner_id"]:
        return
    chosen = choose(desk, facts, rows(desk), crew(desk, act.writing.execute), mode == "load")
    if chosen is None:
        return
    values = dict(chosen.values or {})
    if chosen.person_id:
        values["owner_id"] = chosen.person_id
    act.update(Ticket, ticket_id, **values)
    act.insert(
        Event,
        ticket_id=ticket_id,
        made_at=act.now,
        kind="assigned",
        data={"owner": chosen.person_id, "rule": chosen.rule_id, "free": chosen.free},
    )
