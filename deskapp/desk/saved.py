"""Searches that somebody keeps as tabs of the queue: their own, or everybody's."""

from __future__ import annotations

from dataclasses import dataclass

from deskapp.core.errors import UserFacingError
from deskapp.desk import rights
from deskapp.desk.desk import Desk
from deskapp.desk.values import Changes
from deskapp.models.schema import SavedSearch

#: What the tab of a saved search is called among the queue's tabs.
PREFIX = "saved:"


@dataclass(frozen=True)
class Saved:
    id: str
    name: str
    words: str
    own: bool

    @property
    def tab(self) -> str:
        return PREFIX + self.id


def read(desk: Desk) -> tuple[Saved, ...]:
    """Everybody's and mine, in order."""
    rows = desk.replica.rows(
        "SELECT id, name, words, owner_id FROM saved_search WHERE active = 1 AND owner_id IN ('', ?) "
        "ORDER BY position, id",
        (desk.me,),
    )
    return tuple(Saved(row, name, words, bool(owner)) for row, name, words, owner in rows)


def words_of(desk: Desk, tab: str) -> str:
    """What a tab searches for; empty if it is gone."""
    found = desk.replica.value("SELECT words FROM saved_search WHERE id = ?", (tab.removeprefix(PREFIX),))
    return str(found or "")


def keep(desk: Desk, name: str, words: str, everybody: bool = False) -> Changes:
    """Keep a search; ``Changes.result`` is the name of its tab."""
    if not name.strip() or not words.strip():
        raise UserFacingError("A saved search needs a name and words", "Type what to look for first.")
    if everybody:
        rights.demand(desk, "lists")
    with desk.act("search_saved") as act:
        last = act.writing.execute("SELECT coalesce(max(position), -1) FROM saved_search").fetchone()[0]
        row = act.insert(
            SavedSearch,
            name=name.strip(),
            words=words.strip(),
            owner_id="" if everybody else desk.me,
            position=last + 1,
        )
        act.result = PREFIX + row
    return act.changes


def drop(desk: Desk, tab: str) -> Changes:
    row = desk.replica.record(SavedSearch, tab.removeprefix(PREFIX))
    if row is not None and not row["owner_id"]:
        rights.demand(desk, "lists")
    with desk.act("search_dropped") as act:
        act.delete(SavedSearch, tab.removeprefix(PREFIX))
    return act.changes
