"""Ids: UUIDv7 for what is born here, UUIDv5 of a natural key for what two replicas may make of the same fact."""

from __future__ import annotations

import hashlib
import os
import threading
import time
import uuid

_NAMESPACE = uuid.UUID("6f0b3a0e-6d6a-5b7e-9a51-1d1f6d0c7a11")
_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """A UUIDv7 (RFC 9562, section 5.7) that also grows within one process and millisecond."""
    global _last
    with _lock:
        # 48 bits of milliseconds, then 12 bits of sub-millisecond order (method 3 of section 6.2)
        tick = max(time.time_ns() * 4096 // 1_000_000, _last + 1)
        _last = tick
    millis, fraction = divmod(tick, 4096)
    value = (millis & 0xFFFFFFFFFFFF) << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62
    value |= int.from_bytes(os.urandom(8), "big") & 0x3FFFFFFFFFFFFFFF
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def oldest_id(hours_ago: float) -> str:
    """What sorts before every UUIDv7 that was made since."""
    millis = int((time.time() - hours_ago * 3600) * 1000)
    return str(uuid.UUID(int=(millis & 0xFFFFFFFFFFFF) << 80))


def natural_id(kind: str, *key: object) -> str:
    """The same id on every replica for the same fact, e.g. ``natural_id("contact", "anna@firm.example")``."""
    # what uuid.uuid5 does, without the object around it: imports make hundreds of thousands
    name = _NAMESPACE.bytes + "\x1f".join([kind, *map(str, key)]).encode()
    digest = bytearray(hashlib.sha1(name, usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    text = digest.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
