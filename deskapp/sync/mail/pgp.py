"""Letters signed by PGP in their very text (RFC 4880, section 7): opened, never checked."""

from __future__ import annotations

import re

_BEGIN = re.compile(
    r"^-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\n(?:[A-Za-z-]{1,40}:[^\n]{0,200}\n){0,20}[ \t]*\n", re.MULTILINE
)
_SIGNATURE = re.compile(r"^-----BEGIN PGP SIGNATURE-----[ \t]*$", re.MULTILINE)
_END = re.compile(r"^-----END PGP SIGNATURE-----[ \t]*(?:\n|\Z)", re.MULTILINE)
_ESCAPED = re.compile(r"^- ", re.MULTILINE)
_MAX_SIGNED = 20


def opened(text: str) -> tuple[str, bool]:
    """``(the text without signatures, whether there was one)``. What is quoted, or cut short, stays as it is."""
    pieces: list[str] = []
    at = 0
    for _ in range(_MAX_SIGNED):
        begin = _BEGIN.search(text, at)
        signature = _SIGNATURE.search(text, begin.end()) if begin else None
        end = _END.search(text, signature.end()) if signature else None
        if begin is None or signature is None or end is None:
            break
        pieces += [text[at : begin.start()], _ESCAPED.sub("", text[begin.end() : signature.start()])]
        at = end.end()
    return "".join((*pieces, text[at:])), bool(pieces)
