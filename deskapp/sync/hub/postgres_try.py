"""A database that holds no desk yet: whether this account could begin one there, and what speaks against it."""

from __future__ import annotations

from deskapp.desk.doctor import Finding
from deskapp.sync.hub.postgres import _Line
from deskapp.sync.hub.postgres_setup import OLDEST_SERVER, Connection, _one, _round_trip

_RIGHTS = (
    "SELECT current_setting('server_version_num')::int / 10000, current_user::text, "
    "has_database_privilege(current_user, current_database(), 'CREATE') OR pg_has_role(current_user, "
    "(SELECT nspowner FROM pg_namespace WHERE nspname = 'deskapp'), 'member'), to_regclass('deskapp.meta') IS NOT NULL"
)
_LINE = (
    "SELECT inet_server_addr() IS NOT NULL AND NOT (host(inet_client_addr())::inet <<= '127.0.0.0/8' "
    "OR host(inet_client_addr()) = '::1'), "
    "coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false), "
    "current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on'"
)


def findings(where: str, password: str | None) -> tuple[Finding, ...]:
    """What was found, the last of it whether no desk is there yet. HubUnreachable, WrongPassword, HubRefused."""
    line = _Line(where, password)
    try:
        return line.run(_look)
    finally:
        line.close()


def _look(connection: Connection) -> tuple[Finding, ...]:
    version, account, may_make, taken = _one(connection, _RIGHTS)
    far, encrypted, careful = _one(connection, _LINE)
    delay, apart = _round_trip(connection)
    if taken:
        (taken,) = _one(connection, "SELECT EXISTS (SELECT FROM deskapp.meta)")
    return (
        Finding(f"PostgreSQL {version}", version >= OLDEST_SERVER, f"Use PostgreSQL {OLDEST_SERVER} or newer."),
        Finding(
            f"Rights: {account}", bool(may_make), "Ask the administrator for the right to create in this database."
        ),
        Finding("Encrypted connection", encrypted or not far, "Letters travel readable: add sslmode=verify-full."),
        Finding(
            "The server keeps what it acknowledged", careful, "Switch fsync and full_page_writes on at the server."
        ),
        Finding(f"Delay: {delay * 1000:.0f} ms a question", delay < 0.5, "A slow connection: rounds wait."),
        Finding(f"Clock: {abs(apart):.0f} s apart", abs(apart) < 60, "Set the clocks of this machine and the server."),
        Finding("No other desk there", not taken, "Join it by an invitation instead."),
    )
