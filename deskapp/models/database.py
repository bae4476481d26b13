"""The replica: this machine's own SQLite database of the desk.

Each thread that reads or writes calls ``connect`` once and ``disconnect`` at its end; a connection costs milliseconds,
a statement microseconds. All writes go through ``writing``: one transaction, one author, one ``tx`` that undo knows.
Queries are executed on this database explicitly, models are never bound to it: a process may hold several replicas.
"""

from __future__ import annotations

import logging
import os
import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path, PurePath
from threading import get_ident
from typing import Any
from urllib.parse import quote

import cysqlite
import peewee
from cysqlite._cysqlite import Connection
from playhouse.cysqlite_ext import CySqliteDatabase

from deskapp.core import moving
from deskapp.core.clock import to_ms
from deskapp.core.errors import EnvironmentTrouble, NewerSchema, UserFacingError
from deskapp.core.ids import new_id
from deskapp.core.locks import held
from deskapp.models import rows

log = logging.getLogger(__name__)

#: Number of the newest migration; written to ``user_version`` only so that an older application refuses with words.
SCHEMA = 2
MIGRATIONS = Path(__file__).with_name("migrations")

_PRAGMAS = (
    ("journal_mode", "wal"),
    ("synchronous", "full"),  # a letter is filed away on the server only after its ticket is on the disk
    # pages of 4 KB in the log: what every letter changes goes into the file once in a while, not once a letter
    ("wal_autocheckpoint", 8_000),
    ("recursive_triggers", 1),  # else a REPLACE would delete without being captured
    ("trusted_schema", 0),  # a copy that somebody made calls nothing by its triggers and conditions
    ("cache_size", -32_000),
    ("temp_store", "memory"),
    ("mmap_size", 0),
)

Row = tuple[Any, ...]

#: What a plain connection raises: for a file that is damaged or no database; for a name that a file does not know.
FileTrouble = cysqlite.DatabaseError
UnknownName = cysqlite.OperationalError


#: Below this a file that cannot grow is told as a full disk, bytes: SQLite itself speaks of an "I/O error" then.
_NO_ROOM = 1_000_000


def of_surroundings(error: BaseException, path: Path) -> EnvironmentTrouble | None:
    """What a failed statement on the database at ``path`` says of this machine (disk full, file closed, another program
    at it), in words; None for a bug, or for trouble with what stands in the file."""
    told: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        # a full disk ends the transaction by itself: what is raised then is that there is nothing to roll back
        if isinstance(seen, peewee.OperationalError | cysqlite.OperationalError):
            told.append(str(seen).rpartition("]")[2].lower())
        seen = seen.__context__
    said = " ".join(told)
    if "full" in said or ("disk i/o" in said and shutil.disk_usage(path.parent).free < _NO_ROOM):
        return EnvironmentTrouble(
            "The disk is full",
            "Nothing of this step was kept, and what was stored before is safe. Free some space on the disk of %1, "
            "then try again.",
            path.parent,
        )
    if "readonly" in said or "unable to open" in said:
        return EnvironmentTrouble(
            "The desk's database cannot be used",
            "%1: the file or its folder is closed to you, or read-only. What is stored is safe. Make both readable and "
            "writable for you, then try again.",
            path,
        )
    if "locked" in said or "busy" in said:
        return EnvironmentTrouble(
            "The desk is busy",
            "Another program has been writing to %1 for long. Nothing of this step was kept; try again in a moment.",
            path,
        )
    if "disk i/o" in said:
        return EnvironmentTrouble(
            "The disk reports an error",
            "%1 cannot be read or written just now. Nothing of this step was kept. Have the disk looked at before you "
            "go on.",
            path,
        )
    return None


@contextmanager
def surroundings_told(path: Path) -> Iterator[None]:
    """Raises EnvironmentTrouble for what the machine refuses at ``path``."""
    try:
        yield
    except (peewee.OperationalError, cysqlite.OperationalError) as error:
        trouble = of_surroundings(error, path)
        if trouble is None:
            raise
        raise trouble from error


def _only_read(path: PurePath) -> str:
    """SQLite's address of a file that is only looked at.

    Not pathlib's: that names the server of a Windows share where SQLite allows nobody (sqlite.org/uri.html); a share's
    address has four strokes instead.
    """
    place = path.as_posix()
    return f"file://{'' if place.startswith('/') else '/'}{quote(os.fsencode(place), safe='/:')}?mode=ro"


def open_file(path: Path) -> Connection:
    """A plain connection to a SQLite file that is nobody's replica yet: a snapshot on its way. To be closed."""
    return Connection(str(path), timeout=20)


