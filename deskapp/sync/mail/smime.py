"""The letter inside an S/MIME signature (CMS signed-data, RFC 5652, "opaque": text and signature in one file).

Only opened, never checked: whose signature it is, and whether it holds, a mail program with the firm's certificates
says. An own reader of the few fields above the content, since the libraries that we have read no content out of CMS,
and GOST signatures, which Russian firms use, none of them knows. Never raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from deskapp.sync.mail.letter import Seal

TYPES = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_SEQUENCE, _OBJECT, _OCTETS, _OCTETS_IN_PIECES, _TAGGED = 0x30, 0x06, 0x04, 0x24, 0xA0
_MAX_DEPTH = 16
_ENTITY = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]{0,2000}\r?\n(?:[ \t][^\n]{0,2000}\r?\n)*){1,60}")

#: Names that mail programs give to the signature of a letter, not of a document.
_OF_THE_LETTER = frozenset(("", "smime.p7s", "smime.p7m", "signature.asc", "signature.pgp", "openpgp_signature",
                            "openpgp_signature.asc"))  # fmt: skip


def signs_a_letter(content_type: str, name: str) -> Seal:
    """``smime`` or ``pgp`` for a file with the signature of the letter that it came in; else empty."""
    if name.lower() not in _OF_THE_LETTER:
        return ""
    if content_type.endswith("pkcs7-signature"):
        return "smime"
    return "pgp" if content_type.endswith("pgp-signature") else ""


class _Broken(Exception):
    pass


@dataclass(frozen=True)
class _Item:
    tag: int
    start: int
    stop: int
    after: int


def is_signed(data: bytes) -> bool:
    """Whether this is signed data, opened or not."""
    return _SIGNED_DATA in data[:40]


def content(data: bytes) -> bytes | None:
    """The MIME entity that was signed; None for anything else (encrypted, detached, broken, no letter inside)."""
    try:
        outer = _item(data, 0, len(data), 0)
        kind, tagged = list(_children(data, outer, 0))[:2]
        if outer.tag != _SEQUENCE or kind.tag != _OBJECT or data[kind.start : kind.stop] != _SIGNED_DATA:
            return None
        signed = next(_children(data, tagged, 0))
        inner = next(one for one in _children(data, signed, 0) if one.tag == _SEQUENCE)
        wrapped = next(one for one in _children(data, inner, 0) if one.tag == _TAGGED)
        found = b"".join(_octets(data, next(_children(data, wrapped, 0)), 0))
    except (_Broken, StopIteration, ValueError):
        return None
    head = _ENTITY.match(found.lstrip(b"\r\n"))
    return found if head and b"content-type:" in head.group().lower() else None


def _item(data: bytes, at: int, end: int, depth: int) -> _Item:
    """One value; where its length is not said beforehand, its children are walked to their end."""
    if depth > _MAX_DEPTH or at + 2 > end:
        raise _Broken
    tag, length = data[at], data[at + 1]
    if tag & 0x1F == 0x1F:  # a long tag: none of ours
        raise _Broken
    start = at + 2
    if length == 0x80:
        place = start
        while data[place : place + 2] != b"\0\0":
            place = _item(data, place, end, depth + 1).after
        return _Item(tag, start, place, place + 2)
    if length > 0x80:
        size = length & 0x7F
        length = int.from_bytes(data[start : start + size], "big")
        start += size
    if start + length > end:
        raise _Broken
    return _Item(tag, start, start + length, start + length)


def _children(data: bytes, item: _Item, depth: int) -> Iterator[_Item]:
    at = item.start
    while at < item.stop:
        found = _item(data, at, item.stop, depth)
        yield found
        at = found.after


def _octets(data: bytes, item: _Item, depth: int) -> Iterator[bytes]:
    if item.tag == _OCTETS:
        yield data[item.start : item.stop]
    elif item.tag == _OCTETS_IN_PIECES and depth < _MAX_DEPTH:
        for piece in _children(data, item, depth + 1):
            yield from _octets(data, piece, depth + 1)
    else:
        raise _Broken
