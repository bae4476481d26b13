"""Copies of a replica: looked into without a trace, and put back while others have the replica open."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import peewee
from playhouse.cysqlite_ext import CySqliteDatabase

from deskapp.models import capture, erasing, shape
from deskapp.models.database import (
    SCHEMA,
    FileTrouble,
    Replica,
    UnknownName,
    bring_up,
    of_surroundings,
    open_file,
    surroundings_told,
)


class Damaged(Exception):
    """A file that is no database of a desk, or not whole any more; the words say what was found."""


class Foreign(Exception):
    """A whole SQLite file that no version of this application has made so: other tables, triggers or views."""


def look_into(path: Path, queries: Iterable[str], whole: bool = False) -> list[Any]:
    """The first value of each query on a copy; None for a query that its older schema does not know. ``whole``: shape
    and content are checked first, which takes as long as reading it; the shape of a newer schema is not known here.
    Raises Damaged, and Foreign for what is another application's."""
    if not path.is_file() or not path.stat().st_size:
        raise Damaged("there is no such file, or it is empty")
    found: list[Any] = []
    try:
        with closing(open_file(path)) as copy:
            copy.execute("PRAGMA trusted_schema = 0")
            if not copy.execute_scalar("SELECT 1 FROM sqlite_master WHERE name = 'schema_migration'"):
                raise Foreign
            if whole and copy.execute_scalar("PRAGMA user_version") <= SCHEMA:
                _must_be_desk(path, copy)
            if whole:
                said = copy.execute_scalar("PRAGMA quick_check")
                if said != "ok":
                    raise Damaged(str(said))
            for query in queries:
                try:
                    found.append(copy.execute_scalar(query))
                except UnknownName:
                    found.append(None)
    except (FileTrouble, UnicodeDecodeError) as error:
        raise of_surroundings(error, path) or Damaged(str(error)) from error
    return found


def _must_be_desk(path: Path, copy: Any) -> None:
    try:
        if shape.ours_to_write(path) and shape.shaped_as_desk(copy, at_work=True):
            return
    except (ValueError, TypeError):  # a schema that is no text
        pass
    raise Foreign


def modern(path: Path) -> None:
    """Bring a file of an older application up to this schema. Nothing in it is captured then."""
    db = CySqliteDatabase(str(path), rank_functions=False)
    db.connect()
    try:
        if db.execute_sql("PRAGMA user_version").fetchone()[0] < SCHEMA:
            bring_up(db)
        capture.drop(db)
    finally:
        db.close()


def unpack(path: Path, fresh: Path, at: int) -> None:
    """Write what a copy holds to ``fresh``, fit to become the desk: of today's schema and with our own capture, and
    without values that would stop a reading. ``at``: UTC ms, for moments that are missing.

    What is written is looked at, not what lies in a folder where others write. Raises Damaged and Foreign, OSError and
    EnvironmentTrouble for what the disk refuses.
    """
    shutil.copyfile(path, fresh)
    (version,) = look_into(fresh, ["PRAGMA user_version"], whole=True)
    if version > SCHEMA:  # swapped since somebody looked
        raise Foreign
    try:
        modern(fresh)
        shape.mend_rows(fresh, at)
        db = CySqliteDatabase(str(fresh), rank_functions=False)
        db.connect()
        try:
            bring_up(db)
        finally:
            db.close()
    except (peewee.DatabaseError, FileTrouble) as error:
        raise of_surroundings(error, fresh) or Damaged(str(error)) from error


def fold_journal(path: Path) -> None:
    """Make one file of a database at which nobody works any more."""
    with closing(open_file(path)) as copy:
        copy.execute("PRAGMA journal_mode = delete")


def put_back(replica: Replica, path: Path) -> None:
    """Make the replica what an unpacked copy is, in one step that a crash undoes; other connections see a change."""
    source = open_file(path)
    try:
        with surroundings_told(replica.path):
            source.backup(replica.db.connection())
    finally:
        source.close()
    # a copy made for a file has no write-ahead log: the desk's own way of working is set again
    replica.db.execute_sql("PRAGMA journal_mode = wal")


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
