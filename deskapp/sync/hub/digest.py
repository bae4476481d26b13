"""A fingerprint of the shared tables, by which replicas at the same place of the log see whether they are the same."""

from __future__ import annotations

import hashlib
import json

from deskapp.models.database import Replica
from deskapp.models.tables import defaults, models
from deskapp.sync.hub import changes

_BITS = 1 << 64


def digest(replica: Replica) -> dict[str, list[int]] | None:
    """Table -> [rows, sum of their hashes]; None while something is not sent, since then nobody else is equal."""
    with replica.db.atomic():
        if changes.waiting(replica):
            return None
        found = {}
        for table in models():
            columns = ",".join(["id", *(f'"{c}"' for c in defaults(table))])
            rows = total = 0
            for row in replica.db.execute_sql(f'SELECT {columns} FROM "{table}"'):
                content = json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass")
                total += int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "big")
                rows += 1
            found[table] = [rows, total % _BITS]
        return found
