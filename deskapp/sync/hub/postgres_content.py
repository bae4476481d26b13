"""Files and snapshots in a PostgreSQL hub: sent and fetched in parts, so that neither side holds a large one at once.

Plain functions of a connection; the driver is known to postgres.py alone. Sending is done within a transaction, so
that nothing stays half.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path

from deskapp.core.ids import new_id
from deskapp.sync.hub.hub import HubUnreachable, Progress, Snapshot
from deskapp.sync.hub.postgres_setup import Connection

#: Bytes of a file or snapshot in one statement.
PART = 4 << 20


def send_file(connection: Connection, sha256: str, data: bytes) -> None:
    key = new_id()
    for number, start in enumerate(range(0, len(data), PART)):
        _send(connection, key, number, data[start : start + PART])
    connection.execute("SELECT deskapp.desk_blob(%s, %s)", (key, sha256))


def fetch_file(connection: Connection, sha256: str) -> bytes:
    return b"".join(_parts(connection, sha256))


def send_snapshot(connection: Connection, source: Path, snapshot: Snapshot) -> str:
    """What ``place`` says of its head; only if it is in the log was anything entered."""
    key, number, digest = new_id(), 0, hashlib.sha256()
    with source.open("rb") as file:
        while piece := file.read(PART):
            digest.update(piece)
            _send(connection, key, number, zlib.compress(piece, 1))
            number += 1
    if digest.hexdigest() != snapshot.sha256:
        raise HubUnreachable(
            "The snapshot changed while it was sent", "Everything is kept here and shared later.", retry_after=1.0
        )
    meta = (snapshot.schema, snapshot.min_app, snapshot.made_at, snapshot.size, snapshot.sha256, key)
    query = "SELECT deskapp.desk_snapshot(%s, %s, %s, %s, %s, %s, %s, %s, %s)"
    return str(connection.execute(query, (*snapshot.head, *meta)).fetchone()[0])


def fetch_snapshot(connection: Connection, key: str, snapshot: Snapshot, target: Path, tell: Progress | None) -> bool:
    """Write a snapshot to ``target``; whether it is what its checksum says."""
    digest, done = hashlib.sha256(), 0
    with target.open("wb") as file:
        for part in _parts(connection, key):
            try:
                piece = zlib.decompress(part)
            except zlib.error:
                return False
            file.write(piece)
            digest.update(piece)
            done += len(piece)
            if tell is not None:
                tell(done, snapshot.size)
    return digest.hexdigest() == snapshot.sha256


def _send(connection: Connection, key: str, number: int, data: bytes) -> None:
    connection.execute("SELECT deskapp.desk_part(%s, %s, %b)", (key, number, data))


def _parts(connection: Connection, key: str) -> Iterator[bytes]:
    """All parts in order; one that is missing is left out, which the hash of the whole tells."""
    (count,) = connection.execute("SELECT count(*) FROM deskapp.part WHERE key = %s", (key,)).fetchone()
    for number in range(count):
        query = "SELECT data FROM deskapp.part WHERE key = %s AND n = %s"
        found = connection.execute(query, (key, number), binary=True).fetchone()
        if found:
            yield bytes(found[0])
