"""Handing a ticket up: with a briefing that lets the next one continue, accepted or returned, and by itself in time.

A ticket handed to a person is theirs at once; handed to a line it is nobody's until one of the line accepts it. Whoever
gave it goes on following. What the first line solves alone is told by the figures (``facts``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from deskapp.core.clock import from_ms
from deskapp.core.errors import Lapsed, UserFacingError
from deskapp.core.ids import natural_id
from deskapp.desk import directory, mentions, merging, work
from deskapp.desk.desk import Act, Desk
from deskapp.desk.intake_values import IncomingFile
from deskapp.desk.values import Changes, FileItem, Handed
from deskapp.models.schema import Escalation, Event, Note, Ticket

#: Entries of the protocol that say what was tried.
_TRIED = ("check", "change", "measure")
#: Customer's words in the briefing are cut here; the letters themselves stand in the ticket.
_ASKED_CHARS = 600


@dataclass(frozen=True)
class Briefing:
    """What the next one must know. ``files``: attachments of the ticket that may go along."""

    asked: str
    tried: str
    hypothesis: str = ""
    wanted: str = ""
    files: tuple[FileItem, ...] = ()
    to_line: int = 2


def prefill(desk: Desk, ticket_id: str) -> Briefing:
    """The briefing as far as the ticket tells it: what was asked and answered, what was tried with its results."""
    row = desk.replica.row("SELECT line, product, subject FROM ticket WHERE id = ?", (ticket_id,))
    if row is None:
        raise Lapsed("There is no such ticket", "It may have been taken back or merged.")
    line, product, _subject = row
    return Briefing(
        asked=_asked(desk, ticket_id, product),
        tried=_tried(desk, ticket_id),
        files=_files(desk, ticket_id),
        to_line=min(3, line + 1),
    )


#: Of the ticket and of all that were merged into it: they are read as one.
_HERE = "ticket_id IN (SELECT value FROM json_each(?1))"
#: Of entries, those that nobody has corrected: what stands in the place of an old one tells instead of it.
_STANDS = "NOT EXISTS (SELECT 1 FROM note c WHERE c.ticket_id = n.ticket_id AND c.corrects = n.id)"


def _family(desk: Desk, ticket_id: str) -> tuple[str]:
    return (json.dumps(merging.family(desk, ticket_id)),)


def _asked(desk: Desk, ticket_id: str, product: str) -> str:
    """The requester's own words, and what was found out by asking."""
    here = _family(desk, ticket_id)
    words = desk.replica.value(
        f"SELECT reply_text FROM message WHERE {_HERE} AND direction = 'in' AND automatic = 0 "
        "ORDER BY received_at, id LIMIT 1",
        here,
    )
    talks = desk.replica.rows(
        f"SELECT text FROM note n WHERE {_HERE} AND text <> '' AND {_STANDS} AND kind = 'talk' ORDER BY made_at, id",
        here,
    )
    answers = desk.replica.rows(
        f"SELECT reply_text FROM message WHERE {_HERE} AND direction = 'in' AND automatic = 0 AND received_at > "
        f"(SELECT min(received_at) FROM message WHERE {_HERE} AND kind = 'question') ORDER BY received_at, id LIMIT 5",
        here,
    )
    parts = [product, " ".join((words or "").split())[:_ASKED_CHARS]]
    parts += [" ".join(text.split()) for (text,) in (*talks, *answers)]
    return "\n".join(dict.fromkeys(part for part in parts if part))


def _tried(desk: Desk, ticket_id: str) -> str:
    found = desk.replica.rows(
        f"SELECT text FROM note n WHERE {_HERE} AND text <> '' AND {_STANDS} "
        f"AND kind IN ({','.join(repr(kind) for kind in _TRIED)}) ORDER BY made_at, id",
        _family(desk, ticket_id),
    )
    return "\n".join(f"{number}. {' '.join(text.split())}" for number, (text,) in enumerate(found, 1))


def _files(desk: Desk, ticket_id: str) -> tuple[FileItem, ...]:
    return tuple(
        FileItem(*row)
        for row in desk.replica.rows(
            f"SELECT id, name, content_type, size, sha256 FROM attachment WHERE {_HERE} AND inline = 0 ORDER BY id",
            _family(desk, ticket_id),
        )
    )


def missing(asked: str, tried: str, hypothesis: str, wanted: str) -> tuple[str, ...]:
    """Parts of a briefing that are still empty, by their names."""
    parts = {"asked": asked, "tried": tried, "hypothesis": hypothesis, "wanted": wanted}
    return tuple(name for name, text in parts.items() if not text.strip())


