"""Whether a folder can hold a hub: rights, exclusive publishing, delay, and no synchronising program under it."""

from __future__ import annotations

import os
import time
from pathlib import Path

from deskapp.core.ids import new_id
from deskapp.desk.doctor import Finding
from deskapp.sync.hub.files import Files
from deskapp.sync.hub.hub import HubRefused

#: Folders of programs that copy files between machines: (beginning of a folder's name, name of the program).
_PROGRAMS = (
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("my drive", "Google Drive"),
    ("мой диск", "Google Drive"),
    ("yandex.disk", "Yandex Disk"),
    ("yandexdisk", "Yandex Disk"),
    ("яндекс.диск", "Yandex Disk"),
    ("icloud", "iCloud"),
    ("com~apple~clouddocs", "iCloud"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("mailru cloud", "Mail.ru Cloud"),
    ("облако mail.ru", "Mail.ru Cloud"),
)
#: What such programs leave in the folders that they watch.
_MARKS = (
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".stfolder", "Syncthing"),
    (".stversions", "Syncthing"),
    (".sync.ffs_db", "FreeFileSync"),
    (".owncloudsync.log", "ownCloud"),
    (".nextcloudsync.log", "Nextcloud"),
    (".tmp.driveupload", "Google Drive"),
    (".849c9593-d756-4e56-8d6e-42412f2a707b", "OneDrive"),
)


def synchronised_by(folder: Path) -> str:
    """The program that copies this folder between machines; empty if none is known to."""
    full = folder.expanduser().absolute()
    for place in (full, *full.parents):
        name = place.name.lower()
        for beginning, program in _PROGRAMS:
            if name == beginning or name.startswith((beginning + " ", beginning + "-", beginning + "_")):
                return program
        for mark, program in _MARKS:
            try:
                if (place / mark).exists():
                    return program
            except OSError:
                continue
    for variable in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        root = os.environ.get(variable)
        if root and full.is_relative_to(Path(root).absolute()):
            return "OneDrive"
    return ""


def refuse_synchronised(folder: Path) -> None:
    """Raise HubRefused for a folder of OneDrive, Dropbox and the like.

    Such a program copies files some time later and settles two files of one name by renaming one of them: two desktops
    would both believe that they were first.
    """
    program = synchronised_by(folder)
    if program:
        raise HubRefused(
            "This folder is not safe for a shared desk",
            "%1 is synchronised by %2, which copies files later and lets two desktops overwrite each other. Choose a "
            "folder on a network share, or PostgreSQL.",
            folder,
            program,
        )


def check(folder: Path, files: Files) -> tuple[Finding, ...]:
    """Try everything that the hub rests on, in the hub's own folder for temporary files; leaves nothing behind."""
    program = synchronised_by(folder)
    found = [Finding("No synchronising program", not program, f"{program} copies this folder: choose a network share.")]
    there = folder / "tmp" / f"check-{new_id()}"
    first, second, name = (there.with_suffix(end) for end in (".a", ".b", ".c"))
    try:
        started = time.perf_counter()
        files.make_folder(folder / "tmp")
        files.write(first, b"a")
        files.write(second, b"b")
        found.append(Finding("Writable", True))
        found.append(_exclusive(files, first, second, name))
        files.write(first, b"c")
        files.replace(first, second)
        took = (time.perf_counter() - started) * 1000
        found.append(
            Finding(f"Delay: {took:.0f} ms for what two rounds do", took < 3_000, "A slow share: rounds wait.")
        )
        ahead = time.time() - second.stat().st_mtime
        found.append(
            Finding(
                f"Clock: {abs(ahead):.0f} s apart", abs(ahead) < 60, "Set the clocks of this machine and the share."
            )
        )
    except OSError as error:
        found.append(Finding("Writable", False, f"{error.strerror or error}. Ask for the right to write and delete."))
    finally:
        for path in (first, second, name):
            try:
                files.remove(path)
            except OSError:
                continue
    return tuple(found)


def _exclusive(files: Files, first: Path, second: Path, name: Path) -> Finding:
    """Whether a name can be given to one file only."""
    advice = "This share can neither link nor rename exclusively: two desktops would overwrite each other. Use another."
    try:
        files.publish(first, name)
    except OSError:
        return Finding("Exclusive publishing", False, advice)
    try:
        files.publish(second, name)
    except OSError:
        return Finding("Exclusive publishing", files.read(name) == b"a", advice)
    return Finding("Exclusive publishing", False, advice)
