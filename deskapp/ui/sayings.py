"""What was just done, in a sentence: the codes of `Changes.said` put into words."""

from __future__ import annotations

from collections.abc import Mapping

from . import words
from .i18n import fill, translate


def saying(code: str, args: Mapping[str, object]) -> str:
    """The sentence of an act. A code without a sentence of its own is told by its ticket alone."""
    number = args.get("number")
    ticket = words.number(number) if isinstance(number, int) else ""
    count = args.get("count")
    if isinstance(count, int) and count > 1:
        ticket = translate("Sayings", "%n ticket(s)", None, count)
    text = _sentence(code)
    if not text:
        return fill(translate("Sayings", "%1 changed"), ticket) if ticket else translate("Sayings", "Changed")
    if not ticket:
        return text
    return fill(translate("Sayings", "%1: %2", "ticket, what was done"), ticket, text)


def _sentence(code: str) -> str:
    return {
        "created": translate("Sayings", "ticket made"),
        "promised": translate("Sayings", "promise given"),
        "refused": translate("Sayings", "refusal given"),
        "slip": translate("Sayings", "new date told"),
        "letter": translate("Sayings", "letter written"),
        "question": translate("Sayings", "question asked"),
        "reminded": translate("Sayings", "reminder written"),
        "note": translate("Sayings", "note recorded"),
        "corrected": translate("Sayings", "note corrected"),
        "urgency": translate("Sayings", "urgency set"),
        "cause": translate("Sayings", "cause set"),
        "zone": translate("Sayings", "zone of the fault set"),
        "line": translate("Sayings", "line set"),
        "owner": translate("Sayings", "specialist set"),
        "effort": translate("Sayings", "effort set"),
        "skill": translate("Sayings", "skill set"),
        "product": translate("Sayings", "product set"),
        "subject": translate("Sayings", "subject set"),
        "asked": translate("Sayings", "wanted date set"),
        "requester": translate("Sayings", "requester set"),
        "set_aside": translate("Sayings", "set aside"),
        "snoozed": translate("Sayings", "snoozed"),
        "started": translate("Sayings", "work started"),
        "waiting": translate("Sayings", "set to wait"),
        "resumed": translate("Sayings", "work resumed"),
        "finished": translate("Sayings", "resolved"),
        "agreed": translate("Sayings", "consent recorded, closed"),
        "disagreed": translate("Sayings", "reopened, not fixed"),
        "reopened": translate("Sayings", "reopened"),
        "planned": translate("Sayings", "planned"),
        "moved": translate("Sayings", "moved in the plan"),
        "resized": translate("Sayings", "length changed"),
        "split": translate("Sayings", "split"),
        "merged": translate("Sayings", "merged"),
        "unplanned": translate("Sayings", "put back"),
        "pinned": translate("Sayings", "pinned"),
        "unpinned": translate("Sayings", "unpinned"),
        "cancelled": translate("Sayings", "letter taken back"),
        "undone": translate("Sayings", "undone"),
        "setting": translate("Sayings", "setting changed"),
    }.get(code, "")
