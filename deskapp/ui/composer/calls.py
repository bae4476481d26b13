"""What the composer asks of the desk in one go; runs in a lane, never on the main thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from ...core.errors import UserFacingError
from ...desk import files as kept
from ...desk import letters
from ...desk.desk import Desk
from ...desk.intake_values import IncomingFile
from ...desk.values import Changes, LetterDraft
from .attachments import Attached

#: Stands for the words of a reply while its template is filled, so that they have a place of their own.
_PLACE = "\ue000"


def draft_letter(desk: Desk, ticket_id: str, kind: str, values: Mapping[str, Any]) -> LetterDraft:
    """A letter from its template; a reply goes to everybody who got the letter that it answers."""
    if kind == "slip":
        values = dict(values) | _who_and_when(desk, ticket_id, values.get("date"))
    if kind != "reply":
        return letters.draft(desk, ticket_id, kind, **values)
    letter = letters.draft(desk, ticket_id, kind, text=_PLACE, **values)
    return replace(letter, body=letter.body.replace(_PLACE, ""), cc=letters.reply_all(desk, ticket_id))


def _who_and_when(desk: Desk, ticket_id: str, date: datetime | None) -> dict[str, Any]:
    """The specialist of a ticket and the holidays until a date, as a letter says them."""
    _values, language, row = letters.values_for(desk, ticket_id)
    owner = str(row["owner_id"] or desk.me)
    said: dict[str, Any] = {"specialist": letters.person_name(desk, owner, language)}
    return said | ({"days_off": letters.days_off(desk, owner, date)} if date else {})


def act_with_files(
    desk: Desk,
    intention: Callable[..., Changes],
    args: Sequence[Any],
    named: Mapping[str, Any],
    attached: Sequence[Attached],
) -> Changes:
    """The intention, its attachments kept in the desk first."""
    if not attached:
        return intention(desk, *args, **named)
    return intention(desk, *args, files=keep(desk, attached), **named)


def keep(desk: Desk, attached: Sequence[Attached]) -> tuple[IncomingFile, ...]:
    """Read and keep what was attached; UserFacingError naming the first file that is no longer there."""
    found = []
    for item in attached:
        try:
            data = item.data or Path(item.path).read_bytes()
        except OSError as error:
            raise UserFacingError(
                "“%1” cannot be read",
                "What you wrote is kept. Attach the file again, or take it off. (%2)",
                item.name,
                error.strerror or error,
            ) from error
        found.append(IncomingFile(item.name, item.type, len(data), kept.put(desk, data)))
    return tuple(found)
