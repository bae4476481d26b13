"""Encrypted connections: whose certificates are trusted, and why one is not."""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from deskapp.core.errors import EnvironmentTrouble, UserFacingError


def tls_context(options: Mapping[str, Any], web: bool = False) -> ssl.SSLContext:
    """Certificates are always checked; ``ca_file`` names a company's own authority, trusted beside the system's.

    ``web``: for HTTPS, whose library marks its contexts as such.
    """
    path = str(options.get("ca_file") or "")
    try:
        status = os.stat(path) if path else None
        return _context(path, (status.st_mtime_ns, status.st_size) if status else None, web)
    except (OSError, ssl.SSLError) as error:
        raise UserFacingError("The certificate file cannot be read", "%1: %2.", path, str(error)) from error


UNTRUSTED = "The certificate of the mail server is not trusted"
UNTRUSTED_WHY = (
    "%1 says who it is with a certificate that cannot be checked: %2. Nothing was sent to it. If the company has an "
    "authority of its own, give its file in the settings of the mailbox; else somebody may be listening in between."
)


def untrusted(host: str, words: str) -> EnvironmentTrouble:
    """A certificate that nobody vouches for."""
    return EnvironmentTrouble(UNTRUSTED, UNTRUSTED_WHY, host, words)


@lru_cache(maxsize=16)
def _context(path: str, _version: tuple[int, int] | None, _web: bool) -> ssl.SSLContext:
    """Made once for each file as it is: reading the system's authorities takes a twentieth of a second."""
    context = ssl.create_default_context()
    if path:
        context.load_verify_locations(cafile=path)
    return context
