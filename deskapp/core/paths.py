"""Where a profile keeps its things. A profile is one folder; everything of one desk on one machine is inside it."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import NamedTuple

from deskapp.core.errors import UserFacingError


def default_profile() -> Path:
    """The folder that the system means for application data."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "deskapp"


class Profile(NamedTuple):
    """The folder of one desk on this machine."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "desk.sqlite"

    @property
    def blobs(self) -> Path:
        return self.root / "blobs"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def log(self) -> Path:
        return self.root / "log"

    @property
    def settings(self) -> Path:
        return self.root / "settings.toml"

    @property
    def lock(self) -> Path:
        return self.root / "instance.lock"

    def make(self) -> Profile:
        """Make the folders, readable by their owner alone. UserFacingError where that cannot be."""
        try:
            for folder in (self.root, self.blobs, self.backups, self.log):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if os.name == "posix":
                self.root.chmod(0o700)
        except OSError as error:
            raise UserFacingError(
                "The folder of the desk cannot be used",
                "%1: %2. Choose another folder, or make this one writable.",
                error.filename or self.root,
                error.strerror or error,
            ) from error
        return self


def path_of(where: str, windows: bool = os.name == "nt") -> str:
    """The path that a person gave, also as an address ("file:///Z:/desk", "file://server/desk"; RFC 8089)."""
    if not where.lower().startswith("file:"):
        return where
    from urllib.parse import unquote, urlsplit

    told = urlsplit(where)
    path = unquote(told.path)
    if told.netloc.lower() not in ("", "localhost"):
        return f"//{told.netloc}{path}"
    return path[1:] if windows and re.match(r"/[A-Za-z]:", path) else path


def resources() -> Path:
    """The folder of pictures, translations and templates: in the package where it was installed, else beside it."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen) / "resources"
    package = Path(__file__).resolve().parents[1]
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"


def guide(language: str) -> Path:
    """The user guide in "ru" or "en": in the resources where it was installed, else among the docs beside them."""
    installed = resources() / "guide"
    folder = installed if installed.is_dir() else resources().parent / "docs"
    return folder / f"guide.{language}.md"
