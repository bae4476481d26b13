"""Days in a field: shown as people write them, kept as ISO."""

from __future__ import annotations


def written(stored: str) -> str:
    """ISO to what people write: 31.12.2026. What is no date stays."""
    parts = stored.split("-")
    whole = [len(part) for part in parts] == [4, 2, 2] and all(part.isdigit() for part in parts)
    return ".".join(reversed(parts)) if whole else stored


def iso(typed: str, year: int = 0) -> str:
    """A date as people type it ("10.11", "10.11.2026", "10/11/26") or as it is kept; what is none stays and is refused.

    ``year``: of a date that names none; 0: such a date is none.
    """
    parts = typed.strip().replace("/", ".").rstrip(".").split(".")
    if len(parts) not in (2, 3) or not all(part.isdigit() for part in parts) or (len(parts) == 2 and not year):
        return typed.strip()
    day, month = int(parts[0]), int(parts[1])
    named = int(parts[2]) if len(parts) == 3 else year
    return f"{named + 2000 if named < 100 else named:04}-{month:02}-{day:02}"
