"""Settings of this person on this machine: each declared once, typed, kept as one small TOML file in the profile.

To add a setting: add a line to ``SETTINGS``. Reading a key that is not declared is an error. What the whole desk shares
(answer rule, margins, templates) lives in the ``desk_setting`` table instead.
"""

from __future__ import annotations

import contextlib
import json
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from deskapp.core import moving

Value = str | int | bool


class Setting(NamedTuple):
    key: str
    default: Value
    title: str
    choices: tuple[str, ...] = ()


SETTINGS = {
    setting.key: setting
    for setting in (
        Setting("me", "", "Who works here"),
        Setting("language", "", "Language", ("", "ru", "en")),
        Setting("theme", "system", "Theme", ("system", "light", "dark")),
        Setting("density", "normal", "List density", ("normal", "compact")),
        Setting("motion", True, "Motion"),
        Setting("single_keys", True, "Single-letter keys"),
        Setting("undo_seconds", 15, "Seconds before a letter leaves"),
        Setting("notify", True, "Notifications"),
        Setting("notify_new", True, "Tell of a new letter that nobody owns"),
        Setting("notify_due", True, "Tell of an answer that is nearly due"),
        Setting("notify_slip", True, "Tell of a promise that will not hold"),
        Setting("notify_given", True, "Tell of a ticket that is handed over"),
        Setting("notify_mention", True, "Tell of being named"),
        Setting("notify_reminder", True, "Tell of reminders"),
        Setting("notify_conflict", True, "Tell of a choice between two changes"),
        Setting("notify_hide", False, "Notifications without names and words of letters"),
        Setting("quiet", "hours", "When notifications are silent", ("hours", "never", "always")),
        Setting("tray", True, "Icon in the tray"),
        Setting("close_to_tray", False, "Closing the last window leaves the icon"),
        Setting("first_run", 0, "Step of the first-run assistant, 0 when it is done"),
        Setting("demo_start", "", "The demo desk's moment"),
    )
}


class Settings:
    """Values of the declared settings. ``set`` writes at once; a broken file is set aside, no reason not to start, and
    what of it can still be read is kept."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._values: dict[str, Value] = {}
        self.broken: Path | None = None
        if path is not None and path.exists():
            try:
                self._take(tomllib.loads(path.read_text("utf-8")))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError):
                self._set_aside(path)

    def _take(self, stored: dict[str, Any]) -> None:
        for key, value in stored.items():
            setting = SETTINGS.get(key)
            if setting and type(value) is type(setting.default) and (not setting.choices or value in setting.choices):
                self._values[key] = value

    def _set_aside(self, path: Path) -> None:
        """A file that was half written, or that a hand spoilt: its sound lines go on, all of it is kept beside."""
        with contextlib.suppress(OSError):
            self._take(_sound_lines(path.read_bytes()))
        with contextlib.suppress(OSError):
            self.broken = path.replace(path.with_suffix(".broken"))
            if self._values:
                self._save()

    def get(self, key: str) -> Value:
        return self._values.get(key, SETTINGS[key].default)

    def text(self, key: str) -> str:
        return str(self.get(key))

    def number(self, key: str) -> int:
        return int(self.get(key))

    def flag(self, key: str) -> bool:
        return bool(self.get(key))

    def set(self, key: str, value: Value) -> None:
        """Store ``value``; TypeError if it is not of the declared type, ValueError if not one of the choices."""
        setting = SETTINGS[key]
        if type(value) is not type(setting.default):
            raise TypeError(f"{key} is {type(setting.default).__name__}")
        if setting.choices and value not in setting.choices:
            raise ValueError(f"{key} is one of {setting.choices}")
        self._values[key] = value
        self._save()

    def _save(self) -> None:
        if self._path is None:
            return
        # JSON's strings, numbers and booleans are TOML's too
        lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in sorted(self._values.items())]
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        fresh.write_text("".join(lines), "utf-8")
        moving.replace(fresh, self._path)


def _sound_lines(data: bytes) -> dict[str, Any]:
    """The settings of a broken file whose own line can be read and stands there once."""
    found: dict[str, Any] = {}
    twice = set()
    for line in data.split(b"\n"):
        try:
            told = tomllib.loads(line.decode("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            continue
        twice |= found.keys() & told.keys()
        found |= told
    return {key: value for key, value in found.items() if key not in twice}
