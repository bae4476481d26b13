"""Letters out. A claim is on the disk before the first byte leaves; a claim that was never resolved is looked up in
Sent
by its own header, else shown as unknown, and never sent again by itself.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from deskapp.core.clock import from_ms, to_ms
from deskapp.core.errors import EnvironmentTrouble, UserFacingError, WrongPassword
from deskapp.core.text import clean_text
from deskapp.desk import files, letters
from deskapp.desk.desk import Desk
from deskapp.desk.values import Changes
from deskapp.models.schema import Outgoing
from deskapp.sync.hub.gate import in_hub
from deskapp.sync.mail.compose import Outbound, OutboundFile, build
from deskapp.sync.mail.transports import LetterRefused, Transport, Undecided

log = logging.getLogger(__name__)

#: How long after a letter has left its copy among the sent ones is looked for.
_COPY_COMES = timedelta(minutes=15)

_LETTER = (
    "m.id, m.message_id, m.in_reply_to, m.refs, m.sender_name, m.recipients, m.cc, m.subject, m.text, "
    "m.sent_at, "
    "m.automatic, t.number"
)


def _mark(desk: Desk, letter_id: str, state: str, error: str = "") -> Changes:
    with desk.act("", author="") as act:
        act.update(Outgoing, letter_id, state=state, changed_at=act.now, error=error)
    return act.changes


def _waits(desk: Desk, letter_id: str) -> bool:
    """Whether it still does: a round of the hub, a letter ago, may have told that somebody else has sent it."""
    return bool(desk.replica.value("SELECT state FROM outgoing WHERE id = ?", (letter_id,)) == "ready")


def _claim(desk: Desk, letter_id: str) -> Changes | None:
    """None where it waits no more."""
    with desk.act("", author="") as act:
        found = act.writing.execute("SELECT state, attempt FROM outgoing WHERE id = ?", (letter_id,)).fetchone()
        if found is None or found[0] != "ready":
            return None
        claim = {"attempt": found[1] + 1, "replica": desk.replica.state("replica")}
        act.update(Outgoing, letter_id, state="claimed", changed_at=act.now, error="", **claim)
    return act.changes


def resolve_claims(desk: Desk, mailbox: Mapping[str, Any], transport: Transport) -> list[Changes]:
    """Letters claimed by a process that ended meanwhile: found in Sent they are sent, else a person must decide."""
    found = []
    for (letter_id,) in desk.replica.rows(
        "SELECT o.id FROM outgoing o JOIN message m ON m.id = o.id WHERE o.state = 'claimed' AND o.replica = ? "
        "AND m.mailbox_id IN (?, '')",
        (desk.replica.state("replica"), mailbox["id"]),
    ):
        if transport.find_sent(letter_id):
            found.append(_mark(desk, letter_id, "sent"))
        else:
            found.append(_mark(desk, letter_id, "unknown", letters.ENDED))
    return found


def send_ready(desk: Desk, mailbox: Mapping[str, Any], transport: Transport) -> tuple[list[Changes], int]:
    """Send what is ready and belongs to this mailbox (or to none): (changes, letters that left).

    EnvironmentTrouble and WrongPassword before anything left put the letter back and end the round.
    """
    changes: list[Changes] = []
    sent = 0
    rows = desk.replica.rows(
        f"SELECT {_LETTER} FROM outgoing o JOIN message m ON m.id = o.id LEFT JOIN ticket t ON t.id = m.ticket_id "
        "WHERE o.state = 'ready' AND m.mailbox_id IN (?, '') ORDER BY m.received_at, m.id",
        (mailbox["id"],),
    )
    for row in rows:
        letter_id = row[0]
        if not _waits(desk, letter_id) or not in_hub(desk, letter_id):
            continue  # it waits until what it speaks of is shared
        stopped = letters.stop_stale(desk, letter_id)
        if stopped is not None:
            changes.append(stopped)
            continue
        try:
            outbound = _outbound(desk, mailbox, row)
            raw = build(outbound)
        except UserFacingError as error:
            changes.append(_mark(desk, letter_id, "failed", str(error)))
            continue
        claimed = _claim(desk, letter_id)
        if claimed is None:
            continue
        changes.append(claimed)
        if not _claim_is_known(desk, letter_id):
            changes.append(_mark(desk, letter_id, "ready"))
            break
        if not _claim_is_ours(desk, letter_id):
            log.info("letter %s was claimed by another desktop first", letter_id)
            continue
        recipients = [address for _name, address in (*outbound.to, *outbound.cc)]
        try:
            transport.send(raw, mailbox["address"], recipients)
        except (WrongPassword, EnvironmentTrouble):
            changes.append(_mark(desk, letter_id, "ready"))
            raise
        except LetterRefused as error:
            changes.append(_mark(desk, letter_id, "failed", str(error)))
            continue
        except Undecided as error:
            changes.append(_mark(desk, letter_id, "unknown", str(error)))
            continue
        changes.append(_mark(desk, letter_id, "sent"))
        changes += _left_as(desk, letter_id, transport) or ()
        sent += 1
        log.info("letter %s left", letter_id)
    return changes, sent


def look_back(desk: Desk, mailbox: Mapping[str, Any], transport: Transport) -> list[Changes]:
    """Ask once more for the ids of letters that left lately: a copy may come to the sent ones after a while."""
    found: list[Changes] = []
    for (letter_id,) in desk.replica.rows(
        "SELECT o.id FROM outgoing o JOIN message m ON m.id = o.id WHERE o.state = 'sent' AND o.sent_as = '' "
        "AND o.replica = ? AND o.changed_at > ? AND m.mailbox_id IN (?, '') ORDER BY o.changed_at LIMIT 20",
        (desk.replica.state("replica"), to_ms(desk.clock.now() - _COPY_COMES), mailbox["id"]),
    ):
        asked = _left_as(desk, letter_id, transport)
        if asked is None:
            break
        found += asked
    return found


def _left_as(desk: Desk, letter_id: str, transport: Transport) -> list[Changes] | None:
    """Keep the id that the letter left with, so that answers to it find their ticket; None where nothing can be told.

    It has left: no trouble with this counts any more.
    """
    try:
        told = transport.sent_as(letter_id)
    except UserFacingError as error:
        log.info("the id of a sent letter could not be read back: %s", type(error).__name__)
        return None
    if told is None:
        return None
    if not told:
        return []
    with desk.act("", author="") as act:
        act.update(Outgoing, letter_id, sent_as=clean_text(told))
    return [act.changes]


def _claim_is_known(desk: Desk, letter_id: str) -> bool:
    """On a shared desk the claim is in the hub before the first byte leaves, so that nobody else sends the letter."""
    if desk.hub is None or not desk.hub.shared(desk):
        return True
    desk.hub.round(desk)
    return in_hub(desk, letter_id)


def _claim_is_ours(desk: Desk, letter_id: str) -> bool:
    """Of two claims the one stands that came to the hub first; whoever was second has heard so by now."""
    found = desk.replica.row("SELECT state, replica FROM outgoing WHERE id = ?", (letter_id,))
    return found == ("claimed", desk.replica.state("replica"))


def _file(desk: Desk, sha256: str) -> bytes:
    """A file of a letter; one that a colleague attached is brought here first."""
    if desk.hub is not None and not files.has(desk, sha256):
        desk.hub.fetch_file(desk, sha256)
    return files.read(desk, sha256)


def _outbound(desk: Desk, mailbox: Mapping[str, Any], row: tuple[Any, ...]) -> Outbound:
    (letter_id, message_id, in_reply_to, refs, sender_name, to, cc, subject, text, sent_at, automatic, number) = row
    attached = tuple(
        OutboundFile(name, type_, _file(desk, sha256), content_id, bool(inline))
        for name, type_, sha256, content_id, inline in desk.replica.rows(
            "SELECT name, content_type, sha256, content_id, inline FROM attachment WHERE message_id = ? ORDER BY "
            "position",
            (letter_id,),
        )
    )
    return Outbound(
        letter_id=letter_id,
        message_id=message_id,
        sender=(sender_name or mailbox["name"], mailbox["address"]),
        to=tuple((name, address) for name, address in json.loads(to)),
        cc=tuple((name, address) for name, address in json.loads(cc)),
        subject=subject,
        number=number,
        text=text,
        date=from_ms(sent_at) if sent_at else desk.clock.now(),
        in_reply_to=in_reply_to,
        references=tuple(json.loads(refs)),
        automatic=bool(automatic),
        files=attached,
    )
