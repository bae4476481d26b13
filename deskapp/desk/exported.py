"""What the tables of an exported desk must be like before they become one.

Such files are open, so people write into them, and they may come from anybody. A value that no reading could bear, or
that would be taken for another one, is refused with its table, row and column (the head is row 1, as a spreadsheet
counts). A language that this application does not speak becomes that of the column's default; a reference that leads
nowhere stays, since every reading bears it. Both are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from deskapp.core.errors import UserFacingError
from deskapp.desk.states import STATUSES
from deskapp.models import shape, sound
from deskapp.models.database import Writing
from deskapp.models.fields import Flag, Ms, Number, Ref
from deskapp.models.schema import Shared
from deskapp.models.tables import defaults

_MOST = 1 << 40
_PEOPLE = "specialist"
_URGENCIES = (1, 4)
_MINUTES = (0, _MOST)
#: Column -> the words that it may hold.
_WORDS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("ticket", "status"): STATUSES,
    ("ticket_state", "status"): STATUSES,
    ("ticket", "wait_for"): ("", "customer", "parts", "visit", "third"),
    ("ticket", "set_aside"): ("", "spam", "not_request"),
    ("specialist", "role"): ("specialist", "lead", "administrator"),
    ("message", "direction"): ("in", "out"),
    ("booking", "state"): ("planned", "in_progress", "done"),
    ("booking", "kind"): ("work", "visit", "travel"),
    ("outgoing", "state"): ("ready", "claimed", "sent", "failed", "unknown"),
    ("escalation", "state"): ("given", "accepted", "returned"),
    ("article", "state"): ("draft", "published", "retired"),
}
#: Column -> (least, most).
_RANGES: Mapping[tuple[str, str], tuple[int, int]] = {
    ("ticket", "urgency"): _URGENCIES,
    ("ticket_state", "urgency"): _URGENCIES,
    ("contract_target", "urgency"): _URGENCIES,
    ("recurring", "urgency"): _URGENCIES,
    ("ticket", "line"): (0, 9),
    ("ticket", "number"): (1, _MOST << 20),
    ("ticket", "reopened"): _MINUTES,
    ("ticket", "moved_count"): _MINUTES,
    ("ticket", "effort"): _MINUTES,
    ("ticket", "piece_minutes"): _MINUTES,
    ("ticket", "travel_minutes"): _MINUTES,
    ("note", "minutes"): _MINUTES,
    ("cause", "usual_minutes"): _MINUTES,
    ("contract", "start_minutes"): _MINUTES,
    ("contract", "answer_minutes"): _MINUTES,
    ("contract", "travel_minutes"): _MINUTES,
    ("contract", "silence_days"): _MINUTES,
    ("contract_target", "reaction"): _MINUTES,
    ("contract_target", "solution"): _MINUTES,
    ("contract_target", "replacement"): _MINUTES,
    ("site", "travel_minutes"): _MINUTES,
    ("visit", "travel_minutes"): _MINUTES,
    ("recurring", "effort"): _MINUTES,
    ("recurring", "step"): (1, _MOST),
    ("recurring", "minute"): (0, 24 * 60),
    ("recurring", "ahead_days"): _MINUTES,
    ("specialist", "reserve"): (0, 100),
    ("attachment", "size"): _MINUTES,
}
#: Instants between these, in milliseconds, lie in the years 1970 to 1973: they were meant as seconds.
_SECONDS = (100_000_000, 100_000_000_000)
LANGUAGES = ("", "ru", "en")
#: The table that a reference names, where the column's own name does not say it.
_LEADS_TO = {
    "owner": _PEOPLE, "author": _PEOPLE, "substitute": _PEOPLE, "zone": "fault_zone", "calendar": "work_calendar",
    "parent": "ticket", "place": "stock_place",
}  # fmt: skip


def refused(table: str, row: int, column: str, found: object, why: str = "") -> UserFacingError:
    """What is said of a cell. ``why``: seconds, zone, or empty for anything else."""
    cell = "\\N" if found is None else str(found)
    place = (f"{table}.csv", row, column, cell if len(cell) <= 60 else f"{cell[:60]}…")
    if why == "seconds":
        return UserFacingError(
            "The export is damaged",
            "%1, row %2, %3: %4 looks like an instant in seconds, but they are UTC milliseconds. Nothing was imported.",
            *place,
        )
    if why == "zone":
        return UserFacingError(
            "The export is damaged",
            "%1, row %2, %3: this machine knows no time zone “%4”. Nothing was imported.",
            *place,
        )
    return UserFacingError(
        "The export is damaged", "%1, row %2, %3: “%4” cannot stand there. Nothing was imported.", *place
    )


def refused_twice(table: str, row: int, id_: str, first: int) -> UserFacingError:
    return UserFacingError(
        "The export is damaged",
        "%1, row %2: the id “%3” is that of row %4 already. Nothing was imported.",
        f"{table}.csv",
        row,
        id_[:60],
        first,
    )


def must_be_sound(writing: Writing, model: type[Shared]) -> None:
    """Hold the rows of a table that was just filled in their order against what can stand in it. UserFacingError."""
    table = model._meta.table_name
    fits = sound.checks(table)
    for place, row in shape.odd(writing, model):
        if not sound.is_id(row["id"]):
            raise refused(table, place + 1, "id", row["id"])
        for column, fit in fits.items():
            if not fit(row[column]) and not (row[column] is None and column in sound.MOMENTS):
                raise refused(table, place + 1, column, row[column], "zone" if column == "zone" else "")
    for column, condition, why in _conditions(model):
        found = writing.execute(
            f'SELECT rowid, "{column}" FROM "{table}" WHERE {condition} ORDER BY rowid LIMIT 1'
        ).fetchone()
        if found:
            raise refused(table, found[0] + 1, column, found[1], why)


def _conditions(model: type[Shared]) -> Iterator[tuple[str, str, str]]:
    """(column, what is wrong in SQL, why)."""
    table = model._meta.table_name
    for field in model._meta.sorted_fields:
        column = field.column_name
        if (table, column) in _WORDS:
            words = ", ".join(f"'{word}'" for word in _WORDS[table, column])
            yield column, f'"{column}" NOT IN ({words})', ""
        elif (table, column) in _RANGES:
            least, most = _RANGES[table, column]
            yield column, f'"{column}" NOT BETWEEN {least} AND {most}', ""
        elif isinstance(field, Ms):
            yield column, f'abs("{column}") BETWEEN {_SECONDS[0]} AND {_SECONDS[1]}', "seconds"
    if table == "work_calendar":
        yield "zone", "zone = ''", "zone"


def as_number(text: str) -> int | None:
    """A cell as a number that a column may hold; None where it is none."""
    try:
        found = int(text)
    except ValueError:
        return None
    return found if -(1 << 63) <= found < 1 << 63 else None


def is_number(field: Any) -> bool:
    return isinstance(field, Flag | Ms | Number)


def speak_known_languages(writing: Writing, models: Iterable[type[Shared]]) -> dict[str, int]:
    """Languages that nobody here speaks become the column's default; how many of which column."""
    found: dict[str, int] = {}
    known = ", ".join(f"'{language}'" for language in LANGUAGES)
    for model in models:
        table = model._meta.table_name
        if "language" in defaults(table):
            count = writing.execute(f"SELECT count(*) FROM {table} WHERE language NOT IN ({known})").fetchone()[0]
            if count:
                writing.execute(
                    f"UPDATE {table} SET language = ? WHERE language NOT IN ({known})", (defaults(table)["language"],)
                )
                found[f"{table}.language"] = int(count)
    return found


def loose_ends(writing: Writing, models: Iterable[type[Shared]]) -> dict[str, int]:
    """References that lead to no row: how many of which column."""
    models = tuple(models)
    tables = {model._meta.table_name for model in models}
    found: dict[str, int] = {}
    for model in models:
        table = model._meta.table_name
        for field in model._meta.sorted_fields:
            column = field.column_name
            stem = column.removesuffix("_id")
            target = _LEADS_TO.get(stem, stem)
            if not isinstance(field, Ref) or stem == column or target not in tables:
                continue
            count = writing.execute(
                f'SELECT count(*) FROM "{table}" WHERE "{column}" <> \'\' AND NOT EXISTS '
                f'(SELECT 1 FROM "{target}" t WHERE t.id = "{table}"."{column}")'
            ).fetchone()[0]
            if count:
                found[f"{table}.{column}"] = int(count)
    return found
