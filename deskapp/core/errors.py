"""The four kinds of trouble (everything else is a bug and ends in a crash report).

Vendor errors are turned into one of these at the edge where they arise. Texts follow one pattern: what failed, what is
safe, what to do. They are English source strings; the window translates them before it fills in ``args_``.
"""

from __future__ import annotations


class UserFacingError(Exception):
    """Something a person can understand and act on. ``args_`` fill %1, %2... in ``title`` and ``message``."""

    def __init__(self, title: str, message: str = "", *args_: object) -> None:
        super().__init__(title, message)
        self.title = title
        self.message = message
        self.args_ = args_

    def filled(self) -> str:
        """The message with its arguments in place, untranslated."""
        return self._fill(self.message)

    def heading(self) -> str:
        """The title with its arguments in place, untranslated."""
        return self._fill(self.title)

    def _fill(self, text: str) -> str:
        for number, value in enumerate(self.args_, 1):
            text = text.replace(f"%{number}", str(value))
        return text

    def __str__(self) -> str:
        return f"{self.heading()} {self.filled()}".strip()


class UserCancelled(Exception):
    """A person stopped the work; never shown."""


class EnvironmentTrouble(UserFacingError):
    """The surroundings failed (network, disk, server busy); worth trying again. ``retry_after`` in seconds or None."""

    def __init__(self, title: str, message: str = "", *args_: object, retry_after: float | None = None) -> None:
        super().__init__(title, message, *args_)
        self.retry_after = retry_after


class WrongPassword(UserFacingError):
    """A server refused the credentials. Never repeated by itself: repeating locks accounts."""


class NewerSchema(UserFacingError):
    """The database was written by a newer version of the application."""


class Lapsed(UserFacingError):
    """An intention no longer fits what is stored: a colleague or a letter was faster."""
