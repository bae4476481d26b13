"""What a lead does in a PostgreSQL hub: set it up, migrate it, fill its plain tables; and what can be said of one.

Plain functions of a connection; the driver is known to postgres.py alone.
"""

from __future__ import annotations

import time
from contextlib import AbstractContextManager
from pathlib import Path
from statistics import median
from typing import Any, Protocol

from deskapp.desk.doctor import Finding
from deskapp.models.database import SCHEMA
from deskapp.models.erasing import ERASABLE
from deskapp.sync.hub import postgres_plain
from deskapp.sync.hub.hub import Snapshot
from deskapp.sync.hub.postgres_sql import (
    FORMAT,
    FUNCTIONS,
    GRANTS,
    LINK_ROLES,
    MAKE_ROLES,
    OLDEST_APP,
    REPLAY,
    SCHEMAS,
    TABLES,
    Roles,
    quoted,
)

#: The oldest server with everything that is used here.
OLDEST_SERVER = 13


class Connection(Protocol):
    """What is used of the driver's connection."""

    def execute(self, query: Any, params: Any = None, *, binary: bool = False) -> Any: ...

    def cursor(self) -> Any: ...

    def transaction(self) -> AbstractContextManager[Any]: ...


def _one(connection: Connection, query: str, *values: object) -> tuple[Any, ...]:
    return tuple(connection.execute(query, values or None).fetchone())


def leads(connection: Connection) -> bool:
    """Whether this account may become the owner."""
    query = "SELECT pg_has_role(nspowner, 'member') FROM pg_namespace WHERE nspname = 'deskapp'"
    return bool(_one(connection, query)[0])


def be_owner(connection: Connection) -> None:
    """For the rest of the transaction."""
    (owner,) = _one(connection, "SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'deskapp'")
    connection.execute(f"SET LOCAL ROLE {quoted(owner)}")


def troubles(connection: Connection) -> int:
    """How many changes could not be entered into the plain tables."""
    return int(_one(connection, "SELECT count(*) FROM deskapp.trouble")[0])


def prepare(connection: Connection) -> str:
    """Make the roles and schemas that are missing; the epoch of the log that is there already, or nothing."""
    if _one(connection, "SELECT to_regclass('deskapp.meta') IS NOT NULL")[0]:
        found = connection.execute("SELECT epoch FROM deskapp.meta").fetchone()
        return str(found[0]) if found else ""
    database, user = _one(connection, "SELECT current_database(), current_user")
    roles = Roles.of(database)
    with connection.transaction():
        made = False
        for kind, statement in MAKE_ROLES.items():
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (getattr(roles, kind),)).fetchone():
                connection.execute(roles.fill(statement))
                made = True
        if made:
            connection.execute(roles.fill(LINK_ROLES))
        if not _one(connection, "SELECT pg_has_role(%s, 'member')", roles.owner)[0]:
            connection.execute(f"GRANT {quoted(roles.lead)} TO {quoted(user)}")
        connection.execute(roles.fill(SCHEMAS))
    return ""


def migrate(connection: Connection) -> None:
    """Make what is missing, as the owner: of a new hub, everything."""
    roles = Roles.beside(_one(connection, "SELECT current_user")[0])
    connection.execute(TABLES)
    columns = connection.execute(
        "SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum) FROM pg_class c JOIN pg_attribute a "
        "ON a.attrelid = c.oid WHERE c.relnamespace = 'desk'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 "
        "AND NOT a.attisdropped GROUP BY 1"
    )
    for statement in postgres_plain.statements(dict(columns.fetchall())):
        connection.execute(statement)
    for row in postgres_plain.usual():
        connection.execute(
            "INSERT INTO deskapp.plain (tbl, usual) VALUES (%s, %s) "
            "ON CONFLICT (tbl) DO UPDATE SET usual = excluded.usual",
            row,
        )
    connection.execute(FUNCTIONS)
    connection.execute(roles.fill(GRANTS))
    connection.execute("UPDATE deskapp.meta SET format = %s, schema = %s, min_app = %s", (FORMAT, SCHEMA, OLDEST_APP))


def begin_log(connection: Connection, snapshot: Snapshot) -> None:
    """A new log from the head of a snapshot; files stay."""
    connection.execute("TRUNCATE deskapp.meta, deskapp.log, deskapp.trouble")
    connection.execute("DELETE FROM deskapp.part p USING deskapp.snapshot s WHERE s.key = p.key")
    connection.execute("DELETE FROM deskapp.content c USING deskapp.snapshot s WHERE s.key = c.key")
    connection.execute("DELETE FROM deskapp.snapshot")
    head = snapshot.head
    connection.execute(
        "INSERT INTO deskapp.meta (format, schema, min_app, epoch, seq, chain, floor, floor_chain) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
        (FORMAT, SCHEMA, OLDEST_APP, head.epoch, head.seq, head.chain, head.seq, head.chain),
    )


