"""Who else is at the desk, by the signs of life: who views which ticket, who writes in which.

A person is gone when their sign of life has stayed the same for a minute by this machine's own steady clock; before a
sign has been seen to change, the time written in it must be of the last minute. Nothing is guessed: who is not known to
be there is not shown.

A sign that changes between two looks was written in that time, so it also tells how far that machine's clock is from
ours; two such signs have to agree, for a share may show an old one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from deskapp.desk.hubport import Here

#: Seconds without a new sign of life after which a person is not shown any more.
UNKNOWN = 60.0
#: Two measures of a clock agree within this many milliseconds.
_AGREE = 60_000


class Presence:
    """What one running process has seen. ``steady`` gives seconds that never jump."""

    def __init__(self, steady: Callable[[], float] = time.monotonic) -> None:
        self._steady = steady
        self._seen: dict[str, tuple[Any, float, bool]] = {}  # replica -> (sign, first seen, whether it is fresh)
        self._told: dict[str, Here] = {}
        self._looked: tuple[float, int] | None = None  # when, by the steady clock and by the wall
        self._apart: dict[str, tuple[int, bool]] = {}  # replica -> (ms by which it is ahead, measured twice)

    def observe(self, beats: Mapping[str, Mapping[str, Any]], me: str, now: int) -> None:
        """``me``: our own replica; ``now``: UTC ms, for signs that were never seen to change."""
        steady = self._steady()
        just_now = self._looked is not None and steady - self._looked[0] <= UNKNOWN
        # a machine that slept: its steady clock stood still
        just_now = just_now and self._looked is not None and abs(now - self._looked[1]) <= UNKNOWN * 1000
        self._looked = (steady, now)
        self._told = {}
        for replica, told in beats.items():
            sign = told.get("sign")
            before = self._seen.get(replica)
            if before is None:
                fresh = abs(now - int(told.get("at") or 0)) <= UNKNOWN * 1000
                self._seen[replica] = (sign, steady, fresh)
            elif before[0] != sign:
                self._seen[replica] = (sign, steady, True)
                if just_now:
                    self._measure(replica, int(told.get("at") or 0) - now)
            if replica != me:
                self._told[replica] = Here(
                    replica,
                    str(told.get("who") or ""),
                    str(told.get("view") or ""),
                    str(told.get("write") or ""),
                    str(told.get("tab") or ""),
                    str(told.get("draft") or ""),
                    self._ahead(replica),
                )
        for replica in self._seen.keys() - beats.keys():
            del self._seen[replica]
            self._apart.pop(replica, None)

    def _measure(self, replica: str, ahead: int) -> None:
        before = self._apart.get(replica)
        self._apart[replica] = (ahead, before is not None and abs(before[0] - ahead) <= _AGREE)

    def _ahead(self, replica: str) -> int | None:
        ahead, sure = self._apart.get(replica, (0, False))
        return round(ahead / 60_000) if sure else None

    def here(self) -> tuple[Here, ...]:
        """Who is there now, in the order of their replicas."""
        steady = self._steady()
        return tuple(
            self._told[replica]
            for replica, (_sign, at, fresh) in sorted(self._seen.items())
            if fresh and steady - at <= UNKNOWN and replica in self._told
        )
