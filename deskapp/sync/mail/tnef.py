"""winmail.dat: what Outlook packs text and attachments into for readers that it takes for Outlook (MS-OXTNEF).

An own reader, since it is a list of attributes and no more; what is broken is left out. Never raises.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from deskapp.sync.mail.charsets import decode

_SIGNATURE = 0x223E9F78
_ATTACH_BEGINS, _ATTACH_DATA, _ATTACH_TITLE, _ATTACH_PROPS = 0x9002, 0x800F, 0x8010, 0x9005
_MESSAGE_BODY, _MESSAGE_PROPS = 0x800C, 0x9003
_LONG_NAME, _DISPLAY_NAME, _MIME, _DATA, _BODY, _HTML, _RICH = (
    0x3707, 0x3001, 0x370E, 0x3701, 0x1000, 0x1013, 0x1009,
)  # fmt: skip
#: Bytes of one value by property type; types that are not here end the reading of a list.
_FIXED = {0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, 0x000B: 4, 0x0014: 8,
          0x0040: 8, 0x0048: 16}  # fmt: skip
_TEXT, _UNICODE, _OBJECT, _BINARY = 0x001E, 0x001F, 0x000D, 0x0102
MAX_FILES = 200


@dataclass
class Packed:
    """``files``: (name, content type or "", data); ``rich``: the text as compressed RTF, see ``rtf``."""

    text: str = ""
    html: str = ""
    rich: bytes = b""
    files: list[tuple[str, str, bytes]] = field(default_factory=list)


@dataclass
class _File:
    name: str = ""
    kind: str = ""
    data: bytes = b""


def is_one(data: bytes) -> bool:
    """Whether a file is TNEF, whatever it is called: a letter inside winmail.dat has no name of its own."""
    return len(data) > 6 and struct.unpack_from("<I", data)[0] == _SIGNATURE


def unpack(data: bytes) -> Packed | None:
    """What is in it; None if it is no TNEF."""
    if len(data) < 6 or struct.unpack_from("<I", data)[0] != _SIGNATURE:
        return None
    found = Packed()
    files: list[_File] = []
    for name, value in _attributes(data):
        if name == _ATTACH_BEGINS:
            if len(files) >= MAX_FILES:
                break
            files.append(_File())
        elif name == _MESSAGE_BODY and not found.text:
            found.text = _text(value)
        elif name == _MESSAGE_PROPS:
            for tag, kind, content in _properties(value):
                if tag == _BODY:
                    found.text = _string(kind, content)
                elif tag == _HTML:
                    found.html = decode(content, None)[0]
                elif tag == _RICH:
                    found.rich = content
        elif files and name == _ATTACH_DATA:
            files[-1].data = value
        elif files and name == _ATTACH_TITLE:
            files[-1].name = files[-1].name or _text(value)
        elif files and name == _ATTACH_PROPS:
            _describe(files[-1], value)
    found.files = [(one.name, one.kind, one.data) for one in files if one.data]
    return found


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(name, value) of each attribute: level, name, type, length, value, checksum."""
    at = 6
    while at + 9 <= len(data):
        name, _type, length = struct.unpack_from("<HHI", data, at + 1)
        begin, end = at + 9, at + 9 + length
        if data[at] not in (1, 2) or end > len(data):
            return
        yield name, data[begin:end]
        at = end + 2


def _describe(file: _File, value: bytes) -> None:
    for tag, kind, content in _properties(value):
        if tag == _LONG_NAME or (tag == _DISPLAY_NAME and not file.name):
            file.name = _string(kind, content) or file.name
        elif tag == _MIME:
            file.kind = _string(kind, content).lower()
        elif tag == _DATA and not file.data:
            # an object begins with the id of its interface
            file.data = content[16:] if kind == _OBJECT else content


def _properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(tag, type, value) of a list of MAPI properties; of several values the first."""
    if len(data) < 4:
        return
    at, left = 4, min(struct.unpack_from("<I", data)[0], 5_000)
    while left and at + 4 <= len(data):
        left -= 1
        kind, tag = struct.unpack_from("<HH", data, at)
        at += 4
        if tag >= 0x8000:  # a named property: its name comes before its value
            if at + 20 > len(data):
                return
            by_name = struct.unpack_from("<I", data, at + 16)[0]
            at += 20
            if by_name:
                if at + 4 > len(data):
                    return
                at += 4 + _padded(struct.unpack_from("<I", data, at)[0])
            else:
                at += 4
        several, kind = bool(kind & 0x1000), kind & 0x0FFF
        if kind in _FIXED and not several:
            size = max(4, _FIXED[kind])
            yield tag, kind, data[at : at + size]
            at += size
            continue
        if at + 4 > len(data):
            return
        count = struct.unpack_from("<I", data, at)[0]
        at += 4
        for place in range(min(count, 5_000)):
            if kind in _FIXED:
                size, begin = _FIXED[kind], at
            elif kind in (_TEXT, _UNICODE, _OBJECT, _BINARY):
                if at + 4 > len(data):
                    return
                size, begin = struct.unpack_from("<I", data, at)[0], at + 4
            else:
                return
            if begin + size > len(data):
                return
            if place == 0:
                yield tag, kind, data[begin : begin + size]
            at = begin + _padded(size)


def _padded(size: int) -> int:
    return (size + 3) // 4 * 4


def _string(kind: int, value: bytes) -> str:
    if kind == _UNICODE:
        return value.decode("utf-16-le", "replace").split("\0", 1)[0]
    return _text(value)


def _text(value: bytes) -> str:
    return decode(value.split(b"\0", 1)[0], None)[0]
