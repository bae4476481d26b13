"""Many letters at once: a second process reads them while this one writes those before.

It is started only once more letters come than a person could have sent together, and only reads: it keeps the raw
letters and their files, waits until they are on the disk, and gives back what the desk takes. If it dies, or stays
silent, its letters are read here as every single letter is; nothing depends on it but time.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import queue
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

from deskapp.core import processes
from deskapp.desk import files
from deskapp.sync.mail import reading
from deskapp.sync.mail.reading import Read, Surroundings, Waiting

log = logging.getLogger(__name__)

#: Fewer are read here: to start a process takes as long as to read some hundred letters.
MANY = 50
#: Batches that are under way beside the one that is written.
_AHEAD = 3
#: Seconds after which a batch of twenty letters does not come any more.
_PATIENCE = 120

Batch = Sequence[Waiting]


class Ahead:
    """The reader of one lane. ``close`` ends its process; it is started anew when many letters come again."""

    def __init__(self) -> None:
        self._process: SpawnProcess | None = None
        self._line: Connection | None = None
        self._ready = False
        self._failed = False

    @property
    def process(self) -> int | None:
        """The id of the second process, while there is one."""
        return self._process.pid if self._process is not None else None

    def read(
        self, around: Callable[[], Surroundings], batches: Iterable[Batch]
    ) -> Iterator[tuple[Batch, list[Read] | None]]:
        """Each batch with what was read of it; None where it is left to whoever asks.

        What the source of the batches raises comes after all that it gave before.
        """
        self._failed = False
        source = iter(batches)
        under_way: deque[tuple[Batch, bool]] = deque()
        trouble: BaseException | None = None
        more = True
        seen = 0
        try:
            while more or under_way:
                while more and len(under_way) < _AHEAD:
                    try:
                        batch = next(source)
                    except StopIteration:
                        more = False
                        break
                    except Exception as error:
                        trouble, more = error, False
                        break
                    seen += len(batch)
                    if seen > MANY:
                        self._start()
                    under_way.append((batch, self._send(around(), batch)))
                    if not under_way[-1][1]:
                        break  # nobody is ahead: what comes next is not fetched before this one is written
                if under_way:
                    batch, sent = under_way.popleft()
                    yield batch, self._answer() if sent else None
        finally:
            if any(sent for _batch, sent in under_way):  # nobody waits for these answers any more
                self.close()
        if trouble is not None:
            raise trouble

    def close(self) -> None:
        """End the process, whatever it is at."""
        self._ready = False
        process, line = self._process, self._line
        self._process = self._line = None
        processes.end(process, line)

    # --- inside ----------------------------------------------------------------------------------------------

    def _start(self) -> None:
        if self._process is not None or self._failed:
            return
        context = multiprocessing.get_context("spawn")  # a fork would copy threads, windows and open databases
        here, there = context.Pipe()
        process = context.Process(target=_work, args=(there,), name="deskapp-reader", daemon=True)
        try:
            process.start()
        except OSError as error:
            log.warning("letters are read one after the other: no second process could be started: %s", error)
            self._failed = True
            here.close()
            return
        finally:
            there.close()
        self._process, self._line = process, here

    def _send(self, around: Surroundings, batch: Batch) -> bool:
        """Give a batch to the other process, if it is there and has started."""
        if self._line is None:
            return False
        try:
            if not self._ready:
                if not self._line.poll():
                    return False
                self._line.recv()
                self._ready = True
            self._line.send((around, batch))
        except (OSError, EOFError):
            self._gone()
            return False
        return True

    def _answer(self) -> list[Read] | None:
        if self._line is None:  # it died with this batch
            return None
        try:
            if not self._line.poll(_PATIENCE):
                raise EOFError
            found = self._line.recv()
        except (OSError, EOFError):
            self._gone()
            return None
        return found if isinstance(found, list) else None

    def _gone(self) -> None:
        log.warning("the process that reads letters has ended: the rest is read here")
        self._failed = True
        self.close()


def _work(line: Connection) -> None:
    """The other process: read batch after batch, until nobody is at the other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this one decides
    waiting: queue.SimpleQueue[tuple[Surroundings, Batch]] = queue.SimpleQueue()

    def listen() -> None:
        # in a thread of its own: two that both wait for the other to take something would wait for ever
        while True:
            try:
                waiting.put(line.recv())
            except (OSError, EOFError):
                os._exit(0)  # also in the middle of a letter: nobody wants it any more

    threading.Thread(target=listen, daemon=True).start()
    line.send("ready")
    while True:
        around, batch = waiting.get()
        try:
            line.send(_read(around, batch))
        except (OSError, EOFError):
            return


def _read(around: Surroundings, batch: Batch) -> list[Read] | None:
    """All of a batch, on the disk; None if the disk would not take it, which is said where it is tried again."""
    later: list[Path] = []
    try:
        found = [reading.read(around, one, later) for one in batch]
        files.settle(later)
    except OSError:
        return None
    return found
