"""Files of letters and notes, kept by their SHA-256 in the profile; the database holds name, type, size and hash."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from deskapp.core import moving
from deskapp.core.errors import UserFacingError
from deskapp.core.ids import new_id

if TYPE_CHECKING:
    from deskapp.desk.desk import Desk

_DIGEST = re.compile("[0-9a-f]{64}")
#: Files that wait for the disk at once.
_SIDE_BY_SIDE = 8


#: What a file can do once somebody opens it, by the end of its name.
_RISKS = {
    "program": "exe com scr pif msi msp msix appx cpl dll sys jar app deb rpm run bin apk dmg pkg gadget application",
    "script": "bat cmd ps1 psm1 vbs vbe js jse wsf wsh hta sh bash py pyw rb pl php scpt reg inf sct",
    "shortcut": "lnk url desktop scf library-ms search-ms settingcontent-ms website webloc",
    "macros": "docm dotm xlsm xltm xlam xll pptm potm ppam sldm xlsb mdb accdb one",
    "disk": "iso img vhd vhdx udf cab",
    "page": "htm html xhtml shtml svg mht mhtml chm",
}
_RISK_OF = {suffix: risk for risk, suffixes in _RISKS.items() for suffix in suffixes.split()}


def risk(name: str) -> str:
    """What a file of this name can do when it is opened: program, script, shortcut, macros, disk, page; else empty.

    The last ending decides, whatever stands before it: "invoice.pdf.exe" is a program. Signs that nobody sees and that
    a system passes over hide none.
    """
    name = shown_name(name).strip()
    return _RISK_OF.get(name.rstrip(". \u00a0").rpartition(".")[2].lower(), "") if "." in name else ""


#: Names that are devices on Windows, with any ending, and signs that no name there may have.
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])(\..*)?")
_NO_SIGNS = re.compile(r'[<>:"|?*\\/]')
_LONGEST_NAME = 120


def shown_name(name: str) -> str:
    """A name as it may stand on a screen: without signs that nobody sees or that turn it around."""
    return "".join(sign for sign in name if unicodedata.category(sign) not in ("Cf", "Cc"))


def suggested_name(name: str) -> str:
    """A name under which a file can be saved anywhere: no path, no device, no stream of another file."""
    last = re.split(r"[\\/]", shown_name(name))[-1]
    plain = _NO_SIGNS.sub("_", last).lstrip(".").rstrip(". \u00a0").strip()
    if _DEVICES.fullmatch(plain):
        plain = f"_{plain}"
    stem, dot, ending = plain.rpartition(".")
    if len(plain) > _LONGEST_NAME and dot and len(ending) <= 10:
        plain = f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}"
    return plain[:_LONGEST_NAME] or "file"


def _place(desk: Desk, sha256: str) -> Path:
    """Where a file lies. A name that came with a colleague's change could be any path: only a hash is one here."""
    if not _DIGEST.fullmatch(sha256):
        raise UserFacingError("There is no such file", "Its name in the ticket is not one that a kept file can have.")
    return _within(desk.profile.blobs, sha256)


def _within(folder: Path, sha256: str) -> Path:
    return Path(folder, sha256[:2], sha256)


def put(desk: Desk, data: bytes, later: list[Path] | None = None) -> str:
    """Keep ``data``; returns its hash. On the disk before this returns; the same content is kept once.

    With ``later`` the file only joins that list, for ``settle`` to wait for many at once.
    """
    return keep(desk.profile.blobs, data, later)


def keep(folder: Path, data: bytes, later: list[Path] | None = None) -> str:
    """``put`` where no desk is at hand: into the folder of kept files."""
    sha256 = hashlib.sha256(data).hexdigest()
    place = _within(folder, sha256)
    if not _is_whole(place, len(data)):  # cut off by a full disk or a crash: written anew
        fresh = place.with_name(f"{sha256}.{new_id()[-12:]}")
        try:
            out = open(fresh, "wb")
        except FileNotFoundError:
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            out = open(fresh, "wb")
        with out:
            out.write(data)
            out.flush()
            if later is None:
                os.fsync(out.fileno())
        moving.replace(fresh, place)
        if later is not None:
            later.append(place)
    return sha256


def _is_whole(place: Path, size: int) -> bool:
    try:
        return place.stat().st_size == size
    except FileNotFoundError:
        return False


def settle(paths: list[Path]) -> None:
    """Wait until all of them are on the disk; the list is empty then.

    They have their last names already, and a file system that is told to keep a file keeps its new name with it.
    """
    from concurrent.futures import ThreadPoolExecutor  # only where letters come in

    chosen = [*dict.fromkeys(map(str, paths))]
    shares = [share for share in (chosen[place::_SIDE_BY_SIDE] for place in range(_SIDE_BY_SIDE)) if share]
    with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:  # waiting side by side they share the file system's commits
        list(pool.map(_to_disk, shares))
    paths.clear()


def _to_disk(paths: list[str]) -> None:
    for path in paths:
        # Windows writes a file's buffers only through a handle that may write; names it keeps by itself
        handle = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def has(desk: Desk, sha256: str) -> bool:
    return bool(_DIGEST.fullmatch(sha256)) and _place(desk, sha256).exists()


def drop(desk: Desk, sha256: str) -> None:
    """Remove a file from this machine, if it is there; OSError where the disk does not let it go."""
    if _DIGEST.fullmatch(sha256):
        _place(desk, sha256).unlink(missing_ok=True)


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
    if os.name == "nt":
        mark_foreign(path)
    return str(path)


def mark_foreign(path: Path) -> None:
    """Write beside a file that it came from outside: Windows then asks before it runs it, and Office opens it guarded.

    It is a stream of NTFS; a memory stick (FAT) and some shares have none, and the file is saved there without it.
    """
    with contextlib.suppress(OSError):
        Path(f"{path}:Zone.Identifier").write_bytes(b"[ZoneTransfer]\r\nZoneId=3\r\n")