def fill(connection: Connection, snapshot: Path, seq: int) -> None:
    """Enter a snapshot into the plain tables, then what the log holds behind it. Reports see the old rows meanwhile."""
    for (table,) in connection.execute("SELECT tbl FROM deskapp.plain").fetchall():
        connection.execute(f"DELETE FROM desk.{quoted(table)}")
    for table, columns, rows in postgres_plain.rows(snapshot):
        listed = ", ".join(map(quoted, columns))
        with connection.cursor() as cursor, cursor.copy(f"COPY desk.{quoted(table)} ({listed}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    connection.execute("DELETE FROM deskapp.trouble")
    strange = postgres_plain.parked(snapshot)
    if strange:
        connection.execute("SELECT deskapp.desk_enter(%s, %b)", (seq, strange))
    connection.execute(REPLAY.replace("@seq@", str(seq)))


def rewrite(connection: Connection) -> None:
    """Write the tables of the log and of files anew, so that rows that are gone are gone from the disk too. Reports and
    appends wait meanwhile; that is short, since little is left."""
    (owner,) = _one(connection, "SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'deskapp'")
    connection.execute("SET lock_timeout = '5s'")
    connection.execute(f"SET ROLE {quoted(owner)}")
    try:
        for table in ("deskapp.log", "deskapp.part", "deskapp.trouble", *(f"desk.{name}" for name in ERASABLE)):
            connection.execute(f"VACUUM (FULL) {table}")
        connection.execute("VACUUM (FULL) desk.conflict")
    finally:
        connection.execute("RESET ROLE")
        connection.execute("RESET lock_timeout")


def findings(connection: Connection) -> tuple[Finding, ...]:
    """What a person should know of this server and this account before trusting a desk to it."""
    (version,) = _one(connection, "SELECT current_setting('server_version_num')::int / 10000")
    may_append, leading = _one(
        connection,
        "SELECT bool_and(has_function_privilege(oid, 'execute')), bool_and(pg_has_role(proowner, 'member')) "
        "FROM pg_proc WHERE proname = 'desk_append' AND pronamespace = 'deskapp'::regnamespace",
    )
    role = "lead" if leading else "member" if may_append else "reader"
    far, encrypted = _one(
        connection,
        "SELECT inet_server_addr() IS NOT NULL AND NOT (host(inet_client_addr())::inet <<= '127.0.0.0/8' "
        "OR host(inet_client_addr()) = '::1'), coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), "
        "false)",
    )
    careful = _one(connection, "SELECT current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on'")
    missing = troubles(connection)
    delay, apart = _round_trip(connection)
    return (
        Finding(f"PostgreSQL {version}", version >= OLDEST_SERVER, f"Use PostgreSQL {OLDEST_SERVER} or newer."),
        Finding(f"Account: {role}", may_append, "It can only read. Ask for the role “member”."),
        Finding(
            "Encrypted connection" if encrypted else "Connection on this machine" if not far else "Open connection",
            encrypted or not far,
            "Letters travel readable: add sslmode=verify-full to the address.",
        ),
        Finding(
            "The server keeps what it acknowledged", careful[0], "Switch fsync and full_page_writes on at the server."
        ),
        Finding(f"Delay: {delay * 1000:.0f} ms a question", delay < 0.5, "A slow connection: rounds wait."),
        Finding(f"Clock: {abs(apart):.0f} s apart", abs(apart) < 60, "Set the clocks of this machine and the server."),
        Finding(
            f"Changes missing in the tables for reports: {missing}",
            not missing,
            "The desk itself is whole. They are entered with the next snapshot by a lead; deskapp.trouble says why.",
        ),
    )


def _round_trip(connection: Connection) -> tuple[float, float]:
    """(seconds of a question, seconds by which the server's clock is ahead)."""
    took, apart = [], 0.0
    for _turn in range(5):
        started, clock = time.perf_counter(), time.time()
        (there,) = _one(connection, "SELECT extract(epoch FROM clock_timestamp())::float8")
        took.append(time.perf_counter() - started)
        apart = there - clock - took[-1] / 2
    return median(took), apart
