"""The forms of spare parts: ordering, receiving, moving, counting, and the parts and places themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QRect, QTimer, SignalInstance

from ...desk import stock
from ...desk.stock import PartView, Place
from ...desk.values import Changes, Directory
from .. import theme, typed_days
from ..acts import Acts
from ..i18n import fill, translate
from ..panes import Panes
from . import texts
from .forms import Check, Field, FormPopup


class StockForms:
    """A part of the screen: it is given what the screen has."""

    ticket_wanted: SignalInstance
    panes: Panes
    _acts: Acts
    _now: Callable[[], datetime]
    _part: PartView | None
    _places: tuple[Place, ...]
    _directory: Directory | None
    _wanted: dict[str, str]
    _soon: QTimer

    def _act_part(self, name: str, about: str = "") -> None:
        if name == "ticket_of":
            self.ticket_wanted.emit(about)
        elif name == "release":
            self._acts.act(stock.release, about)
        elif name == "cancel_order":
            self._acts.act(stock.cancel_order, about)
        elif name == "postpone":
            self._postpone(about)
        elif name == "came":
            self._ask_place(
                translate("Visits", "The order was delivered"), partial(self._acts.act, stock.order_came, about)
            )
        elif self._part is not None:
            run = {
                "part": lambda: self._edit_part(self._part),
                "order": self._order,
                "receive": self._receive,
                "move": self._move,
                "count": self._count,
            }[name]
            run()

    def _form(
        self,
        name: str,
        title: str,
        fields: Sequence[Field],
        button: str,
        run: Callable[[dict[str, Any]], None],
        note: str = "",
        check: Check | None = None,
    ) -> None:
        popup = FormPopup(self.panes, name, title, fields, button, note, check)
        popup.accepted.connect(run)
        corner = self.panes.main.mapToGlobal(self.panes.main.rect().topLeft())
        u = theme.current().u
        popup.open_at(QRect(corner.x() + 20 * u, corner.y() + 10 * u, 10 * u, 4 * u))

    def _place_field(self, name: str, caption: str, value: str = "") -> Field:
        options = [(place.name, place.id) for place in self._places]
        return Field(name, caption, "choice", value or (options[0][1] if options else ""), options)

    def _ask_place(self, title: str, run: Callable[[str], None]) -> None:
        if not self._places:
            self._edit_place()
            return
        field = self._place_field("place", translate("Visits", "Where it lies now"))
        self._form("stock.came", title, (field,), translate("Visits", "Record"), lambda values: run(values["place"]))

    def _order(self) -> None:
        assert self._part is not None
        item = self._part.item
        fields = (
            Field("quantity", translate("Visits", "How many"), "number", max(1, item.minimum - item.free)),
            Field(
                "expected", translate("Visits", "Expected on"), hint=translate("Visits", "10.11.2026; empty: as usual")
            ),
            Field("supplier", translate("Visits", "Supplier")),
        )

        def run(values: dict[str, Any]) -> None:
            order = partial(stock.order, supplier=values["supplier"])
            self._acts.act(order, item.id, values["quantity"], self._day(values["expected"]))

        self._form("stock.order", fill(translate("Visits", "Order %1"), item.code or item.name), fields,
                   translate("Visits", "Order"), run, check=self._no_day)  # fmt: skip

    def _postpone(self, order_id: str) -> None:
        hint = translate("Visits", "10.11.2026; empty: as usual").partition(";")[0]
        field = Field("expected", translate("Visits", "Expected on"), hint=hint)

        def check(values: dict[str, Any]) -> str:
            return self._no_day(values) or ("" if values["expected"] else _no_date())

        def run(values: dict[str, Any]) -> None:
            self._acts.act(stock.postpone, order_id, self._day(values["expected"]))

        self._form("stock.postpone", translate("Visits", "The supplier names another day"), (field,),
                   translate("Visits", "Record"), run, check=check)  # fmt: skip

    def _day(self, typed: str) -> str:
        return typed_days.iso(typed, self._now().year)

    def _no_day(self, values: dict[str, Any]) -> str:
        """Why the typed day is none; nothing typed is right."""
        typed = self._day(values["expected"])
        try:
            date.fromisoformat(typed or "2026-01-01")
        except ValueError:
            return _no_date()
        return ""

    def _receive(self) -> None:
        assert self._part is not None
        item = self._part.item
        if not self._places:
            self._edit_place()
            return
        fields = (
            Field("quantity", translate("Visits", "How many"), "number", 1),
            self._place_field("place", translate("Visits", "Where it lies now")),
            Field("reason", translate("Visits", "Where from")),
        )

        def run(values: dict[str, Any]) -> None:
            self._acts.act(stock.receive, item.id, values["place"], values["quantity"], values["reason"])

        self._form("stock.receive", fill(translate("Visits", "%1 came in"), item.code or item.name), fields,
                   translate("Visits", "Record"), run)  # fmt: skip

    def _move(self) -> None:
        assert self._part is not None
        item = self._part.item
        if len(self._places) < 2:
            self._edit_place()
            return
        fields = (
            Field("quantity", translate("Visits", "How many"), "number", 1),
            self._place_field("here", translate("Visits", "From where")),
            self._place_field("there", translate("Visits", "Where to"), self._places[-1].id),
            Field("reason", translate("Visits", "What for")),
        )

        def run(values: dict[str, Any]) -> None:
            move = partial(stock.move, reason=values["reason"])
            self._acts.act(move, item.id, values["here"], values["there"], values["quantity"])

        self._form("stock.move", fill(translate("Visits", "Move %1"), item.code or item.name), fields,
                   translate("Visits", "Move"), run)  # fmt: skip

    def _count(self) -> None:
        view = self._part
        assert view is not None
        fields = [Field(place.id, place.name, "number", place.count) for place in view.places]
        if not fields:
            self._edit_place()
            return

        def run(values: dict[str, Any]) -> None:
            for place in view.places:
                if values[place.id] != place.count:
                    reason = translate("Visits", "stock count")
                    self._acts.act(stock.count, place.id, {view.item.id: values[place.id]}, reason)

        note = translate("Visits", "What was found at each place.")
        self._form("stock.count", fill(translate("Visits", "Count %1"), view.item.code or view.item.name), fields,
                   translate("Visits", "Record"), run, note)  # fmt: skip

    def _edit_part(self, view: PartView | None) -> None:
        item = view.item if view is not None else None
        days = (item.lead_days if item else 0) or 0
        fields = (
            Field("code", translate("Visits", "Code"), value=item.code if item else ""),
            Field("name", translate("Visits", "Name"), value=item.name if item else ""),
            Field("stock", translate("Visits", "Stock"), "choice", item.stock if item else "routine",
                  ((texts.stock("routine"), "routine"), (texts.stock("emergency"), "emergency"))),
            Field("unit", translate("Visits", "Unit"), value=item.unit if item else translate("Visits", "pcs.")),
            Field("minimum", translate("Visits", "Minimum"), "number", item.minimum if item else 0),
            Field("lead_days", translate("Visits", "Usual delivery, days"), "number", days),
        )  # fmt: skip

        def run(values: dict[str, Any]) -> None:
            values["lead_days"] = values["lead_days"] or None
            if item is not None:
                values["id"] = item.id
            self._acts.act(stock.save_part, values, on_done=self._part_saved)

        title = translate("Visits", "Edit the part") if item else translate("Visits", "New part")
        self._form("stock.part", title, fields, translate("Visits", "Save"), run)

    def _part_saved(self, changes: Changes) -> None:
        self._wanted["part"] = str(changes.result)
        self._soon.start()

    def _edit_place(self) -> None:
        people = [(translate("Visits", "nobody's, a store"), "")]
        if self._directory is not None:
            people += [(one.name, one.id) for one in self._directory.people.values() if one.active]
        fields = (
            Field("name", translate("Visits", "Name of the place")),
            Field("specialist_id", translate("Visits", "In whose car"), "choice", "", people),
        )

        def run(values: dict[str, Any]) -> None:
            values["kind"] = "car" if values["specialist_id"] else "store"
            values["position"] = len(self._places)
            self._acts.act(stock.save_place, values)

        self._form("stock.place", translate("Visits", "New place"), fields, translate("Visits", "Save"), run)


def _no_date() -> str:
    return translate("Visits", "Write a date as 10.11 or 10.11.2026.")
