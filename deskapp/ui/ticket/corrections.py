"""Entries of the protocol and what was put right of them: the protocol only grows, the eye sees what holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from ...desk.values import Entry
from ...desk.work import EDIT_MINUTES

EDIT = timedelta(minutes=EDIT_MINUTES)


def with_corrections(entries: Sequence[Entry]) -> list[Entry]:
    """An author's quick correction stands in the place of its entry; a later one names the entry it is about."""
    found: list[Entry] = []
    place: dict[str, int] = {}  # id of an entry -> where it, or what replaced it, stands
    for entry in entries:
        at = place.get(str(entry.data.get("corrects") or ""))
        if at is None:
            place[entry.id] = len(found)
            found.append(entry)
            continue
        old = found[at]
        if entry.author_id == old.author_id and entry.at - old.at <= EDIT and not old.data.get("corrects"):
            found[at] = replace(old, id=entry.id, text=entry.text, data={**old.data, "corrected": True})
            place[entry.id] = at
        else:
            place[entry.id] = len(found)
            found.append(replace(entry, data={**entry.data, "corrects_at": old.at}))
    return found
