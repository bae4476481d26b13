"""What a first reading of a mailbox would bring, before anything is taken in: rehearsed by intake, then undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from deskapp.core.clock import from_ms, to_ms
from deskapp.desk import intake
from deskapp.desk.desk import Desk
from deskapp.desk.intake_values import Incoming
from deskapp.desk.mailport import MailPreview, PreviewLetter
from deskapp.sync.mail import reading
from deskapp.sync.mail.letter import Letter
from deskapp.sync.mail.parse import parse
from deskapp.sync.mail.transports import Transport

#: Letters that are counted (a listing begins with the oldest), and the newest of them, which are read.
_COUNTED, READ = 1_000_000, 200


def look(desk: Desk, transport: Transport, mailbox_id: str = "") -> MailPreview:
    """The newest letters of a mailbox as intake would take them, oldest first. Nothing there or here is changed."""
    ids = transport.listing("", _COUNTED).remote_ids
    around = reading.surroundings(desk)
    now = around.now
    read: list[tuple[datetime, Letter | None, Incoming | None]] = []
    oldest: datetime | None = None
    for place, remote_id in enumerate(dict.fromkeys([*ids[:1], *ids[-READ:]])):
        fetched = transport.read(remote_id)
        if fetched is None:
            continue
        at = min(from_ms(to_ms(fetched.received_at)), now) if fetched.received_at is not None else now
        oldest = at if oldest is None else min(oldest, at)
        if place == 0 and len(ids) > READ:
            continue  # only its date was wanted
        try:
            letter = parse(fetched.raw)
            # what is attached decides nothing, and would be written to the disk
            whole = reading.incoming(around, replace(letter, attachments=()), "", at, mailbox_id)
        except Exception:  # it would be quarantined
            read.append((at, None, None))
            continue
        read.append((at, letter, whole))
    read.sort(key=lambda one: one[0])
    outcomes = iter(intake.rehearse(desk, [whole for _at, _letter, whole in read if whole is not None]))
    letters = []
    for at, parsed, taken in read:
        if parsed is None or taken is None:
            letters.append(PreviewLetter(at, "", "", "broken"))
            continue
        outcome = next(outcomes)
        known = outcome.outcome == "ignored" and bool(outcome.message_id)
        letters.append(
            PreviewLetter(
                at,
                taken.sender[0] or taken.sender[1],
                parsed.subject,
                "known" if known else outcome.outcome,
                parsed.automatic,
            )
        )
    return MailPreview(len(ids), oldest, tuple(letters))