def give(
    desk: Desk,
    ticket_id: str,
    to_line: int,
    to_id: str = "",
    asked: str = "",
    tried: str = "",
    hypothesis: str = "",
    wanted: str = "",
    carry: Sequence[str] = (),
    watch: bool = True,
    files: Sequence[IncomingFile] = (),
) -> Changes:
    """Hand the ticket to a line, or to a person of it. ``carry``: attachments of the ticket that go along.

    UserFacingError while the briefing lacks a part; ``Changes.result`` is the hand-over's id.
    """
    if to_line not in (1, 2, 3):
        raise ValueError(f"line {to_line}")
    if missing(asked, tried, hypothesis, wanted):
        raise UserFacingError(
            "The briefing is not complete",
            "Say what was asked, what was tried, what you suspect and what is wanted. What you wrote is kept.",
        )
    with desk.act("escalated") as act:
        ticket = _open_ticket(act, ticket_id)
        if to_id and to_id == desk.me:
            raise UserFacingError("This is your own ticket", "Hand it to a colleague, or to a line.")
        row = act.insert(
            Escalation,
            ticket_id=ticket_id,
            made_at=act.now,
            from_id=act.writing.author,
            to_id=to_id,
            from_line=ticket["line"],
            to_line=to_line,
            asked=asked.strip(),
            tried=tried.strip(),
            hypothesis=hypothesis.strip(),
            wanted=wanted.strip(),
            files=[*carry, *_keep(act, ticket_id, files)],
        )
        _replace_open(act, ticket_id, row)
        act.update(Ticket, ticket_id, line=to_line, owner_id=to_id)
        if watch and act.writing.author:
            mentions.watch(act, ticket_id, act.writing.author)
        act.writing.execute("DELETE FROM draft WHERE id = ?", (f"{ticket_id}:escalation",))
        act.say("escalated", number=ticket["number"], line=to_line, person=to_id)
        act.result = row
    return act.changes


def _open_ticket(act: Act, ticket_id: str) -> dict[str, Any]:
    ticket = act.desk.replica.record(Ticket, ticket_id)
    if ticket is None:
        raise Lapsed("There is no such ticket", "It may have been taken back or merged.")
    if ticket["status"] not in ("new", "promised", "in_progress", "waiting"):
        raise UserFacingError("This ticket is done", "Only an open ticket can be handed over. Nothing was changed.")
    return ticket


def _keep(act: Act, ticket_id: str, files: Sequence[IncomingFile]) -> list[str]:
    """Files attached while handing over become the ticket's, under an entry of the protocol."""
    if not files:
        return []
    note_id = act.insert(
        Note, ticket_id=ticket_id, author_id=act.writing.author, made_at=act.now, kind="check", text=""
    )
    return work.attach(act, ticket_id, note_id, files)


def _replace_open(act: Act, ticket_id: str, keep: str) -> None:
    """An earlier hand-over that nobody answered is answered by the new one."""
    for (row,) in act.writing.execute(
        "SELECT id FROM escalation WHERE ticket_id = ? AND state = 'given' AND id <> ?", (ticket_id, keep)
    ).fetchall():
        act.update(Escalation, row, state="accepted", answered_at=act.now, answered_by=act.writing.author)


#: Nobody takes over what is done: it was finished, refused or merged meanwhile.
_TO_DO = "t.status IN ('new', 'promised', 'in_progress', 'waiting')"


def waiting(desk: Desk, ticket_id: str) -> Handed | None:
    """The hand-over of a ticket that nobody has answered yet."""
    row = desk.replica.row(
        "SELECT e.id, from_id, to_id, from_line, to_line, made_at, automatic FROM escalation e JOIN ticket t "
        f"ON t.id = e.ticket_id WHERE ticket_id = ? AND state = 'given' AND {_TO_DO} ORDER BY made_at DESC LIMIT 1",
        (ticket_id,),
    )
    if row is None:
        return None
    found, from_id, to_id, from_line, to_line, made, automatic = row
    mine = to_id == desk.me if to_id else (from_id != desk.me and to_line in _my_lines(desk))
    return Handed(found, ticket_id, from_id, to_id, from_line, to_line, from_ms(made), bool(automatic), mine)


def _my_lines(desk: Desk) -> tuple[int, ...]:
    me = directory.people(desk).get(desk.me)
    return me.lines if me else ()


def for_me(desk: Desk) -> list[str]:
    """Tickets handed to me or to my lines that nobody has answered, the oldest first."""
    lines = _my_lines(desk)
    rows = desk.replica.rows(
        "SELECT ticket_id, from_id, to_id, to_line FROM escalation e JOIN ticket t ON t.id = e.ticket_id "
        f"WHERE state = 'given' AND {_TO_DO} ORDER BY made_at"
    )
    return [
        ticket_id
        for ticket_id, giver, taker, line in rows
        if (taker == desk.me if taker else (line in lines and giver != desk.me))
    ]


def accept(desk: Desk, escalation_id: str) -> Changes:
    """Take the ticket over: it is mine now."""
    with desk.act("accepted") as act:
        row, number = _given(act, escalation_id)
        act.update(Escalation, escalation_id, state="accepted", answered_at=act.now, answered_by=act.writing.author)
        act.update(Ticket, row["ticket_id"], owner_id=act.writing.author)
        act.say("accepted", number=number)
    return act.changes


