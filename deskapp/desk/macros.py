"""Canned answers, and several acts in one key.

``acts`` of a macro are pairs [act, value]: urgency (1..4), cause, zone, line (1..3), owner (id, or "me"), effort
(minutes), skill, product, wait (customer, parts, visit, third), follow, note (text), snooze (as typed: "fri 9").
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from deskapp.core.clock import to_ms
from deskapp.core.errors import Lapsed, UserFacingError
from deskapp.desk import letters, mentions, rights, templates, when, wording, work
from deskapp.desk.desk import Act, Desk
from deskapp.desk.values import Changes
from deskapp.models.schema import Macro, Note, Ticket

#: Acts that set a column of the ticket.
_COLUMNS = {"cause": "cause_id", "zone": "zone_id", "skill": "skill_id", "product": "product"}
ACTS = ("urgency", "line", "effort", "owner", *_COLUMNS, "wait", "snooze", "follow", "note")


@dataclass(frozen=True)
class Canned:
    """A macro as the composer offers it, in the reader's language."""

    id: str
    name: str
    text: str
    acts: tuple[tuple[str, Any], ...]
    own: bool


def offered(desk: Desk) -> tuple[Canned, ...]:
    """Everybody's macros and mine, in order."""
    english = desk.language == "en"
    return tuple(
        Canned(
            row["id"],
            (row["name_en"] or row["name"]) if english else row["name"],
            (row["text_en"] or row["text"]) if english else row["text"],
            tuple((str(act), value) for act, value in row["acts"] or ()),
            bool(row["owner_id"]),
        )
        for row in rows(desk)
        if row["active"]
    )


def rows(desk: Desk) -> list[dict[str, Any]]:
    """Macros as Settings edit them: everybody's, and those of whoever works here."""
    found = desk.replica.records(Macro, order=(Macro.position, Macro.id))
    return [row for row in found if row["owner_id"] in ("", desk.me)]


def save(desk: Desk, row: Mapping[str, Any]) -> Changes:
    """Change a macro or add one. One's own are free; everybody's are for those who may change letters."""
    known = desk.replica.record(Macro, str(row.get("id", ""))) or {"owner_id": ""}
    if not (known["owner_id"] == desk.me and row.get("owner_id", desk.me) == desk.me and desk.me):
        if known["owner_id"] or row.get("owner_id", "") == "":
            rights.demand(desk, "letters")
    values = {name: value for name, value in row.items() if name in Macro._meta.fields}
    if "name" in values and not str(values["name"]).strip():
        raise UserFacingError("A name is missing", "Give %1 a name; the old one was kept.", "the macro")
    for language, key in (("ru", "text"), ("en", "text_en")):
        if values.get(key):
            templates.check("", str(values[key]), language)
    _check(values.get("acts", ()))
    with desk.act("settings") as act:
        macro_id = str(values.pop("id", "") or "")
        if macro_id:
            act.update(Macro, macro_id, **values)
        else:
            last = act.writing.execute("SELECT coalesce(max(position), -1) FROM macro").fetchone()[0]
            macro_id = act.insert(Macro, **{"acts": [], "position": last + 1, **values})
        act.result = macro_id
    return act.changes


def _check(acts: Sequence[Sequence[Any]]) -> None:
    for name, _value in acts:
        if name not in ACTS:
            raise ValueError(name)


def text_of(desk: Desk, macro_id: str, ticket_id: str) -> str:
    """The macro's answer in the requester's language, its tokens filled in as in a letter."""
    row = desk.replica.record(Macro, macro_id)
    if row is None:
        raise Lapsed("This macro is gone", "Somebody has taken it away.")
    values, language, _ticket = letters.values_for(desk, ticket_id)
    own = (
        row["text_en"]
        if wording.letters_language(language) == "en" and row["text_en"]
        else row["text"] or row["text_en"]
    )
    if not own.strip():
        return ""
    _subject, body = templates.render("reply", language, values, own)
    return body.strip()


def use(desk: Desk, macro_id: str, ticket_id: str) -> Changes:
    """Do the macro's acts as one step; ``Changes.result`` is the text for the letter."""
    row = desk.replica.record(Macro, macro_id)
    text = text_of(desk, macro_id, ticket_id)
    with desk.act("macro") as act:
        ticket = work.fetch(act, ticket_id)
        for name, value in (row or {}).get("acts") or ():
            _ACTS[name](act, ticket, name, value)
        act.say("macro", number=ticket["number"])
        act.result = text
    return act.changes


def _column(act: Act, ticket: dict[str, Any], name: str, value: Any) -> None:
    act.update(Ticket, ticket["id"], **{_COLUMNS[name]: str(value)})
    if name == "cause" and not ticket["skill_id"]:
        skill = act.writing.execute("SELECT skill_id FROM cause WHERE id = ?", (value,)).fetchone()
        if skill and skill[0]:
            act.update(Ticket, ticket["id"], skill_id=skill[0])


def _number(act: Act, ticket: dict[str, Any], name: str, value: Any) -> None:
    act.update(Ticket, ticket["id"], **{name: int(value)})


def _owner(act: Act, ticket: dict[str, Any], _name: str, value: Any) -> None:
    act.update(Ticket, ticket["id"], owner_id=act.desk.me if value == "me" else str(value))


def _wait(act: Act, ticket: dict[str, Any], _name: str, value: Any) -> None:
    if value not in work.WAITS:
        raise ValueError(value)
    work.begin_to_wait(act, ticket["id"], value)


def _snooze(act: Act, ticket: dict[str, Any], _name: str, value: Any) -> None:
    moment = when.parse(str(value), act.at, ZoneInfo(str(act.desk.zone)))
    if moment is None:
        raise UserFacingError("This is no time", "The macro says “%1”. Correct it in Settings.", value)
    until = to_ms(moment.until) if moment.until else None
    act.update(Ticket, ticket["id"], snoozed_until=until, snoozed_for_reply=int(moment.for_reply))


def _follow(act: Act, ticket: dict[str, Any], _name: str, _value: Any) -> None:
    mentions.watch(act, ticket["id"], act.writing.author)


def _note(act: Act, ticket: dict[str, Any], _name: str, value: Any) -> None:
    note_id = act.insert(
        Note, ticket_id=ticket["id"], author_id=act.writing.author, made_at=act.now, kind="note", text=str(value)
    )
    mentions.record(act, note_id, ticket["id"], str(value))


_ACTS: Mapping[str, Callable[[Act, dict[str, Any], str, Any], None]] = {
    **dict.fromkeys(_COLUMNS, _column),
    **dict.fromkeys(("urgency", "line", "effort"), _number),
    "owner": _owner,
    "wait": _wait,
    "snooze": _snooze,
    "follow": _follow,
    "note": _note,
}
