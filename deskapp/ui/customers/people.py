"""The customer itself, and its people: posts, phones, languages, who may agree to closing."""

from __future__ import annotations

from typing import Any

from ...desk import customers
from ...desk.customers import Card
from ...desk.values import Directory
from ..i18n import translate
from ..settings.page import Form
from ..settings.rows import Column
from ..widgets import Label, SectionHeader
from .tab import FittedTable, Tab


class PeopleTab(Tab):
    id = "people"

    @staticmethod
    def title() -> str:
        return translate("Customers", "People")

    def build(self) -> None:
        self.table = FittedTable(
            "customers.people.table",
            self.tr("People"),
            [
                Column("name", self.tr("Name"), width=46),
                Column("post", self.tr("Post"), width=40),
                Column("phone", self.tr("Phone"), width=36),
                Column("address", self.tr("Mail"), width=54),
                Column("language", self.tr("Language"), "choice", 24),
                Column("may_agree", self.tr("May agree"), "check", 30),
            ],
            lambda row, key, value: self.edit_row(customers.save_contact, row, key, value),
            self.tr("Add a person"),
            self.tr("Remove"),
        )
        self.table.model.options["language"] = [
            (self.tr("as the letter"), ""),
            (self.tr("Russian"), "ru"),
            (self.tr("English"), "en"),
        ]
        self.table.added.connect(self._add)
        self.table.removed.connect(lambda row: self.save(customers.put_away, "contact", row["id"]))
        self.column.addWidget(self.table)
        self.doubles = Label("", "small", "high")
        self.doubles.setWordWrap(True)
        self.column.addWidget(self.doubles)
        self.column.addWidget(SectionHeader(self.tr("About the customer")))
        form = self.form = Form(self)  # type: ignore[arg-type]
        form.line("name", self.tr("Name of the customer"))
        form.line("domain", self.tr("Mail domain"), self.tr("New senders with it belong to this customer"))
        form.line("phone", self.tr("Phone"))
        form.line("address", self.tr("Address"))
        form.choice(
            "language",
            self.tr("Language of letters"),
            [(self.tr("as the letter"), ""), (self.tr("Russian"), "ru"), (self.tr("English"), "en")],
        )
        form.line("zone", self.tr("Time zone"), self.tr("Such as Europe/Moscow; dates in letters are of it"))
        form.choice("specialist_id", self.tr("Looked after by"))
        form.check("vip", self.tr("VIP"))
        form.text("note", self.tr("Note"), 2)
        form.changed = self._changed
        self.column.addLayout(form.layout)
        self.column.addStretch(1)

    def set_directory(self, directory: Directory) -> None:
        choice: Any = self.form.fields["specialist_id"]
        chosen = choice.currentData()
        choice.clear()
        choice.addItem(self.tr("nobody in particular"), "")
        for person in directory.people.values():
            if person.active:
                choice.addItem(person.name, person.id)
        choice.select(chosen)

    def fill_card(self, card: Card) -> None:
        self.table.set_rows([dict(row) for row in card.contacts])
        self.form.show(dict(card.customer))
        names: dict[str, int] = {}
        for row in card.contacts:
            if row["name"]:
                names[row["name"].casefold()] = names.get(row["name"].casefold(), 0) + 1
        twice = sorted({row["name"] for row in card.contacts if names.get(row["name"].casefold(), 0) > 1})
        self.doubles.setVisible(bool(twice))
        self.doubles.setText(
            self.tr("Here twice: %1. Choose one and merge it (Shift+M).").replace("%1", ", ".join(twice))
        )

    def current_contact(self) -> dict[str, Any] | None:
        return self.table.current() if self.table.view.hasFocus() else None

    def _changed(self, name: str, value: Any) -> None:
        self.save(customers.save, {"id": self.customer_id, name: value})

    def _add(self) -> None:
        def made(changes: Any) -> None:
            self.screen_.after_read(lambda: self.table.edit(changes.result))

        self.save(customers.save_contact, {"customer_id": self.customer_id, "name": self.tr("New person")}, done=made)
