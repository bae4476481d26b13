"""A hub in a PostgreSQL database.

The log is a table that one function, ``desk_append``, writes under an advisory lock; everything else follows from it
(postgres_sql says what there is and who may do what). A connection is kept; when it breaks, a new one is made and the
work is done once more. That is safe for all of it: an append whose answer was lost is recognised by its batch.
Several hosts in the address, with ``target_session_attrs=read-write``, find a promoted standby by themselves.
"""

from __future__ import annotations

import hashlib
import json
import logging
import select
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import conninfo, errors

from deskapp.desk.doctor import Finding
from deskapp.models.database import SCHEMA
from deskapp.sync.hub import postgres_content, postgres_setup, postgres_words
from deskapp.sync.hub.hub import (
    Batch,
    Behind,
    Compacted,
    Corrupt,
    Entry,
    Head,
    HubFull,
    HubRefused,
    HubUnreachable,
    Progress,
    Rewound,
    Snapshot,
    UpdateToSync,
    sign_of_life,
)
from deskapp.sync.hub.postgres_sql import CHANNEL, FORMAT, LOCK, Roles, for_administrator
from deskapp.sync.hub.versions import newer

log = logging.getLogger(__name__)

_T = TypeVar("_T")
_Connection = psycopg.Connection[Any]

#: How long the server may work on one statement, and how long each host may take to answer at first, seconds.
STATEMENT = 60
CONNECT = 5
#: Bytes of batches that are read at once.
_READ = 16 << 20

_USUAL = {
    "application_name": "deskapp",
    "connect_timeout": str(CONNECT),
    "target_session_attrs": "read-write",
    # a peer that went without a word is noticed in about half a minute
    "keepalives_idle": "15",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}
#: What ``place`` says of a place that is in the log.
_HELD = ("head", "held")


def _options(dsn: str) -> dict[str, str]:
    return {key: str(value) for key, value in conninfo.conninfo_to_dict(dsn).items()}


def without_password(dsn: str) -> str:
    """The address as it may be shown and passed on."""
    if "://" not in dsn:
        return conninfo.make_conninfo("", **{k: v for k, v in _options(dsn).items() if k != "password"})
    url = urlsplit(dsn)
    user, at, hosts = url.netloc.rpartition("@")
    query = "&".join(pair for pair in url.query.split("&") if not pair.startswith("password="))
    return urlunsplit(url._replace(netloc=user.partition(":")[0] + at + hosts, query=query))


# --- errors ------------------------------------------------------------------------------------------------------


@contextmanager
def _said_plainly(where: str) -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        raise _trouble(error, where) from error


def _trouble(error: psycopg.Error, where: str) -> Exception:
    said = postgres_words.in_one_line(error.diag.message_primary or str(error))
    if error.sqlstate is None and isinstance(error, psycopg.OperationalError):
        unknown = error.pgconn is not None and error.pgconn.needs_password
        return postgres_words.no_connection(str(error), where, unknown)
    if isinstance(error, errors.InsufficientPrivilege):
        return HubRefused(
            "The database does not allow this",
            "%1: %2. Ask whoever leads the shared desk for the role “member”. "
            "Everything is kept here and shared later.",
            where,
            said,
        )
    if isinstance(error, errors.InvalidPassword):
        return postgres_words.wrong_password(where)
    if isinstance(error, errors.UndefinedTable | errors.InvalidSchemaName):
        return postgres_words.no_desk(where)
    if isinstance(error, errors.UndefinedFunction | errors.UndefinedColumn):
        return HubRefused(
            "The shared desk is of another version", "A lead has to open it with the newest version. %1: %2. "
            "Everything is kept here and shared later.",
            where, said,
        )  # fmt: skip
    if isinstance(error, errors.DiskFull):
        return HubFull(
            "The server is full",
            "There is no space left at %1. Everything is kept here and shared later.",
            where,
            retry_after=60.0,
        )
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError | errors.ReadOnlySqlTransaction):
        return HubUnreachable(
            "The server does not answer",
            "%1: %2. Everything is kept here and shared later.",
            where,
            said,
            retry_after=10.0,
        )
    if isinstance(error, errors.ProgrammingError) and error.sqlstate is None:
        return HubRefused("This is no address of a PostgreSQL database", "%1: %2", where, said)
    return HubRefused("The database refused", "%1: %2. Everything is kept here and shared later.", where, said)


