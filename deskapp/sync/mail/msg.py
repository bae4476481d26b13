"""Letters that Outlook saved as .msg files (MS-OXMSG). The only file that knows olefile."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from deskapp.sync.mail.charsets import decode

_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
MAX_FILES = 100
#: Letters in saved letters in saved letters.
_DEPTH = 3
_EMBEDDED = "__substg1.0_3701000d"
_MAX_STREAM = 50 * 1024 * 1024
#: PR_CLIENT_SUBMIT_TIME and PR_MESSAGE_DELIVERY_TIME
_TIMES = (0x0039_0040, 0x0E06_0040)


@dataclass
class Saved:
    """``files``: (name, content type or "", data); ``letters``: those that it had attached; ``rich``: the text as
    compressed RTF, see ``rtf``."""

    subject: str = ""
    sender: str = ""
    address: str = ""
    to: str = ""
    date: datetime | None = None
    text: str = ""
    html: str = ""
    rich: bytes = b""
    files: list[tuple[str, str, bytes]] = field(default_factory=list)
    letters: list[Saved] = field(default_factory=list)


def read(data: bytes) -> Saved | None:
    """What a .msg holds; None if it is none or is broken beyond reading. Never raises."""
    if not data.startswith(_MAGIC):
        return None
    import olefile  # type: ignore[import-untyped]  # only where somebody attaches one

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as box:
            return _read(box)
    except Exception:  # a file from outside: whatever its tables lead the library to
        return None


def _read(box: object) -> Saved | None:
    names = {"/".join(parts).lower(): parts for parts in box.listdir()}  # type: ignore[attr-defined]

    def stream(path: str) -> bytes:
        parts = names.get(path.lower())
        if parts is None:
            return b""
        with box.openstream(parts) as found:  # type: ignore[attr-defined]
            return bytes(found.read(_MAX_STREAM))

    def text(folder: str, tag: str) -> str:
        wide = stream(f"{folder}__substg1.0_{tag}001F")
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        return decode(stream(f"{folder}__substg1.0_{tag}001E").rstrip(b"\0"), None)[0]

    def letter(at: str, depth: int) -> Saved:
        """The letter whose streams begin with ``at``, which ends with a slash or is empty."""
        found = Saved(
            subject=text(at, "0037"),
            sender=text(at, "0C1A") or text(at, "0042"),
            address=next((one for tag in ("5D01", "0C1F", "0065") if "@" in (one := text(at, tag))), ""),
            to=text(at, "0E04"),
            date=_date(stream(f"{at}__properties_version1.0"), 24 if at else 32),
            text=text(at, "1000"),
            html=decode(stream(f"{at}__substg1.0_10130102"), None)[0],
            rich=stream(f"{at}__substg1.0_10090102"),
        )
        begin = f"{at}__attach_version1.0_"
        folders = sorted({at + path[len(at) :].partition("/")[0] for path in names if path.startswith(begin)})
        for folder in folders[:MAX_FILES]:
            content = stream(f"{folder}/__substg1.0_37010102")
            if content:
                name = text(f"{folder}/", "3707") or text(f"{folder}/", "3704") or text(f"{folder}/", "3001")
                found.files.append((name, text(f"{folder}/", "370E").lower(), content))
            elif depth < _DEPTH and f"{folder}/{_EMBEDDED}/__properties_version1.0" in names:
                found.letters.append(letter(f"{folder}/{_EMBEDDED}/", depth + 1))
        return found

    return letter("", 0) if "__properties_version1.0" in names else None


def _date(properties: bytes, header: int) -> datetime | None:
    """Of the fixed properties: a header of 32 bytes (24 in an attached letter), then 16 a property."""
    for wanted in _TIMES:
        for at in range(header, len(properties) - 15, 16):
            if struct.unpack_from("<I", properties, at)[0] == wanted:
                ticks = struct.unpack_from("<Q", properties, at + 8)[0]
                try:
                    return datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
                except OverflowError:
                    return None
    return None
