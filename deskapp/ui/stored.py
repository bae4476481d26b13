"""Stored values in words: in the history of a ticket and of a customer, and where two people changed the same.

What is read there was written by a program; a person reads dates, names and words, never a code.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..core.clock import from_ms
from . import letterwords, typed_days, words
from .i18n import translate

if TYPE_CHECKING:
    from ..desk.values import Directory

_PEOPLE = frozenset({"owner_id", "specialist_id", "author_id", "from_id", "to_id", "made_by", "answered_by"})
_MOMENTS = frozenset({"at", "window_start", "window_end", "undeliverable"})
_DAYS = frozenset({"since", "until", "installed", "expected_on", "checked_on", "check_by", "first_on"})
_MINUTES = frozenset({"effort", "minutes", "margin", "reaction", "replacement"})
_WAYS = frozenset({"channel", "told_how", "consent_how", "confirmed_how", "how"})
_TICKETS = frozenset({"number", "looks_like", "merged_into", "parent_id", "split_from"})
_SWITCHES = frozenset(
    {
        *("active", "vip", "may_agree", "paid_phone", "auto_slip", "night_letter", "keep_whole", "snoozed_for_reply"),
        *("internal", "pinned", "asked_is_day", "automatic", "on_duty"),
    }
)


def way(code: str) -> str:
    """How it came, was told or was done: "mail", "by hand"."""
    return {
        "mail": translate("Side", "mail"),
        "phone": translate("Side", "phone"),
        "visit": translate("Side", "visit"),
        "hand": translate("Side", "by hand"),
        "chat": translate("Side", "chat"),
        "form": translate("Side", "web form"),
        "web": translate("Side", "web form"),
        "work": translate("Stored", "work"),
        "silence": translate("Stored", "by silence"),
    }.get(code, code)


def _state(code: str) -> str:
    """Of planned work, a letter, a hand-over, a visit, parts or an article; no code means two things."""
    return {
        "planned": translate("Stored", "planned"),
        "in_progress": translate("Stored", "in work"),
        "done": translate("Stored", "done"),
        "ready": translate("Stored", "waits to be sent"),
        "claimed": translate("Stored", "being sent"),
        "sent": translate("Stored", "sent"),
        "failed": translate("Stored", "not sent"),
        "unknown": translate("Stored", "perhaps sent"),
        "given": translate("Stored", "given"),
        "accepted": translate("Stored", "accepted"),
        "returned": translate("Stored", "returned"),
        "on_way": translate("Stored", "on the way"),
        "on_site": translate("Stored", "on site"),
        "cancelled": translate("Stored", "cancelled"),
        "open": translate("Stored", "kept"),
        "used": translate("Stored", "used"),
        "released": translate("Stored", "given back"),
        "ordered": translate("Stored", "ordered"),
        "received": translate("Stored", "received"),
        "draft": translate("Stored", "draft"),
        "published": translate("Stored", "published"),
        "retired": translate("Stored", "out of use"),
    }.get(code, code)


def _kind(code: str, table: str) -> str:
    if table == "note":
        return words.note_kind(code)
    if table == "message":
        theirs = {
            "new": translate("Stored", "new request"),
            "reply": translate("Stored", "reply"),
            "auto": translate("Stored", "automatic reply"),
            "bounce": translate("Stored", "came back undelivered"),
            "forward": translate("Stored", "forwarded"),
        }
        return letterwords.chip(code) or theirs.get(code, code)
    return {
        "work": translate("Stored", "work"),
        "visit": translate("Stored", "visit"),
        "travel": translate("Stored", "way there"),
        "receipt": translate("Stored", "received"),
        "use": translate("Stored", "used"),
        "return": translate("Stored", "returned"),
        "move": translate("Stored", "moved"),
        "count": translate("Stored", "counted"),
        "csat": translate("Stored", "satisfaction, 1 to 5"),
        "nps": translate("Stored", "would recommend, 0 to 10"),
    }.get(code, code)


def _code(name: str, code: str, table: str) -> str:
    """A code in words; what is none is given back."""
    if name == "kind":
        return _kind(code, table)
    if name == "state":
        return _state(code)
    if name in _WAYS:
        return way(code)
    if name == "status":
        return words.status(code)
    if name == "wait_for":
        return words.status("waiting", code)
    more: Mapping[str, dict[str, str]] = {
        "set_aside": {"spam": translate("Ticket", "Spam"), "not_request": translate("Ticket", "Not a request")},
        "needs": {"date": translate("Stored", "a new date"), "reply": translate("Stored", "a reply")},
        "language": {"ru": "Русский", "en": "English"},
    }
    return more.get(name, {}).get(code, code)


def _addressed(text: str) -> str:
    """Names of those to whom a letter goes, their addresses where they have none."""
    try:
        found = json.loads(text)
        return ", ".join(str(name or address) for name, address in found)
    except (TypeError, ValueError):  # a long list was cut
        return text


def value(name: str, stored: Any, directory: Directory | None, times: words.Times, table: str = "") -> str:
    """A stored value as its column is read; "" for none."""
    if stored is None or stored == "":
        return ""
    if name in _SWITCHES and stored in (0, 1):
        return translate("Customers", "yes") if stored else translate("Customers", "no")
    if name in _DAYS:
        return typed_days.written(str(stored))
    if name in ("recipients", "cc"):
        return _addressed(str(stored))
    if directory is not None and name in _PEOPLE:
        person = directory.people.get(str(stored))
        return person.name if person else str(stored)
    if directory is not None and name in ("cause_id", "zone_id", "skill_id"):
        choices = {"cause_id": directory.causes, "zone_id": directory.zones, "skill_id": directory.skills}[name]
        return next((one.name for one in choices if one.id == stored), str(stored))
    if isinstance(stored, int):
        return _number(name, stored, times)
    return " ".join(_code(name, str(stored), table).split())


def _number(name: str, stored: int, times: words.Times) -> str:
    if name in _MOMENTS or name.endswith(("_at", "_until")):
        return times.moment(from_ms(stored))
    if name == "urgency":
        return words.urgency(stored)
    if name in _MINUTES or name.endswith("_minutes"):
        return words.duration(stored)
    return words.number(stored) if name in _TICKETS else str(stored)
