"""Which ticket a letter belongs to. The order is fixed:

1. a letter of ours or theirs that it answers (In-Reply-To, then References from the newest on),
2. the ticket token in the subject, if the sender takes part in that ticket,
3. none: a new ticket, with a hint at the one it looks like. A stranger who quotes a number does not get in.

A forward opens a new ticket even when it names an old letter. Mail to a merged ticket goes to its target. A report that
names no letter (old servers write a few words) belongs to our last letter to the address that it names.
"""

from __future__ import annotations

from dataclasses import dataclass

from deskapp.desk import people
from deskapp.desk.desk import Act
from deskapp.desk.intake_values import Incoming

#: Servers give a letter back after five days at the latest.
_RETURNS_WITHIN = 7 * 24 * 3_600_000


@dataclass(frozen=True)
class Found:
    """``by``: what decided; ``looks_like``: a ticket that the letter may belong to, for a person to say."""

    ticket_id: str
    looks_like: str = ""
    by: str = ""


def find(act: Act, letter: Incoming) -> Found:
    referred = _by_references(act, letter)
    numbered = _by_number(act, letter.ticket_number)
    if letter.kind == "forward":
        return Found("", referred or numbered)
    if referred:
        return Found(referred, by="an answer to a letter of this ticket")
    if numbered and _takes_part(act, numbered, letter):
        return Found(numbered, by="the number in the subject")
    if letter.kind == "bounce" and (written := _written_to(act, letter.bounced_address)):
        return Found(written, by="a letter of ours to that address")
    return Found("", numbered)


def _written_to(act: Act, address: str) -> str:
    """The ticket of our last letter to an address that a report names, if it left in the last days."""
    row = act.writing.execute(
        "SELECT m.ticket_id FROM contact c JOIN message m ON m.contact_id = c.id WHERE c.address = ? "
        "AND m.direction = 'out' AND m.ticket_id <> '' AND m.received_at > ? ORDER BY m.received_at DESC LIMIT 1",
        (people.normal(address), act.now - _RETURNS_WITHIN),
    ).fetchone()
    return target(act, row[0]) if row else ""


def of_participant(act: Act, letter: Incoming, ticket_id: str, number: int | None) -> str:
    """The ticket of a letter's thread, else of the number that it names in words, if its sender takes part in it."""
    meant = ticket_id or _by_number(act, number)
    return meant if meant and _takes_part(act, meant, letter) else ""


def _by_references(act: Act, letter: Incoming) -> str:
    for message_id in dict.fromkeys([letter.in_reply_to, *reversed(letter.references)]):
        if not message_id:
            continue
        row = act.writing.execute(
            "SELECT coalesce((SELECT v.ticket_id FROM message_move v WHERE v.message_id = m.id ORDER BY v.id DESC "
            "LIMIT 1), "
            "m.ticket_id) FROM message m WHERE m.message_id = ? AND m.ticket_id <> '' "
            "ORDER BY m.direction = 'out' DESC, m.received_at DESC LIMIT 1",
            (message_id,),
        ).fetchone()
        row = row or _left_as(act, message_id)
        if row:
            return target(act, row[0])
    return ""


def _left_as(act: Act, message_id: str) -> tuple[str] | None:
    """The ticket of a letter of ours that its server sent under an id of its own."""
    row: tuple[str] | None = act.writing.execute(
        "SELECT coalesce((SELECT v.ticket_id FROM message_move v WHERE v.message_id = o.id ORDER BY v.id DESC "
        "LIMIT 1), o.ticket_id) FROM outgoing o WHERE o.sent_as = ? AND o.sent_as <> '' LIMIT 1",
        (message_id,),
    ).fetchone()
    return row


def _by_number(act: Act, number: int | None) -> str:
    if number is None:
        return ""
    row = act.writing.execute(
        "SELECT id FROM ticket WHERE number = ?1 UNION ALL SELECT ticket_id FROM number_alias WHERE number = ?1 "
        "LIMIT 1",
        (number,),
    ).fetchone()
    return target(act, row[0]) if row else ""


def target(act: Act, ticket_id: str) -> str:
    """The ticket itself, or the one it was merged into, however often."""
    for _step in range(50):
        row = act.writing.execute("SELECT merged_into FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
        if row is None or not row[0]:
            break
        ticket_id = row[0]
    return ticket_id


def _takes_part(act: Act, ticket_id: str, letter: Incoming) -> bool:
    """Whether the sender wrote, was written to, follows, is of the ticket's customer, or is one of us."""
    sender = people.normal(letter.bounced_address if letter.kind == "bounce" else letter.sender[1])
    if not sender:
        return False
    if people.is_ours(act, sender):
        return True
    direct = act.writing.execute(
        "SELECT 1 FROM contact c WHERE c.address = ?1 AND (c.id = (SELECT contact_id FROM ticket WHERE id = ?2) "
        "OR (c.customer_id <> '' AND c.customer_id = (SELECT customer_id FROM ticket WHERE id = ?2)) "
        "OR EXISTS (SELECT 1 FROM follower f WHERE f.ticket_id = ?2 AND f.contact_id = c.id AND f.active = 1))",
        (sender, ticket_id),
    ).fetchone()
    if direct:
        return True
    own = people.customer_by_domain_known(act, people.domain(sender))
    if own and own == act.writing.execute("SELECT customer_id FROM ticket WHERE id = ?", (ticket_id,)).fetchone()[0]:
        return True
    return bool(
        act.writing.execute(
            "SELECT 1 FROM message WHERE ticket_id = ? AND (lower(sender) = ? OR instr(lower(recipients), ?) "
            "OR instr(lower(cc), ?)) LIMIT 1",
            (ticket_id, sender, f'"{sender}"', f'"{sender}"'),
        ).fetchone()
    )
