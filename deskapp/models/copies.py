"""Copies of a replica: looked into without a trace, and put back while others have the replica open."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from deskapp.models import erasing
from deskapp.models.database import SCHEMA, FileTrouble, Replica, UnknownName, open_file


class Damaged(Exception):
    """A file that is no database of a desk, or not whole any more; the words say what was found."""


def look_into(path: Path, queries: Iterable[str], whole: bool = False) -> list[Any]:
    """The first value of each query on a copy; None for a query that its older schema does not know. ``whole``: the
    content is checked first, which takes as long as reading it. Raises Damaged."""
    if not path.is_file() or not path.stat().st_size:
        raise Damaged("there is no such file, or it is empty")
    found: list[Any] = []
    try:
        with closing(open_file(path)) as copy:
            if whole:
                said = copy.execute_scalar("PRAGMA quick_check")
                if said != "ok":
                    raise Damaged(str(said))
            if not copy.execute_scalar("SELECT 1 FROM sqlite_master WHERE name = 'schema_migration'"):
                raise Damaged("it is not a desk's database")
            for query in queries:
                try:
                    found.append(copy.execute_scalar(query))
                except UnknownName:
                    found.append(None)
    except FileTrouble as error:
        raise Damaged(str(error)) from error
    return found


def put_back(replica: Replica, path: Path) -> None:
    """Make the replica what the copy is, in one step that a crash undoes; other connections see it as a change.

    The caller has looked into the copy. An older schema is brought up at once.
    """
    source = open_file(path)
    try:
        source.backup(replica.db.connection())
    finally:
        source.close()
    # a copy made for a file has no write-ahead log: the desk's own way of working is set again
    replica.db.execute_sql("PRAGMA journal_mode = wal")
    if replica.value("PRAGMA user_version") < SCHEMA:
        replica.migrate()


def rebuild_indexes(replica: Replica) -> None:
    """Make all b-tree indexes anew from their tables."""
    replica.db.execute_sql("REINDEX")


def scrub(path: Path, found: list[erasing.Target]) -> None:
    """Erase in a copy as in the desk itself, its free places too. Raises Damaged."""
    try:
        with closing(open_file(path)) as copy:
            known = [one for one in found if _has(copy, one.table)]
            # the capture triggers of a copy write nothing: a copy is no replica at work
            copy.execute("BEGIN IMMEDIATE")
            copy.execute("UPDATE capture_context SET active = 0 WHERE id = 1")
            erasing.scrub(copy.execute, known)
            copy.execute("UPDATE capture_context SET active = 1 WHERE id = 1")
            copy.execute("COMMIT")
            erasing.scour(copy.execute)
    except FileTrouble as error:
        raise Damaged(str(error)) from error


def _has(copy: Any, table: str) -> bool:
    return bool(copy.execute_scalar("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)))


def search_is_whole(replica: Replica) -> bool:
    """Whether the text index is consistent in itself and has exactly the rows that it is said to have."""
    try:
        replica.db.execute_sql("INSERT INTO search_text (search_text) VALUES ('integrity-check')")
        counted = replica.value("SELECT (SELECT count(*) FROM search_text_docsize) - (SELECT count(*) FROM search_doc)")
        return not counted
    except Exception as error:  # of the driver, wrapped or not by the layer above it
        if not isinstance(error, FileTrouble) and "malformed" not in str(error) and "corrupt" not in str(error):
            raise
        return False


def empty_search(execute: Any) -> None:
    """Take everything out of the text index, whatever state it is in."""
    execute("INSERT INTO search_text (search_text) VALUES ('delete-all')")
    execute("DELETE FROM search_doc")
