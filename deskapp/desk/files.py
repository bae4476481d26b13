"""Files of letters and notes, kept by their SHA-256 in the profile; the database holds name, type, size and hash."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from deskapp.core.errors import UserFacingError
from deskapp.core.ids import new_id
from deskapp.desk.desk import Desk


def _place(desk: Desk, sha256: str) -> Path:
    return desk.profile.blobs / sha256[:2] / sha256


def put(desk: Desk, data: bytes) -> str:
    """Keep ``data``; returns its hash. On the disk before this returns; the same content is kept once."""
    sha256 = hashlib.sha256(data).hexdigest()
    place = _place(desk, sha256)
    if not place.exists() or place.stat().st_size != len(data):  # cut off by a full disk or a crash: written anew
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = place.with_name(f"{sha256}.{new_id()[-12:]}")
        with open(fresh, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        os.replace(fresh, place)
    return sha256


def has(desk: Desk, sha256: str) -> bool:
    return _place(desk, sha256).exists()


def read(desk: Desk, sha256: str) -> bytes:
    """The content; UserFacingError if it is not on this machine or was damaged."""
    try:
        data = _place(desk, sha256).read_bytes()
    except OSError as error:
        raise UserFacingError(
            "The file is not on this machine", "Its name and size are known, its content is not here yet."
        ) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise UserFacingError(
            "The file is damaged", "Its content no longer matches what was received. The ticket itself is safe."
        )
    return data


def save_as(desk: Desk, sha256: str, target: str) -> str:
    """Write a copy for a person, never executable. Returns the path."""
    path = Path(target)
    try:
        path.write_bytes(read(desk, sha256))
        path.chmod(0o600)
    except OSError as error:
        raise UserFacingError(
            "The file could not be saved", "%1: %2. The ticket keeps its own copy.", path, error.strerror or error
        ) from error
    return str(path)
