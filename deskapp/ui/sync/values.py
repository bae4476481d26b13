"""Columns and stored values of the desk in words: what two people set differently must be read, not decoded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .. import stored as stored_words
from .. import words
from ..columns import column
from ..i18n import fill, translate

if TYPE_CHECKING:
    from ...desk.conflicts import Conflict
    from ...desk.syncboard import TicketName
    from ...desk.values import Directory

#: Columns that say the same as another one, or nothing to a person.
MUTE = frozenset(
    {
        "answered_at",
        "answered_by",
        "answer_took",
        "solve_took",
        "again_took",
        "started_at",
        "clock_from",
        "needs",
        "promise_id",
        "first_promised_at",
        "moved_count",
        "customer_id",
        "contact_id",
        "asked_is_day",
        "letter_id",
        "trace",
    }
)


def value(name: str, stored: Any, directory: Directory | None, times: words.Times) -> str:
    """A stored value as its column is read; a dash for none."""
    if stored is None or stored == "":
        return translate("Sync", "none")
    if directory is not None and name in ("owner_id", "specialist_id", "author_id"):
        found = directory.people.get(str(stored))
        return found.short if found else translate("Sync", "somebody")
    return stored_words.value(name, stored, directory, times)


def shown_columns(conflict: Conflict) -> list[str]:
    """The columns of a conflict that a person is to look at: those that differ, without what repeats them."""
    both = list(dict.fromkeys([*conflict.theirs, *conflict.mine]))
    differ = [name for name in both if conflict.mine.get(name) != conflict.theirs.get(name)]
    telling = [name for name in differ if name not in MUTE]
    return telling or differ or both


def told(columns: Sequence[str], most: int = 3) -> str:
    """The first of these columns that say something, in a row."""
    telling = [name for name in columns if name not in MUTE] or list(columns)
    return ", ".join(column(name).lower() for name in telling[:most])


def main_column(conflict: Conflict) -> str:
    if conflict.lost_promise:
        return "promised_at"
    columns = shown_columns(conflict)
    return columns[0] if columns else ""


def person(author: str, directory: Directory | None) -> str:
    """ "you", a surname, or the desk itself."""
    if directory is not None:
        if directory.me is not None and directory.me.id == author:
            return translate("Sync", "you")
        found = directory.people.get(author)
        if found is not None:
            return found.short
    return translate("Sync", "the desk") if not author else translate("Sync", "somebody")


def full_name(author: str, directory: Directory | None) -> tuple[str, str]:
    """(name, initials); "you" for the person at this machine."""
    if directory is not None and author in directory.people:
        found = directory.people[author]
        if directory.me is not None and directory.me.id == author:
            return translate("Sync", "you"), found.initials
        return found.name, found.initials
    return person(author, directory), ""


def ticket(name: TicketName | None) -> str:
    """ "#4109 Vertical"."""
    if name is None:
        return translate("Sync", "The desk")
    return f"{words.number(name.number)} {name.customer or name.subject}".strip()


def table(name: str) -> str:
    return {
        "ticket": translate("Sync", "ticket"),
        "customer": translate("Sync", "customer"),
        "contact": translate("Sync", "contact"),
        "specialist": translate("Sync", "specialist"),
        "work_calendar": translate("Sync", "working calendar"),
        "absence": translate("Sync", "absence"),
        "article": translate("Sync", "article"),
    }.get(name, name.replace("_", " "))


def of_two(conflict: Conflict, directory: Directory | None, times: words.Times) -> str:
    """ "you: Thu 16:00 · Orlov: Thu 12:00"."""
    name = main_column(conflict)
    parts = []
    for author, version in ((conflict.author_mine, conflict.mine), (conflict.author_theirs, conflict.theirs)):
        said = value(name, version.get(name), directory, times)
        parts.append(fill(translate("Sync", "%1: %2", "who: what"), person(author, directory), said))
    return " \u00b7 ".join(parts)
