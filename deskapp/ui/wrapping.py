"""Words in a few rows, where one row has no room for them: measured, so that what paints knows its height."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

#: Between words, and inside addresses after the sign that people read as an end of a part.
_BREAK = re.compile(r"(?<=[@/])(?=\S)| ")


def rows(text: str, metrics: QFontMetrics, width: int, most: int = 2) -> list[str]:
    """``text`` in at most ``most`` rows of ``width`` pixels; what is still too long ends in an ellipsis."""
    result: list[str] = []
    left = text
    while left and len(result) < most - 1 and metrics.horizontalAdvance(left) > width:
        places = [(found.start(), found.end()) for found in _BREAK.finditer(left)]
        fitting = [place for place in places if place[0] and metrics.horizontalAdvance(left[: place[0]]) <= width]
        if not fitting:
            break
        end, start = fitting[-1]
        result.append(left[:end])
        left = left[start:]
    if metrics.horizontalAdvance(left) > width:  # asked first: what fits to the pixel would be shortened too
        left = metrics.elidedText(left, Qt.TextElideMode.ElideRight, max(width, 0))
    return [*result, left]
