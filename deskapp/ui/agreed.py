"""What was agreed on the time of a ticket, typed and in words: the composer, the side panel and the undo line say the
same."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from ..desk import when
from ..desk.values import Terms
from . import words
from .i18n import fill, translate

#: Ways to a customer that are offered, minutes one way; 0: next door.
WAYS = (0, 15, 30, 45, 60, 90, 120, 180)
#: Smallest pieces that are offered, minutes.
PIECES = (30, 60, 120, 180, 240)
WHOLE = -1  # in the choice of pieces: in one piece
FIELDS = ("not_before", "wanted", "pieces", "travel")


class Typed(NamedTuple):
    """A moment as it was typed; ``is_day``: without a time."""

    at: datetime
    is_day: bool


def name(field: str) -> str:
    return {
        "not_before": translate("Agreed", "Not before"),
        "wanted": translate("Agreed", "Wanted by"),
        "pieces": translate("Agreed", "Pieces"),
        "travel": translate("Agreed", "Place"),
    }[field]


def parse(text: str, times: words.Times) -> Typed | None:
    """A moment ahead; None where the text means none."""
    found = when.moment(text, times.now, times.zone)
    return None if found is None else Typed(*found)


def hint() -> str:
    return translate("Agreed", "thu 10:00, 12.11, tomorrow")


def moment(at: datetime, times: words.Times, is_day: bool = False) -> str:
    return times.day(times.local(at).date()) if is_day else times.moment(at)


def typed(at: datetime | None, times: words.Times, is_day: bool = False) -> str:
    """As it could be typed again."""
    if at is None:
        return ""
    local = times.local(at)
    return f"{local:%d.%m.%Y}" if is_day else f"{local:%d.%m.%Y %H:%M}"


def pieces(terms: Terms) -> str:
    if terms.whole:
        return translate("Agreed", "in one piece")
    if terms.piece is not None:
        return fill(translate("Agreed", "not under %1"), words.duration(terms.piece))
    return translate("Agreed", "by the desk's rule")


def travel(minutes: int | None) -> str:
    if minutes is None:
        return translate("Agreed", "at the desk")
    if not minutes:
        return translate("Agreed", "on site, next door")
    return fill(translate("Agreed", "on site, way %1"), words.duration(minutes))


def value(field: str, terms: Terms, times: words.Times) -> str:
    """The value of a field where it was agreed; "" where nothing was."""
    if field == "not_before":
        return moment(terms.not_before, times) if terms.not_before else ""
    if field == "wanted":
        return moment(terms.wanted, times, terms.wanted_is_day) if terms.wanted else ""
    if field == "pieces":
        return pieces(terms) if terms.whole or terms.piece is not None else ""
    return travel(terms.travel) if terms.travel is not None else ""


def summary(terms: Terms, times: words.Times) -> str:
    """All that was agreed in one line."""
    said = []
    for field in FIELDS:
        text = value(field, terms, times)
        if text:
            moments = field in ("not_before", "wanted")
            said.append(f"{name(field)} {text}" if moments else text)
    line = ", ".join(said)
    return line[:1].upper() + line[1:]
