"""What of a snapshot goes along, and what is of one machine alone."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from deskapp.models.database import open_file
from deskapp.models.schema import LOCAL

#: Local tables that go along in a snapshot: derived alike everywhere, or known of the log.
ALONG = frozenset({"queue_row", "search_doc", "search_due", "hub_batch", "parked"})
_KEPT_STATE = "hub_head"


def empty_of_others(path: Path) -> None:
    """Without what is of one machine alone: held letters, drafts, where its hub is."""
    with closing(open_file(path)) as copy:
        there = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for model in LOCAL:
            table = model._meta.table_name
            if table in there - ALONG - {"local_state"}:
                copy.execute(f'DELETE FROM "{table}"')
        copy.execute("DELETE FROM local_state WHERE key <> ?", (_KEPT_STATE,))
