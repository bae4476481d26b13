"""What a reference in the change log is called: people read names there, not ids."""

from __future__ import annotations

from typing import Any

from deskapp.desk import directory
from deskapp.desk.desk import Desk

#: Column -> (table, its name, its name in English).
_NAMED = {
    "calendar_id": ("work_calendar", "name", ""),
    "cause_id": ("cause", "name", "name_en"),
    "contact_id": ("contact", "coalesce(nullif(name, ''), address)", ""),
    "contract_id": ("contract", "number", ""),
    "customer_id": ("customer", "coalesce(nullif(name, ''), domain)", ""),
    "equipment_id": ("equipment", "name", ""),
    "part_id": ("part", "trim(code || ' ' || name)", "trim(code || ' ' || coalesce(nullif(name_en, ''), name))"),
    "place_id": ("stock_place", "name", ""),
    "recurring_id": ("recurring", "name", ""),
    "site_id": ("site", "name", ""),
    "skill_id": ("skill", "name", "name_en"),
    "zone_id": ("fault_zone", "name", "name_en"),
}
#: Columns that name another ticket: told by its number.
TICKETS = frozenset({"looks_like", "merged_into", "parent_id", "split_from"})
_PEOPLE = frozenset({"specialist_id", "owner_id"})


class Called:
    """Names of what columns refer to, each read once. What is there no more has none: ""."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[tuple[str, str], Any] = {}

    def __call__(self, column: str, value: Any) -> Any:
        """The name, of a ticket its number; a value that refers to nothing is given back."""
        if not isinstance(value, str) or not value or not (column in _NAMED or column in TICKETS | _PEOPLE):
            return value
        key = (column, value)
        if key not in self._known:
            self._known[key] = self._read(column, value)
        return self._known[key]

    def _read(self, column: str, value: str) -> Any:
        if column in TICKETS:
            return self._desk.replica.value("SELECT number FROM ticket WHERE id = ?", (value,))
        if column in _PEOPLE:
            person = directory.people(self._desk).get(value)
            return person.name if person else ""
        table, name, english = _NAMED[column]
        if self._desk.language == "en" and english:
            name = english if column == "part_id" else f"coalesce(nullif({english}, ''), {name})"
        return self._desk.replica.value(f"SELECT {name} FROM {table} WHERE id = ?", (value,)) or ""
