"""A promise made offline whose time went to somebody else: its letter is kept, the next slot is one act away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from deskapp.core.clock import from_ms
from deskapp.desk import conflicts, drafts, promise, syncboard
from deskapp.desk.desk import Desk
from deskapp.desk.values import Changes, LetterDraft
from deskapp.planning.values import Slot


@dataclass(frozen=True)
class NextSlot:
    """The nearest slot for the same effort, and the author's letter with its date. ``slot`` None: nothing fits."""

    conflict_id: str
    ticket_id: str
    lost: datetime | None
    slot: Slot | None
    letter: LetterDraft | None


def offer(desk: Desk, conflict_id: str) -> NextSlot | None:
    """What could be promised instead of a lost slot; None if it was decided meanwhile."""
    found = next((one for one in conflicts.waiting(desk) if one.id == conflict_id and one.why == "slot"), None)
    if found is None:
        return None
    lost = from_ms(int(found.mine["promised_at"]))
    view = promise.propose(desk, found.ticket_id)
    slot = next((one for one in view.proposals.slots if not one.diff.broken), None)
    if slot is None:
        return NextSlot(conflict_id, found.ticket_id, lost, None, None)
    fresh = view.letters[view.proposals.slots.index(slot)]
    kept = drafts.load(desk, found.ticket_id).get("promise", {}).get("letter") or {}
    old = promise.promise_letter(desk, found.ticket_id, str(found.mine["specialist_id"]), lost)
    return NextSlot(conflict_id, found.ticket_id, lost, slot, _with_date(kept, old, fresh))


def _with_date(kept: Mapping[str, Any], old: LetterDraft, fresh: LetterDraft) -> LetterDraft:
    """What the author wrote, the new date in the place of the old one; the usual letter where that is not found."""
    body = str(kept.get("body") or "".join(kept.get("parts") or ()))
    if not body.strip() or not old.date_token or old.date_token not in body:
        return fresh
    to, cc = (_people(kept.get(name)) for name in ("to", "cc"))
    body = body.replace(old.date_token, fresh.date_token)
    return replace(fresh, body=body, to=to or fresh.to, cc=cc or fresh.cc)


def _people(kept: object) -> tuple[tuple[str, str], ...]:
    """The addresses of a letter that came back; empty for those of a form, which stay the usual ones."""
    return tuple((str(name), str(address)) for name, address in kept) if isinstance(kept, list) else ()


def give(desk: Desk, offered: NextSlot) -> Changes:
    """Promise the offered slot. Lapsed if it went to somebody meanwhile: ask for the next."""
    assert offered.slot is not None and offered.letter is not None
    return promise.give(desk, offered.ticket_id, offered.slot, offered.letter)


@dataclass(frozen=True)
class Overtaken:
    """What is to be chosen in a ticket; ``offered`` and ``taken_by`` where it is a lost slot."""

    ticket_id: str
    choices: int
    offered: NextSlot | None = None
    taken_by: syncboard.TicketName | None = None


def of_ticket(desk: Desk, ticket_id: str) -> Overtaken | None:
    """The choices of one ticket; None if there is none."""
    found = conflicts.of_ticket(desk, ticket_id)
    if not found:
        return None
    lost = next((one for one in found if one.why == "slot"), None)
    if lost is None:
        return Overtaken(ticket_id, len(found))
    taken_by = syncboard.name_of(desk, str(lost.theirs.get("ticket_id", "")))
    return Overtaken(ticket_id, len(found), offer(desk, lost.id), taken_by)
