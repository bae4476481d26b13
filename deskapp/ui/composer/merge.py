"""A letter that was drafted anew, while a person has already written in it: both keep what is theirs.

Pure: no Qt. The drafted text changes with the chosen slot (who, until when, which holidays); the typed text stays.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

#: A word with the space behind it, or a line end: the grain of a change.
_GRAIN = re.compile(r"\n|[^\s]+[^\S\n]*|[^\S\n]+")


class _Edit(NamedTuple):
    """Words ``start..end`` of the base become ``words``."""

    start: int
    end: int
    words: tuple[str, ...]


def merge(base: str, mine: str, fresh: str) -> str:
    """``mine`` (typed, grown from ``base``) with everything that changed from ``base`` to ``fresh``.

    Where both changed the same words, the typed ones stay.
    """
    if mine == base:
        return fresh
    if fresh in (base, mine):
        return mine
    words = _GRAIN.findall(base)
    typed = _edits(words, _GRAIN.findall(mine))
    drafted = [edit for edit in _edits(words, _GRAIN.findall(fresh)) if not any(_clash(edit, t) for t in typed)]
    merged: list[str] = []
    at = 0
    for edit in sorted([*typed, *drafted], key=lambda e: (e.start, e.end)):
        merged += words[at : edit.start]
        merged += edit.words
        at = max(at, edit.end)
    merged += words[at:]
    return "".join(merged)


def merge_letter(base: tuple[str, str], mine: tuple[str, str], fresh: tuple[str, str]) -> tuple[str, str]:
    """The same for a text with a fixed part in its middle, given as what stands before and behind it."""
    return merge(base[0], mine[0], fresh[0]), merge(base[1], mine[1], fresh[1])


def _edits(before: list[str], after: list[str]) -> list[_Edit]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [_Edit(i1, i2, tuple(after[j1:j2])) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal"]


def _clash(one: _Edit, other: _Edit) -> bool:
    """Two edits touch the same words, or insert at the same place."""
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end