def bring_up(db: CySqliteDatabase) -> None:
    """Bring a desk's database up to this application's schema."""
    from playhouse.migrations import Runner  # costs time that only a first start should pay

    from deskapp.models import capture

    # one transaction for all of it: a process that dies within leaves the old schema with its triggers
    with db.atomic("IMMEDIATE"):
        capture.drop(db)
        Runner(db, str(MIGRATIONS)).up()
        capture.make(db)
        db.execute_sql(
            "INSERT INTO capture_context (id, active, tx, author, made_at) VALUES (1, 1, '', '', 0) "
            "ON CONFLICT DO NOTHING"
        )
        db.execute_sql("INSERT INTO local_state (key, value) VALUES ('replica', ?) ON CONFLICT DO NOTHING", (new_id(),))
        db.execute_sql(f"PRAGMA user_version = {SCHEMA}")


class Writing:
    """A transaction under way. Values are given by column attribute names; unknown ones are an error at once."""

    def __init__(self, replica: Replica, tx: str, author: str, at: datetime, first_seq: int) -> None:
        # past peewee's own layers, which cost as much as SQLite does for most statements
        self._connection = replica.db.connection()
        self.tx = tx
        self.author = author
        self.at = at
        self.now = to_ms(at)
        #: One of very many: what can be done for some hundred of them at once is left for later.
        self.in_bulk = replica.in_bulk
        #: The last change before this transaction: what is behind it was done here.
        self.first_seq = first_seq
        #: What was done to the rows of a table, filled by ``changed``: "I", "U", "D".
        self.done: dict[str, set[str]] = {}

    def insert(self, model: type[peewee.Model], **values: Any) -> str:
        """Insert a row; an id is made when none is given. Returns the id."""
        from deskapp.models.schema import Shared  # all tables: opening a desk does not wait for them

        if issubclass(model, Shared):
            values.setdefault("id", new_id())
        self.execute(*rows.insert(model, values))
        return str(values.get("id", ""))

    def insert_new(self, model: type[peewee.Model], **values: Any) -> bool:
        """Insert unless a row of that id is there already; says whether it was new."""
        before = self.execute("SELECT total_changes()").fetchone()[0]
        self.execute(*rows.insert_new(model, values))
        return bool(self.execute("SELECT total_changes()").fetchone()[0] > before)

    def put(self, model: type[peewee.Model], **values: Any) -> str:
        """Insert, or update the row of that primary key."""
        self.execute(*rows.put(model, values))
        return str(values[rows.key_of(model).name])

    def update(self, model: type[peewee.Model], row: str, **values: Any) -> None:
        self.execute(*rows.update(model, row, values))

    def delete(self, model: type[peewee.Model], row: str) -> None:
        self.execute(f'DELETE FROM "{model._meta.table_name}" WHERE "{rows.key_of(model).column_name}" = ?', (row,))

    def execute(self, sql: str, params: Sequence[Any] = ()) -> Any:
        return self._connection.execute(sql, params)

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        self._connection.executemany(sql, rows)

    def changed(self) -> dict[str, frozenset[str]]:
        """Table -> ids of the shared rows that this transaction changed so far."""
        rows = self.execute("SELECT tbl, row, op FROM change WHERE seq > ?", (self.first_seq,)).fetchall()
        found: dict[str, set[str]] = {}
        for table, row, done in rows:
            found.setdefault(table, set()).add(row)
            self.done.setdefault(table, set()).add(done)
        return {table: frozenset(ids) for table, ids in found.items()}


