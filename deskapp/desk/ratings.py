"""How satisfied a customer is: asked once after consent where the desk wants it, answered by a digit in a letter or by
phone. An opinion, so that a letter may write it down by itself; nothing else follows from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from deskapp.core.clock import from_ms
from deskapp.core.errors import Lapsed, UserFacingError
from deskapp.core.ids import natural_id
from deskapp.desk import answers, automatic, letters, wording
from deskapp.desk.desk import Act, Desk
from deskapp.desk.values import Changes
from deskapp.models.schema import Event, Rating

KINDS = ("", "csat", "nps")
_DAY = 24 * 3_600_000
#: For so many days a digit in a letter is the answer to the question.
ANSWER_DAYS = 30


@dataclass(frozen=True)
class RatingView:
    """One question about satisfaction. ``value`` None: not answered. ``how``: mail or phone."""

    id: str
    kind: str
    asked_at: datetime
    value: int | None
    how: str
    text: str
    answered_at: datetime | None
    author_id: str


def ask(act: Act, ticket_id: str) -> bool:
    """Ask how satisfied the requester is, where the desk's rule says so; once for each consent."""
    kind = str(act.desk.schedule.rule["ask_rating"])
    if kind not in answers.RANGES:
        return False
    row = act.writing.execute("SELECT contact_id, consent_at FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
    if row is None or not row[1]:
        return False
    _values, language, _ticket = letters.values_for(act.desk, ticket_id)
    question = wording.rating_question(kind, language)
    if not automatic.send(act, ticket_id, "rating", row[1], question=question):
        return False
    act.put(
        Rating,
        id=natural_id("rating", ticket_id, kind, row[1]),
        ticket_id=ticket_id,
        contact_id=row[0],
        kind=kind,
        asked_at=act.now,
    )
    return True


def from_letter(act: Act, ticket_id: str, contact_id: str, text: str) -> bool:
    """Write down the digit with which a letter answers the question of this ticket; whether there was one."""
    row = act.writing.execute(
        "SELECT id, kind FROM rating WHERE ticket_id = ? AND asked_at > ? AND how IN ('', 'mail') "
        "ORDER BY asked_at DESC LIMIT 1",
        (ticket_id, act.now - ANSWER_DAYS * _DAY),
    ).fetchone()
    said = answers.mark(row[1], text) if row else None
    if row is None or said is None:
        return False
    act.update(Rating, row[0], value=said[0], how="mail", text=said[1], answered_at=act.now, contact_id=contact_id)
    data = {"kind": row[1], "value": said[0], "how": "mail"}
    act.insert(Event, ticket_id=ticket_id, made_at=act.now, kind="rated", data=data)
    return True


def record(desk: Desk, ticket_id: str, value: int | None, text: str = "", kind: str = "") -> Changes:
    """What a customer said on the phone, or a correction of what a letter said; None takes it back.

    ``kind``: csat or nps; the kind that was asked last, else the desk's, where it is left out.
    """
    with desk.act("rated") as act:
        ticket = act.writing.execute("SELECT number, contact_id FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
        if ticket is None:
            raise Lapsed("There is no such ticket", "It may have been taken back or merged.")
        asked = act.writing.execute(
            "SELECT id, kind FROM rating WHERE ticket_id = ? ORDER BY asked_at DESC LIMIT 1", (ticket_id,)
        ).fetchone()
        kind = kind or (asked[1] if asked else str(desk.schedule.rule["ask_rating"])) or "csat"
        low, high = answers.RANGES[kind]
        if value is not None and not low <= value <= high:
            raise UserFacingError("This mark is not on the scale", "From %1 to %2.", low, high)
        rating = asked[0] if asked and asked[1] == kind else natural_id("rating", ticket_id, kind, act.now)
        act.put(
            Rating,
            id=rating,
            ticket_id=ticket_id,
            contact_id=ticket[1],
            kind=kind,
            **({} if asked and asked[1] == kind else {"asked_at": act.now}),
            value=value,
            how="" if value is None else "phone",
            text=text.strip(),
            answered_at=None if value is None else act.now,
            author_id=act.writing.author,
        )
        act.insert(
            Event,
            ticket_id=ticket_id,
            made_at=act.now,
            author_id=act.writing.author,
            kind="rated",
            data={"kind": kind, "value": value, "how": "phone"},
        )
        act.extra.add(ticket_id)
        act.say("rated", number=ticket[0])
    return act.changes


def of_ticket(desk: Desk, ticket_id: str) -> RatingView | None:
    """The latest question about a ticket, answered or not."""
    row = desk.replica.row(
        "SELECT id, kind, asked_at, value, how, text, answered_at, author_id FROM rating WHERE ticket_id = ? "
        "ORDER BY asked_at DESC LIMIT 1",
        (ticket_id,),
    )
    if row is None:
        return None
    return RatingView(
        row[0], row[1], from_ms(row[2] or 0), row[3], row[4], row[5], from_ms(row[6]) if row[6] else None, row[7]
    )
