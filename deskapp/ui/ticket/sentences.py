"""The words of a timeline: what kind of letter it was, and what the desk did by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ...core.clock import from_ms
from ...desk.values import Entry
from .. import words
from ..columns import column
from ..i18n import fill, translate

#: Chips of our letters: label -> (colour family, icon).
LETTER_CHIPS = {
    "promise": ("ok", "check"),
    "slip": ("high", "clock"),
    "refusal": ("low", "x"),
    "done": ("ok", "check"),
    "question": ("norm", "circle-question-mark"),
    "reminder": ("low", "bell"),
    "ack": ("low", "mail"),
    "visit": ("visit", "truck"),
    "holding": ("high", "clock"),
    "followup": ("low", "bell"),
    "rating": ("low", "star"),
}

PROTOCOL_ICONS = {
    "check": "flask-conical",
    "change": "sliders-horizontal",
    "talk": "phone",
    "measure": "ruler",
    "visit": "truck",
    "part": "package",
}
PROTOCOL_TOKENS = {"change": "norm", "visit": "visit", "part": "visit"}


def _way(how: str) -> str:
    return {
        "mail": translate("Timeline", "by mail"),
        "phone": translate("Timeline", "by phone"),
        "visit": translate("Timeline", "on site"),
    }.get(how, "")


def _parts(text: str, data: Mapping[str, Any]) -> str:
    return fill(text, str(data.get("quantity")), str(data.get("part")))


def _moment(value: Any, times: words.Times) -> str:
    if isinstance(value, datetime):
        return times.moment(value)
    return times.moment(from_ms(value)) if isinstance(value, int) else ""


def event(entry: Entry, times: words.Times) -> str:
    """One line for what the desk or a plan did. A code of a newer version is told by its text, if it has one."""
    data = entry.data
    told = _told(entry.label, data, times)
    return told or entry.text or entry.label.replace("_", " ")


def _hinted(data: Mapping[str, Any]) -> str:
    """What was read out of a letter: how urgent it is, who wrote it, or the words that are a sign of either."""
    level, asker, said = data.get("urgency"), data.get("asker") or ("", ""), data.get("words") or ()
    if isinstance(level, int):
        return fill(translate("Timeline", "The letter speaks of urgency: %1"), words.urgency(level).lower())
    if asker[1]:
        return fill(translate("Timeline", "The letter was forwarded, written by %1"), asker[0] or asker[1])
    return fill(translate("Timeline", "Noticed in the letter: %1"), ", ".join(map(str, said)))


def _told(code: str, data: Mapping[str, Any], times: words.Times) -> str:
    who = ", ".join(
        part for part in (str(data.get("who") or ""), _way(str(data.get("how") or data.get("told") or ""))) if part
    )
    number = data.get("number")
    text = str(data.get("text") or "")
    match code:
        case "numbered":
            value = number if isinstance(number, int) else None
            return fill(translate("Timeline", "Number %1 given"), words.number(value))
        case "hint":
            return _hinted(data)
        case "rated":
            value = data.get("value")
            if not isinstance(value, int):
                return translate("Timeline", "Mark of satisfaction taken back")
            scale = "10" if data.get("kind") == "nps" else "5"
            told = _way(str(data.get("how") or ""))
            return fill(translate("Timeline", "Mark of satisfaction: %1 of %2, %3"), str(value), scale, told)
        case "part_reserved":
            return _parts(translate("Timeline", "Part reserved: %1 × %2"), data)
        case "part_ordered":
            return _parts(translate("Timeline", "Part ordered: %1 × %2"), data)
        case "visit_planned":
            return fill(translate("Timeline", "Visit planned: %1"), _moment(data.get("start"), times))
        case "visit_done":
            return fill(translate("Timeline", "Visit done, accepted by %1"), str(data.get("who")))
        case "visit_cancelled":
            return translate("Timeline", "Visit cancelled")
        case "linked":
            parent = data.get("parent")
            return fill(
                translate("Timeline", "Part of the fault %1"), words.number(parent if isinstance(parent, int) else None)
            )
        case "unlinked":
            return translate("Timeline", "On its own again")
        case "closed_by_silence":
            return fill(translate("Timeline", "Closed: no answer for %1"), words.days(int(data.get("days") or 0)))
        case "closed_with_children":
            return translate("Timeline", "Closed with the last ticket of the fault")
        case "held_at_night":
            return translate("Timeline", "Holding letter sent: the promise passes at night")
        case "told_by_itself":
            return translate("Timeline", "The new date was told by itself, as the contract allows")
        case "recurring":
            return fill(translate("Timeline", "Made by the rule %1"), words.quoted(str(data.get("rule") or "")))
        case "reopened":
            return translate("Timeline", "Opened again")
        case "agreed":
            return fill(translate("Timeline", "Consent received: %1"), who)
        case "disagreed":
            said = fill(translate("Timeline", "Not fixed: %1"), who)
            return f"{said}. {text}" if text else said
        case "finished":
            return fill(translate("Timeline", "Resolved, told: %1"), who) if who else translate("Timeline", "Resolved")
        case "refused":
            return fill(translate("Timeline", "Refused: %1"), str(data.get("reason") or ""))
        case "waiting":
            return _waits(str(data.get("for") or ""), str(data.get("why") or ""))
        case "slot_lost" if isinstance(number, int):
            return fill(translate("Timeline", "The time went to %1 first: plan it anew"), words.number(number))
        case "slot_lost":
            return translate("Timeline", "The time was taken by a colleague first: plan it anew")
        case "conflict_chosen":
            return _chosen(data)
        case "letter_returned" if data.get("why") in ("promised_by_other", "slot_lost"):
            return translate("Timeline", "The letter came back to its author: a colleague was faster")
        case "letter_returned":
            return translate("Timeline", "The letter came back to its author: its date no longer holds")
        case "climbed":
            return fill(translate("Timeline", "Went up to L%1 by the rule of waiting"), data.get("to", "?"))
        case "assigned":
            return translate("Timeline", "Given out by the rules")
        case "unmerged" if isinstance(data.get("lost"), int):
            return translate(
                "Timeline",
                "Taken apart again, %n planned block(s) found their time taken: plan anew",
                None,
                data["lost"],
            )
        case "unmerged":
            return fill(translate("Timeline", "Taken apart again: %1"), words.number(number))  # type: ignore[arg-type]
        case "split_off":
            return fill(translate("Timeline", "A letter became a ticket of its own: %1"), words.number(number))  # type: ignore[arg-type]
        case "split_from":
            return fill(translate("Timeline", "Split off from %1"), words.number(number))  # type: ignore[arg-type]
        case "acknowledged" | "ack":
            return translate("Timeline", "Acknowledgement sent")
    return _planned(code, data, times)


def handed(entry: Entry) -> str:
    """The head of a hand-over: between which lines, from whom to whom."""
    data = entry.data
    lines = (data.get("from_line", "?"), data.get("to_line", "?"))
    giver, taker = str(data.get("from") or entry.author).split()[-1:], str(data.get("to") or "").split()[-1:]
    if data.get("automatic"):
        return fill(translate("Timeline", "Went up from L%1 to L%2: nobody took it in time"), *lines)
    if not taker:
        return fill(translate("Timeline", "Handed from L%1 to L%2 by %3"), *lines, *giver or ("",))
    return fill(translate("Timeline", "Handed from L%1 to L%2: %3 to %4"), *lines, *giver or ("",), *taker)


def _chosen(data: Mapping[str, Any]) -> str:
    """Which of two values a person let be in force."""
    from ..sync import values

    names = ", ".join(column(str(name)).lower() for name in data.get("columns", ()) if name not in values.MUTE)
    if data.get("which") == "mine":
        said = translate("Timeline", "Two values, the later one was chosen: %1")
    else:
        said = translate("Timeline", "Two values, the shared one was chosen: %1")
    return fill(said, names)


def _waits(reason: str, why: str) -> str:
    told = words.status("waiting", reason)
    return f"{told}: {why}" if why else told


def _planned(code: str, data: Mapping[str, Any], times: words.Times) -> str:
    person = str(data.get("person") or data.get("name") or "")
    start = _moment(data.get("start"), times)
    match code:
        case "planned":
            text = translate("Timeline", "Planned: %1, %2") if person and start else translate("Timeline", "Planned")
            return fill(text, person, start)
        case "moved":
            before, after = _moment(data.get("from"), times), _moment(data.get("to"), times)
            if before and after:
                return fill(translate("Timeline", "Plan moved: forecast %1, before %2"), after, before)
            return translate("Timeline", "Plan moved")
        case "unplanned":
            return translate("Timeline", "Taken out of the plan")
        case "split":
            return translate("Timeline", "Work split into parts")
        case "resized":
            return translate("Timeline", "Planned time changed")
        case "merged":
            number = data.get("number")
            value = number if isinstance(number, int) else None
            return fill(translate("Timeline", "Merged with %1"), words.number(value))
        case "out_of_office":
            return translate("Timeline", "Out of office")
        case "bounce":
            return translate("Timeline", "The letter could not be delivered")
    return ""


def source_line(entry: Entry, times: words.Times) -> str:
    """Author and time, in front of copied text."""
    return f"{entry.author}, {times.moment(entry.at)}:".replace(words.NBSP, " ")
