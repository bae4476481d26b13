"""Letters that a customer gets in words of their own."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from ...desk import setup
from ...desk.customers import Card
from .. import letterwords, theme
from ..fields import Choice
from ..i18n import translate
from ..settings.page import Form
from ..widgets import Button, Label
from .tab import Tab


class LettersTab(Tab):
    id = "letters"

    @staticmethod
    def title() -> str:
        return translate("Customers", "Letters")

    def build(self) -> None:
        u = theme.current().u
        self._usual: dict[tuple[str, str], dict[str, Any]] = {}
        row = QHBoxLayout()
        row.setSpacing(2 * u)
        self.kind, self.language = Choice(), Choice()
        for choice, name, title in (
            (self.kind, "kind", self.tr("Letter")),
            (self.language, "language", self.tr("Language")),
        ):
            choice.setObjectName(f"customers.letters.{name}")
            choice.setAccessibleName(title)
            choice.setMinimumHeight(7 * u)
            choice.setMinimumWidth(50 * u)
            choice.activated.connect(lambda _at: self._show())
            row.addWidget(choice)
        row.addStretch(1)
        self.back = Button(self.tr("As all others get it"), "undo-2")
        self.back.setObjectName("customers.letters.back")
        self.back.clicked.connect(lambda: self._save("", ""))
        row.addWidget(self.back)
        self.column.addLayout(row)
        self.state = Label("", "small", "text2")
        self.state.setObjectName("customers.letters.state")
        self.column.addWidget(self.state)
        form = self.form = Form(self)  # type: ignore[arg-type]
        form.line("subject", self.tr("Subject"), width=140)
        form.text("body", self.tr("Text"), 14, width=140)
        form.changed = self._changed
        self.column.addLayout(form.layout)
        self.column.addWidget(
            Label(self.tr("Names in braces are filled in, as in Settings, Letters."), "small", "text3")
        )
        self.column.addStretch(1)
        self.language.addItem(self.tr("Russian"), "ru")
        self.language.addItem(self.tr("English"), "en")

    def fill_card(self, card: Card) -> None:
        self.language.select(card.customer["language"] or "ru")
        self.screen_.read(setup.letter_templates, done=self._read)

    def _read(self, rows: list[dict[str, Any]]) -> None:
        self._usual = {(row["kind"], row["language"]): row for row in rows}
        chosen = self.kind.currentData()
        self.kind.clear()
        for kind in dict.fromkeys(row["kind"] for row in rows):
            self.kind.addItem(letterwords.title(kind), kind)
        self.kind.select(chosen)
        self._show()

    def _key(self) -> tuple[str, str]:
        return str(self.kind.currentData() or ""), str(self.language.currentData() or "ru")

    def _show(self) -> None:
        own = self.card.letters.get(self._key()) if self.card else None
        usual = self._usual.get(self._key(), {"subject": "", "body": ""})
        self.form.show({"subject": (own or usual)["subject"] or usual["subject"], "body": (own or usual)["body"]})
        self.state.setText(
            self.tr("This customer's own words.") if own else self.tr("As all others get it; type to write their own.")
        )
        self.back.setEnabled(own is not None)

    def _changed(self, _name: str, _value: Any) -> None:
        self._save(self.form.value("subject"), self.form.value("body"))

    def _save(self, subject: str, body: str) -> None:
        kind, language = self._key()
        self.save(setup.save_template, kind, language, subject, body, self.customer_id)
