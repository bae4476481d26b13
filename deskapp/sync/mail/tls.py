"""Encrypted connections: whose certificates are trusted."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from typing import Any

from deskapp.core.errors import UserFacingError


def tls_context(options: Mapping[str, Any]) -> ssl.SSLContext:
    """Certificates are always checked; ``ca_file`` names a company's own authority."""
    try:
        return ssl.create_default_context(cafile=str(options["ca_file"]) if options.get("ca_file") else None)
    except (OSError, ssl.SSLError) as error:
        raise UserFacingError(
            "The certificate file cannot be read", "%1: %2.", options.get("ca_file", ""), str(error)
        ) from error