def give_back(desk: Desk, escalation_id: str, reason: str) -> Changes:
    """Return it to whoever gave it, saying why."""
    if not reason.strip():
        raise UserFacingError("A return needs a reason", "Say what is missing or why it belongs elsewhere.")
    with desk.act("returned") as act:
        row, number = _given(act, escalation_id)
        act.update(
            Escalation,
            escalation_id,
            state="returned",
            answered_at=act.now,
            answered_by=act.writing.author,
            return_reason=reason.strip(),
        )
        act.update(Ticket, row["ticket_id"], line=row["from_line"], owner_id=row["from_id"])
        act.say("returned", number=number)
    return act.changes


def _given(act: Act, escalation_id: str) -> tuple[dict[str, Any], int | None]:
    row = act.desk.replica.record(Escalation, escalation_id)
    if row is None or row["state"] != "given":
        raise Lapsed("This was answered already", "A colleague was faster; look at the ticket.")
    number = act.writing.execute("SELECT number FROM ticket WHERE id = ?", (row["ticket_id"],)).fetchone()
    return row, number[0] if number else None


# --- by itself, in time ------------------------------------------------------------------------------------------


def climb(desk: Desk) -> Changes | None:
    """Hand up what is urgent and has waited too long for somebody to take it; None when nothing had to be.

    The rule: ``climb_minutes`` of the desk's working time (0: never) for tickets of ``climb_urgency`` or more urgent.
    A hand-over waits from when it was given, any other ticket from when it came, until work on it begins.
    """
    rule = desk.schedule.rule
    minutes, urgency = int(rule["climb_minutes"]), int(rule["climb_urgency"])
    if not minutes:
        return None
    late = [found for found in _waiting_long(desk, urgency) if _worked(desk, found[2]) >= minutes]
    if not late:
        return None
    with desk.act("climbed", author="", count=len(late)) as act:
        for ticket_id, line, since, tried in late:
            _climb(act, ticket_id, line, since, tried)
        if len(late) == 1:
            number = act.writing.execute("SELECT number FROM ticket WHERE id = ?", (late[0][0],)).fetchone()
            act.say("climbed", number=number[0])
    return act.changes


def _worked(desk: Desk, since: int) -> float:
    """Working minutes of the desk from then to now."""
    now = desk.clock.now()
    return desk.schedule.desk_calendar.work_between(min(from_ms(since), now), now) / timedelta(minutes=1)


def _waiting_long(desk: Desk, urgency: int) -> list[tuple[str, int, int, str]]:
    """(ticket, its line, since when it waits, what was tried) of urgent tickets that nobody works on, below the top."""
    top = max((line for stored in _all_lines(desk) for line in stored), default=3)
    rows = desk.replica.rows(
        "SELECT t.id, t.line, coalesce(e.made_at, t.clock_from, t.received_at), e.tried FROM ticket t "
        "LEFT JOIN escalation e ON e.ticket_id = t.id AND e.state = 'given' "
        "WHERE t.status NOT IN ('closed', 'merged') AND t.urgency <= ? AND t.set_aside = '' AND t.line < ? AND "
        "(e.id IS NOT NULL OR (t.status IN ('new', 'promised') AND t.started_at IS NULL)) "
        "AND t.status IN ('new', 'promised', 'in_progress', 'waiting') ORDER BY t.id",
        (urgency, top),
    )
    found: dict[str, tuple[str, int, int, str]] = {}
    for ticket_id, line, since, tried in rows:
        if since is not None and (ticket_id not in found or found[ticket_id][2] < since):
            found[ticket_id] = (ticket_id, line, since, tried or "")
    return list(found.values())


def _all_lines(desk: Desk) -> list[list[int]]:
    return [json.loads(row[0]) for row in desk.replica.rows("SELECT lines FROM specialist WHERE active = 1")]


def _climb(act: Act, ticket_id: str, line: int, since: int, tried: str) -> None:
    known = {number for lines in _all_lines(act.desk) for number in lines}
    to_line = next(number for number in (line + 1, line + 2) if number in known or number >= 3)
    # two replicas that notice the same make the same row
    row = natural_id("climb", ticket_id, line, since)
    if act.writing.execute("SELECT 1 FROM escalation WHERE id = ?", (row,)).fetchone():
        return
    giver = act.writing.execute("SELECT owner_id FROM ticket WHERE id = ?", (ticket_id,)).fetchone()[0]
    act.put(
        Escalation,
        id=row,
        ticket_id=ticket_id,
        made_at=act.now,
        from_id=giver,
        from_line=line,
        to_line=to_line,
        asked=_asked(act.desk, ticket_id, ""),
        tried=tried or _tried(act.desk, ticket_id),
        automatic=1,
    )
    _replace_open(act, ticket_id, row)
    act.update(Ticket, ticket_id, line=to_line, owner_id="")
    if giver:
        mentions.watch(act, ticket_id, giver)
    act.insert(
        Event,
        id=natural_id("climbed", row),
        ticket_id=ticket_id,
        made_at=act.now,
        kind="climbed",
        data={"from": line, "to": to_line, "since": since},
    )
