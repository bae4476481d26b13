"""What a letter suggests to a person, who decides with one key: consent, "not fixed", urgency, cause, who really asked.

Nothing here is stored but what the letter itself brought; accepting a hint is the ordinary intention.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from deskapp.core.clock import from_ms
from deskapp.core.errors import Lapsed
from deskapp.desk import answers
from deskapp.desk.desk import Desk
from deskapp.desk.values import Changes, Hint

#: What a new ticket has while nobody has decided.
USUAL = 3


def of_ticket(desk: Desk, ticket_id: str) -> tuple[Hint, ...]:
    """The hints that still mean something, the most important first."""
    row = desk.replica.row(
        "SELECT t.id, t.status, t.urgency, t.cause_id, t.finished_at, coalesce(c.address, '') FROM ticket t "
        "LEFT JOIN contact c ON c.id = t.contact_id WHERE t.id = ?",
        (ticket_id,),
    )
    return of_row(desk, dict(zip(_READ, row, strict=False)), row[-1]) if row else ()


_READ = ("id", "status", "urgency", "cause_id", "finished_at")


def of_row(desk: Desk, ticket: Mapping[str, Any], address: str) -> tuple[Hint, ...]:
    """The same for a ticket that was read already, of the requester with this address."""
    ticket_id, status, urgency, cause_id, finished = (ticket[name] for name in _READ)
    if status in ("resolved", "closed"):
        return _of_answer(desk, ticket_id, status, finished or 0)
    if status != "new":
        return ()
    found = []
    told = desk.replica.row(
        "SELECT data FROM event WHERE ticket_id = ? AND kind = 'hint' ORDER BY made_at, id LIMIT 1", (ticket_id,)
    )
    data = json.loads(told[0]) if told else {}
    asker = data.get("asker") or ["", ""]
    if asker[1] and asker[1] != address:
        found.append(Hint("requester", asker[0] or asker[1], asker[1], asker[0]))
    words = ", ".join(data.get("words") or ())
    level = data.get("urgency")
    if level and level != USUAL and urgency == USUAL:
        found.append(Hint("urgency", words, str(level)))
    if data.get("cause") and not cause_id:
        named = _cause_named(desk, data["cause"])
        if named:
            found.append(Hint("cause", data["cause"], named))
    return tuple(found)


def _of_answer(desk: Desk, ticket_id: str, status: str, finished: int) -> tuple[Hint, ...]:
    """What the last letter after the solution says to "does it work?"."""
    last = desk.replica.row(
        "SELECT reply_text, sender_name, sender, received_at FROM message WHERE ticket_id = ? AND direction = 'in' "
        "AND automatic = 0 AND received_at > ? ORDER BY received_at DESC LIMIT 1",
        (ticket_id, finished),
    )
    said = answers.consent(last[0]) if last else ""
    if last is None or not said or (status == "closed" and said == "agree"):
        return ()
    return (Hint(said, " ".join(last[0].split())[:120], "", last[1] or last[2], from_ms(last[3])),)


def _cause_named(desk: Desk, words: str) -> str:
    """The cause of that name; empty where there is none."""
    wanted = " ".join(words.split()).casefold().rstrip(".")
    rows = desk.replica.rows("SELECT id, name, name_en FROM cause WHERE active = 1 ORDER BY position, id")
    return next((str(row[0]) for row in rows if wanted in (row[1].casefold(), row[2].casefold())), "")


def accept(desk: Desk, ticket_id: str, hint: Hint) -> Changes:
    """Do what a hint suggests. Lapsed if it no longer stands."""
    from deskapp.desk import closing, triage  # no view of a ticket waits for them

    if hint not in of_ticket(desk, ticket_id):
        raise Lapsed("This hint no longer fits", "The ticket has changed meanwhile. Nothing was done.")
    match hint.kind:
        case "agree":
            return closing.agree(desk, ticket_id, "mail", hint.who)
        case "disagree":
            return closing.disagree(desk, ticket_id, "mail", hint.who, hint.words)
        case "urgency":
            return triage.set_urgency(desk, ticket_id, int(hint.value))
        case "cause":
            return triage.set_cause(desk, ticket_id, hint.value)
        case _:
            return triage.set_requester(desk, ticket_id, hint.who, hint.value)
