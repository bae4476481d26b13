"""What a PostgreSQL server says when it does not let us in, read and told in words of ours."""

from __future__ import annotations

from deskapp.core.errors import WrongPassword
from deskapp.sync.hub.hub import HubRefused, HubUnreachable

#: Words of the server, in its two languages here, for what a repetition does not help with. Errors of a connection that
#: never came about have no code.
_PASSWORD = ("authentication failed", "не прошёл проверку подлинности")
_NO_PASSWORD = "no password supplied"
_CERTIFICATE = (
    "certificate", "SSL was required", "server does not support SSL", "SSL error", "sslmode", "сертификат",
)  # fmt: skip
_RIGHTS = (
    "permission denied", "нет доступа", "pg_hba.conf", "not permitted to log in", "does not exist", "не существует",
)  # fmt: skip


def in_one_line(said: str) -> str:
    """The sentence of the server: neither our question, which it quotes, nor the addresses that were tried."""
    return said.strip().rpartition("FATAL:")[2].strip().partition("\n")[0].rstrip(".")


def no_connection(said: str, where: str, needs_password: bool = False) -> Exception:
    """Why a connection never came about; ``needs_password``: the server asks for one and none was given."""
    line = in_one_line(said)
    if needs_password or _NO_PASSWORD in said:
        return WrongPassword(
            "The password of the shared desk is not known here",
            "%1 asks for it. Everything is kept here and shared later.",
            where,
        )
    if any(word in said for word in _PASSWORD):
        return wrong_password(where)
    if any(word in said for word in _CERTIFICATE):
        return HubRefused(
            "The server cannot be trusted",
            "Its certificate or its encryption is not what the address asks for. %1: %2. "
            "Everything is kept here and shared later.",
            where,
            line,
        )
    if any(word in said for word in _RIGHTS):
        return HubRefused(
            "The database does not let us in", "%1: %2. Everything is kept here and shared later.", where, line
        )
    return HubUnreachable(
        "The server cannot be reached",
        "%1: %2. Everything is kept here and shared later.",
        where,
        line,
        retry_after=10.0,
    )


def wrong_password(where: str) -> WrongPassword:
    return WrongPassword(
        "The password of the shared desk is not right",
        "%1 refused it. Everything is kept here and shared later.",
        where,
    )


def no_desk(where: str) -> HubUnreachable:
    # a server that is being restored has an empty database for a while: that is no reason to think the desk gone
    return HubUnreachable(
        "There is no shared desk in this database", "%1 has none. Everything is kept here.", where, retry_after=10.0
    )
