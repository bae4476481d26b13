"""Settings: a list of pages at the left, a form at the right, applied at once."""

from __future__ import annotations
