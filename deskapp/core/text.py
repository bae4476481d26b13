"""One gate for text from outside."""

from __future__ import annotations

import re

# U+0000 and lone surrogates stop a jsonb column of a PostgreSQL hub for ever.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def clean_text(text: str) -> str:
    """``text`` without the characters that a shared database cannot hold; everything else unchanged."""
    return _UNSTORABLE.sub("", text) if _UNSTORABLE.search(text) else text
