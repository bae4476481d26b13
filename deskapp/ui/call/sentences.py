"""What is said aloud while somebody is on the phone: where a ticket stands, and when work could be done."""

from __future__ import annotations

from ...desk.calls import Caller, Offer, Status
from ...desk.values import Directory
from .. import words
from ..i18n import fill, translate


def status(found: Status, times: words.Times) -> str:
    """ "№4117, в работе, специалист Соколова, обещано сегодня до 15:00, прогноз 12:30"."""
    parts = [words.number(found.number), words.status(found.status, found.wait_for).lower()]
    if found.specialist and found.status not in ("closed", "refused", "merged"):
        parts.append(fill(translate("Call", "specialist %1"), found.specialist))
    if found.finished_at is not None:
        parts.append(fill(translate("Call", "resolved %1"), times.moment(found.finished_at)))
    elif found.promised_at is not None:
        parts.append(fill(translate("Call", "promised by %1"), times.moment(found.promised_at)))
        if found.forecast_at is not None:
            parts.append(fill(translate("Call", "forecast %1"), times.moment_brief(found.forecast_at)))
    elif found.answer_due is not None:
        parts.append(fill(translate("Call", "the date will be told by %1"), times.moment(found.answer_due)))
    return ", ".join(parts)


def offer(found: Offer, directory: Directory, times: words.Times) -> str:
    """The earliest date, who does it, and what it would break."""
    if found.slot is None:
        return {
            "no_estimate": translate("Call", "Give the effort or a cause, and the earliest date stands here."),
            "no_people": translate("Call", "Nobody who works here may do this."),
        }.get(found.problem, translate("Call", "It fits nowhere in the days ahead."))
    person = directory.people.get(found.slot.person_id)
    parts = [
        fill(translate("Call", "Nearest: %1, %2"), person.short if person else "", times.moment(found.slot.promise))
    ]
    if found.breaks:
        parts.append(translate("Call", "breaks %n promise(s)", None, len(found.breaks)))
    if found.assumed and found.minutes:
        parts.append(fill(translate("Call", "if it takes %1, as usual"), words.duration(found.minutes)))
    return ", ".join(parts)


def caller(found: Caller) -> str:
    """One line of the list of callers."""
    parts = [found.customer, found.name, found.phone]
    line = ", ".join(part for part in parts if part)
    count = len(found.tickets)
    return f"{line}  ({translate('Call', '%n open', None, count)})" if count else line
