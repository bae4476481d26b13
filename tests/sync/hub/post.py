"""A post between a desktop and its hub that delivers twice, late and out of order, and loses answers."""

from __future__ import annotations

from typing import Any

from deskapp.sync.hub.hub import Batch, Behind, Compacted, Entry, Head, Hub, HubUnreachable, Rewound

READS = ("twice", "with older ones", "only older ones", "backwards", "without the first", "nothing")
APPENDS = ("answer lost", "twice", "an old one again")


class Post:
    """A hub behind such a post. The first ``times`` reads and the first append go wrong as told, the rest goes well.

    ``kept`` is what the post has carried before, over the lives of several desktops' processes.
    """

    def __init__(self, hub: Hub, kept: Kept, reading: str, appending: str, times: int = 1) -> None:
        self._hub, self._kept = hub, kept
        self._reading, self._appending, self._times = reading, appending, times
        self.went_wrong: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._hub, name)

    def read(self, after: Head, limit: int = 200) -> list[Entry]:
        found = self._hub.read(after, limit)
        older = [entry for entry in self._kept.entries[-6:] if entry.head.seq <= self._hub.head().seq]
        self._kept.entries += found
        if self._times <= 0 or not self._reading:
            return found
        self._times -= 1
        self.went_wrong.append(self._reading)
        match self._reading:
            case "twice":
                return [entry for entry in found for _time in range(2)]
            case "with older ones":
                return [*found, *older]
            case "only older ones":
                return older
            case "backwards":
                return found[::-1]
            case "without the first":
                return found[1:]
        return []

    def append(self, after: Head, batch: Batch) -> Head:
        wrong, self._appending = self._appending, ""
        if wrong:
            self.went_wrong.append(wrong)
        if wrong == "an old one again" and self._kept.appended is not None:
            # a request that was repeated on its way arrives when its place is long taken
            place, old = self._kept.appended
            if self._hub.head().seq > place.seq:
                self._again(place, old)
        head = self._hub.append(after, batch)
        self._kept.appended = (after, batch)
        if wrong == "twice":
            self._again(after, batch)
        if wrong == "answer lost":
            raise HubUnreachable("The answer was lost", "%1", "post")
        return head

    def _again(self, after: Head, batch: Batch) -> None:
        before = self._hub.head()
        try:
            self._hub.append(after, batch)
        except (Behind, Compacted, Rewound):
            pass
        assert self._hub.head() == before, "a batch that came twice is in the log twice"


class Kept:
    """What a post has carried: batches that were read, the last one that was appended."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.appended: tuple[Head, Batch] | None = None
