"""A long secret in a file, sealed with a short one from the keyring: token caches are longer than keyrings take.

The only file that knows cryptography.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from deskapp.core import moving

_NONCE = 12


def new_key() -> str:
    """A fresh key for a sealed file, short enough for any keyring."""
    return secrets.token_urlsafe(32)


class SealedFile:
    """One secret text in ``path``, under ``key``. Without the key, or changed by anybody, it reads as absent."""

    def __init__(self, path: Path, key: str) -> None:
        self.path = path
        self._key = hashlib.sha256(f"deskapp sealed file\0{key}".encode()).digest()

    def read(self) -> str | None:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            sealed = self.path.read_bytes()
            return AESGCM(self._key).decrypt(sealed[:_NONCE], sealed[_NONCE:], self.path.name.encode()).decode()
        except (OSError, InvalidTag, ValueError):
            return None

    def write(self, secret: str) -> None:
        """Replaces the file whole. OSError where that cannot be; what was there stays then."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(_NONCE)
        sealed = nonce + AESGCM(self._key).encrypt(nonce, secret.encode(), self.path.name.encode())
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = self.path.with_name(f"{self.path.name}.{os.getpid()}.new")
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(sealed)
        moving.replace(fresh, self.path)

    def delete(self) -> None:
        self.path.unlink(missing_ok=True)
