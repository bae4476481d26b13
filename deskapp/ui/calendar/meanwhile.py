"""What became of the plan under a preview, in words: who took which time, which ticket went where, and by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...desk.meanwhile import Happening
from ...planning.values import PlanDiff, Span
from .. import reasons, words
from ..i18n import fill, translate
from ..words import Times
from .texts import preview_when

#: Happenings that are told one by one.
_TOLD = 2


def told(found: Sequence[Happening], names: Mapping[str, str], times: Times) -> str:
    """All of it in a line, the first ones named; "" where nothing can be told. ``names``: short ones by person."""
    parts = [_one(happening, names, times) for happening in found[:_TOLD]]
    if len(found) > _TOLD:
        parts.append(translate("Calendar", "and %n more change(s)", None, len(found) - _TOLD))
    return "; ".join(part for part in parts if part)


def chips(
    found: Sequence[Happening], diff: PlanDiff | None, names: Mapping[str, str], times: Times
) -> tuple[tuple[str, str, str], ...]:
    """(text, colour family, icon): what has changed under a preview, and what holds the work back."""
    said = []
    if found:
        text = fill(translate("Calendar", "Recomputed: %1"), told(found, names, times))
        said.append((text, "high", "refresh-cw"))
    for reason in diff.reasons if diff is not None else ():
        said.append((reasons.not_before(reason, times), "low", "calendar-clock"))
    return tuple(said)


def _one(happening: Happening, names: Mapping[str, str], times: Times) -> str:
    person = names.get(happening.person_id, "")
    ticket = words.number(happening.number) if happening.number is not None else translate("Calendar", "other work")
    when = _when(happening.span, times)
    match happening.code:
        case "took":
            text = fill(translate("Calendar", "%1 took %2 for %3", "person, time, ticket"), person, when, ticket)
        case "moved" if happening.person_before != happening.person_id:
            before = names.get(happening.person_before, "")
            text = fill(
                translate("Calendar", "%1 went from %2 to %3, %4", "ticket, person, person, time"),
                *(ticket, before, person, when),
            )
        case "moved":
            before = _when(happening.before, times)
            text = fill(translate("Calendar", "%1 moved from %2 to %3", "ticket, time, time"), ticket, before, when)
        case "freed":
            freed = translate("Calendar", "%1 was put back: %2 is free, %3", "ticket, time, person")
            text = fill(freed, ticket, when, person)
        case "terms":
            text = fill(translate("Calendar", "what holds for %1 was changed", "ticket"), ticket)
        case _:
            return fill(translate("Calendar", "the hours of %1 were changed", "person"), person)
    by = names.get(happening.by, "")
    if by and by != person:
        text = fill(translate("Calendar", "%1 (by %2)", "what happened, person"), text, by)
    return text


def _when(span: Span | None, times: Times) -> str:
    return preview_when(span.start, span.end, times) if span is not None else ""
