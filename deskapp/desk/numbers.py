"""Ticket numbers: from a block that belongs to this replica, so that one can be told at once."""

from __future__ import annotations

from deskapp.desk.desk import Act

#: The first number of a new desk: four digits from the start read better in a subject.
FIRST = 1001


def take(act: Act) -> int:
    """The next number. Alone the block has no end; the counter never goes back, not even after an undo."""
    replica = act.desk.replica
    stored = replica.state("next_number")
    if stored:
        number = int(stored)
    else:
        highest = replica.value(
            "SELECT max(n) FROM (SELECT max(number) AS n FROM ticket UNION ALL SELECT max(number) FROM number_alias)"
        )
        number = max(FIRST, (highest or 0) + 1)
    replica.set_state("next_number", str(number + 1))
    return number


def start_after(act: Act, number: int) -> None:
    """Let the next number be above ``number``; never lowers it."""
    following = int(act.desk.replica.state("next_number") or 0)
    act.desk.replica.set_state("next_number", str(max(following, number + 1)))
