"""Nothing that a program wrote for itself is read in a history: no codes, no ids, no ISO dates, in either language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from deskapp.core.clock import FixedClock
from deskapp.desk import customers, demo, directory, history
from deskapp.models import schema
from deskapp.ui import columns, i18n, stored, typed_days, words
from deskapp.ui.customers.tickets import _what
from deskapp.ui.ticket.history import what
from tests.desk.demo_desk import copied

_RAW = re.compile(r"\d{4}-\d\d-\d\d|[0-9a-f]{8}-[0-9a-f]{4}-|\b\d{13}\b|^[a-z_]+$|\bNone\b|[\[{]\"")
#: Names that are written so by people, and languages in their own words.
_OWN = re.compile(r"@|^English$|\.\w{2,4}$")


def _tables() -> dict[str, type[schema.Shared]]:
    return {model._meta.table_name: model for model in schema.Shared.__subclasses__()}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_histories_of_the_demo_desk_are_read_without_codes(qapp: object, tmp_path: Path, language: str) -> None:
    i18n.install(language)
    desk = copied(tmp_path, language, FixedClock(demo.moment()))
    try:
        people = directory.read(desk)
        times = words.Times(desk.zone, desk.clock.now())
        raw: set[str] = set()
        seen = 0
        for (ticket_id,) in desk.replica.rows("SELECT id FROM ticket"):
            for one in history.read(desk, ticket_id):
                label = what(one)
                if language == "ru" and re.search("[A-Za-z]", label):
                    raw.add(label)
                for value in (one.before, one.after):
                    said = stored.value(one.column, value, people, times, one.table)
                    seen += bool(said)
                    if one.column in ("text", "subject", "product", "solution"):
                        continue  # a person's own words
                    by_code = language == "ru" and _RAW.search(said)
                    if (by_code or re.search(_RAW.pattern.replace("|^[a-z_]+$", ""), said)) and not _OWN.search(said):
                        raw.add(f"{label}: {said}")
        for (customer_id,) in desk.replica.rows("SELECT id FROM customer"):
            for item in customers.card(desk, customer_id).history:
                said = _what(item, times)
                seen += 1
                if re.search(r"\d{4}-\d\d-\d\d|[0-9a-f]{8}-", said):
                    raw.add(said)
        assert seen > 1000 and raw == set(), "\n".join(sorted(raw))
    finally:
        desk.replica.disconnect()


def test_every_column_that_a_history_shows_has_a_name() -> None:
    tables = _tables()
    shown = {
        f"{table}.{field.column_name}"
        for table in ("ticket", *history._PARTS, "customer", *customers._PARTS)
        for field in tables[table]._meta.sorted_fields
        if field.column_name not in history._SILENT and not field.column_name.startswith("_")
    }
    unnamed = {one for one in shown if one.split(".")[1] not in columns.known()}
    assert len(shown) > 80 and unnamed == set(), sorted(unnamed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("10.11.2026", "2026-11-10"),
        ("1.2.27", "2027-02-01"),
        ("10/11", "2026-11-10"),
        ("10.11.", "2026-11-10"),
        ("2026-11-10", "2026-11-10"),
        ("", ""),
        ("soon", "soon"),
        ("10.11.2026 10:00", "10.11.2026 10:00"),
    ],
)
def test_a_day_is_kept_as_iso_and_shown_as_it_is_written(typed: str, kept: str) -> None:
    assert typed_days.iso(typed, 2026) == kept
    assert typed_days.iso(typed_days.written(kept), 2026) == kept
    assert typed_days.iso("10.11") == "10.11", "no year is made up where none is known"
