"""Writing at the foot of a ticket: promise, reply, solution, refusal, question, protocol, note."""

from __future__ import annotations

from .composer import Composer, tabs_for

__all__ = ["Composer", "tabs_for"]