def _place_lost(state: str) -> Exception:
    return {"behind": Behind, "compacted": Compacted, "rewound": Rewound}[state]()


# --- the connection ----------------------------------------------------------------------------------------------


class _Line:
    """One kept connection, made again when it broke. ``check`` looks at each new one."""

    def __init__(self, dsn: str, password: str | None, check: Callable[[_Connection], None] | None = None) -> None:
        with _said_plainly(dsn if "://" not in dsn else without_password(dsn)):
            self._options = {**_USUAL, **_options(dsn)}
            self.where = without_password(dsn)
        if password is not None:
            self._options["password"] = password
        self._check = check
        self._connection: _Connection | None = None

    def run(self, work: Callable[[_Connection], _T]) -> _T:
        """Do ``work``, again on a new connection if the kept one is broken."""
        with _said_plainly(self.where):
            kept = self._connection
            try:
                return work(kept if kept is not None else self.open())
            except (psycopg.OperationalError, psycopg.InterfaceError, errors.ReadOnlySqlTransaction) as error:
                broken = self._connection is not None and self._connection.broken
                if not broken and not isinstance(error, errors.ReadOnlySqlTransaction):
                    raise
                log.info("the connection broke: %s", error)
                self.close()
                return work(self.open())

    def open(self) -> _Connection:
        """Connect; the connection is kept."""
        address = conninfo.make_conninfo("", **self._options)
        made: _Connection = psycopg.connect(address, autocommit=True, prepare_threshold=None)
        try:
            # "off" answers before a commit is on the disk: for this work that would be a false answer
            made.execute(
                "SELECT set_config('statement_timeout', %s, false), set_config('synchronous_commit', "
                "CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' "
                "ELSE current_setting('synchronous_commit') END, false)",
                (f"{STATEMENT}s",),
            )
            if self._check is not None:
                self._check(made)
        except BaseException:
            made.close()
            raise
        self._connection = made
        return made

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _one(connection: _Connection, query: str, *values: object) -> tuple[Any, ...]:
    found = connection.execute(query, values).fetchone()
    assert found is not None, query
    return tuple(found)


@contextmanager
def _alone(connection: _Connection) -> Iterator[None]:
    """A transaction that may take its time; nobody appends meanwhile, and nobody's report is waited for long."""
    with connection.transaction():
        connection.execute("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '20s'")
        connection.execute(f"SELECT pg_advisory_xact_lock({LOCK})")
        yield


@contextmanager
def _lead_work(connection: _Connection, where: str) -> Iterator[None]:
    """The same, as the owner."""
    with _alone(connection):
        _must_lead(connection, where)
        postgres_setup.be_owner(connection)
        yield


def _must_lead(connection: _Connection, where: str) -> None:
    if not postgres_setup.leads(connection):
        raise HubRefused("Only a lead may do this", "This account of %1 is not one. Ask for the role “lead”.", where)


def _fill(connection: _Connection, snapshot: Path, seq: int) -> None:
    """Fill the plain tables within a transaction; what cannot be is noted and never stands in the way of the log."""
    try:
        with connection.transaction():
            postgres_setup.fill(connection, snapshot, seq)
    except Exception as error:  # of the driver, or of the reading of a file that is no desk
        if connection.broken:
            raise
        log.warning("the plain tables stay as they are: %s", error)
        connection.execute(
            "INSERT INTO deskapp.trouble (seq, tbl, row, error) VALUES (%s, '', '', %s)", (seq, str(error))
        )


def _ask_administrator(line: _Line) -> HubRefused:
    database, user = line.run(lambda c: _one(c, "SELECT current_database(), current_user"))
    return HubRefused(
        "This account may not set up a shared desk",
        "An administrator of %1 has to run this once: %2",
        line.where,
        for_administrator(Roles.of(database), database, user),
    )


# --- the hub -----------------------------------------------------------------------------------------------------


