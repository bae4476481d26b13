"""A customer's tickets, and what was changed of the customer: two tables that are read, not edited."""

from __future__ import annotations

from typing import Any

from ...desk.customers import Card, HistoryItem, TicketItem
from .. import stored, words
from ..columns import column
from ..i18n import translate
from ..readtable import ReadTable
from ..widgets import EmptyState, Label
from .tab import Tab


class TicketsTab(Tab):
    id = "tickets"

    @staticmethod
    def title() -> str:
        return translate("Customers", "Tickets")

    def build(self) -> None:
        self._items: tuple[TicketItem, ...] = ()
        self.table = ReadTable(
            "customers.tickets.table",
            self.tr("Tickets"),
            [
                (self.tr("Number"), 20),
                (self.tr("Subject"), -80),
                (self.tr("State"), 40),
                (self.tr("Urgency"), 25),
                (self.tr("Received"), 26),
                (self.tr("Promised"), 26),
                (self.tr("Finished"), 26),
            ],
        )
        self.table.opened.connect(lambda row: self.screen_.open_ticket.emit(self._items[row].id))
        self.empty = EmptyState(self.tr("No tickets yet."))
        self.more = Label("", "small", "text2")
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.empty)
        self.column.addWidget(self.more)

    def fill_card(self, card: Card) -> None:
        times = self.screen_.times()
        self._items = card.tickets

        def at(moment: Any) -> str:
            return times.moment_brief(moment) if moment else ""

        self.table.set_cells(
            [
                (
                    words.number(item.number),
                    item.subject,
                    words.status(item.status, item.wait_for),
                    words.urgency(item.urgency),
                    at(item.received_at),
                    at(item.promised_at),
                    at(item.finished_at),
                )
                for item in card.tickets
            ]
        )
        if card.tickets:
            self.table.selectRow(0)
        self.table.setVisible(bool(card.tickets))
        self.empty.setVisible(not card.tickets)
        self.more.setVisible(bool(card.more_tickets))
        self.more.setText(self.tr("%n older ticket(s): search for the customer to see them", None, card.more_tickets))


class HistoryTab(Tab):
    id = "history"

    @staticmethod
    def title() -> str:
        return translate("Customers", "History")

    def build(self) -> None:
        self.table = ReadTable(
            "customers.history.table",
            self.tr("History"),
            [
                (self.tr("When"), 40),
                (self.tr("Who"), 40),
                (self.tr("Of what"), 56),
                (self.tr("What changed"), -100),
            ],
        )
        self.empty = EmptyState(self.tr("Nothing was changed here yet."))
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.empty)

    def fill_card(self, card: Card) -> None:
        times = self.screen_.times()
        self.table.set_cells(
            [
                (times.moment(item.at), item.author or self.tr("the desk"), _of_what(item), _what(item, times))
                for item in card.history
            ]
        )
        self.table.setVisible(bool(card.history))
        self.empty.setVisible(not card.history)


def _of_what(item: HistoryItem) -> str:
    kind = {
        "customer": translate("Customers", "customer"),
        "contact": translate("Customers", "person"),
        "contract": translate("Customers", "contract"),
        "site": translate("Customers", "site"),
        "equipment": translate("Customers", "equipment"),
    }.get(item.table, item.table)
    return f"{kind}: {item.name}" if item.name else kind


def _what(item: HistoryItem, times: words.Times) -> str:
    if item.act == "I":
        return translate("Customers", "added")
    if item.act == "D":
        return translate("Customers", "removed")
    if any(name == "active" and not after for name, _before, after in item.columns):
        return translate("Customers", "put away")
    if any(name == "customer_id" for name, _before, _after in item.columns):
        return translate("Customers", "filed under another customer")
    told = [
        f"{column(name)}: {stored.value(name, before, None, times, item.table) or words.EN_DASH}"
        f" → {stored.value(name, after, None, times, item.table) or words.EN_DASH}"
        for name, before, after in item.columns
    ]
    return "; ".join(told)
