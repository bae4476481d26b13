"""Ticket numbers: from blocks that belong to this replica, so that one can be told at once, also with no connection.

Alone the block has no end. On a shared desk blocks are taken from the hub; when none is left a ticket has no number
until the next round.
"""

from __future__ import annotations

import json

from deskapp.desk.desk import Act
from deskapp.models.database import Replica
from deskapp.models.schema import Article, Event, Ticket

#: The first number of a new desk: four digits from the start read better in a subject.
FIRST = 1001


def take(act: Act) -> int | None:
    """The next number; None if our blocks are used up. It never goes back, not even after an undo."""
    replica = act.desk.replica
    left = blocks(replica)
    if left is None:
        number = int(replica.state("next_number") or following(replica))
        replica.set_state("next_number", str(number + 1))
        return number
    found = None
    while left and found is None:
        number, last = left[0]
        left = [(number + 1, last), *left[1:]] if number < last else left[1:]
        if not _elsewhere(replica, number):
            found = number
    keep_blocks(replica, left)
    return found


def _elsewhere(replica: Replica, number: int) -> bool:
    """Whether a number of our block is somebody else's: a claim may be lost with a restored share, and made again by
    another replica before ours comes back."""
    return bool(
        replica.value(
            "SELECT 1 FROM number_block WHERE replica <> ?1 AND first <= ?2 AND last >= ?2 "
            "UNION ALL SELECT 1 FROM ticket WHERE number = ?2 "
            "UNION ALL SELECT 1 FROM number_alias WHERE number = ?2 "
            "UNION ALL SELECT 1 FROM article WHERE number = ?2 LIMIT 1",
            (replica.state("replica"), number),
        )
    )


def following(replica: Replica) -> int:
    """The first number that no ticket, article, alias or block known here has."""
    highest = replica.value(
        "SELECT max(n) FROM (SELECT max(number) AS n FROM ticket UNION ALL SELECT max(number) FROM number_alias "
        "UNION ALL SELECT max(last) FROM number_block UNION ALL SELECT max(number) FROM article)"
    )
    return max(FIRST, (highest or 0) + 1, int(replica.state("next_number") or 0))


def blocks(replica: Replica) -> list[tuple[int, int]] | None:
    """What is left of our blocks, each (next, last); None on a desk that is alone."""
    stored = replica.state("number_blocks")
    return [(int(first), int(last)) for first, last in json.loads(stored)] if stored else None


def keep_blocks(replica: Replica, left: list[tuple[int, int]]) -> None:
    replica.set_state("number_blocks", json.dumps(left))


def give_missing(act: Act) -> int:
    """Number the tickets, and after them the articles, that had to wait; how many still do."""
    rows = act.writing.execute("SELECT id FROM ticket WHERE number IS NULL ORDER BY received_at, id").fetchall()
    for done, (ticket_id,) in enumerate(rows):
        number = take(act)
        if number is None:
            return len(rows) - done
        act.update(Ticket, ticket_id, number=number)
        act.insert(Event, ticket_id=ticket_id, made_at=act.now, kind="numbered", data={"number": number})
    drafts = act.writing.execute("SELECT id FROM article WHERE number IS NULL ORDER BY id").fetchall()
    for done, (article_id,) in enumerate(drafts):
        number = take(act)
        if number is None:
            return len(drafts) - done
        act.update(Article, article_id, number=number)
    return 0
