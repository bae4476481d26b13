"""Visits and spare parts: two lists of one screen, each with a card beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QStackedLayout, QStackedWidget, QVBoxLayout, QWidget

from ...core.errors import UserFacingError
from ...desk import stock, visits
from ...desk.stock import PartItem, PartView, Place
from ...desk.values import Changes, Directory
from ...desk.visits import VisitItem, VisitView
from .. import theme, words
from ..actions import Action, ActionRegistry
from ..acts import Acts
from ..i18n import fill, translate
from ..messages import Messages
from ..pane_screen import PaneScreen
from ..panes import Panes
from ..runner import TaskRunner
from ..timers import gather, pause
from ..widgets import Button, EmptyState, Panel, Segmented
from . import texts
from .cards import PartCard, VisitCard
from .forms import Field
from .stock_forms import StockForms
from .table import Cell, Column, Group, PickTable

_TABLES = (
    "visit", "booking", "part", "stock_place", "stock_movement", "part_reservation", "part_order", "ticket", "site",
    "specialist",
)  # fmt: skip
_GATHER_MS = 60
VISITS, PAST, PARTS = range(3)
MAPS = "https://www.openstreetmap.org/search?query="


class VisitsScreen(StockForms, PaneScreen):
    """``ticket_wanted`` carries a ticket to be shown."""

    ticket_wanted = Signal(str)

    def __init__(
        self,
        runner: TaskRunner,
        acts: Acts,
        actions: ActionRegistry,
        messages: Messages,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("visits", runner, acts, actions, now, parent)
        self._messages = messages
        self._visit: VisitView | None = None
        self._part: PartView | None = None
        self._places: tuple[Place, ...] = ()
        self._wanted = {"visit": "", "part": ""}
        self._build()
        self._declare()
        self._soon = pause(self, _GATHER_MS, self.read)

    def _build(self) -> None:
        u = theme.current().u
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        bar = Panel("bg-window", "b")
        row = QHBoxLayout(bar)
        row.setContentsMargins(4 * u, 2 * u, 4 * u, 2 * u)
        row.setSpacing(2 * u)
        self.tabs = Segmented()
        self.tabs.setObjectName("visits.tabs")
        self.tabs.setFixedHeight(7 * u)
        self.tabs.chosen.connect(lambda _index: self._switched())
        self.search = QLineEdit()
        self.search.setObjectName("stock.search")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedHeight(7 * u)
        self.search.setMaximumWidth(70 * u)
        self.search.textChanged.connect(lambda _text: self._soon.start())
        self.add_part = Button("", "plus")
        self.add_part.setObjectName("stock.add")
        self.add_part.clicked.connect(lambda: self._edit_part(None))
        self.add_place = Button("", "building-2")
        self.add_place.setObjectName("stock.places")
        self.add_place.clicked.connect(self._edit_place)
        row.addWidget(self.tabs)
        row.addStretch(1)
        row.addWidget(self.search, 1)
        row.addWidget(self.add_part)
        row.addWidget(self.add_place)
        outer.addWidget(bar)
        main = Panel("bg-base", "")
        self._stack = QStackedLayout(main)
        self.list = PickTable("visits.list", translate("Visits", "Visits"), lambda row: str(row.id))
        self.parts_list = PickTable("stock.list", translate("Visits", "Parts"), lambda row: str(row.id))
        self.empty = EmptyState("", icon="truck")
        self.empty.setObjectName("visits.empty")
        for widget in (self.list, self.parts_list, self.empty):
            self._stack.addWidget(widget)
        self.empty.acted.connect(lambda: self._edit_part(None))
        self.cards = QStackedWidget()
        self.cards.setObjectName("visits.cards")
        self.visit_card, self.part_card = VisitCard(), PartCard()
        self.cards.addWidget(self.visit_card)
        self.cards.addWidget(self.part_card)
        self.panes = Panes("visits", None, main, self.cards, side_widths=(300, 420))
        outer.addWidget(self.panes, 1)
        self.list.picked.connect(partial(self._picked, "visit"))
        self.parts_list.picked.connect(partial(self._picked, "part"))
        self.list.opened.connect(lambda item: self.ticket_wanted.emit(item.ticket_id))
        self.parts_list.opened.connect(lambda _item: self._act_part("part"))
        self.visit_card.act_wanted.connect(self._act_visit)
        self.part_card.act_wanted.connect(self._act_part)
        self._say()

    def _say(self) -> None:
        chosen = max(0, self.tabs.index()) if self.tabs.options() else 0
        self.tabs.set_options(
            [translate("Visits", "Ahead"), translate("Visits", "Past"), translate("Visits", "Spare parts")]
        )
        self.tabs.set_index(chosen)
        self.tabs.setAccessibleName(translate("Visits", "Visits or parts"))
        self.search.setPlaceholderText(translate("Visits", "Find a part"))
        self.search.setAccessibleName(translate("Visits", "Find a part"))
        self.add_part.setText(translate("Visits", "Add a part"))
        self.add_place.setText(translate("Visits", "Add a place"))
        self._show_bar()

    def _declare(self) -> None:
        def here(name: str, text: str, key: str, run: Callable[[], object], valid: Callable[[], bool]) -> Action:
            return Action(f"visits.{name}", text, run, key=key, scope="visits", enabled_when=valid)

        def visit(name: str) -> Callable[[], object]:
            return lambda: self._act_visit(name, self._wanted["visit"])

        def part(name: str) -> Callable[[], object]:
            return lambda: self._act_part(name, self._wanted["part"])

        has_visit, has_part = self._has_visit, self._has_part
        self._actions.add(
            here("next_tab", QT_TRANSLATE_NOOP("Actions", "Next tab"), "Ctrl+Tab", self._next_tab, lambda: True),
            here("way", QT_TRANSLATE_NOOP("Actions", "Visit: next step"), "N", self.next_step, has_visit),
            here(
                "confirm", QT_TRANSLATE_NOOP("Actions", "Visit: customer confirmed"), "S", visit("confirm"), has_visit
            ),
            here("replan", QT_TRANSLATE_NOOP("Actions", "Visit: another time"), "V", visit("replan"), has_visit),
            here("sheet", QT_TRANSLATE_NOOP("Actions", "Visit sheet as PDF"), "Ctrl+P", visit("sheet"), has_visit),
            here("maps", QT_TRANSLATE_NOOP("Actions", "Open the address in maps"), "G", visit("maps"), has_visit),
            here("find", QT_TRANSLATE_NOOP("Actions", "Find a part"), "/", self._find, lambda: True),
            here("order", QT_TRANSLATE_NOOP("Actions", "Part: order"), "O", part("order"), has_part),
            here("receive", QT_TRANSLATE_NOOP("Actions", "Part: came in"), "I", part("receive"), has_part),
            here("move", QT_TRANSLATE_NOOP("Actions", "Part: move"), "M", part("move"), has_part),
            here("count", QT_TRANSLATE_NOOP("Actions", "Part: count"), "C", part("count"), has_part),
            here(
                "edit",
                QT_TRANSLATE_NOOP("Actions", "Part: edit"),
                "F2",
                part("part"),
                lambda: has_part() and self._may_edit(),
            ),
            here(
                "add",
                QT_TRANSLATE_NOOP("Actions", "Part: new"),
                "Ins",
                lambda: self._edit_part(None),
                lambda: self._in_parts() and self._may_edit(),
            ),
        )

    def _in_parts(self) -> bool:
        return self.tabs.index() == PARTS

    def _has_visit(self) -> bool:
        return not self._in_parts() and self._visit is not None

    def _has_part(self) -> bool:
        return self._in_parts() and self._part is not None

    def _may_edit(self) -> bool:
        """Whether parts, their minimums and places are this person's to set."""
        return self._directory is None or "stock" in self._directory.rights

    # -- what the window asks

    def title(self) -> str:
        return translate("Visits", "Visits and parts")

    def parts(self) -> Sequence[QWidget]:
        found: list[QWidget] = [self.tabs, self._table()]
        if self.panes.side_visible():
            found.append(self.cards)
        return found

    def activate(self) -> None:
        self._read_directory()
        self._table().setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, changes: Changes) -> None:
        if self._directory is not None and changes.touches(*_TABLES):
            gather(self._soon)

    # -- reading

    def _table(self) -> PickTable:
        return self.parts_list if self._in_parts() else self.list

    def _directory_read(self, found: Directory) -> None:
        super()._directory_read(found)
        for button in (self.add_part, self.add_place):
            button.setEnabled(self._may_edit())
            button.setToolTip(
                "" if self._may_edit() else translate("Visits", "A lead or an administrator can do this.")
            )
        self.read()

    def _switched(self) -> None:
        self._show_bar()
        self.read()

    def _next_tab(self) -> None:
        self.tabs.choose((self.tabs.index() + 1) % 3)
        self._table().setFocus(Qt.FocusReason.OtherFocusReason)

    def _find(self) -> None:
        if not self._in_parts():
            self.tabs.choose(PARTS)
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_bar(self) -> None:
        for widget in (self.search, self.add_part, self.add_place):
            widget.setVisible(self._in_parts())
        self.cards.setCurrentWidget(self.part_card if self._in_parts() else self.visit_card)

    def read(self) -> None:
        if self._directory is None:
            return
        if self._in_parts():
            self._runner.run("reader", _stock, self.search.text(), on_done=self._stock_read, key="visits.list")
        else:
            past = self.tabs.index() == PAST
            self._runner.run("reader", visits.visits, past, on_done=self._visits_read, key="visits.list")

    def _visits_read(self, items: tuple[VisitItem, ...]) -> None:
        if self._in_parts():
            return
        times, people = self.times(), self._directory.people if self._directory else {}
        rows: list[Any] = []
        day = ""
        for item in items:
            own = texts.day(item, times)
            if own != day:
                rows.append(Group(own[0].upper() + own[1:]))
                day = own
            rows.append(item)

        def who(item: VisitItem) -> Cell:
            person = people.get(item.specialist_id)
            return Cell(person.short if person else "")

        columns = (
            Column(translate("Visits", "Time"), lambda one: Cell(texts.window(one, times), strong=True), 30),
            Column(translate("Visits", "Ticket"), lambda one: Cell(words.number(one.number), "text2"), 20),
            Column(translate("Visits", "Customer"), lambda one: Cell(one.customer)),
            Column(translate("Visits", "Address"), lambda one: Cell(one.address or one.site, "text2")),
            Column(translate("Visits", "Engineer"), who, 26),
            Column(
                translate("Visits", "Travel"),
                lambda one: Cell(words.duration(one.travel) if one.travel else "", "text2"),
                20,
            ),
            Column(
                translate("Visits", "Parts"),
                lambda one: Cell(texts.parts(one), "high" if one.missing else "text"),
                24,
            ),
            Column(translate("Visits", "State"), self._state_cell, 34),
        )
        self.list.set_rows(columns, rows, self._wanted["visit"])
        if self.tabs.index() == PAST:
            self._show_table(bool(items), translate("Visits", "No visits in the last 60 days."))
        else:
            self._show_table(bool(items), translate("Visits", "No visits. Plan one from a ticket (V)."))

    @staticmethod
    def _state_cell(item: VisitItem) -> Cell:
        if not item.holds:
            return Cell(translate("Visits", "Window missed"), chip="crit")
        if item.state == "planned" and item.confirmed_at is None:
            return Cell(translate("Visits", "Not confirmed"), chip="high")
        text, token = texts.state(item.state)
        return Cell(text, chip=token)

    def _stock_read(self, found: tuple[tuple[PartItem, ...], tuple[Place, ...]]) -> None:
        items, self._places = found
        if not self._in_parts():
            return

        def name(item: PartItem) -> Cell:
            return Cell(item.name, strong=True)

        def counted(item: PartItem) -> Cell:
            return Cell(str(item.count), "crit" if item.count < 0 else "text", strong=True)

        def marked(item: PartItem) -> Cell:
            if item.count < 0:
                return Cell(translate("Visits", "Below zero"), chip="crit")
            if item.below:
                return Cell(translate("Visits", "Below minimum"), chip="high")
            return Cell(texts.stock(item.stock), chip="crit") if item.stock == "emergency" else Cell("")

        columns = (
            Column(translate("Visits", "Code"), lambda one: Cell(one.code, "text2"), 30),
            Column(translate("Visits", "Part"), name),
            Column(translate("Visits", "In stock"), counted, 22, right=True),
            Column(translate("Visits", "Reserved"), lambda one: Cell(str(one.reserved or "")), 25, right=True),
            Column(translate("Visits", "With engineers"), lambda one: Cell(str(one.cars or "")), 28, right=True),
            Column(translate("Visits", "Minimum"), lambda one: Cell(str(one.minimum), "text2"), 23, right=True),
            Column(translate("Visits", "On order"), lambda one: Cell(texts.expected(one)), 32),
            Column("", marked, 34),
        )
        self.parts_list.set_rows(columns, items, self._wanted["part"])
        text = translate("Visits", "Nothing matches.") if self.search.text().strip() else ""
        add = translate("Visits", "Add a part") if not text and self._may_edit() else ""
        self._show_table(bool(items), text or translate("Visits", "The stock is empty: add parts or import them."), add)

    def _show_table(self, filled: bool, text: str, act: str = "") -> None:
        had_focus = self._stack.currentWidget().hasFocus()
        self._stack.setCurrentWidget(self._table() if filled else self.empty)
        if not filled:
            self.empty.set(text, act)
            if had_focus:
                self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)
        elif had_focus:
            self._table().setFocus(Qt.FocusReason.OtherFocusReason)

    def _picked(self, kind: str, item: Any) -> None:
        self._wanted[kind] = item.id if item is not None else ""
        if kind == "visit":
            self._read_visit()
        else:
            self._read_part()

    def _read_visit(self) -> None:
        wanted = self._wanted["visit"]
        if not wanted:
            self._visit = None
            self.visit_card.clear()
            return
        self._runner.run("reader", visits.view, wanted, on_done=self._visit_read, key="visits.card")

    def _visit_read(self, view: VisitView) -> None:
        if view.item.id == self._wanted["visit"] and self._directory is not None:
            self._visit = view
            self.visit_card.show_visit(view, self._directory, self.times())

    def _read_part(self) -> None:
        wanted = self._wanted["part"]
        if not wanted:
            self._part = None
            self.part_card.clear()
            return
        self._runner.run("reader", stock.part, wanted, on_done=self._part_read, key="stock.card")

    def _part_read(self, view: PartView) -> None:
        if view.item.id == self._wanted["part"] and self._directory is not None:
            self._part = view
            self.part_card.show_part(view, self._directory, self.times())

    def show_visit(self, visit_id: str) -> None:
        """Open a visit from elsewhere."""
        self._show_one(VISITS, "visit", visit_id)

    def show_part(self, part_id: str) -> None:
        self._show_one(PARTS, "part", part_id)

    def _show_one(self, tab: int, kind: str, wanted: str) -> None:
        self._wanted[kind] = wanted
        if self.tabs.index() == tab:
            self.read()  # its list stands there already
        else:
            self.tabs.choose(tab)

    # -- visits

    def next_step(self) -> None:
        """On the way, on site, done: one key for the engineer."""
        view = self._visit
        if view is not None:
            step = {"planned": "set_off", "on_way": "arrive", "on_site": "done"}.get(view.item.state)
            if step:
                self._act_visit(step, view.item.id)

    def _act_visit(self, name: str, visit_id: str) -> None:
        view = self._visit
        if view is None or view.item.id != visit_id or self._directory is None:
            return
        item = view.item
        if name == "ticket":
            self.ticket_wanted.emit(item.ticket_id)
        elif name == "maps":
            address = item.address or item.site
            if address:
                QDesktopServices.openUrl(QUrl(MAPS + QUrl.toPercentEncoding(address).toStdString()))
        elif name == "sheet":
            self.ask_sheet()
        elif name == "confirm":
            self._confirm(view)
        elif name == "replan":
            from .dialogs import PlanVisitDialog

            PlanVisitDialog(
                self._runner, self._acts, self.times(), self._directory, item.ticket_id, self, visit_id
            ).open()
        elif name == "done":
            from .dialogs import EndVisitDialog

            since = view.arrived_at or item.start
            minutes = max(0, int((self._now() - since).total_seconds() // 60)) if since else 0
            EndVisitDialog(self._runner, self._acts, visit_id, view.contact, minutes, self).open()
        else:
            step = {"set_off": visits.set_off, "arrive": visits.arrive, "cancel": visits.cancel}[name]
            self._acts.act(step, visit_id)

    def _confirm(self, view: VisitView) -> None:
        fields = (
            Field(
                "how",
                translate("Visits", "How"),
                "choice",
                "phone",
                ((translate("Visits", "by phone"), "phone"), (translate("Visits", "by mail"), "mail")),
            ),
            Field("who", translate("Visits", "Who confirmed"), value=view.contact),
        )

        def run(values: dict[str, Any]) -> None:
            self._acts.act(visits.confirm, view.item.id, values["how"], values["who"])

        title = fill(translate("Visits", "Visit for %1 confirmed"), words.number(view.item.number))
        self._form("visit.confirm", title, fields, translate("Visits", "Record"), run)

    def ask_sheet(self) -> None:
        view = self._visit
        if view is None:
            return
        name = f"visit-{view.item.number or ''}.pdf"
        path, _kind = QFileDialog.getSaveFileName(self, translate("Visits", "Visit sheet"), name, "PDF (*.pdf)")
        if path:
            self.save_sheet(path)

    def save_sheet(self, path: str) -> None:
        from pathlib import Path

        from .sheet import save_pdf

        assert self._visit is not None and self._directory is not None
        try:
            save_pdf(Path(path), self._visit, self._directory, self.times())
        except OSError as error:
            self._messages.error(
                UserFacingError("The sheet could not be saved", "%1: %2.", path, error.strerror or str(error))
            )

    # -- another language

    def _retranslate(self) -> None:
        self._say()
        self.read()
        self._read_visit()
        self._read_part()


def _stock(desk: Any, typed: str) -> tuple[tuple[PartItem, ...], tuple[Place, ...]]:
    return stock.parts(desk, typed), stock.places(desk)