class PostgresHub:
    """A hub in a database. Raises HubUnreachable if the server or the desk in it is not there, WrongPassword,
    HubRefused without rights, UpdateToSync if the desk there is newer than this application.

    ``wait`` may be called by another thread than everything else.
    """

    def __init__(self, dsn: str, password: str | None = None) -> None:
        self._bad: set[int] = set()  # snapshots whose content did not match
        self._last: Head | None = None  # how far was read or written
        self._line = _Line(dsn, password, self._fits)
        self._listener = _Line(dsn, password)
        self._listening = threading.Lock()
        try:
            self._line.run(self._upgrade)
        except BaseException:
            self._line.close()
            raise
        self._ringing, self._bell = socket.socketpair()

    @property
    def where(self) -> str:
        return self._line.where

    def close(self) -> None:
        """May be called while another thread waits, which is woken by it."""
        self._bell.close()
        self._line.close()
        if self._listening.acquire(timeout=1.0):
            self._stop_listening()
            self._listening.release()

    def _stop_listening(self) -> None:
        """By whoever holds ``_listening`` last: who closes, or who still waited then."""
        self._listener.close()
        self._ringing.close()

    def _fits(self, connection: _Connection) -> None:
        found = connection.execute("SELECT format, min_app FROM deskapp.meta").fetchone()
        if found is None:
            raise postgres_words.no_desk(self.where)
        if found[0] > FORMAT or newer(found[1]):
            raise UpdateToSync(found[1])

    # --- set-up --------------------------------------------------------------------------------------------------

    @classmethod
    def found(
        cls, dsn: str, source: Path, snapshot: Snapshot, password: str | None = None, instead_of: str = ""
    ) -> PostgresHub:
        """Make a hub (or, ``instead_of`` an epoch, a new log of one) that begins with a snapshot.

        ``snapshot.head`` is the origin of the new epoch. All of it is one transaction. HubRefused says what an
        administrator has to run where the account may not set up a hub.
        """
        line = _Line(dsn, password)

        def begin(connection: _Connection) -> None:
            with _alone(connection):
                try:
                    epoch = postgres_setup.prepare(connection)
                except errors.InsufficientPrivilege as error:
                    raise _ask_administrator(line) from error
                _must_lead(connection, line.where)
                postgres_setup.be_owner(connection)
                if epoch == snapshot.head.epoch:
                    return
                if epoch and epoch != instead_of:
                    raise HubRefused(
                        "There is a shared desk already", "%1 holds one. Join it with an invitation instead.",
                        line.where,
                    )  # fmt: skip
                postgres_setup.migrate(connection)
                postgres_setup.begin_log(connection, snapshot)
                postgres_content.send_snapshot(connection, source, snapshot)
                _fill(connection, source, snapshot.head.seq)

        try:
            line.run(begin)
        finally:
            line.close()
        return cls(dsn, password)

    def _upgrade(self, connection: _Connection) -> None:
        """Bring an older hub to this version, if this account may; members go on with it as it is."""
        older = "SELECT format < %s OR schema < %s FROM deskapp.meta"
        if not _one(connection, older, FORMAT, SCHEMA)[0] or not postgres_setup.leads(connection):
            return
        log.warning("bringing the shared desk to version %s", FORMAT)
        try:
            self._refill(connection, upgrade=True)
        except errors.LockNotAvailable as error:  # somebody's report is running: the next start does it
            log.warning("the shared desk stays as it is for now: %s", error)

    def refill(self) -> None:
        """Enter the plain tables anew from the newest snapshot and the log. HubRefused unless this account leads."""
        self._line.run(self._refill)

    def _refill(self, connection: _Connection, upgrade: bool = False) -> None:
        _must_lead(connection, self.where)
        with tempfile.TemporaryDirectory(prefix="deskapp-") as folder:
            path = Path(folder) / "snapshot.sqlite"
            while True:
                snapshot = self._newest(connection)
                try:
                    if snapshot is not None:  # before the lock, since it may take long
                        self._fetch(connection, snapshot, path, None)
                except Corrupt:
                    continue
                with _lead_work(connection, self.where):
                    if upgrade:
                        postgres_setup.migrate(connection)
                    if snapshot is None:
                        log.warning("the plain tables stay as they are: there is no snapshot to fill them from")
                        return
                    if _one(connection, "SELECT deskapp.place(%s, %s, %s)", *snapshot.head)[0] in _HELD:
                        _fill(connection, path, snapshot.head.seq)
                        return

    # --- the log -------------------------------------------------------------------------------------------------

    def head(self) -> Head:
        return Head(*self._line.run(lambda c: _one(c, "SELECT epoch, seq, chain FROM deskapp.meta")))

    def news(self, after: Head) -> bool:
        return self.head() != after

    def read(self, after: Head, limit: int = 200) -> list[Entry]:
        rows = self._line.run(
            lambda c: c.execute(
                "SELECT p.state, l.seq, l.chain, l.body FROM deskapp.place(%s, %s, %s) AS p(state) LEFT JOIN LATERAL ("
                "SELECT seq, chain, body FROM (SELECT seq, chain, body, sum(octet_length(body)) OVER (ORDER BY seq) "
                "- octet_length(body) AS size FROM (SELECT * FROM deskapp.log WHERE seq > %s ORDER BY seq LIMIT %s) n"
                ") s WHERE size < %s) l ON p.state = 'held' ORDER BY l.seq",
                (*after, after.seq, limit, _READ),
                binary=True,
            ).fetchall()
        )
        state = rows[0][0]
        if state not in _HELD:
            raise _place_lost(state)
        found: list[Entry] = []
        place = after
        for _state, seq, chain, body in rows:
            if state == "head":
                break
            try:
                head = place.after(body)
                if head != Head(after.epoch, seq, chain):
                    raise Corrupt(place.seq + 1)
                found.append(Entry(head, Batch.read(bytes(body))))
            except (Corrupt, ValueError, KeyError, TypeError) as error:
                if found:
                    break
                raise error if isinstance(error, Corrupt) else Corrupt(place.seq + 1) from error
            place = head
        self._last = place
        return found

    def append(self, after: Head, batch: Batch) -> Head:
        body = batch.body
        state, seq, chain = self._line.run(
            lambda c: _one(c, "SELECT * FROM deskapp.desk_append(%s, %s, %s, %b)", *after, body)
        )
        if state not in ("appended", "again"):
            raise _place_lost(state)
        self._last = Head(after.epoch, seq, chain)
        assert self._last == after.after(body), "the server makes the same chain"
        return self._last

    def wait(self, timeout: float) -> bool:
        """Wait at most ``timeout`` seconds for something to be appended by others; whether there may be news.

        True also after each new connection, since nobody knows what happened before. False once the hub is closed.
        """
        deadline = time.monotonic() + timeout
        with self._listening:
            try:
                return not self._closed and self._listener.run(lambda connection: self._heard(connection, deadline))
            finally:
                if self._closed:
                    self._stop_listening()

    @property
    def _closed(self) -> bool:
        return self._bell.fileno() < 0

    def _heard(self, connection: _Connection, deadline: float) -> bool:
        if not connection.execute("SELECT 1 FROM pg_listening_channels()").fetchone():
            connection.execute(f"LISTEN {CHANNEL}")
            return True
        while not self._closed:
            for notice in connection.notifies(timeout=0):
                epoch, _space, seq = notice.payload.partition(" ")
                known = self._last
                if known is None or epoch != known.epoch or int(seq) > known.seq:
                    return True
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            watched: list[Any] = [connection.fileno(), self._ringing]
            select.select(watched, [], [], left)
        return False

    # --- snapshots -----------------------------------------------------------------------------------------------

    def snapshot(self) -> Snapshot | None:
        return self._line.run(self._newest)

    def _newest(self, connection: _Connection) -> Snapshot | None:
        found = connection.execute(
            "SELECT m.epoch, s.seq, s.chain, s.schema, s.min_app, s.made_at, s.size, s.sha256 "
            "FROM deskapp.snapshot s, deskapp.meta m WHERE NOT s.id = ANY(%s) "
            "AND deskapp.place(m.epoch, s.seq, s.chain) IN ('head', 'held') ORDER BY s.seq DESC, s.id DESC LIMIT 1",
            (list(self._bad),),
        ).fetchone()
        return Snapshot(Head(*found[:3]), *found[3:]) if found else None

    def fetch_snapshot(self, snapshot: Snapshot, target: Path, progress: Progress | None = None) -> None:
        self._line.run(lambda connection: self._fetch(connection, snapshot, target, progress))

    def _fetch(self, connection: _Connection, snapshot: Snapshot, target: Path, progress: Progress | None) -> None:
        head = snapshot.head
        found = connection.execute(
            "SELECT id, key FROM deskapp.snapshot WHERE seq = %s AND chain = %s AND sha256 = %s ORDER BY id DESC",
            (head.seq, head.chain, snapshot.sha256),
        ).fetchone()
        if found is None:  # let go of meanwhile
            raise Corrupt(head.seq)
        if not postgres_content.fetch_snapshot(connection, found[1], snapshot, target, progress):
            self._bad.add(found[0])
            raise Corrupt(head.seq)

    def distrust(self, snapshot: Snapshot) -> None:
        sql = "SELECT id FROM deskapp.snapshot WHERE sha256 = %s"
        rows = self._line.run(lambda connection: connection.execute(sql, (snapshot.sha256,)).fetchall())
        self._bad.update(row[0] for row in rows)

    def publish_snapshot(self, source: Path, snapshot: Snapshot) -> None:
        def publish(connection: _Connection) -> None:
            with connection.transaction():
                if postgres_content.send_snapshot(connection, source, snapshot) not in _HELD:
                    raise HubUnreachable(
                        "The shared desk changed meanwhile",
                        "%1 no longer has this place. Everything is kept here and shared later.",
                        self.where,
                        retry_after=1.0,
                    )  # fmt: skip
            self._repair(connection, source, snapshot)

        self._line.run(publish)

    def _repair(self, connection: _Connection, source: Path, snapshot: Snapshot) -> None:
        """Whoever may, takes the chance of a fresh snapshot to fill the plain tables anew if something is missing."""
        if not postgres_setup.troubles(connection) or not postgres_setup.leads(connection):
            return
        with _lead_work(connection, self.where):
            _fill(connection, source, snapshot.head.seq)

    def compact(self, behind: Head) -> None:
        (state,) = self._line.run(lambda c: _one(c, "SELECT deskapp.desk_compact(%s, %s, %s)", *behind))
        if state == "no snapshot":
            raise HubRefused("Nothing was let go", "No snapshot holds the records up to %1.", behind.seq)
        if state == "rewound":
            raise Rewound
        self._line.run(self._rewrite)

    def _rewrite(self, connection: _Connection) -> None:
        """Where this account may: leave nothing of what was let go in the free places of the server's files."""
        if not postgres_setup.leads(connection):
            return
        try:
            postgres_setup.rewrite(connection)
        except (errors.LockNotAvailable, errors.QueryCanceled) as error:
            log.info("the tables of the hub were not rewritten: %s", error)

    def drop_blob(self, sha256: str) -> None:
        (dropped,) = self._line.run(lambda c: _one(c, "SELECT deskapp.desk_drop(%s)", sha256))
        if not dropped and self.has_blob(sha256):
            log.info("a file stays in the hub: it is needed elsewhere, or no erasure names it")

    # --- files and signs of life -----------------------------------------------------------------------------------

    def has_blob(self, sha256: str) -> bool:
        query = "SELECT EXISTS (SELECT FROM deskapp.content WHERE key = %s)"
        return bool(self._line.run(lambda c: _one(c, query, sha256))[0])

    def put_blob(self, sha256: str, data: bytes) -> None:
        def put(connection: _Connection) -> None:
            if not _one(connection, "SELECT deskapp.blob_whole(%s)", sha256)[0]:
                with connection.transaction():
                    postgres_content.send_file(connection, sha256, data)

        self._line.run(put)

    def get_blob(self, sha256: str) -> bytes | None:
        if not self.has_blob(sha256):
            return None
        data = self._line.run(lambda connection: postgres_content.fetch_file(connection, sha256))
        return data if hashlib.sha256(data).hexdigest() == sha256 else None

    def beat(self, replica: str, status: Mapping[str, Any]) -> None:
        text = json.dumps(status, ensure_ascii=False)
        self._line.run(lambda c: c.execute("SELECT deskapp.desk_beat(%s, %s)", (replica, text)))

    def beats(self) -> dict[str, dict[str, Any]]:
        rows = self._line.run(lambda c: c.execute("SELECT replica, status FROM deskapp.beat").fetchall())
        found = {}
        for replica, status in rows:
            with suppress(ValueError):
                found[replica] = sign_of_life(status)
        return found

    # --- is it safe ------------------------------------------------------------------------------------------------

    def check(self) -> tuple[Finding, ...]:
        return self._line.run(postgres_setup.findings)
