"""Whether this copy of the application is whole: everything that is imported late, and what it stands on, tried once.

For the frozen application above all, where a part can be missing that no start would miss.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import socket
import ssl
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from deskapp.desk.doctor import Finding, tell

if TYPE_CHECKING:
    from deskapp.commands.common import Add

_AGAIN = "This copy of the application is incomplete. Install it again."
#: Rooms of which every module is imported: the transports and hubs among them.
ROOMS = ("deskapp.core", "deskapp.planning", "deskapp.models", "deskapp.desk", "deskapp.sync", "deskapp.ui")
#: What those import only when it is asked for.
LATE = (
    "exchangelib", "msal", "imap_tools", "requests_ntlm", "psycopg", "xlsxwriter", "icalendar", "holidays.countries",
    "keyring.backends.fail", "cryptography.hazmat.primitives.ciphers.aead", "charset_normalizer", "Stemmer",
    "python_calamine", "pypdf", "olefile", "compressed_rtf", "nh3", "jinja2.sandbox", "multiprocessing.spawn",
    *(("jeepney.io.blocking",) if sys.platform == "linux" else ()),
    *(("win32ctypes.pywin32.win32cred",) if sys.platform == "win32" else ()),  # the keyring's way to Credential Manager
)  # fmt: skip


def declare(add: Add) -> None:
    add("selftest", "try every part of this copy of the application; also as --selftest").set_defaults(run=_run)


def _run(_profile: Path, _arguments: argparse.Namespace) -> int:
    return tell(findings())


def findings() -> Iterator[Finding]:
    """Each part, whole or not; a part that fails in any way is a finding, never an exception."""
    for room in ROOMS:
        yield _try(f"every module of {room}", partial(_import_room, room))
    for library in LATE:
        yield _try(library, partial(importlib.import_module, library))
    yield _try("time zones", _zones)
    yield _try("search index", _search)
    yield _try("a desk of its own", _desk)
    yield _try("TLS, and that it refuses a stranger", _tls)
    from deskapp import app

    yield from app.window_findings()


def _try(what: str, run: Callable[[], object]) -> Finding:
    try:
        run()
    except Exception as error:  # whatever is wrong with a part, the others are still looked at
        return Finding(what, False, f"{type(error).__name__}: {error}. {_AGAIN}")
    return Finding(what, True)


def _import_room(room: str) -> None:
    package = importlib.import_module(room)
    for module in pkgutil.walk_packages(package.__path__, room + "."):
        # migrations are run by their numbers, as files
        if not module.name.rpartition(".")[2][:1].isdigit():
            importlib.import_module(module.name)


def _zones() -> None:
    summer = datetime(2026, 7, 1, 12, tzinfo=UTC)
    for name, hours in (
        ("Europe/Moscow", 3),
        ("Asia/Yekaterinburg", 5),
        ("Europe/Berlin", 2),
        ("America/New_York", -4),
    ):
        if ZoneInfo(name).utcoffset(summer) != timedelta(hours=hours):
            raise ValueError(f"{name} is not {hours} hours from UTC")


def _search() -> None:
    from deskapp.models.database import open_file

    with tempfile.TemporaryDirectory() as folder, closing(open_file(Path(folder) / "index.sqlite")) as database:
        database.execute("CREATE VIRTUAL TABLE found USING fts5(body, content='', contentless_delete=1)")
        database.execute("INSERT INTO found (rowid, body) VALUES (7, 'кассовый аппарат')")
        if database.execute("SELECT rowid FROM found WHERE found MATCH 'аппарат'").fetchall() != [(7,)]:
            raise ValueError("a word was not found")


def _desk() -> None:
    from deskapp.app import open_desk
    from deskapp.desk import intake, ticket

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, open_desk(Path(folder)) as desk:
        changes = intake.by_hand(desk, "Проверка", "Принтер не печатает")
        if ticket.view(desk, str(changes.result)).subject != "Проверка":
            raise ValueError("a ticket was not kept")


#: Of nobody but this test: a certificate of "localhost" that it vouches for itself, with its key.
_CERTIFICATE = """\
-----BEGIN CERTIFICATE-----
MIIBlzCCAT6gAwIBAgIULqBSQolganQO5BkwO7TpqjA+6gUwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjIwMjkxNVoYDzIxMjYxMDI5
MjAyOTE1WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQoo1oLFppAWchElBpurCa1EzsHkUBZIDhJhTDTLGMnVjfOqI6YNbyu
dhixzJ9Y+OZNEb5Y1yh0nLJvrDJlI6x0o2wwajAdBgNVHQ4EFgQUF6sctapDVUJD
KdS/wnf6hExZE24wHwYDVR0jBBgwFoAUF6sctapDVUJDKdS/wnf6hExZE24wFAYD
VR0RBA0wC4IJbG9jYWxob3N0MBIGA1UdEwEB/wQIMAYBAf8CAQAwCgYIKoZIzj0E
AwIDRwAwRAIgLuL2snvKAnfQWF9wBLBb+C6kNdvmTqV1yhi8lUuHRRUCIGWjGAOc
TlYSAyksCzslJwPMIbqY4J1UdF8ehfP8R+44
-----END CERTIFICATE-----
"""
_KEY = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgvvPH7NPmx3RXZL6E
gcPdfkffuRuvZFAcjjkM8HigD5+hRANCAAQoo1oLFppAWchElBpurCa1EzsHkUBZ
IDhJhTDTLGMnVjfOqI6YNbyudhixzJ9Y+OZNEb5Y1yh0nLJvrDJlI6x0
-----END PRIVATE KEY-----
"""


def _tls() -> None:
    """A server with a certificate that only we know: believed where that is given, refused where not."""
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as server:
        chain, secret = Path(folder) / "chain.pem", Path(folder) / "key.pem"
        chain.write_text(_CERTIFICATE, "ascii")
        secret.write_text(_KEY, "ascii")
        theirs = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        theirs.load_cert_chain(chain, secret)
        server.settimeout(10)

        def answer() -> None:
            for _one in range(2):
                try:
                    connection, _from = server.accept()
                    with theirs.wrap_socket(connection, server_side=True) as secure:
                        secure.recv(1)
                except OSError:  # the refused handshake ends so
                    continue

        answering = threading.Thread(target=answer, daemon=True)
        answering.start()
        port = server.getsockname()[1]
        _shake(ssl.create_default_context(cafile=str(chain)), port)
        try:
            _shake(ssl.create_default_context(), port)
        except ssl.SSLCertVerificationError:
            pass
        else:
            raise ValueError("a certificate that nobody vouches for was believed")
        answering.join(10)


def _shake(context: ssl.SSLContext, port: int) -> None:
    with (
        socket.create_connection(("127.0.0.1", port), 10) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as secure,
    ):
        secure.sendall(b".")
