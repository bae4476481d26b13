"""Popups that set what was agreed on the time of a ticket: not before, wanted by, pieces, at the desk or on site."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from ...desk import terms, triage
from ...desk.values import Terms
from .. import agreed, words
from ..i18n import translate
from ..popups import ChoicePopup, Option, Popup, TypedPopup

if TYPE_CHECKING:
    from .triage import Target

#: (popup, what is called with what was chosen)
Made = tuple[Popup, Callable[[Any], tuple[Any, ...]]]


def made(field: str, host: QWidget, target: Target, times: words.Times) -> Made:
    """The popup of one of `agreed.FIELDS`; its ``chosen`` carries a value for the call."""
    ids, now = list(target.ids), target.terms
    if field == "pieces":
        sizes = sorted({*agreed.PIECES, *([now.piece] if now.piece else [])})
        options = [Option(0, translate("Agreed", "by the desk's rule"))]
        options.append(Option(agreed.WHOLE, translate("Agreed", "in one piece")))
        options += [Option(size, agreed.pieces(Terms(piece=size))) for size in sizes]
        current = agreed.WHOLE if now.whole else now.piece or 0
        return ChoicePopup(host, agreed.name(field), options, current), lambda value: (
            terms.set_pieces,
            ids,
            value == agreed.WHOLE,
            value if value > 0 else None,
        )
    if field == "travel":
        ways = sorted({*agreed.WAYS, *([now.travel] if now.travel else [])})
        options = [Option(-1, agreed.travel(None)), *(Option(way, agreed.travel(way)) for way in ways)]
        current = -1 if now.travel is None else now.travel
        return ChoicePopup(host, agreed.name(field), options, current), lambda value: (
            terms.set_travel,
            ids,
            value if value >= 0 else None,
        )
    return _moment(field, host, target, times)


def _moment(field: str, host: QWidget, target: Target, times: words.Times) -> Made:
    ids, now = list(target.ids), target.terms
    wanted = field == "wanted"
    at, is_day = (now.wanted, now.wanted_is_day) if wanted else (now.not_before, False)

    def parse(text: str) -> agreed.Typed | None:
        return agreed.parse(text, times)

    def show(value: agreed.Typed) -> str:
        return agreed.moment(value.at, times, value.is_day)

    suggestions = [
        Option(value, text, note=show(value))
        for text, typed in (
            (translate("Agreed", "tomorrow"), "tomorrow"),
            (translate("Agreed", "Monday morning"), "mon 9:00"),
        )
        if (value := parse(typed)) is not None
    ]
    if at is not None:
        suggestions.append(Option(None, translate("Agreed", "nothing was agreed")))
    text = agreed.typed(at, times, is_day)
    popup = TypedPopup(host, agreed.name(field), parse, show, agreed.hint(), suggestions, text)
    if wanted:
        return popup, lambda value: (triage.set_asked, ids, value.at if value else None, bool(value and value.is_day))
    return popup, lambda value: (terms.set_not_before, ids, value.at if value else None)


def menu(host: QWidget, target: Target, times: words.Times) -> ChoicePopup:
    """Which of them to set; what is agreed already stands beside its name."""
    options = [
        Option(field, agreed.name(field), note=agreed.value(field, target.terms, times)) for field in agreed.FIELDS
    ]
    return ChoicePopup(host, translate("Agreed", "Agreed on the time"), options, None)
