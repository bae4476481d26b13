"""The replica: this machine's own SQLite database of the desk.

Each thread that reads or writes calls ``connect`` once and ``disconnect`` at its end; a connection costs milliseconds, a
statement microseconds. All writes go through ``writing``: one transaction, one author, one ``tx`` that undo knows.
Queries are executed on this database explicitly, models are never bound to it: a process may hold several replicas.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cysqlite
import peewee
from playhouse.cysqlite_ext import CySqliteDatabase

from deskapp.core.clock import to_ms
from deskapp.core.errors import NewerSchema, UserFacingError
from deskapp.core.ids import new_id
from deskapp.core.locks import held
from deskapp.models import capture
from deskapp.models.schema import Shared

log = logging.getLogger(__name__)

#: Number of the newest migration; written to ``user_version`` only so that an older application refuses with words.
SCHEMA = 1
MIGRATIONS = Path(__file__).with_name("migrations")

_PRAGMAS = (
    ("journal_mode", "wal"),
    ("synchronous", "full"),  # a letter is filed away on the server only after its ticket is on the disk
    ("recursive_triggers", 1),  # else a REPLACE would delete without being captured
    ("cache_size", -32_000),
    ("temp_store", "memory"),
    ("mmap_size", 0),
)

Row = tuple[Any, ...]


class Writing:
    """A transaction under way. Values are given by column attribute names; unknown ones are an error at once."""

    def __init__(self, replica: Replica, tx: str, author: str, at: datetime, first_seq: int) -> None:
        self._db = replica.db
        self.tx = tx
        self.author = author
        self.at = at
        self.now = to_ms(at)
        self._first_seq = first_seq

    def insert(self, model: type[peewee.Model], **values: Any) -> str:
        """Insert a row; an id is made when none is given. Returns the id."""
        if issubclass(model, Shared):
            values.setdefault("id", new_id())
        model.insert(values).execute(self._db)
        return str(values.get("id", ""))

    def insert_new(self, model: type[peewee.Model], **values: Any) -> bool:
        """Insert unless a row of that id is there already; says whether it was new."""
        before = self.execute("SELECT total_changes()").fetchone()[0]
        model.insert(values).on_conflict_ignore().execute(self._db)
        return bool(self.execute("SELECT total_changes()").fetchone()[0] > before)

    def put(self, model: type[peewee.Model], **values: Any) -> str:
        """Insert, or update the row of that primary key."""
        meta = model._meta
        key: Any = meta.primary_key
        rest = {name: value for name, value in values.items() if name != key.name}
        query = model.insert(values)
        query = query.on_conflict(conflict_target=[key], update=rest) if rest else query.on_conflict_ignore()
        query.execute(self._db)
        return str(values[key.name])

    def update(self, model: type[peewee.Model], row: str, **values: Any) -> None:
        key = model._meta.primary_key
        model.update(values).where(key == row).execute(self._db)

    def delete(self, model: type[peewee.Model], row: str) -> None:
        key = model._meta.primary_key
        model.delete().where(key == row).execute(self._db)

    def execute(self, sql: str, params: Sequence[Any] = ()) -> Any:
        return self._db.execute_sql(sql, params)

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        self._db.connection().executemany(sql, rows)

    def changed(self) -> dict[str, frozenset[str]]:
        """Table -> ids of the shared rows that this transaction changed so far."""
        rows = self.execute("SELECT DISTINCT tbl, row FROM change WHERE seq > ?", (self._first_seq,)).fetchall()
        found: dict[str, set[str]] = {}
        for table, row in rows:
            found.setdefault(table, set()).add(row)
        return {table: frozenset(ids) for table, ids in found.items()}


class Replica:
    """One SQLite file in WAL mode, with change capture."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.db = CySqliteDatabase(str(path), pragmas=_PRAGMAS, autoconnect=False, timeout=20, rank_functions=False)
        self._handles: dict[int, Any] = {}
        self._mutex = threading.Lock()

    # --- opening ---------------------------------------------------------------------------------------------

    def open(self) -> Replica:
        """Connect this thread; make or migrate the schema first where needed.

        Raises NewerSchema for a database of a newer application, UserFacingError for a file that is no database.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self.connect()
            version = self._version()
        except (peewee.DatabaseError, cysqlite.DatabaseError) as error:
            self.disconnect()
            raise UserFacingError(
                "The desk's database cannot be opened",
                "%1 is not a database or is damaged. The file was left as it is. Restore a copy from the folder "
                "“backups” beside it, or move the file away to start with an empty desk.",
                self.path,
            ) from error
        if version > SCHEMA:
            self.disconnect()
            raise NewerSchema(
                "This desk was opened by a newer version",
                "The database has schema %1, this application knows up to %2. Nothing was changed. Install the newer "
                "version on this machine too.",
                version,
                SCHEMA,
            )
        if version < SCHEMA:
            with held(self.path.with_suffix(".migrating")):
                if self._version() < SCHEMA:
                    self._migrate()
        return self

    def _version(self) -> int:
        return int(self.db.execute_sql("PRAGMA user_version").fetchone()[0])

    def _migrate(self) -> None:
        from playhouse.migrations import Runner  # costs time that only a first start should pay

        version = self._version()
        if version:
            self.backup(f"before-schema-{SCHEMA}")
        with self.db.atomic("IMMEDIATE"):
            capture.drop(self.db)
        Runner(self.db, str(MIGRATIONS)).up()
        with self.db.atomic("IMMEDIATE"):
            capture.make(self.db)
            self.db.execute_sql(
                "INSERT INTO capture_context (id, active, tx, author, made_at) VALUES (1, 1, '', '', 0) ON CONFLICT DO NOTHING"
            )
            self.db.execute_sql(
                "INSERT INTO local_state (key, value) VALUES ('replica', ?) ON CONFLICT DO NOTHING", (new_id(),)
            )
            self.db.execute_sql(f"PRAGMA user_version = {SCHEMA}")
        log.info("schema %s -> %s", version, SCHEMA)

    def backup(self, name: str = "") -> Path:
        """A consistent copy beside the database (copying the file of a WAL database would lose rows). Returns its path."""
        folder = self.path.parent / "backups"
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{datetime.now(UTC):%Y%m%d-%H%M%S}{'-' + name if name else ''}-{new_id()[-4:]}.sqlite"
        self.db.execute_sql("VACUUM INTO ?", (str(target),))
        return target

    def connect(self, readonly: bool = False) -> None:
        """Open this thread's connection, kept until ``disconnect``."""
        if self.db.is_closed():
            self.db.connect()
            if readonly:
                self.db.execute_sql("PRAGMA query_only = 1")
            with self._mutex:
                self._handles[threading.get_ident()] = self.db.connection()

    def disconnect(self) -> None:
        with self._mutex:
            self._handles.pop(threading.get_ident(), None)
        if not self.db.is_closed():
            self.db.close()

    def interrupt(self, thread: int) -> None:
        """Stop the query that another thread is running; it ends there with an error that its lane swallows."""
        with self._mutex:
            handle = self._handles.get(thread)
            if handle is not None:
                handle.interrupt()

    # --- reading ---------------------------------------------------------------------------------------------

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[Row]:
        return self.db.execute_sql(sql, params).fetchall()  # type: ignore[no-any-return]

    def row(self, sql: str, params: Sequence[Any] = ()) -> Row | None:
        return self.db.execute_sql(sql, params).fetchone()  # type: ignore[no-any-return]

    def value(self, sql: str, params: Sequence[Any] = ()) -> Any:
        row = self.row(sql, params)
        return row[0] if row else None

    def record(self, model: type[peewee.Model], key: str) -> dict[str, Any] | None:
        """One row as {attribute: value}, JSON columns read."""
        found = self.records(model, model._meta.primary_key == key)
        return found[0] if found else None

    def records(self, model: type[peewee.Model], *where: Any, order: Any = None) -> list[dict[str, Any]]:
        query = model.select()
        if where:
            query = query.where(*where)
        if order is not None:
            query = query.order_by(*order) if isinstance(order, tuple) else query.order_by(order)
        return list(query.dicts().execute(self.db))

    # --- writing ---------------------------------------------------------------------------------------------

    @contextmanager
    def writing(self, author: str, at: datetime, tx: str = "") -> Iterator[Writing]:
        """One transaction by one author. Nested use joins the outer one."""
        with self.db.atomic("IMMEDIATE") if not self.db.in_transaction() else self.db.atomic():
            tx = tx or new_id()
            self.db.execute_sql(
                "UPDATE capture_context SET active = 1, tx = ?, author = ?, made_at = ? WHERE id = 1",
                (tx, author, to_ms(at)),
            )
            first = int(self.value("SELECT coalesce(max(seq), 0) FROM change"))
            yield Writing(self, tx, author, at, first)

    # --- small facts of this replica -------------------------------------------------------------------------

    def state(self, key: str, default: str = "") -> str:
        value = self.value("SELECT value FROM local_state WHERE key = ?", (key,))
        return default if value is None else str(value)

    def set_state(self, key: str, value: str) -> None:
        self.db.execute_sql(
            "INSERT INTO local_state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )

    def data_version(self) -> int:
        """Changes when another process or lane has written."""
        return int(self.value("PRAGMA data_version"))


def in_list(values: Iterable[Any]) -> tuple[str, list[Any]]:
    """Placeholders and parameters of an SQL ``IN``."""
    params = list(values)
    return "(" + ",".join("?" * len(params)) + ")", params


def only(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """The part of ``values`` under ``names``; KeyError for a name that no column has is left to the caller."""
    wanted = set(names)
    return {name: value for name, value in values.items() if name in wanted}
