"""The text of PDF files, read by another process: what a stranger sends may take for ever, or all memory.

The one place that knows pypdf. The process has its memory bounded where the system can do that, and is ended when a
file takes longer than ``SECONDS``; that file then has no text, and the next one gets a new process.
"""

from __future__ import annotations

import logging
import multiprocessing
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import TracebackType

from deskapp.core import processes

log = logging.getLogger(__name__)

#: For one file, the start of the process not counted.
SECONDS = 5.0
_START_SECONDS = 30.0
_MEMORY = 768 * 1024 * 1024
_PAGES = 300


class Reader:
    """Reads files while it is open; its process is started by the first one."""

    def __init__(self) -> None:
        self._process: SpawnProcess | None = None
        self._line: Connection | None = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def text(self, data: bytes, longest: int) -> str:
        """The beginning of a file's text, about ``longest`` characters; empty where it has none or cannot be read."""
        line = self._line or self._begin()
        if line is None:
            return ""
        try:
            line.send((data, longest))
            if line.poll(SECONDS):
                return str(line.recv())
            log.info("a PDF took longer than %s s to read", SECONDS)
        except (OSError, EOFError):  # it broke down over this file
            log.info("a PDF could not be read")
        self._end()
        return ""

    def _begin(self) -> Connection | None:
        context = multiprocessing.get_context("spawn")  # a fork would copy threads, windows and open databases
        here, there = context.Pipe()
        process = context.Process(target=_work, args=(there,), name="deskapp-pdf", daemon=True)
        try:
            process.start()
        except OSError as error:
            log.warning("no process for reading PDF files could be started: %s", error)
            here.close()
            return None
        finally:
            there.close()
        self._process, self._line = process, here
        try:
            if here.poll(_START_SECONDS) and here.recv():
                return here
        except (OSError, EOFError):
            pass
        self._end()
        return None

    def _end(self) -> None:
        process, line = self._process, self._line
        self._process = self._line = None
        processes.end(process, line)


# --- the other process -------------------------------------------------------------------------------------------


def _work(line: Connection) -> None:
    import pypdf

    logging.disable(logging.CRITICAL)  # it complains of every oddity of every file
    _bound()
    try:
        line.send(bool(pypdf.__version__))
        while True:
            data, longest = line.recv()
            line.send(_text(data, longest))
    except (EOFError, OSError):
        return


def _bound() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such bound; time and the size of a file are bounded there too
        return
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _text(data: bytes, longest: int) -> str:
    import io

    import pypdf

    found: list[str] = []
    length = 0
    try:
        book = pypdf.PdfReader(io.BytesIO(data), strict=False)
        for page in range(min(len(book.pages), _PAGES)):
            part = book.pages[page].extract_text()
            found.append(part)
            length += len(part)
            if length >= longest:
                break
    except Exception:  # any of dozens of kinds, by what a stranger put into the file; what was read before counts
        pass
    return "\n".join(found)[: 2 * longest]
