"""Who wants to know: colleagues named with @ in a note, and those who follow a ticket."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

from deskapp.core.clock import to_ms
from deskapp.core.ids import natural_id
from deskapp.desk.desk import Act, Desk
from deskapp.desk.values import Changes
from deskapp.models.schema import Follower, Mention

#: How long ago a mention that was not looked at may be.
_AGO = timedelta(days=30)


def handles(act_or_desk: Act | Desk) -> dict[str, str]:
    """What may stand behind @ -> the specialist: whole names, surnames and first names that only one has."""
    desk = act_or_desk.desk if isinstance(act_or_desk, Act) else act_or_desk
    found: dict[str, set[str]] = {}
    rows = desk.replica.rows("SELECT id, name, name_en, email FROM specialist WHERE active = 1")
    for person, name, name_en, email in rows:
        for whole in (name, name_en):
            if whole:
                words = whole.split()
                for handle in (whole, words[-1], words[0]):
                    found.setdefault(handle.casefold(), set()).add(person)
        if "@" in email:
            found.setdefault(email.partition("@")[0].casefold(), set()).add(person)
    return {handle: next(iter(people)) for handle, people in found.items() if len(people) == 1}


def find(text: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """The specialists named in a text, in order; the longest name that fits counts."""
    longest = max((len(handle.split()) for handle in known), default=0)
    found = []
    for place in re.finditer(r"(?<![\w.])@", text):
        words = re.findall(r"[\w.\-]+", text[place.end() : place.end() + 120].split("\n")[0])
        if not text[place.end() : place.end() + 1].strip():
            continue
        for count in range(min(longest, len(words)), 0, -1):
            person = known.get(" ".join(words[:count]).rstrip(".-").casefold())
            if person:
                found.append(person)
                break
    return tuple(dict.fromkeys(found))


def record(act: Act, note_id: str, ticket_id: str, text: str) -> tuple[str, ...]:
    """Keep whom a note names; they follow the ticket from then on."""
    if "@" not in text:
        return ()
    named = find(text, handles(act))
    for person in named:
        act.put(
            Mention,
            id=natural_id("mention", note_id, person),
            note_id=note_id,
            ticket_id=ticket_id,
            specialist_id=person,
            author_id=act.writing.author,
            made_at=act.now,
        )
        watch(act, ticket_id, person)
    return named


def watch(act: Act, ticket_id: str, person: str, on: bool = True) -> None:
    act.put(
        Follower,
        id=natural_id("follower", ticket_id, person),
        ticket_id=ticket_id,
        specialist_id=person,
        active=int(on),
    )


def follows(desk: Desk, ticket_id: str, person: str = "") -> bool:
    return bool(
        desk.replica.value(
            "SELECT 1 FROM follower WHERE ticket_id = ? AND specialist_id = ? AND active = 1",
            (ticket_id, person or desk.me),
        )
    )


def follow(desk: Desk, ticket_id: str, on: bool | None = None, person: str = "") -> Changes:
    """Follow a ticket or stop; None: the other way round than now."""
    who = person or desk.me
    wanted = not follows(desk, ticket_id, who) if on is None else on
    with desk.act("followed" if wanted else "unfollowed") as act:
        watch(act, ticket_id, who, wanted)
        row = act.writing.execute("SELECT number FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
        act.say("followed" if wanted else "unfollowed", number=row[0] if row else None)
    return act.changes


_UNSEEN = (
    "m.specialist_id = ? AND m.author_id <> m.specialist_id AND m.made_at > ? "
    "AND m.made_at > coalesce((SELECT read_at FROM read_mark r WHERE r.ticket_id = m.ticket_id), 0)"
)


def unseen(desk: Desk) -> list[str]:
    """Tickets in which somebody named me since I looked, the newest first."""
    since = to_ms(desk.clock.now() - _AGO)
    rows = desk.replica.rows(
        f"SELECT m.ticket_id, max(m.made_at) FROM mention m WHERE {_UNSEEN} GROUP BY 1 ORDER BY 2 DESC",
        (desk.me, since),
    )
    return [row[0] for row in rows]
