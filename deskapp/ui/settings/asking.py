"""The questions of the preliminary analysis, a cause at a time: what is asked, and what each answer speaks for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ...desk import questions
from ...desk.values import Changes
from .. import theme
from ..fields import Captioned, Choice
from ..i18n import translate
from ..widgets import Label
from .page import Rows, SettingsPage
from .rows import Column, RowsTable


def answers_text(answers: Sequence[dict[str, Any]], zones: dict[str, str]) -> str:
    """ "yes = Driver; no = Cable; hard to say"."""
    parts = []
    for one in answers:
        zone = zones.get(str(one.get("zone_id") or ""), "")
        parts.append(f"{one['text']} = {zone}" if zone else str(one["text"]))
    return "; ".join(parts)


def read_answers(text: str, zones: dict[str, str]) -> list[dict[str, str]]:
    """The same, taken apart; a zone of another name is left out."""
    ids = {name.casefold(): zone for zone, name in zones.items()}
    found = []
    for part in text.split(";"):
        said, _equals, zone = part.partition("=")
        if said.strip():
            found.append({"text": said.strip(), "text_en": "", "zone_id": ids.get(zone.strip().casefold(), "")})
    return found


class Asking(QWidget):
    """A choice of the cause above its questions; part of the page of causes."""

    def __init__(self, page: SettingsPage) -> None:
        super().__init__()
        self._page = page
        self._zones: dict[str, str] = {}
        self._fresh = ""
        u = theme.current().u
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * u)
        self.cause = Choice()
        self.cause.setObjectName("settings.causes.asking.cause")
        self.cause.setMinimumHeight(7 * u)
        self.cause.setMaximumWidth(90 * u)
        self.cause.activated.connect(lambda _index: self.load())
        column.addWidget(Captioned(translate("Asking", "Questions of the cause"), self.cause))
        columns = (
            Column("text", translate("Asking", "Question"), "text", 52),
            Column("text_en", translate("Asking", "In English"), "text", 40),
            Column("shown", translate("Asking", "Answers = zone of the fault"), "text", 56),
            Column("active", translate("Asking", "Asked"), "check", 16),
        )
        self.table = RowsTable(
            "settings.causes.asking",
            translate("Asking", "Questions of the cause"),
            columns,
            self._edited,
            translate("Asking", "Add a question"),
        )
        self.table.added.connect(self._add)
        column.addWidget(self.table)
        hint = Label(
            translate("Asking", "Answers stand side by side: yes = Driver; no = Cable. None: answered in own words."),
            "small",
            "text3",
        )
        hint.setWordWrap(True)
        column.addWidget(hint)

    def set_causes(self, rows: Rows, english: bool) -> None:
        chosen = self.cause.currentData()
        self.cause.clear()
        for row in rows:
            if row["active"]:
                self.cause.addItem((row["name_en"] or row["name"]) if english else row["name"], row["id"])
        self.cause.select(chosen)
        self.load()

    def set_zones(self, rows: Rows, english: bool) -> None:
        self._zones = {row["id"]: (row["name_en"] or row["name"]) if english else row["name"] for row in rows}
        self.load()

    def load(self) -> None:
        cause = self.cause.currentData()
        if cause:
            self._page.read(questions.rows, cause, done=self._show)

    def _show(self, rows: Rows) -> None:
        self.table.set_rows([{**row, "shown": answers_text(row["answers"] or (), self._zones)} for row in rows])
        if self._fresh and any(row["id"] == self._fresh for row in rows):
            fresh, self._fresh = self._fresh, ""
            self.table.edit(fresh)

    def _edited(self, row: dict[str, Any], name: str, value: Any) -> None:
        changed = {"answers": read_answers(str(value), self._zones)} if name == "shown" else {name: value}
        self._page.save(questions.save, {"id": row["id"], **changed})

    def _add(self) -> None:
        row = {"cause_id": self.cause.currentData(), "text": translate("Asking", "New question")}
        if row["cause_id"]:
            self._page.save(questions.save, row, done=partial(self._added))

    def _added(self, changes: Changes) -> None:
        self._fresh = str(changes.result)
        self.load()
