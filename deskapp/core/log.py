"""One log a process of a profile, rotated, without letters or secrets: log ids and kinds, never texts of people."""

from __future__ import annotations

import contextlib
import copy
import json
import logging
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from logging.handlers import RotatingFileHandler

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


#: Loggers whose authors know what must not be written.
_OWN = ("deskapp", "root", "__main__")


class JsonLines(logging.Formatter):
    """One JSON object a line: ``at`` (UTC), ``level``, ``where``, ``said``, what was given as ``extra={"facts": ...}``,
    and of an exception its place, never its words."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "where": record.name,
            "said": record.getMessage(),
        }
        facts = getattr(record, "facts", None)
        if isinstance(facts, dict):
            told.update(facts)
        if record.exc_info and record.exc_info[0] is not None:
            from deskapp.core import crash  # costs a start nothing

            told["trouble"] = crash.describe(record.exc_info[1])
        return json.dumps(told, ensure_ascii=False, default=str)


class Lines(logging.Formatter):
    """One line a record; of an exception its places, never its words: they may quote a letter or a password."""

    def format(self, record: logging.LogRecord) -> str:
        told, record.exc_text = record.exc_text, None  # what another handler made of it has the words in it
        try:
            return super().format(record)
        finally:
            record.exc_text = told

    def formatException(self, exc_info: Any) -> str:  # noqa: N802
        from deskapp.core import crash  # costs a start nothing

        return crash.describe(exc_info[1])


def _rename(source: str, target: str) -> None:
    """A file that another process of the profile holds open is renamed at another time (Windows refuses it)."""
    with contextlib.suppress(OSError):
        Path(source).replace(target)


class _Ours(logging.Handler):
    """Five files of a megabyte; the library that rotates them comes with the first line, after the first window."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._files: RotatingFileHandler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.partition(".")[0] not in _OWN:  # a library's: what it was about, not with which values
            record = copy.copy(record)
            record.msg, record.args = (
                str(record.msg) if isinstance(record.msg, str) else type(record.msg).__name__,
                None,
            )
        if self._files is None:
            from logging.handlers import RotatingFileHandler

            try:
                self._files = RotatingFileHandler(self._path, maxBytes=1_000_000, backupCount=4, encoding="utf-8")
            except OSError:  # closed to us, or a full disk: no reason to stop what was to be told
                return
            self._files.rotator = _rename
            self._files.setFormatter(self.formatter)
            self._files.handleError = self.handleError  # type: ignore[method-assign]
        self._files.emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """A line that the disk refuses is lost in silence; all else is a bug in what was to be written."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)

    def close(self) -> None:
        if self._files is not None:
            with contextlib.suppress(OSError):  # the last lines, on a full disk
                self._files.close()
        super().close()


def start(folder: Path, level: int = logging.INFO, name: str = "deskapp", structured: bool = False) -> None:
    """Log into ``folder``. Called by the composition roots; the last call stands.

    ``structured``: JSON lines. Each kind of process has a ``name`` of its own: two that rotate one file lose lines.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handler = _Ours(folder / f"{name}.log")
    handler.setFormatter(JsonLines() if structured else Lines(_FORMAT))
    root = logging.getLogger()
    for known in [known for known in root.handlers if isinstance(known, _Ours)]:
        root.removeHandler(known)
        known.close()
    root.addHandler(handler)
    root.setLevel(level)
    logging.getLogger("peewee").setLevel(max(level, logging.INFO))  # its statements come with their values
