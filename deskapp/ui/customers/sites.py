"""Where a customer works, and what stands there."""

from __future__ import annotations

from typing import Any

from ...desk import customers
from ...desk.customers import Card
from ..i18n import translate
from ..settings.rows import Column, RowsTable
from ..widgets import SectionHeader
from .tab import FittedTable, Tab


class SitesTab(Tab):
    id = "sites"

    @staticmethod
    def title() -> str:
        return translate("Customers", "Sites and equipment")

    def build(self) -> None:
        self.sites = FittedTable(
            "customers.sites.table",
            self.tr("Sites"),
            [
                Column("name", self.tr("Site"), width=44),
                Column("address", self.tr("Address"), width=74),
                Column("travel_minutes", self.tr("Way there"), "effort", 26),
                Column("access", self.tr("Access"), width=60),
                Column("safety", self.tr("Safety"), width=60),
            ],
            lambda row, key, value: self.edit_row(customers.save_site, row, key, value),
            self.tr("Add a site"),
            self.tr("Remove"),
        )
        self.sites.added.connect(lambda: self._add(customers.save_site, self.sites, self.tr("New site")))
        self.sites.removed.connect(lambda row: self.save(customers.put_away, "site", row["id"]))
        self.equipment = FittedTable(
            "customers.equipment.table",
            self.tr("Equipment"),
            [
                Column("name", self.tr("Equipment"), width=54),
                Column("maker", self.tr("Maker and model"), width=46),
                Column("serial", self.tr("Serial number"), width=36),
                Column("site_id", self.tr("Site"), "choice", 42),
                Column("installed", self.tr("Installed"), "day", 28),
                Column("note", self.tr("Note"), width=44),
            ],
            lambda row, key, value: self.edit_row(customers.save_equipment, row, key, value),
            self.tr("Add equipment"),
            self.tr("Remove"),
        )
        self.equipment.added.connect(
            lambda: self._add(customers.save_equipment, self.equipment, self.tr("New equipment"))
        )
        self.equipment.removed.connect(lambda row: self.save(customers.put_away, "equipment", row["id"]))
        self.column.addWidget(SectionHeader(self.tr("Sites")))
        self.column.addWidget(self.sites)
        self.column.addWidget(SectionHeader(self.tr("Equipment")))
        self.column.addWidget(self.equipment)
        self.column.addStretch(1)

    def fill_card(self, card: Card) -> None:
        self.equipment.model.options["site_id"] = [
            (self.tr("nowhere in particular"), ""),
            *((row["name"], row["id"]) for row in card.sites),
        ]
        self.sites.set_rows([dict(row) for row in card.sites])
        self.equipment.set_rows([dict(row) for row in card.equipment])

    def _add(self, intention: Any, table: RowsTable, name: str) -> None:
        def made(changes: Any) -> None:
            self.screen_.after_read(lambda: table.edit(changes.result))

        self.save(intention, {"customer_id": self.customer_id, "name": name}, done=made)