class Replica:
    """One SQLite file in WAL mode, with change capture."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.db = CySqliteDatabase(
            str(path), pragmas=_PRAGMAS, autoconnect=False, timeout=20, rank_functions=False, cached_statements=400
        )
        self._handles: dict[int, Any] = {}
        self._roomy = 0  # the thread that writes very many rows
        self._mutex = threading.Lock()

    # --- opening ---------------------------------------------------------------------------------------------

    def open(self) -> Replica:
        """Connect this thread; make or migrate the schema first where needed.

        Raises NewerSchema for a database of a newer application, UserFacingError for a file that is no database of a
        desk, EnvironmentTrouble where the disk or the rights of this machine's user are in the way; the file is left
        as it was.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with surroundings_told(self.path):
            return self._opened(self._look())

    def _opened(self, version: int) -> Replica:
        if version > SCHEMA:
            raise NewerSchema(
                "This desk was opened by a newer version",
                "The database has schema %1, this application knows up to %2. Nothing was changed. Install the newer "
                "version on this machine too.",
                version,
                SCHEMA,
            )
        if version == SCHEMA:
            self.connect()
            return self
        with held(self.path.with_suffix(".migrating")):
            self.connect()
            if self._version() < SCHEMA:
                self.migrate()
        return self

    def _look(self) -> int:
        """The schema number of the file, read without leaving a trace in it; 0 for none yet."""
        if not self.path.exists() or not self.path.stat().st_size:
            return 0
        try:
            # a connection of its own: the desk's would turn the journal into a WAL before anything is known of the file
            with closing(Connection(_only_read(self.path.absolute()), uri=True, timeout=20)) as looking:
                version = int(looking.execute_scalar("PRAGMA user_version"))
                tables = {row[0] for row in looking.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        except cysqlite.OperationalError:
            raise  # not the file's fault
        except cysqlite.DatabaseError as error:
            raise UserFacingError(
                "The desk's database cannot be opened",
                "%1 is not a database or is damaged. The file was left as it is. Put a copy back: “deskapp backup "
                "list” names them, “deskapp backup restore NAME --yes” takes one. Or move the file away to start with "
                "an empty desk.",
                self.path,
            ) from error
        if tables and "schema_migration" not in tables and version <= SCHEMA:
            raise UserFacingError(
                "This is not a desk's database",
                "%1 belongs to another application. The file was left as it is. Choose another folder for the desk.",
                self.path,
            )
        return version

    def _version(self) -> int:
        return int(self.db.execute_sql("PRAGMA user_version").fetchone()[0])

    def migrate(self) -> None:
        """Bring the schema up to this application's; a backup first, where there is anything to lose."""
        version = self._version()
        if version:
            self.backup(f"before-schema-{SCHEMA}")
        bring_up(self.db)
        log.info("schema %s -> %s", version, SCHEMA)

    def backup(self, name: str = "", at: datetime | None = None) -> Path:
        """A consistent copy beside the database (copying the file of a WAL database would lose rows): its path.

        Nothing half is ever found under the name of a copy.
        """
        folder = self.path.parent / "backups"
        folder.mkdir(parents=True, exist_ok=True)
        stamp = f"{at or datetime.now(UTC):%Y%m%d-%H%M%S}"
        target = folder / f"{stamp}{'-' + name if name else ''}-{new_id()[-4:]}.sqlite"
        fresh = target.with_suffix(".making")
        try:
            with surroundings_told(fresh):
                self.db.execute_sql("VACUUM INTO ?", (str(fresh),))
            moving.replace(fresh, target)
        finally:
            moving.remove(fresh)
        return target

    def become(self, path: Path) -> None:
        """Take the whole content of another SQLite file, in one transaction that other connections see as any other."""
        with closing(open_file(path)) as source:
            source.backup(self.db.connection())

    def connect(self, readonly: bool = False) -> None:
        """Open this thread's connection, kept until ``disconnect``."""
        if self.db.is_closed():
            self.db.connect()
            connection = self.db.connection()
            # else a statement whose plan might depend on a value is planned anew every time it is run, which costs
            # three times what most of ours take; no plan here depends on one
            connection.db_config(cysqlite.SQLITE_DBCONFIG_ENABLE_QPSG, 1)  # type: ignore[attr-defined]
            if readonly:
                self.db.execute_sql("PRAGMA query_only = 1")
            with self._mutex:
                self._handles[get_ident()] = connection

    def disconnect(self) -> None:
        with self._mutex:
            self._handles.pop(get_ident(), None)
        if not self.db.is_closed():
            self.db.close()

    def interrupt(self, thread: int) -> None:
        """Stop the query that another thread is running; it ends there with an error that its lane swallows."""
        with self._mutex:
            handle = self._handles.get(thread)
            if handle is not None:
                handle.interrupt()

    # --- reading ---------------------------------------------------------------------------------------------

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that this thread reads in the block is of one moment; nothing may be written in it.

        It spares every statement its own lock as well. Within a transaction it is a part of that.
        """
        connection = self._connection()
        if connection.in_transaction:
            yield
            return
        connection.execute("BEGIN")
        try:
            yield
        finally:
            connection.execute("COMMIT")

    def execute(self, sql: str, params: Sequence[Any] = ()) -> Any:
        """A statement straight on this thread's connection: peewee's own layers cost more than a small one does."""
        return self._connection().execute(sql, params)

    def _connection(self) -> Any:
        """This thread's, by a look instead of the checks that peewee makes for each statement."""
        return self._handles.get(get_ident()) or self.db.connection()

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[Row]:
        return self._connection().execute(sql, params).fetchall()  # type: ignore[no-any-return]

    def row(self, sql: str, params: Sequence[Any] = ()) -> Row | None:
        return self._connection().execute(sql, params).fetchone()  # type: ignore[no-any-return]

    def value(self, sql: str, params: Sequence[Any] = ()) -> Any:
        row = self.row(sql, params)
        return row[0] if row else None

    def record(self, model: type[peewee.Model], key: str) -> dict[str, Any] | None:
        """One row as {attribute: value}, JSON columns read."""
        sql, read, _count = rows.by_key(model)
        found = self.row(sql, (key,))
        return read(found) if found else None

    def record_with(
        self, model: type[peewee.Model], key: str, more: str, joins: str
    ) -> tuple[dict[str, Any], Row] | None:
        """The same of a row ``t``, and the columns ``more`` of what ``joins`` adds to it, by one statement."""
        sql, read, count = rows.by_key(model, more, joins)
        found = self.row(sql, (key,))
        return (read(found), found[count:]) if found else None

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
        """One transaction by one author. Nested use joins the outer one, as a part of the same ``tx``.

        Raises EnvironmentTrouble where the disk, or another program, is in the way; nothing was written then.
        """
        outer = self.db.in_transaction()
        with surroundings_told(self.path), self.db.atomic() if outer else self.db.atomic("IMMEDIATE"):
            before = self.row("SELECT active, tx, author, made_at FROM capture_context WHERE id = 1")
            assert before is not None
            tx = tx or (before[1] if outer else new_id())
            self._say(1, tx, author, to_ms(at))
            first = int(self.value("SELECT coalesce(max(seq), 0) FROM change"))
            yield Writing(self, tx, author, at, first)
            if outer:
                self._say(*before)
            else:
                self.db.connection().execute(
                    "INSERT INTO act_start (tx, seq) SELECT ?1, ?2 + 1 "
                    "WHERE EXISTS (SELECT 1 FROM change WHERE seq > ?2) ON CONFLICT DO NOTHING",
                    (tx, first),
                )

    @contextmanager
    def together(self) -> Iterator[None]:
        """Transactions of this block are committed one by one, and wait for the disk together at its end.

        A process that dies within loses none of them, a machine that loses power may lose the last ones: for work that
        can be done again until the block has ended. Not inside a transaction.
        """
        self.db.execute_sql("PRAGMA synchronous = normal")
        try:
            yield
        finally:
            self.db.execute_sql("PRAGMA synchronous = full")
            self.set_state("together", new_id())  # this commit takes all that stand before it in the log to the disk

    @contextmanager
    def roomy(self) -> Iterator[None]:
        """For very many rows that are written all over the file: more of it in memory, and a longer log, so that a page
        that each of them changes is brought into the file once for hundreds of them. What this thread writes meanwhile
        is left for later by the search index (``search.later``)."""
        self.db.execute_sql("PRAGMA cache_size = -64000")
        self.db.execute_sql("PRAGMA wal_autocheckpoint = 40000")
        self._roomy = get_ident()
        try:
            yield
        finally:
            self._roomy = 0
            self.db.execute_sql("PRAGMA wal_autocheckpoint = 8000")
            self.db.execute_sql("PRAGMA cache_size = -32000")
            self.db.execute_sql("PRAGMA shrink_memory")
            self.db.execute_sql("PRAGMA wal_checkpoint(PASSIVE)")  # as far as readers let it; nobody waits

    @property
    def in_bulk(self) -> bool:
        """Whether this thread is within ``roomy``."""
        return self._roomy == get_ident()

    def _say(self, active: int, tx: str, author: str, made_at: int) -> None:
        """Tell the capture triggers whose changes follow."""
        self.db.execute_sql(
            "UPDATE capture_context SET active = ?, tx = ?, author = ?, made_at = ? WHERE id = 1",
            (active, tx, author, made_at),
        )

    # --- small facts of this replica -------------------------------------------------------------------------

    def state(self, key: str, default: str = "") -> str:
        value = self.value("SELECT value FROM local_state WHERE key = ?", (key,))
        return default if value is None else str(value)

    def set_state(self, key: str, value: str) -> None:
        with surroundings_told(self.path):
            self.db.execute_sql(
                "INSERT INTO local_state (key, value) VALUES (?, ?) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (key, value),
            )

    def data_version(self) -> int:
        """Changes when another process or lane has written."""
        return int(self.value("PRAGMA data_version"))
