"""A mailbox that is a folder: Maildirs ``inbox``, ``outbox`` and ``sent``. For the demo, for gateways, for
tests.

What lies in ``inbox`` (Maildir entries, or .eml files dropped there) is read; letters of ours are put into
``outbox`` for whoever carries them on, with a copy in ``sent``.
"""

from __future__ import annotations

import logging
import mailbox
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from deskapp.core.clock import from_seconds
from deskapp.core.errors import EnvironmentTrouble
from deskapp.core.plainfile import NoPlainFile, is_plain, open_plain
from deskapp.desk.mailport import Checked
from deskapp.sync.mail.compose import LETTER_HEADER
from deskapp.sync.mail.mime import split_headers
from deskapp.sync.mail.transports import MAX_LETTER, TRUNCATED_HEADER, Fetched, Listing

log = logging.getLogger(__name__)

_BEGINNING = 256 * 1024


class FolderTransport:
    """``options``: ``folder``, the path that holds the Maildirs."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self.root = Path(str(options.get("folder") or ""))
        self._sizes: dict[str, int] = {}
        if not options.get("folder"):
            raise EnvironmentTrouble("The mail folder is not set", "Choose a folder in Settings, Mail.")

    def _maildir(self, name: str) -> mailbox.Maildir:
        try:
            self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
            box = mailbox.Maildir(str(self.root / name), create=True)
        except OSError as error:
            raise EnvironmentTrouble(
                "The mail folder cannot be used",
                "%1: %2. Tickets and letters are safe.",
                self.root,
                error.strerror or error,
            ) from error
        if sys.platform == "win32":
            box.colon = "!"  # a colon cannot stand in a file name there
        return box

    def check(self) -> Checked:
        try:
            for name in ("inbox", "outbox", "sent"):
                self._maildir(name)
        except EnvironmentTrouble as error:
            return Checked(False, error=error)
        if not os.access(self.root, os.W_OK):
            return Checked(False, "read_only", (str(self.root),))
        return Checked(True, "folder", (str(self.root / "inbox"), str(self.root / "outbox")))

    def listing(self, state: str, limit: int) -> Listing:
        box = self.root / "inbox"
        self._maildir("inbox")
        try:
            found = [*box.joinpath("new").iterdir(), *box.glob("*.eml")]
        except OSError as error:
            raise EnvironmentTrouble("The mail folder cannot be read", "%1. Tickets are safe.", error) from error
        # whoever may put letters here may put links to other files, and pipes: only files are letters
        fresh = sorted((_when(path), path.name, path) for path in found if is_plain(path))
        ids = tuple(path.relative_to(box).as_posix() for _at, _name, path in fresh)
        return Listing(ids[:limit], state, len(ids[limit:]))

    def read(self, remote_id: str) -> Fetched | None:
        path = self.root / "inbox" / remote_id
        try:
            with open_plain(path) as file:
                status = os.fstat(file.fileno())
                raw = file.read(MAX_LETTER if status.st_size <= MAX_LETTER else _BEGINNING)
        except (FileNotFoundError, NoPlainFile):
            return None
        except OSError as error:
            raise EnvironmentTrouble("A letter cannot be read", "%1: %2. It stays there.", path.name, error) from error
        if status.st_size > MAX_LETTER:
            raw = f"{TRUNCATED_HEADER}: {status.st_size}\r\n".encode() + raw
        self._sizes[remote_id] = status.st_size
        return Fetched(remote_id, raw, from_seconds(status.st_mtime))

    def file_away(self, remote_id: str) -> None:
        """Into ``cur``, marked as seen; a file that has grown since it was read stays, to be read again."""
        path = self.root / "inbox" / remote_id
        mark = "!2,S" if sys.platform == "win32" else ":2,S"
        try:
            if path.parent.parent.name == "cur" or path.stat().st_size != self._sizes.pop(
                remote_id, path.stat().st_size
            ):
                return
            os.replace(path, self.root / "inbox" / "cur" / (path.name + mark))
        except FileNotFoundError:
            return  # filed away before, or taken away by a person
        except OSError as error:
            raise EnvironmentTrouble(
                "The letter %1 cannot be moved", "%2. It stays there.", path.name, error
            ) from error

    def send(self, raw: bytes, sender: str, recipients: list[str]) -> None:
        try:
            self._maildir("outbox").add(raw)
        except OSError as error:
            raise EnvironmentTrouble("The letter could not be put into the folder", "%1. It waits.", error) from error
        try:
            copy = mailbox.MaildirMessage(raw)
            copy.set_subdir("cur")
            copy.set_flags("S")
            self._maildir("sent").add(copy)
        except (OSError, EnvironmentTrouble) as error:  # it has left, and must not leave again for the copy's sake
            log.warning("a letter left, but its copy could not be kept in the sent letters: %s", type(error).__name__)

    def find_sent(self, letter_id: str) -> bool:
        wanted = letter_id.encode()
        try:
            # not in "tmp": what lies there was being written when a process ended, and nobody will take it
            places = [self.root / name / part for name in ("outbox", "sent") for part in ("new", "cur")]
            for place in places:
                for path in filter(is_plain, place.glob("*")):
                    with open_plain(path) as file:
                        headers, _ = split_headers(file.read(_BEGINNING), top=True)
                    if (LETTER_HEADER.lower(), wanted) in headers:
                        return True
        except OSError as error:
            raise EnvironmentTrouble("The sent letters cannot be read", "%1. It is tried again.", error) from error
        return False

    def sent_as(self, letter_id: str) -> None:
        """Letters leave as they are."""

    def waker(self, woken: Callable[[], None]) -> None:
        """Only asking tells."""

    def close(self) -> None:
        """Nothing is kept open."""


def _when(path: Path) -> int:
    """Nanoseconds of its last change; a letter that was taken away meanwhile sorts first and is not found later."""
    try:
        return path.lstat().st_mtime_ns
    except OSError:
        return 0
